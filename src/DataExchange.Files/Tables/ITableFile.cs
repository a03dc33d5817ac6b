namespace DataExchange.Files.Tables;

/// <summary>A file that a table is written into, row by row.</summary>
internal interface ITableFile<TRow> : IAsyncDisposable
{
    /// <summary>Rows written so far.</summary>
    long Rows { get; }

    /// <summary>Writes the next row.</summary>
    ValueTask WriteAsync(TRow row, CancellationToken cancellation);

    /// <summary>Writes what is still held; no row may follow.</summary>
    ValueTask CompleteAsync(CancellationToken cancellation);
}
