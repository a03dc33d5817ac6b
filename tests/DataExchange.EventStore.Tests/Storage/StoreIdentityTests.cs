using DataExchange.EventStore.Schema;
using DataExchange.Testing;
using Npgsql;

namespace DataExchange.EventStore.Tests.Storage;

public sealed class StoreIdentityTests(PostgresFixture postgres)
{
    private static readonly StoreIdentity Run = new(StoreIdentity.CurrentFormat, "hangzhou-2025", "ab12", ulong.MaxValue, 0.02, "0.1.0", false);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_read_as_written_and_marked_completed()
    {
        await using var data = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync(Cancellation));
        var table = new StoreIdentityTable(data);
        Assert.Null(await table.ReadAsync(Cancellation));

        await table.WriteAsync(Run, Cancellation);
        Assert.Equal(Run, await table.ReadAsync(Cancellation));
        await table.MarkCompletedAsync(Cancellation);
        Assert.Equal(Run with { IsCompleted = true }, await table.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task A_newer_format_with_other_columns_is_still_recognised()
    {
        await using var data = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync(Cancellation));
        await using var command = data.CreateCommand(
            "CREATE SCHEMA dataexchange; CREATE TABLE dataexchange.store_identity (format_version integer, created_with text); "
            + "INSERT INTO dataexchange.store_identity VALUES (7, '3.0.0')");
        await command.ExecuteNonQueryAsync(Cancellation);

        var stored = await new StoreIdentityTable(data).ReadAsync(Cancellation);
        var error = Assert.Throws<StoreIdentityMismatchException>(() => stored!.EnsureServes(Run));
        Assert.Contains("newer version (3.0.0, store format 7); this program reads format 4", error.Message, StringComparison.Ordinal);
        Assert.Contains("--reset", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_run_is_refused_with_both_values()
    {
        Run.EnsureServes(Run with { IsCompleted = true, CreatedWith = "0.1.1" });
        AssertRefused(Run with { ScenarioName = "small" }, "scenario is hangzhou-2025, this run's is small");
        AssertRefused(Run with { ScenarioHash = "ff" }, "content (SHA-256) of scenario hangzhou-2025 is ab12, this run's is ff");
        AssertRefused(Run with { Seed = 7 }, "seed is 18446744073709551615, this run's is 7");
        AssertRefused(Run with { Scale = 1 }, "scale is 0.02, this run's is 1");
    }

    [Fact]
    public async Task Dropping_the_schema_leaves_nothing()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        await new StoreIdentityTable(store.DataSource).WriteAsync(Run, Cancellation);
        Assert.True(await StoreSchema.ExistsAsync(store.DataSource, cancellation: Cancellation));

        await StoreSchema.DropAsync(store.DataSource, cancellation: Cancellation);
        Assert.False(await StoreSchema.ExistsAsync(store.DataSource, cancellation: Cancellation));
        Assert.Null(await new StoreIdentityTable(store.DataSource).ReadAsync(Cancellation));
    }

    private static void AssertRefused(StoreIdentity wanted, string expected)
    {
        var error = Assert.Throws<StoreIdentityMismatchException>(() => Run.EnsureServes(wanted));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("--reset", error.Message, StringComparison.Ordinal);
    }
}
