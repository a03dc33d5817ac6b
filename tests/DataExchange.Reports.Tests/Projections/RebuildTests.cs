using System.Text.Json;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Reports.Projections;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Tests.Market;
using DataExchange.Reports.Tests.ReadModels;
using DataExchange.Testing;
using Marten;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace DataExchange.Reports.Tests.Projections;

public sealed class RebuildTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(1, 5_000)]
    [InlineData(2, 7)]
    public async Task A_rebuild_by_the_stores_own_daemon_gives_what_the_bulk_fold_gives(int seed, int pageSize)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var events = SmallMarket.Run(seed, products: pageSize > 100 ? 60 : 12, buyers: 10, orders: pageSize > 100 ? 200 : 25);
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync(cancellation));
        using var store = MarketStore.Over(database, withProjections: true);
        foreach (var projection in ((StoreOptions)store.Options).Projections.All)
        {
            // Small pages, so that documents are loaded again in the middle of lives.
            projection.Options.BatchSize = pageSize;
        }

        await StoreSchema.ApplyAsync(store, cancellation);
        await AppendAsync(database, events, cancellation);
        var expected = new BulkFold(events);

        using var daemon = await store.BuildProjectionDaemonAsync();
        foreach (var name in ReadModelProjections.Names)
        {
            await daemon.RebuildProjectionAsync(name, cancellation);
        }

        await using var session = store.QuerySession();
        await SameAsync(expected.Models.Shelf, session, cancellation);
        await SameAsync(expected.Models.Timelines, session, cancellation);
        await SameAsync(expected.Models.VenueDays, session, cancellation);
        await SameAsync(expected.Models.Parties, session, cancellation);
        await SameAsync(expected.Models.Books, session, cancellation);
        await SameAsync(expected.Models.BookDays, session, cancellation);
        await SameAsync(expected.Models.Sandbox, session, cancellation);
        await SameAsync(expected.Models.Requirements, session, cancellation);
        await SameAsync(expected.Models.Auctions, session, cancellation);
        await SameAsync(expected.Deals, session, cancellation);
    }

    // As a run stores them, in the order in which they happened.
    private static async Task AppendAsync(NpgsqlDataSource database, IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        await using var writer = await BulkEventWriter.StartAsync(database, new BulkEventWriterOptions { RunKey = 1 }, cancellation);
        foreach (var (stream, version, data) in events)
        {
            await writer.AppendAsync(stream, version, EventTypeName.For(data.GetType(), EventRegistry.NameOf(data)), EventJson.Write(data), cancellation);
        }

        await writer.CompleteAsync(cancellation);
    }

    private static async Task SameAsync<TDocument>(
        IEnumerable<TDocument> expected, IQuerySession session, CancellationToken cancellation)
        where TDocument : class, IReadModel
    {
        var stored = await session.Query<TDocument>().ToListAsync(cancellation);

        Assert.Equal(Lines(expected), Lines(stored));

        static string Lines(IEnumerable<TDocument> documents) =>
            string.Join('\n', documents.OrderBy(d => d.Id, StringComparer.Ordinal).Select(d => JsonSerializer.Serialize(d)));
    }
}
