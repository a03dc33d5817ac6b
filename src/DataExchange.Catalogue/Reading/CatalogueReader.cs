namespace DataExchange.Catalogue.Reading;

/// <summary>A catalogue, read.</summary>
/// <param name="Format">What it was taken for: <c>DCAT (JSON-LD)</c>, <c>DCAT-US (data.json)</c> or <c>CKAN</c>.</param>
/// <param name="Records">Every record, in the order of the file.</param>
/// <param name="Notes">What was odd about the file as a whole.</param>
public sealed record ReadCatalogue(string Format, IReadOnlyList<CatalogueRecord> Records, IReadOnlyList<Note> Notes);

/// <summary>
/// Reads DCAT in JSON-LD (any version, whatever its prefixes), DCAT-US <c>data.json</c> (1.0 and 1.1) and what CKAN answers. It decides for itself what is a
/// record: each entry of a catalogue, and in a graph each dataset and service. Every one is read, or said why not.
/// </summary>
public static class CatalogueReader
{
    /// <summary>Most bytes of a file.</summary>
    public const int MostBytes = 128 * 1024 * 1024;

    /// <summary>Most levels that a file may nest.</summary>
    public const int MostDepth = 64;

    /// <summary>Most records of a file.</summary>
    public const int MostRecords = 250_000;

    /// <summary>Reads a catalogue.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <exception cref="CatalogueFormatException">It is no JSON, no catalogue, too large or too deep; nothing of it was read.</exception>
    public static ReadCatalogue Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > MostBytes)
        {
            throw new CatalogueFormatException($"the file has {file.Length} bytes; allowed are {MostBytes}");
        }

        List<Note> notes = [];
        using var document = JsonSource.Read(file, notes);
        var root = document.RootElement;
        var names = new TermNames(root);
        var index = new NodeIndex(root, names);
        var finder = new RecordFinder(index);
        var format = finder.Find(root);
        if (finder.Entries.Count > MostRecords)
        {
            throw new CatalogueFormatException($"the file has {finder.Entries.Count} records; allowed are {MostRecords}");
        }

        var records = new List<CatalogueRecord>(finder.Entries.Count);
        foreach (var entry in finder.Entries)
        {
            records.Add(RecordReader.Read(entry, records.Count + 1, index));
        }

        return new ReadCatalogue(format, records, notes);
    }
}
