using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DataExchange.Catalogue.Reading;

/// <summary>Bytes of a file as JSON, with the mistakes forgiven that real catalogues make.</summary>
internal static class JsonSource
{
    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = CatalogueReader.MostDepth };

    private static readonly JsonDocumentOptions Lenient = new()
    {
        MaxDepth = CatalogueReader.MostDepth,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads it.</summary>
    /// <exception cref="CatalogueFormatException">It is no JSON, or deeper than is allowed.</exception>
    internal static JsonDocument Read(ReadOnlyMemory<byte> file, List<Note> notes)
    {
        var bytes = Utf8Of(file, notes);
        if (bytes.Span.IndexOfAnyExcept(" \t\r\n\0"u8) < 0)
        {
            throw new CatalogueFormatException("the file is empty; a catalogue in JSON is needed: DCAT in JSON-LD, or a data.json");
        }

        try
        {
            return JsonDocument.Parse(bytes, Strict);
        }
        catch (JsonException strict)
        {
            try
            {
                var document = JsonDocument.Parse(WithoutControlCharacters(bytes), Lenient);
                notes.Add(new Note(NoteCode.NotStrictJson, "", Place(strict)));
                return document;
            }
            catch (JsonException lenient)
            {
                throw new CatalogueFormatException(
                    lenient.Message.Contains("maximum configured depth", StringComparison.OrdinalIgnoreCase)
                        ? $"the file nests deeper than {CatalogueReader.MostDepth} levels, which is not allowed"
                        : $"the file is no JSON, from {Place(lenient)} on: {lenient.Message.Split(" LineNumber")[0]}");
            }
        }
    }

    private static string Place(JsonException failure) =>
        string.Create(CultureInfo.InvariantCulture, $"line {(failure.LineNumber ?? 0) + 1}, byte {(failure.BytePositionInLine ?? 0) + 1}");

    private static ReadOnlyMemory<byte> Utf8Of(ReadOnlyMemory<byte> file, List<Note> notes)
    {
        var span = file.Span;
        if (span.StartsWith(Utf8Mark))
        {
            notes.Add(new Note(NoteCode.ByteOrderMark, "", ""));
            file = file[Utf8Mark.Length..];
        }
        else if (span is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            notes.Add(new Note(NoteCode.NotUtf8, "", ""));
            file = Encoding.UTF8.GetBytes((span[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(span[2..]));
        }

        if (!System.Text.Unicode.Utf8.IsValid(file.Span))
        {
            notes.Add(new Note(NoteCode.InvalidBytes, "", ""));
            file = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file.Span));
        }

        return file;
    }

    // A line broken in the middle of a text, a tab: JSON forbids them raw, and writers of catalogues forget it.
    private static byte[] WithoutControlCharacters(ReadOnlyMemory<byte> json)
    {
        var bytes = json.ToArray();
        var (inText, escaped) = (false, false);
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (!inText)
            {
                inText = b == (byte)'"';
            }
            else if (b < 0x20)
            {
                bytes[i] = (byte)' ';
                escaped = false;
            }
            else if (escaped)
            {
                escaped = false;
            }
            else if (b == (byte)'\\')
            {
                escaped = true;
            }
            else
            {
                inText = b != (byte)'"';
            }
        }

        return bytes;
    }
}
