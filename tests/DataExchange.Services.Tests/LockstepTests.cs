using System.Text;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Reports.Projections;
using DataExchange.Simulation;
using DataExchange.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace DataExchange.Services.Tests;

public sealed class LockstepTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Services_in_lockstep_record_what_one_process_records_in_the_same_order(int tradingPartitions)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync(cancellation));
        using (var store = MarketStore.Over(database))
        {
            await StoreSchema.ApplyAsync(store, cancellation);
        }

        using var keys = SmallMarket.Keys();
        using var metrics = new ServiceMetrics();
        await using var bus = await ServiceBus.StartInMemoryAsync(cancellation);
        await using var services = await ExchangeServices.StartAsync(
            database, bus, keys, metrics,
            new ServiceOptions
            {
                Services = [.. PartitionMap.Services, ServiceOptions.Feed],
                TradingPartitions = tradingPartitions,
                IsLockstep = true,
                WithProjections = false,
                RunKey = SmallMarket.Seed,
                Note = line => TestContext.Current.SendDiagnosticMessage(line),
            },
            cancellation);
        await services.WaitUntilOwnerAsync(cancellation);
        TestContext.Current.SendDiagnosticMessage($"{(await SmallMarket.FactsAsync()).Count} events");
        await using var exchange = await ServicesExchange.OpenAsync(services.Sender, bus, Guid.Parse("00000000-0000-8000-8000-000000000001"));

        await SimulationRun.ExecuteAsync(SmallMarket.Scenario, SmallMarket.Source, SmallMarket.Seed, exchange, null, cancellation);
        await exchange.SealAsync(cancellation);

        Assert.Equal(Lines(await SmallMarket.FactsAsync()), await LinesAsync(database, cancellation));
    }

    private static List<string> Lines(IReadOnlyList<RecordedEvent> facts) =>
        [.. facts.Select(fact => $"{fact.Stream} {fact.Version} {EventRegistry.NameOf(fact.Data)} {Encoding.UTF8.GetString(EventJson.Write(fact.Data))}")];

    private static async Task<List<string>> LinesAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var lines = new List<string>();
        await foreach (var raw in new RawEventReader(database).ReadBySequenceAsync(cancellation: cancellation))
        {
            lines.Add($"{raw.StreamId} {raw.Version} {raw.TypeName} {Encoding.UTF8.GetString(EventJson.Write(EventJson.Read(raw.TypeName, raw.Json.Span)))}");
        }

        return lines;
    }
}
