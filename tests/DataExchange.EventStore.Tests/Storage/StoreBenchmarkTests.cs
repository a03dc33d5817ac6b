using DataExchange.StoreBenchmarks;
using DataExchange.Testing;
using Npgsql;

namespace DataExchange.EventStore.Tests.Storage;

public sealed class StoreBenchmarkTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Every_rate_is_measured_and_nothing_is_left_behind()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var dataSource = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync(cancellation));

        var rates = await StoreBenchmark.RunAsync(dataSource, events: 2_000, cancellation: cancellation);

        double[] measured =
        [
            rates.CopyWithoutIndexes, rates.CopyWithIndexes, rates.BulkWriter, rates.BulkWriterWithForeignKey, rates.MartenBulkInsert,
            rates.ReadByStream, rates.ReadBySequence, rates.Documents,
        ];
        Assert.All(measured, rate => Assert.InRange(rate, 1, 100_000_000));
        Assert.InRange(rates.BytesPerEvent, 250, 400);
        await using var left = dataSource.CreateCommand("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'bench%'");
        Assert.Equal(0L, await left.ExecuteScalarAsync(cancellation));
    }
}
