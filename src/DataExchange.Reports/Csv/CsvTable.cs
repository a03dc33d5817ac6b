using System.Globalization;
using System.Text;
using CsvHelper;

namespace DataExchange.Reports.Csv;

/// <summary>A column of a CSV file.</summary>
/// <typeparam name="TRow">What a row shows.</typeparam>
/// <param name="Name">Its header, snake_case; a unit ends the name.</param>
/// <param name="Value">Its value: text, a number, or null for an empty field.</param>
/// <param name="Meaning">What it is, for the README.</param>
internal sealed record Column<TRow>(string Name, Func<TRow, object?> Value, string Meaning);

/// <summary>
/// A CSV file after RFC 4180 in UTF-8 with a byte order mark: without it, spreadsheet programs on Chinese systems read the titles in the
/// wrong code page.
/// </summary>
internal sealed class CsvTable<TRow> : IDisposable
{
    private readonly string _path;
    private readonly Column<TRow>[] _columns;
    private readonly WholeFile _file;
    private readonly StreamWriter _writer;
    private readonly CsvWriter _csv;
    private bool _isBroken;

    internal CsvTable(string folder, string name, Column<TRow>[] columns)
    {
        _path = Path.Combine(folder, name);
        _columns = columns;
        _file = new(_path);
        _writer = new(_file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 15, leaveOpen: true) { NewLine = "\r\n" };
        _csv = CsvWriter.Create(_writer, new CsvWriterOptions { NewLine = "\r\n" }, leaveOpen: true);
        foreach (var column in columns)
        {
            _csv.WriteField(column.Name);
        }

        _csv.EndRecord();
    }

    internal static string WriteAll(string folder, string name, Column<TRow>[] columns, IEnumerable<TRow> rows)
    {
        using var table = new CsvTable<TRow>(folder, name, columns);
        foreach (var row in rows)
        {
            table.Write(row);
        }

        return table.Keep();
    }

    internal void Write(TRow row)
    {
        Guarded(() =>
        {
            foreach (var column in _columns)
            {
                _csv.WriteField(Field(column.Value(row)));
            }

            _csv.EndRecord();
        });
    }

    /// <summary>Gives the whole file its name, which is returned.</summary>
    internal string Keep()
    {
        Guarded(() =>
        {
            _csv.Flush();
            _writer.Flush();
        });
        _file.Keep();
        return _path;
    }

    public void Dispose()
    {
        // On a full disk, what the writers still hold can never be written.
        if (!_isBroken)
        {
            try
            {
                _csv.Dispose();
                _writer.Dispose();
            }
            catch (ReportWriteException)
            {
                // Only an abandoned file is disposed of with rows unwritten; it is removed below.
            }
            catch (ObjectDisposedException)
            {
                // The file is kept and closed already.
            }
        }

        _file.Dispose();
    }

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception cause) when (cause is ReportWriteException || cause.InnerException is ReportWriteException)
        {
            _isBroken = true;
            throw cause as ReportWriteException ?? (ReportWriteException)cause.InnerException!;
        }
    }

    private static string Field(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{value.GetType().Name} has no form in a CSV file.", nameof(value)),
    };
}
