using System.Diagnostics;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Documents;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Schema;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace DataExchange.StoreBenchmarks;

/// <summary>
/// Measures the event store on synthetic events in schemas of its own (<c>bench_…</c>), which it removes before and after. The events
/// are made before each clock starts, so the rates are the store's, not the producer's.
/// </summary>
public static class StoreBenchmark
{
    private const int BatchSize = 20_000;
    private const string OursSchema = "bench_writer";
    private const string CheckedSchema = "bench_checked";
    private const string MartensSchema = "bench_marten";

    /// <summary>Runs every measurement once.</summary>
    /// <param name="dataSource">A database of a server that may be loaded; a superuser measures what the product uses.</param>
    /// <param name="events">How many events each measurement handles; 1,000 to 1,000,000. Memory: about 1 KB each.</param>
    /// <param name="progress">Receives the name of each measurement as it starts.</param>
    /// <param name="cancellation">Stops the run.</param>
    public static async Task<StoreRates> RunAsync(
        NpgsqlDataSource dataSource, int events = 300_000, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        ArgumentOutOfRangeException.ThrowIfLessThan(events, 1_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(events, 1_000_000);
        await DropAsync(dataSource, cancellation).ConfigureAwait(false);
        try
        {
            // The first batches pay for compiling; they are not what is asked.
            progress?.Report("warming up");
            await WriteAsync(dataSource, OursSchema, 1_000, skipForeignKeyChecks: true, cancellation).ConfigureAwait(false);
            await DropAsync(dataSource, cancellation).ConfigureAwait(false);

            progress?.Report("bulk writer");
            var writer = await WriteAsync(dataSource, OursSchema, events, skipForeignKeyChecks: true, cancellation).ConfigureAwait(false);
            progress?.Report("bulk writer, foreign key checked by the server");
            var checkedWriter = await WriteAsync(dataSource, CheckedSchema, events, false, cancellation).ConfigureAwait(false);
            progress?.Report("raw COPY without indexes");
            var bare = await CopyLimit.MeasureAsync(dataSource, OursSchema, events, BatchSize, indexed: false, cancellation).ConfigureAwait(false);
            progress?.Report("raw COPY with indexes");
            var indexed = await CopyLimit.MeasureAsync(dataSource, OursSchema, events, BatchSize, indexed: true, cancellation).ConfigureAwait(false);
            progress?.Report("reading");
            var reader = new RawEventReader(dataSource, OursSchema);
            var byStream = await ReadAsync(reader.ReadByStreamAsync(cancellation), events).ConfigureAwait(false);
            var bySequence = await ReadAsync(reader.ReadBySequenceAsync(cancellation: cancellation), events).ConfigureAwait(false);
            progress?.Report("Marten's bulk insert");
            var marten = await MartenAsync(dataSource, events, cancellation).ConfigureAwait(false);
            progress?.Report("documents");
            var documents = await DocumentsAsync(dataSource, events, cancellation).ConfigureAwait(false);
            return new StoreRates(
                events, MeanJsonBytes(events), bare, indexed, writer, checkedWriter, marten, byStream, bySequence, documents);
        }
        finally
        {
            await DropAsync(dataSource, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task<double> WriteAsync(
        NpgsqlDataSource dataSource, string schema, int events, bool skipForeignKeyChecks, CancellationToken cancellation)
    {
        await using var store = await StoreAsync(dataSource, schema, cancellation).ConfigureAwait(false);
        var batches = SyntheticEvents.Batches(events, BatchSize);
        var options = new BulkEventWriterOptions { Schema = schema, SkipForeignKeyChecks = skipForeignKeyChecks };
        var writer = await BulkEventWriter.StartAsync(dataSource, options, cancellation).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var batch in batches)
            {
                await writer.WriteAsync(batch, cancellation).ConfigureAwait(false);
            }

            await writer.CompleteAsync(cancellation).ConfigureAwait(false);
            return Rate(events, start);
        }
    }

    private static async Task<double> ReadAsync(IAsyncEnumerable<RawEvent> stored, int events)
    {
        var start = Stopwatch.GetTimestamp();
        var count = 0;
        await foreach (var _ in stored.ConfigureAwait(false))
        {
            count++;
        }

        return count == events ? Rate(events, start) : throw new InvalidOperationException($"Read {count} events; {events} were written.");
    }

    private static async Task<double> MartenAsync(NpgsqlDataSource dataSource, int events, CancellationToken cancellation)
    {
        await using var store = await StoreAsync(dataSource, MartensSchema, cancellation).ConfigureAwait(false);
        using var source = new SyntheticEvents();
        var registry = (IEventRegistry)store.Options.Events;
        var streams = Enumerable.Range(0, events)
            .Select(_ => source.Next())
            .GroupBy(place => place.StreamId, StringComparer.Ordinal)
            .Select(stream => StreamAction.Start(registry, stream.Key, [.. stream.Select(object (place) => source.Data(place))]))
            .ToList();
        var start = Stopwatch.GetTimestamp();
        await store.BulkInsertEventsAsync(streams, batchSize: 5_000, cancellation).ConfigureAwait(false);
        return Rate(events, start);
    }

    private static async Task<double> DocumentsAsync(NpgsqlDataSource dataSource, int events, CancellationToken cancellation)
    {
        await using var store = await StoreAsync(dataSource, MartensSchema, cancellation).ConfigureAwait(false);
        using var source = new SyntheticEvents();
        var documents = new SyntheticDocument[events];
        for (var index = 0; index < events; index++)
        {
            documents[index] = new SyntheticDocument($"document/{index:D7}", source.Data(source.Next()));
        }

        var start = Stopwatch.GetTimestamp();
        await store.ReplaceDocumentsAsync(documents, cancellation).ConfigureAwait(false);
        return Rate(events, start);
    }

    private static async Task<DocumentStore> StoreAsync(NpgsqlDataSource dataSource, string schema, CancellationToken cancellation)
    {
        var store = StoreFactory.Create(dataSource, new StoreConfiguration
        {
            EventTypes = [(typeof(SyntheticEvent), SyntheticEvents.Type.Name)],
            DocumentTypes = [typeof(SyntheticDocument)],
            Json = new(),
            Schema = schema,
        });
        await StoreSchema.ApplyAsync(store, cancellation).ConfigureAwait(false);
        return store;
    }

    private static async Task DropAsync(NpgsqlDataSource dataSource, CancellationToken cancellation)
    {
        foreach (var schema in new[] { OursSchema, CheckedSchema, MartensSchema })
        {
            await StoreSchema.DropAsync(dataSource, schema, cancellation).ConfigureAwait(false);
        }
    }

    private static double MeanJsonBytes(int events) =>
        SyntheticEvents.Batches(Math.Min(events, BatchSize), BatchSize).Average(batch => (double)batch.JsonBytes / batch.Count);

    private static double Rate(int count, long start) => count / Stopwatch.GetElapsedTime(start).TotalSeconds;
}
