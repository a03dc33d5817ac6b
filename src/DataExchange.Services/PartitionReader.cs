using System.Data;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.EventStore;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.EventStore.Services;
using DataExchange.Exchange;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.Services;

/// <summary>What a partition reads of the store: its own service's streams, and which commands were handled already.</summary>
/// <param name="database">The database.</param>
/// <param name="schema">The schema that holds the store.</param>
/// <param name="holds">
/// Whether it holds a connection of its own, for one caller at a time: one of the pool's is reset by the server whenever it changes hands.
/// </param>
internal sealed class PartitionReader(NpgsqlDataSource database, string schema = Schemas.Default, bool holds = false) : IAsyncDisposable
{
    // More than any stream has: a limit keeps the planner from joining the streams with the whole table.
    private const int MostFactsOfAStream = int.MaxValue;

    private static readonly HashSet<Type> CreditEvents = [typeof(DealSettled), typeof(PeriodSettled), typeof(DepositForfeited)];
    private static readonly string[] CreditTypes = [.. EventRegistry.All.Where(type => CreditEvents.Contains(type.Type)).SelectMany(EventRegistry.NamesOf)];

    private NpgsqlConnection? _held;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _held is { } held ? held.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>The facts of some streams, each in order; a stream without facts is not among them.</summary>
    public Task<Dictionary<string, List<RecordedEvent>>> StreamsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        StreamsAsync([.. ids.Select(id => (id, 0))], cancellation);

