using System.Text.Json;
using DataExchange.EventStore;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Reports.ReadModels;
using Marten;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>Re-reads every event, rebuilds all state from nothing and checks the market's invariants.</summary>
internal static class StoreVerification
{
    /// <summary>Checks the events stream by stream: states, invariants between streams, money, digest.</summary>
    /// <param name="database">The store's database.</param>
    /// <param name="runEvents">Events of the run, where others were added to them; null where there are no others.</param>
    /// <param name="onEvents">Told now and then how many events were read; null for nobody.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Task<VerificationResult> EventsAsync(
        NpgsqlDataSource database, long? runEvents, Action<long>? onEvents, CancellationToken cancellation) =>
        EventsAsync(database, runEvents, long.MaxValue, onEvents, cancellation);

    /// <summary>The same for the events up to a sequence.</summary>
    public static Task<VerificationResult> EventsAsync(
        NpgsqlDataSource database, long? runEvents, long upTo, Action<long>? onEvents, CancellationToken cancellation) =>
        StreamVerification.RunAsync(new RawEventReader(database).ReadByStreamAsync(upTo, cancellation), runEvents, onEvents, cancellation);

    /// <summary>
    /// Checks what Marten keeps beside the events: the global order without gaps, the streams' versions, and, folded anew from the
    /// events, every read model.
    /// </summary>
    /// <returns>What is wrong.</returns>
    public static async Task<IReadOnlyList<string>> StoreAsync(
        IDocumentStore store, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var problems = new List<string>();
        await CheckStreamsAsync(database, problems, cancellation).ConfigureAwait(false);
        var upTo = await ReadModelStore.ProgressAsync(database, cancellation).ConfigureAwait(false);
        if (upTo > 0)
        {
            await CheckReadModelsAsync(store, database, upTo, problems, cancellation).ConfigureAwait(false);
        }

        return problems;
    }

    private static async Task CheckStreamsAsync(NpgsqlDataSource database, List<string> problems, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT coalesce(s.id, e.stream_id) AS id, s.version, e.events, e.last
            FROM {Schemas.Default}.mt_streams s
            FULL JOIN (SELECT stream_id, count(*) AS events, max(version) AS last FROM {Schemas.Default}.mt_events GROUP BY stream_id) e
              ON e.stream_id = s.id
            WHERE s.id IS NULL OR e.stream_id IS NULL OR s.version <> e.last OR e.events <> e.last
            ORDER BY coalesce(s.id, e.stream_id) COLLATE "C" LIMIT 100
            """;
        await using (var command = database.CreateCommand(sql))
        await using (var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                string Shown(int field) => reader.IsDBNull(field) ? "none" : reader.GetValue(field).ToString()!;
                problems.Add($"{reader.GetString(0)}: StreamHead: the store says version {Shown(1)}, there are {Shown(2)} events, the last is version {Shown(3)}");
            }
        }

        await using var gaps = database.CreateCommand($"SELECT count(*), coalesce(max(seq_id), 0) FROM {Schemas.Default}.mt_events");
        await using var totals = await gaps.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await totals.ReadAsync(cancellation).ConfigureAwait(false);
        if (totals.GetInt64(0) != totals.GetInt64(1))
        {
            problems.Add($"mt_events: Sequence: {totals.GetInt64(0)} events, but the last has sequence {totals.GetInt64(1)}");
        }
    }

    private static async Task CheckReadModelsAsync(
        IDocumentStore store, NpgsqlDataSource database, long upTo, List<string> problems, CancellationToken cancellation)
    {
        var deals = new DocumentComparison<DealEntry>();
        var fold = new ReadModelFold(deals.Expect);
        try
        {
            await foreach (var raw in new RawEventReader(database).ReadBySequenceAsync(to: upTo, cancellation: cancellation).ConfigureAwait(false))
            {
                fold.Apply(raw.StreamId, (int)raw.Version, EventJson.Read(raw.TypeName, raw.Json.Span));
            }
        }
        catch (Exception failure) when (failure is ReadModelException or JsonException)
        {
            problems.Add($"read models: cannot be folded from the events: {failure.Message}");
            return;
        }

        var models = fold.Complete();
        await deals.CompareAsync(store, problems, cancellation).ConfigureAwait(false);
        await CompareAsync(models.Shelf).ConfigureAwait(false);
        await CompareAsync(models.Timelines).ConfigureAwait(false);
        await CompareAsync(models.VenueDays).ConfigureAwait(false);
        await CompareAsync(models.Parties).ConfigureAwait(false);
        await CompareAsync(models.Books).ConfigureAwait(false);
        await CompareAsync(models.BookDays).ConfigureAwait(false);
        await CompareAsync(models.Sandbox).ConfigureAwait(false);
        await CompareAsync(models.Requirements).ConfigureAwait(false);
        await CompareAsync(models.Auctions).ConfigureAwait(false);

        async Task CompareAsync<T>(IReadOnlyList<T> expected)
            where T : class, IReadModel
        {
            var comparison = new DocumentComparison<T>();
            foreach (var document in expected)
            {
                comparison.Expect(document);
            }

            await comparison.CompareAsync(store, problems, cancellation).ConfigureAwait(false);
        }
    }
}
