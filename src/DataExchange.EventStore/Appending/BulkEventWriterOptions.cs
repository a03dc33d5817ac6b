namespace DataExchange.EventStore.Appending;

/// <summary>How the bulk writer works; the defaults are the measured ones (docs/decisions/0004-bulk-append.md).</summary>
public sealed record BulkEventWriterOptions
{
    /// <summary>The schema that holds Marten's tables.</summary>
    public string Schema { get; init; } = Schemas.Default;

    /// <summary>What tells this run's event ids from another run's (see <see cref="EventIds"/>).</summary>
    public ulong RunKey { get; init; }

    /// <summary>How many events <see cref="BulkEventWriter.AppendAsync"/> collects before it hands a batch over; 1 to 1,000,000.</summary>
    public int BatchSize { get; init; } = 20_000;

    /// <summary>How many full batches may wait for the server before the producer has to; 1 to 64. Memory grows with it.</summary>
    public int QueuedBatches { get; init; } = 2;

    /// <summary>
    /// Whether the foreign key from events to streams is left to this writer, which fills both tables itself, instead of being
    /// checked by the server row by row. It takes a superuser; without one the server checks.
    /// </summary>
    public bool SkipForeignKeyChecks { get; init; } = true;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchSize, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(QueuedBatches, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueuedBatches, 64);
    }
}