    /// <summary>The facts of some streams behind a version of each.</summary>
    public async Task<Dictionary<string, List<RecordedEvent>>> StreamsAsync(IReadOnlyCollection<(string Id, int After)> ids, CancellationToken cancellation)
    {
        var found = new Dictionary<string, List<RecordedEvent>>(StringComparer.Ordinal);
        // Stream by stream over the index: a list of many ids makes the planner read the whole table, and the partition slower with every fact.
        await using var read = await CreateCommandAsync(
            $"""
            SELECT wanted.id, fact.version, fact.type, fact.data FROM unnest($1, $2) AS wanted(id, after)
            CROSS JOIN LATERAL (SELECT version, type, data FROM {schema}.mt_events WHERE stream_id = wanted.id AND version > wanted.after ORDER BY version LIMIT {MostFactsOfAStream}) AS fact
            """, cancellation).ConfigureAwait(false);
        read.Parameters.Add(new() { Value = ids.Select(id => id.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        read.Parameters.Add(new() { Value = ids.Select(id => (long)id.After).ToArray() });
        await using var rows = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var id = rows.GetString(0);
            if (!found.TryGetValue(id, out var facts))
            {
                found.Add(id, facts = []);
            }

            facts.Add(new RecordedEvent(id, (int)rows.GetInt64(1), EventJson.Read(rows.GetString(2), rows.GetFieldValue<byte[]>(3))));
        }

        return found;
    }

    /// <summary>Which of some commands were handled, with the answers that they had.</summary>
    public async Task<Dictionary<Guid, CommandAnswer>> HandledAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var rows = new List<InboxRow>();
        await using (var read = await CreateCommandAsync(
            $"""
            SELECT found.id, stream, first_version, last_version, rejection FROM unnest($1) AS wanted(id)
            CROSS JOIN LATERAL (SELECT * FROM {schema}.service_inbox AS inbox WHERE inbox.id = wanted.id LIMIT 1) AS found
            """, cancellation).ConfigureAwait(false))
        {
            read.Parameters.Add(new() { Value = ids.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
            await using var found = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            while (await found.ReadAsync(cancellation).ConfigureAwait(false))
            {
                rows.Add(new InboxRow(found.GetGuid(0), found.GetString(1), found.GetInt32(2), found.GetInt32(3), found.IsDBNull(4) ? null : found.GetString(4)));
            }
        }

        var handled = new Dictionary<Guid, CommandAnswer>();
        if (rows.Count == 0)
        {
            return handled;
        }

        var last = await LastSequenceAsync(cancellation).ConfigureAwait(false);
        var streams = await StreamsAsync([.. rows.Where(row => row.LastVersion >= row.FirstVersion).Select(row => row.Stream).Distinct()], cancellation).ConfigureAwait(false);
        foreach (var row in rows)
        {
            IReadOnlyList<Event> facts = streams.TryGetValue(row.Stream, out var all)
                ? [.. all.Where(fact => fact.Version >= row.FirstVersion && fact.Version <= row.LastVersion).Select(fact => fact.Data)]
                : [];
            handled.Add(row.Id, new CommandAnswer(
                row.Id, row.Stream, row.FirstVersion, row.LastVersion,
                new Outcome(facts, CommandAnswer.RejectionOf(row.Rejection)), last, WasRepeated: true, HasMoved: CommandAnswer.IsMoved(row.Rejection)));
        }

        return handled;
    }

    /// <summary>The last place of the global order; 0 in an empty store.</summary>
    public async Task<long> LastSequenceAsync(CancellationToken cancellation)
    {
        await using var last = await CreateCommandAsync($"SELECT coalesce(max(seq_id), 0) FROM {schema}.mt_events", cancellation).ConfigureAwait(false);
        return (long)(await last.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }

    /// <inheritdoc cref="ServiceTables.ClaimDealsAsync" />
    public async Task<Dictionary<string, string>> ClaimAsync(IReadOnlyCollection<(string Deal, string Offer)> wanted, CancellationToken cancellation) =>
        await ServiceTables.ClaimDealsAsync(await HeldAsync(cancellation).ConfigureAwait(false), wanted, cancellation).ConfigureAwait(false);

    /// <summary>Where a partition has got to with the facts of others.</summary>
    public async Task<FeedPosition> CursorAsync(string partition, CancellationToken cancellation)
    {
        await using var read = await CreateCommandAsync($"SELECT cursor_sequence, cursor_index FROM {schema}.service_partition WHERE name = $1", cancellation).ConfigureAwait(false);
        read.Parameters.Add(new() { Value = partition });
        await using var row = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        return await row.ReadAsync(cancellation).ConfigureAwait(false) ? new FeedPosition(row.GetInt64(0), row.GetInt32(1)) : FeedPosition.Start;
    }

    /// <summary>Facts of a part of the global order, for whoever missed the messages that brought them.</summary>
    public async Task<List<Messages.FactEnvelope>> FactsAsync(long from, long to, CancellationToken cancellation)
    {
        var facts = new List<Messages.FactEnvelope>();
        await foreach (var raw in new RawEventReader(database, schema).ReadBySequenceAsync(from, to, cancellation).ConfigureAwait(false))
        {
            facts.Add(new Messages.FactEnvelope(raw.Sequence, raw.StreamId, (int)raw.Version, raw.TypeName, new RawJson(raw.Json.ToArray())));
        }

        return facts;
    }

    /// <summary>Whether a fact is one of those by which settlements credit parties.</summary>
    public static bool IsCredit(Event fact) => CreditEvents.Contains(fact.GetType());

    /// <summary>Everything that settlements credited behind a place of the global order, 0 for the beginning, into a table.</summary>
    /// <returns>How many facts there were.</returns>
    public async Task<int> CreditAsync(StreamTable table, long after, CancellationToken cancellation)
    {
        var reader = new RawEventReader(database, schema);
        var count = 0;
        await foreach (var raw in (after == 0 ? reader.ReadTypesAsync(CreditTypes, cancellation) : reader.ReadTypesAsync(CreditTypes, after + 1, long.MaxValue, cancellation)).ConfigureAwait(false))
        {
            table.Credit(EventJson.Read(raw.TypeName, raw.Json.Span));
            count++;
        }

        return count;
    }

    private async ValueTask<NpgsqlCommand> CreateCommandAsync(string sql, CancellationToken cancellation) =>
        holds ? new NpgsqlCommand(sql, await HeldAsync(cancellation).ConfigureAwait(false)) : database.CreateCommand(sql);

    // One that was lost is no reason to lose the partition: another is opened, if the server is there.
    private async ValueTask<NpgsqlConnection> HeldAsync(CancellationToken cancellation)
    {
        if (_held is { FullState: ConnectionState.Open } held)
        {
            return held;
        }

        await DisposeAsync().ConfigureAwait(false);
        return _held = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
    }
}
