using DataExchange.EventStore.Appending;
using DataExchange.Testing;
using JasperFx.Events.Projections;
using Marten;

namespace DataExchange.EventStore.Tests.Storage;

public sealed class BulkAppendTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_equal_those_that_Marten_writes_for_the_same_events()
    {
        var database = await postgres.CreateDatabaseAsync(Cancellation);
        await using var ours = await TestStore.CreateAsync(database, "ours");
        await using var theirs = await TestStore.CreateAsync(database, "theirs");
        var history = TestStore.History(500, 40);

        await ours.BulkAsync(history, batchSize: 60);
        await AppendByMartenAsync(theirs.Marten, history);

        // Every column but id and the times, which differ by nature. New columns of another Marten version would show up here.
        const string events = "SELECT to_jsonb(e) - 'id' - 'timestamp' AS row FROM {0}.mt_events e ORDER BY seq_id";
        const string streams = "SELECT to_jsonb(s) - 'timestamp' - 'created' AS row FROM {0}.mt_streams s ORDER BY id";
        const string sequence = "SELECT last_value, is_called FROM {0}.mt_events_sequence";
        foreach (var sql in new[] { events, streams, sequence })
        {
            var expected = await theirs.LinesAsync(sql.Replace("{0}", "theirs", StringComparison.Ordinal));
            Assert.Equal(expected, await ours.LinesAsync(sql.Replace("{0}", "ours", StringComparison.Ordinal)));
            Assert.NotEmpty(expected);
        }
    }

    [Fact]
    public async Task The_events_own_time_is_the_streams_time_and_ids_are_those_of_the_run()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        await store.BulkAsync(TestStore.History(20, 5));

        var odd = await store.LinesAsync(
            "SELECT e.seq_id FROM dataexchange.mt_events e JOIN dataexchange.mt_streams s ON s.id = e.stream_id "
            + "WHERE e.timestamp <> s.timestamp OR abs(extract(epoch FROM now() - e.timestamp)) > 60");
        Assert.Empty(odd);
        var ids = await store.LinesAsync("SELECT id FROM dataexchange.mt_events ORDER BY seq_id");
        Assert.Equal(Enumerable.Range(1, 20).Select(sequence => $"id={EventIds.For(42, sequence)} "), ids);
        Assert.Equal(
            ["last_seq_id=20 "],
            await store.LinesAsync("SELECT last_seq_id FROM dataexchange.mt_event_progression WHERE name = 'HighWaterMark'"));
    }

    [Fact]
    public async Task The_rows_of_a_batch_lie_by_stream_and_keep_their_place_in_the_global_order()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        var history = TestStore.History(300, 30);
        await store.BulkAsync(history, batchSize: 150);

        var expected = history.Select((e, index) => (e.StreamId, e.Version, Sequence: index + 1)).Chunk(150)
            .SelectMany(batch => batch.OrderBy(e => e.StreamId, StringComparer.Ordinal).ThenBy(e => e.Version))
            .Select(e => $"stream_id={e.StreamId} version={e.Version} seq_id={e.Sequence} ");
        Assert.Equal(expected, await store.LinesAsync("SELECT stream_id, version, seq_id FROM dataexchange.mt_events ORDER BY ctid"));
    }

    [Fact]
    public async Task Marten_reads_aggregates_and_appends_after_a_bulk_write()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        var history = TestStore.History(300, 30);
        await store.BulkAsync(history);

        await using var session = store.Marten.LightweightSession();
        var stream = await session.Events.FetchStreamAsync("tale/0003", token: Cancellation);
        var expected = history.Where(e => e.StreamId == "tale/0003").Select(e => e.Data);
        Assert.Equal(expected, stream.Select(e => e.Data));
        Assert.Equal(Enumerable.Range(1, 10).Select(v => (long)v), stream.Select(e => e.Version));

        var raw = await session.Events.QueryAllRawEvents().OrderBy(e => e.Sequence).ToListAsync(Cancellation);
        Assert.Equal(history.Select(e => e.Data), raw.Select(e => e.Data));

        var tally = await session.Events.AggregateStreamAsync<Tally>("tale/0003", token: Cancellation);
        Assert.Equal((54, 930_000_000_003L), (tally!.Steps, tally.AmountFen));

        session.Events.Append("tale/0003", 11, new Tales.Told(100, "by Marten"));
        session.Events.StartStream("tale/new", new Tales.Opened("new", 1, Shade.Deep));
        await session.SaveChangesAsync(Cancellation);
        var after = await session.Events.FetchStreamAsync("tale/0003", token: Cancellation);
        Assert.Equal(11, after[^1].Version);
        Assert.InRange(after[^1].Sequence, 301, 302);
        Assert.Equal(11, (await session.Events.FetchStreamStateAsync("tale/0003", Cancellation))!.Version);
    }

    [Fact]
    public async Task The_async_daemon_projects_bulk_written_events()
    {
        await using var store = await TestStore.CreateAsync(
            await postgres.CreateDatabaseAsync(Cancellation),
            customize: options => options.Projections.Snapshot<Tally>(SnapshotLifecycle.Async));
        await store.BulkAsync(TestStore.History(300, 30));

        using var daemon = await store.Marten.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        await daemon.WaitForNonStaleData(TimeSpan.FromSeconds(30));
        await daemon.StopAllAsync();

        await using var session = store.Marten.QuerySession();
        var tallies = await session.Query<Tally>().ToListAsync(Cancellation);
        Assert.Equal((30, 30 * 54), (tallies.Count, tallies.Sum(t => t.Steps)));
    }

    [Fact]
    public async Task A_second_bulk_write_continues_streams_and_sequence_also_after_Marten_wrote()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        var history = TestStore.History(400, 40);
        await store.BulkAsync(history.Take(150));
        await AppendByMartenAsync(store.Marten, history.Skip(150).Take(100));
        await store.BulkAsync(history.Skip(250));

        var read = new List<(string, long, long)>();
        await foreach (var stored in store.Reader.ReadBySequenceAsync(cancellation: Cancellation))
        {
            read.Add((stored.StreamId, stored.Version, stored.Sequence));
        }

        Assert.Equal(history.Select((e, index) => (e.StreamId, e.Version, index + 1L)), read);
        Assert.Empty(await WrongStreamsAsync(store));
    }

    [Fact]
    public async Task Without_a_superuser_the_server_checks_the_foreign_key_and_the_rows_are_the_same()
    {
        var database = await postgres.CreateDatabaseAsync(Cancellation);
        await using var admin = await TestStore.CreateAsync(database, "admins");
        var role = $"plain_{Guid.NewGuid():N}";
        await admin.RunAsync($"CREATE ROLE {role} LOGIN; DO $$ BEGIN EXECUTE 'GRANT CREATE ON DATABASE ' || current_database() || ' TO {role}'; END $$");
        var plain = new Npgsql.NpgsqlConnectionStringBuilder(database) { Username = role }.ConnectionString;
        await using var store = await TestStore.CreateAsync(plain, "plains");

        await using (var writer = await store.WriterAsync())
        {
            Assert.False(writer.SkipsForeignKeyChecks);
        }

        await using (var writer = await admin.WriterAsync())
        {
            Assert.True(writer.SkipsForeignKeyChecks);
        }

        await store.BulkAsync(TestStore.History(300, 30));
        await admin.BulkAsync(TestStore.History(300, 30));
        const string sql = "SELECT to_jsonb(e) - 'timestamp' AS row FROM {0}.mt_events e ORDER BY seq_id";
        Assert.Equal(
            await admin.LinesAsync(sql.Replace("{0}", "admins", StringComparison.Ordinal)),
            await store.LinesAsync(sql.Replace("{0}", "plains", StringComparison.Ordinal)));
    }

    internal static Task<List<string>> WrongStreamsAsync(TestStore store) => store.LinesAsync(
        $"""
        SELECT coalesce(s.id, e.id) AS stream, s.version, e.events, e.last FROM {store.Schema}.mt_streams s
        FULL JOIN (SELECT stream_id AS id, count(*) AS events, max(version) AS last, min(version) AS first
                   FROM {store.Schema}.mt_events GROUP BY stream_id) e ON e.id = s.id
        WHERE s.version IS DISTINCT FROM e.events OR e.last IS DISTINCT FROM e.events OR e.first IS DISTINCT FROM 1
        """);

    private static async Task AppendByMartenAsync(DocumentStore store, IEnumerable<(string StreamId, long Version, object Data)> history)
    {
        foreach (var (streamId, version, data) in history)
        {
            await using var session = store.LightweightSession();
            session.Events.Append(streamId, version, data);
            await session.SaveChangesAsync(Cancellation);
        }
    }
}
