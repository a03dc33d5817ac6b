using DataExchange.LedgerBenchmarks;
using DataExchange.Testing;
using Npgsql;

namespace DataExchange.EventStore.Tests.Storage;

public sealed class LedgerBenchmarkTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Every_way_to_post_is_measured_agrees_with_the_ledger_and_leaves_nothing_behind()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var dataSource = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync(cancellation));

        var results = await LedgerBenchmark.RunAsync(dataSource, transfers: 10_000, sqlTransfers: 100, rounds: 1, cancellation: cancellation);

        Assert.Equal(
            ["plain", "plain, one call each", "plain, scattered ids", "two-phase", "linked, chains of 4"], results.Flows.Select(flow => flow.Name));
        Assert.All(results.Flows, flow => Assert.Equal(0, flow.AllocatedBytesPerTransfer));
        Assert.All(results.Flows, flow => Assert.InRange(flow.TransfersPerSecond, 1, 1e9));
        // However they are handed over, the same transfers make the same books.
        Assert.Equal(results.Flows[0].StateHash, results.Flows[1].StateHash);
        Assert.Equal(results.Flows[0].StateHash, results.Flows[4].StateHash);
        Assert.Equal([100, 2_000], results.Sql.Select(way => way.Transfers));
        await using var left = dataSource.CreateCommand("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'bench%'");
        Assert.Equal(0L, await left.ExecuteScalarAsync(cancellation));
    }
}
