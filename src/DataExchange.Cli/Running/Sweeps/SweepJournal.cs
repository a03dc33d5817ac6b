using System.Text;
using System.Text.Json;
using DataExchange.Cli.Commands;

namespace DataExchange.Cli.Running.Sweeps;

/// <summary>The finished runs of a sweep: a line each, on the disk before the next begins in its place. One process writes it at a time.</summary>
internal sealed class SweepJournal : IDisposable
{
    /// <summary>Its name in a sweep's folder.</summary>
    public const string FileName = "runs.ndjson";

    private readonly FileStream _file;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, SweepRow> _rows;

    private SweepJournal(FileStream file, SortedDictionary<int, SweepRow> rows) => (_file, _rows) = (file, rows);

    /// <summary>The finished runs, in the order of the design.</summary>
    public IReadOnlyList<SweepRow> Rows
    {
        get
        {
            lock (_lock)
            {
                return [.. _rows.Values];
            }
        }
    }

    /// <summary>Opens the journal of a folder, or begins it.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="header">What its rows must be of.</param>
    /// <param name="resume">Whether it may be there already.</param>
    /// <exception cref="WrongInputException">It is there and may not be, is of another sweep, or another process writes it.</exception>
    public static SweepJournal Open(string folder, SweepHeader header, bool resume)
    {
        var path = Path.Combine(folder, FileName);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new WrongInputException($"--out '{folder}' cannot be used: {wrong.Message}");
        }

        try
        {
            var (found, rows, end) = Read(file, path);
            if (found is not null && found != header)
            {
                throw new WrongInputException($"--out '{folder}' holds another sweep: {Difference(found, header)}; give another folder");
            }

            if (rows.Count > 0 && !resume)
            {
                throw new WrongInputException($"--out '{folder}' holds {rows.Count} of {header.RunsOfSlice} runs of this sweep: give --resume to go on, or another folder");
            }

            // A line that a kill cut off is written again.
            file.SetLength(end);
            file.Position = end;
            var journal = new SweepJournal(file, rows);
            if (found is null)
            {
                journal.Write(JsonSerializer.Serialize(header, SweepRowJson.Default.SweepHeader));
            }

            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the journal of a folder that nobody writes.</summary>
    /// <exception cref="WrongInputException">There is none.</exception>
    public static (SweepHeader Header, IReadOnlyList<SweepRow> Rows) Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var (header, rows, _) = Read(file, path);
            return (header ?? throw new WrongInputException($"FOLDER '{folder}' holds no sweep: {FileName} is empty"), [.. rows.Values]);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new WrongInputException($"FOLDER '{folder}' holds no sweep that can be read: {wrong.Message}");
        }
    }

    /// <summary>Keeps a finished run; when this returns it is on the disk.</summary>
    public void Add(SweepRow row)
    {
        lock (_lock)
        {
            Write(JsonSerializer.Serialize(row, SweepRowJson.Default.SweepRow));
            _rows.Add(row.Run, row);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Write(string line)
    {
        _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        _file.Flush(flushToDisk: true);
    }

    private static (SweepHeader? Header, SortedDictionary<int, SweepRow> Rows, long End) Read(FileStream file, string path)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var rows = new SortedDictionary<int, SweepRow>();
        SweepHeader? header = null;
        var (start, number) = (0, 0);
        for (var end = Array.IndexOf(bytes, (byte)'\n'); end >= 0; end = Array.IndexOf(bytes, (byte)'\n', start))
        {
            number++;
            try
            {
                var line = bytes.AsSpan(start, end - start);
                if (header is null)
                {
                    header = JsonSerializer.Deserialize(line, SweepRowJson.Default.SweepHeader)!;
                }
                else
                {
                    var row = JsonSerializer.Deserialize(line, SweepRowJson.Default.SweepRow)!;
                    if (!rows.TryAdd(row.Run, row) || row.Run >= header.Runs || !header.Has(row.Run))
                    {
                        throw new WrongInputException($"'{path}' line {number}: run '{row.Run}' is not allowed: each of the slice's once");
                    }
                }
            }
            catch (JsonException wrong)
            {
                throw new WrongInputException($"'{path}' line {number} is no line of a sweep's journal: {wrong.Message}");
            }

            start = end + 1;
        }

        return (header, rows, start);
    }

    /// <summary>What tells two headers apart.</summary>
    public static string Difference(SweepHeader found, SweepHeader wanted) =>
        found.Sweep != wanted.Sweep ? "its sweep file has another content"
        : found.Scenario != wanted.Scenario ? "its scenario has another content"
        : found.Program != wanted.Program ? $"it was made by version {found.Program}, this is {wanted.Program}"
        : $"it is slice {found.Slice}/{found.Slices}, asked for is {wanted.Slice}/{wanted.Slices}";
}
