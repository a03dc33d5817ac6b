using Parquet;
using Parquet.Schema;

namespace DataExchange.Files.Tables;

/// <summary>A table as Parquet: row groups of a fixed number of rows, so that memory does not grow with the table; Snappy, which every reader has.</summary>
internal sealed class ParquetTableFile<TRow> : ITableFile<TRow>
{
    internal const int RowsOfGroup = 25_000;

    private readonly Table<TRow> _table;
    private readonly ParquetColumn[] _columns;
    private readonly Stream _output;
    private readonly ParquetWriter _writer;
    private int _held;

    private ParquetTableFile(Table<TRow> table, ParquetColumn[] columns, Stream output, ParquetWriter writer) =>
        (_table, _columns, _output, _writer) = (table, columns, output, writer);

    public long Rows { get; private set; }

    internal static async Task<ParquetTableFile<TRow>> CreateAsync(Table<TRow> table, Stream output, CancellationToken cancellation)
    {
        ParquetColumn[] columns = [.. table.Columns.Select(ParquetColumn.Of)];
        var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(columns.Select(column => column.Field)), output, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }, false, cancellation).ConfigureAwait(false);
        return new ParquetTableFile<TRow>(table, columns, output, writer);
    }

    public async ValueTask WriteAsync(TRow row, CancellationToken cancellation)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            _table.Cells[i].Write(row, _columns[i]);
        }

        Rows++;
        if (++_held == RowsOfGroup)
        {
            await WriteGroupAsync(cancellation).ConfigureAwait(false);
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        // A file without a row group has no rows: readers accept it, as they do a group without rows not always.
        if (_held > 0)
        {
            await WriteGroupAsync(cancellation).ConfigureAwait(false);
        }

        await _writer.DisposeAsync().ConfigureAwait(false);
        await _output.FlushAsync(cancellation).ConfigureAwait(false);
    }

    // The file is ended by CompleteAsync alone: one that was given up is deleted, and a footer would only hide that.
    public ValueTask DisposeAsync() => _output.DisposeAsync();

    private async Task WriteGroupAsync(CancellationToken cancellation)
    {
        using var group = _writer.CreateRowGroup();
        foreach (var column in _columns)
        {
            await column.WriteAsync(group, cancellation).ConfigureAwait(false);
        }

        group.CompleteValidate();
        _held = 0;
    }
}
