using DataExchange.EventStore;
using DataExchange.LoadTests.Exchange;
using DataExchange.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace DataExchange.LoadTests.Tests;

/// <summary>Scenarios against a real exchange, at a rate that any machine has: whether they find it right, and whether they find out when it is not. How fast it was is nobody's business here.</summary>
public sealed class ExchangeScenarioTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_over_the_bus_are_verified_and_a_lost_and_a_doubled_one_are_found()
    {
        await using var scenario = new OrdersScenario(new ExchangeLoadOptions { Database = await postgres.CreateDatabaseAsync(Cancellation) });
        var result = await new OpenLoopRunner().RunAsync(scenario, LoadProfile.Steady(50, TimeSpan.FromSeconds(2)), new RunnerOptions(), null, Cancellation);

        Assert.Equal((100, 0, 0), (result.Ok, result.Shed, result.Failed));
        Assert.Empty(result.Problems);

        // The licence of one order is made another's: it is lost, and the other has two.
        await using var tamper = scenario.Exchange!.Database.CreateCommand(
            $$"""UPDATE {{Schemas.Default}}.mt_events SET data = jsonb_set(data::jsonb, '{deal}', '"D0000008"') WHERE type LIKE 'licence_granted%' AND data::jsonb ->> 'deal' = 'D0000007'""");
        Assert.Equal(1, await tamper.ExecuteNonQueryAsync(Cancellation));
        var problems = await scenario.VerifyAsync(Cancellation);
        Assert.Contains("1 acknowledged orders have no licence: D0000007", problems);
        Assert.Contains("1 orders have more than one licence: D0000008", problems);
    }

    [Fact]
    public async Task Orders_over_HTTP_are_verified_with_the_whole_market_and_its_log()
    {
        var folder = Directory.CreateTempSubdirectory("dx-load-").FullName;
        try
        {
            await using var scenario = new HttpOrdersScenario(new ExchangeLoadOptions { Database = await postgres.CreateDatabaseAsync(Cancellation), Connections = 4, Folder = folder });
            var result = await new OpenLoopRunner().RunAsync(scenario, LoadProfile.Steady(10, TimeSpan.FromSeconds(2)), new RunnerOptions(), null, Cancellation);

            Assert.Equal((20, 0, 0), (result.Ok, result.Shed, result.Failed));
            Assert.Empty(result.Problems);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
