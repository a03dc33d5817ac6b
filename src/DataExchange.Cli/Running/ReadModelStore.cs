using System.Threading.Channels;
using DataExchange.EventStore;
using DataExchange.EventStore.Documents;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Reports.Projections;
using DataExchange.Reports.ReadModels;
using Marten;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>
/// Stores the read models of a whole run: finished deals as they come, everything else at the end. How far they are folded stands in
/// Marten's own progression table, so that its daemon goes on from there.
/// </summary>
internal sealed class ReadModelStore : IAsyncDisposable
{
    private readonly IDocumentStore _store;
    private readonly NpgsqlDataSource _database;
    private readonly Channel<DealEntry> _deals = Channel.CreateUnbounded<DealEntry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private Task<long>? _storingDeals;

    /// <summary>Begins the read models of a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="database">Its database.</param>
    /// <param name="startsNow">Whether what the store has is replaced from now on; otherwise nothing is touched until <see cref="Start"/>.</param>
    public ReadModelStore(IDocumentStore store, NpgsqlDataSource database, bool startsNow = true)
    {
        (_store, _database) = (store, database);
        Fold = new ReadModelFold(deal => _deals.Writer.TryWrite(deal));
        if (startsNow)
        {
            Start();
        }
    }

    /// <summary>Begins to replace what the store has.</summary>
    public void Start() => _storingDeals ??= Task.Run(StoreDealsAsync);

    /// <summary>The fold that the events go through.</summary>
    public ReadModelFold Fold { get; }

    /// <summary>Stores what is not stored yet and notes how far it is folded.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        Start();
        var models = Fold.Complete();
        _deals.Writer.Complete();
        await _storingDeals!.ConfigureAwait(false);
        await _store.ReplaceDocumentsAsync(models.Shelf, cancellation).ConfigureAwait(false);
        await _store.ReplaceDocumentsAsync(models.Timelines, cancellation).ConfigureAwait(false);
        await _store.ReplaceDocumentsAsync(models.VenueDays, cancellation).ConfigureAwait(false);
        await _store.ReplaceDocumentsAsync(models.Parties, cancellation).ConfigureAwait(false);
        await _store.ReplaceDocumentsAsync(models.Books, cancellation).ConfigureAwait(false);
        await _store.ReplaceDocumentsAsync(models.BookDays, cancellation).ConfigureAwait(false);
        await _store.ReplaceDocumentsAsync(models.Sandbox, cancellation).ConfigureAwait(false);
        await _store.ReplaceDocumentsAsync(models.Requirements, cancellation).ConfigureAwait(false);
        await _store.ReplaceDocumentsAsync(models.Auctions, cancellation).ConfigureAwait(false);
        await NoteProgressAsync(_database, Fold.Events, cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends it; without <see cref="CompleteAsync"/> before, a part of the deals is stored and no progress noted, so all are stored anew.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_storingDeals is { } storing)
        {
            await ((Task)storing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }

    /// <summary>The sequence up to which the stored read models are folded; 0 when there are none.</summary>
    public static async Task<long> ProgressAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"SELECT coalesce(min(last_seq_id), 0) FROM {Schemas.Default}.mt_event_progression WHERE name = ANY($1) HAVING count(*) = {ReadModelProjections.Names.Count}");
        command.Parameters.AddWithValue(ShardNames());
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is long sequence ? sequence : 0;
    }

    /// <summary>Folds the read models anew from the stored events, when they are behind (an interrupted run).</summary>
    public static async Task CatchUpAsync(IDocumentStore store, NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var models = new ReadModelStore(store, database);
        await foreach (var raw in new RawEventReader(database).ReadBySequenceAsync(cancellation: cancellation).ConfigureAwait(false))
        {
            models.Fold.Apply(raw.StreamId, (int)raw.Version, EventJson.Read(raw.TypeName, raw.Json.Span));
        }

        await models.CompleteAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<long> StoreDealsAsync()
    {
        // From here on the stored models are not whole, and must not be taken for it when this is interrupted.
        await using (var forget = _database.CreateCommand($"DELETE FROM {Schemas.Default}.mt_event_progression WHERE name = ANY($1)"))
        {
            forget.Parameters.AddWithValue(ShardNames());
            await forget.ExecuteNonQueryAsync(_stop.Token).ConfigureAwait(false);
        }

        return await _store.ReplaceDocumentsStepwiseAsync(_deals.Reader.ReadAllAsync(_stop.Token), _stop.Token).ConfigureAwait(false);
    }

    private static string[] ShardNames() => [.. ReadModelProjections.Names.Select(name => name + ":All")];

    private static async Task NoteProgressAsync(NpgsqlDataSource database, long sequence, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"INSERT INTO {Schemas.Default}.mt_event_progression (name, last_seq_id) SELECT unnest($1), $2 "
            + "ON CONFLICT (name) DO UPDATE SET last_seq_id = excluded.last_seq_id");
        command.Parameters.AddWithValue((string[])[.. ShardNames(), "HighWaterMark"]);
        command.Parameters.AddWithValue(sequence);
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
