using System.Text;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Serialization;
using DataExchange.EventStore.Services;
using DataExchange.Exchange;
using DataExchange.Exchange.Accounts;
using DataExchange.Exchange.Verification;
using DataExchange.Reports.Projections;
using DataExchange.Testing;
using DataExchange.Trust;
using Npgsql;

namespace DataExchange.Services.Tests;

/// <summary>All services in this process over a database of their own, with the in-memory transport.</summary>
internal sealed class RunningServices : IAsyncDisposable
{
    private readonly VenueKeys _keys = SmallMarket.Keys();
    private readonly ServiceMetrics _metrics = new();
    private ExchangeServices? _services;

    private RunningServices(NpgsqlDataSource database, ServiceBus bus) => (Database, Bus) = (database, bus);

    internal NpgsqlDataSource Database { get; }

    internal ServiceBus Bus { get; private set; }

    internal ICommandSender Sender => _services!.Sender;

    internal ServiceMetrics Metrics => _metrics;
    internal Task Completion => _services!.Completion;

    internal string? Hindrance => _services!.Hindrance;

    /// <summary>An empty store, or one that holds what the direct engine made of the small market.</summary>
    internal static async Task<RunningServices> PrepareAsync(
        PostgresFixture postgres, bool isEmpty, CancellationToken cancellation, Func<string, Task<ServiceBus>>? connect = null)
    {
        var database = NpgsqlDataSource.Create(await postgres.CreateCopyAsync(isEmpty ? "empty" : "small market", connection => FillAsync(connection, isEmpty), cancellation));
        var store = await ServiceTables.StoreIdAsync(database, cancellation);
        return new RunningServices(database, await (connect?.Invoke(store) ?? ServiceBus.StartInMemoryAsync(store, cancellation)));
    }

    private static async Task FillAsync(string connection, bool isEmpty)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        using (var store = MarketStore.Over(database))
        {
            await StoreSchema.ApplyAsync(store);
        }

