using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.EventStore.Schema;
using DataExchange.Reports.Projections;
using DataExchange.Testing;
using Npgsql;

namespace DataExchange.Cli.Tests;

public sealed class ReadModelStoreTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Interrupted_it_leaves_no_progress_so_that_the_models_are_folded_anew()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync(Ct));
        using var store = MarketStore.Over(database);
        await StoreSchema.ApplyAsync(store, Ct);
        var id = new PartyId("firm-0001");
        await using (var whole = new ReadModelStore(store, database))
        {
            whole.Fold.Apply(
                StreamId.Party(id), 1,
                new PartyRegistered(id, "公司", "Company", PartyRole.Buyer, null) { At = SimulatedTime.On(new DateOnly(2024, 1, 2)), By = id });
            await whole.CompleteAsync(Ct);
        }

        Assert.Equal(1, await ReadModelStore.ProgressAsync(database, Ct));
        await using (new ReadModelStore(store, database))
        {
            for (var tries = 0; tries < 500 && await ReadModelStore.ProgressAsync(database, Ct) != 0; tries++)
            {
                await Task.Delay(20, Ct);
            }
        }

        Assert.Equal(0, await ReadModelStore.ProgressAsync(database, Ct));
    }
}
