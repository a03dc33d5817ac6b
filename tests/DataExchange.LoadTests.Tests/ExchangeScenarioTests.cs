using DataExchange.EventStore;
using DataExchange.LoadTests.Exchange;
using DataExchange.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace DataExchange.LoadTests.Tests;

/// <summary>Scenarios against a real exchange, at a rate that any machine has: whether they find it right, and whether they find out when it is not. How fast it was is nobody's business here.</summary>
[Collection("an exchange at a time")]
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

    /// <summary>With a broker of its own, and counts that are told late: in the long lane (<c>./dx test --long</c>).</summary>
    [Fact(Explicit = true)]
    public async Task RabbitMQ_received_as_many_messages_as_were_sent_and_PostgreSQL_stored_as_many_facts_as_are_read()
    {
        var folder = Directory.CreateTempSubdirectory("dx-load-").FullName;
        try
        {
            await using var scenario = new OrdersScenario(
                new ExchangeLoadOptions { Database = await postgres.CreateDatabaseAsync(Cancellation), Transport = LoadTransport.RabbitMq, WithServerCounts = true, Folder = folder });
            var result = await new OpenLoopRunner().RunAsync(scenario, LoadProfile.Steady(50, TimeSpan.FromSeconds(2)), new RunnerOptions(), null, Cancellation);

            Assert.Empty(result.Problems);
            Assert.EndsWith(": they agree", result.Notes["RabbitMQ: messages received by it / sent here"], StringComparison.Ordinal);

            // PostgreSQL counted the rows itself, and what is taken away from it is not uncounted.
            const string Rows = "PostgreSQL: rows of mt_events inserted by its count / facts read here";
            Assert.Equal("900 / 900: they agree", result.Notes[Rows]);
            await using var less = scenario.Exchange!.Database.CreateCommand($"DELETE FROM {Schemas.Default}.mt_events WHERE seq_id = (SELECT max(seq_id) FROM {Schemas.Default}.mt_events)");
            Assert.Equal(1, await less.ExecuteNonQueryAsync(Cancellation));
            await scenario.VerifyAsync(Cancellation);
            Assert.Equal("900 / 899: they DIFFER", scenario.Notes()[Rows]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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