        if (!isEmpty)
        {
            await using var writer = await BulkEventWriter.StartAsync(database, new BulkEventWriterOptions { RunKey = SmallMarket.Seed });
            foreach (var fact in await SmallMarket.FactsAsync())
            {
                await writer.AppendAsync(fact.Stream, fact.Version, EventTypeName.For(fact.Data.GetType(), EventRegistry.NameOf(fact.Data)), EventJson.Write(fact.Data));
            }

            await writer.CompleteAsync();
        }
    }

    internal static async Task<RunningServices> StartAsync(PostgresFixture postgres, bool isEmpty, ServiceOptions options, CancellationToken cancellation)
    {
        var running = await PrepareAsync(postgres, isEmpty, cancellation);
        await running.StartAsync(options, cancellation);
        return running;
    }

    internal static ServiceOptions Options(int tradingPartitions = 1, bool isLockstep = false, params string[] services) => new()
    {
        Services = services.Length > 0 ? services : [.. PartitionMap.Services, ServiceOptions.Feed],
        TradingPartitions = tradingPartitions,
        IsLockstep = isLockstep,
        WithProjections = false,
        RunKey = SmallMarket.Seed,
        // The market is long over by the server's clock: much of it would come due at once.
        WithDeadlines = false,
        LeaseTime = TimeSpan.FromSeconds(2),
        Patience = TimeSpan.FromSeconds(2),
        Log = line => TestContext.Current.SendDiagnosticMessage(line.ToString()),
    };

    internal async Task StartAsync(ServiceOptions options, CancellationToken cancellation)
    {
        await StartWithoutWaitingAsync(options, cancellation);
        await _services!.WaitUntilOwnerAsync(cancellation);
    }

    /// <summary>Starts them, whatever becomes of them.</summary>
    internal async Task StartWithoutWaitingAsync(ServiceOptions options, CancellationToken cancellation) =>
        _services = await ExchangeServices.StartAsync(Database, Bus, _keys, _metrics, options, cancellation);

    internal async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var execute = Database.CreateCommand(sql);
        Assert.NotEqual(0, await execute.ExecuteNonQueryAsync(cancellation));
    }

    internal async Task<string?> TextAsync(string sql, CancellationToken cancellation)
    {
        await using var read = Database.CreateCommand(sql);
        return await read.ExecuteScalarAsync(cancellation) as string;
    }

    /// <summary>Starts the same services once more, as another process would.</summary>
    internal Task<ExchangeServices> StartAnotherAsync(ServiceOptions options, CancellationToken cancellation) =>
        ExchangeServices.StartAsync(Database, Bus, _keys, _metrics, options, cancellation);

    internal Task DrainAsync(CancellationToken cancellation) => _services!.DrainAsync(cancellation);

    /// <summary>Stops the services; the messages that wait stay with the bus.</summary>
    internal async Task StopAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
            _services = null;
        }
    }

    /// <summary>Waits until nothing happens any more.</summary>
    internal async Task RestAsync(CancellationToken cancellation)
    {
        for (var (last, still) = (-1L, 0); still < 8;)
        {
            await Task.Delay(150, cancellation);
            var now = await CountAsync("mt_events", cancellation);
            (still, last) = now == last ? (still + 1, last) : (0, now);
        }
    }

    internal async Task<long> CountAsync(string table, CancellationToken cancellation)
    {
        await using var count = Database.CreateCommand($"SELECT count(*) FROM {EventStore.Schemas.Default}.{table}");
        return (long)(await count.ExecuteScalarAsync(cancellation))!;
    }

    internal async Task<List<RecordedEvent>> FactsAsync(CancellationToken cancellation)
    {
        var facts = new List<RecordedEvent>();
        await foreach (var raw in new RawEventReader(Database).ReadBySequenceAsync(cancellation: cancellation))
        {
            Assert.Equal(facts.Count + 1, raw.Sequence);
            facts.Add(new RecordedEvent(raw.StreamId, (int)raw.Version, EventJson.Read(raw.TypeName, raw.Json.Span)));
        }

        return facts;
    }

    /// <summary>Stores a fact that no decider made, as the first of its stream.</summary>
    internal async Task SpoilAsync(Domain.Event impossible, string stream, CancellationToken cancellation)
    {
        foreach (var sql in (string[])
        [
            $"""
            INSERT INTO {EventStore.Schemas.Default}.mt_streams (id, version, timestamp, created, tenant_id, compacted_version, is_archived)
            SELECT $1, 1, now(), now(), '*DEFAULT*', 0, false WHERE $2 <> '' AND $3 <> ''
            """,
            $"""
            INSERT INTO {EventStore.Schemas.Default}.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, is_archived)
            SELECT max(seq_id) + 1, gen_random_uuid(), $1, 1, $2::jsonb, $3, now(), '*DEFAULT*', false FROM {EventStore.Schemas.Default}.mt_events
            """,
        ])
        {
            await using var spoil = Database.CreateCommand(sql);
            spoil.Parameters.Add(new() { Value = stream });
            spoil.Parameters.Add(new() { Value = Encoding.UTF8.GetString(EventJson.Write(impossible)) });
            spoil.Parameters.Add(new() { Value = EventRegistry.NameOf(impossible) });
            await spoil.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>Everything that a market must obey: states, relations between streams, money, and books that balance after every fact.</summary>
    internal async Task<IReadOnlyList<RecordedEvent>> AuditAsync(CancellationToken cancellation)
    {
        var facts = await FactsAsync(cancellation);
        var audit = new MarketAudit();
        foreach (var stream in facts.GroupBy(fact => fact.Stream))
        {
            audit.BeginStream(stream.Key);
            foreach (var fact in stream)
            {
                audit.Apply(fact.Version, fact.Data);
            }

            audit.EndStream();
        }

        Assert.Empty(audit.Complete().Problems);
        var ledger = new MarketLedger();
        for (var i = 0; i < facts.Count; i++)
        {
            Assert.Null(ledger.Take(i + 1, facts[i].Stream, facts[i].Version, facts[i].Data));
        }

        Assert.Equal(0, LedgerTotals.Of(ledger).TrialBalanceFen);
        return facts;
    }

    internal static List<string> Lines(IEnumerable<RecordedEvent> facts) =>
        [.. facts.Select(fact => $"{fact.Stream} {fact.Version} {EventRegistry.NameOf(fact.Data)} {Encoding.UTF8.GetString(EventJson.Write(fact.Data))}")];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Bus.DisposeAsync();
        await Database.DisposeAsync();
        _keys.Dispose();
        _metrics.Dispose();
    }
}
