using System.Globalization;
using System.Text;
using CsvHelper;

namespace DataExchange.Files.Tables;

/// <summary>
/// A table as CSV after RFC 4180, UTF-8 without a byte order mark (unlike the report's files, which spreadsheets open). An empty field is nothing; a text that
/// is empty is quoted. Moments are ISO 8601, UTC.
/// </summary>
internal sealed class CsvTableFile<TRow> : ITableFile<TRow>, ICellSink
{
    private readonly Table<TRow> _table;
    private readonly StreamWriter _text;
    private readonly CsvWriter _csv;

    internal CsvTableFile(Table<TRow> table, Stream output)
    {
        _table = table;
        _text = new StreamWriter(output, new UTF8Encoding(false), 1 << 15) { NewLine = "\r\n" };
        _csv = CsvWriter.Create(_text, new CsvWriterOptions { NewLine = "\r\n" }, leaveOpen: true);
        foreach (var column in table.Columns)
        {
            _csv.WriteField(column.Name);
        }

        _csv.EndRecord();
    }

    public long Rows { get; private set; }

    public ValueTask WriteAsync(TRow row, CancellationToken cancellation)
    {
        foreach (var column in _table.Cells)
        {
            column.Write(row, this);
        }

        _csv.EndRecord();
        Rows++;
        return ValueTask.CompletedTask;
    }

    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        _csv.Flush();
        await _text.FlushAsync(cancellation).ConfigureAwait(false);
    }

    public void Text(string? value)
    {
        if (value is { Length: 0 })
        {
            _csv.WriteField("", CsvQuoting.Always);
        }
        else
        {
            _csv.WriteField(value ?? "");
        }
    }

    public void Integer(long? value) => _csv.WriteField(value?.ToString(CultureInfo.InvariantCulture) ?? "");

    public void Truth(bool? value) => _csv.WriteField(value is { } truth ? (truth ? "true" : "false") : "");

    public void Moment(DateTime? value) => _csv.WriteField(value?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "");

    public void Day(DateOnly? value) => _csv.WriteField(value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");

    public async ValueTask DisposeAsync()
    {
        _csv.Dispose();
        await _text.DisposeAsync().ConfigureAwait(false);
    }
}
