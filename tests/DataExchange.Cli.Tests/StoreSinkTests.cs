using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Schema;
using DataExchange.Exchange;
using DataExchange.Reports.Projections;
using DataExchange.Reports.ReadModels;
using DataExchange.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace DataExchange.Cli.Tests;

public sealed class StoreSinkTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_commit_ends_where_a_command_ends(int threads)
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync(Ct));
        using var store = MarketStore.Over(database);
        await StoreSchema.ApplyAsync(store, Ct);
        var ends = new HashSet<long>();
        await using (var writer = await BulkEventWriter.StartAsync(database, new BulkEventWriterOptions(), Ct))
        await using (var sink = new StoreSink(writer, new ReadModelFold(_ => { }), 0, threads, commitSize: 7))
        {
            for (var (command, party) = (0, 0); command < 100; command++)
            {
                var events = Enumerable.Range(0, 1 + (command * 5 % 7)).Select(_ => Registered(++party)).ToList();
                await sink.AppendAsync(events, Ct);
                ends.Add(party);
            }

            await sink.CompleteAsync(Ct);
        }

        var commits = new List<long>();
        await using var last = database.CreateCommand("SELECT max(seq_id) FROM dataexchange.mt_events GROUP BY xmin::text ORDER BY 1");
        await using var reader = await last.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
        {
            commits.Add(reader.GetInt64(0));
        }

        Assert.Equal(ends.Max(), commits[^1]);
        Assert.InRange(commits.Count, 10, 99);
        Assert.All(commits, commit => Assert.Contains(commit, ends));
    }

    private static RecordedEvent Registered(int party)
    {
        var id = new PartyId($"firm-{party:0000}");
        return new RecordedEvent(
            StreamId.Party(id), 1, new PartyRegistered(id, "公司", "Company", PartyRole.Buyer, null) { At = SimulatedTime.On(new DateOnly(2024, 1, 2)), By = id });
    }
}
