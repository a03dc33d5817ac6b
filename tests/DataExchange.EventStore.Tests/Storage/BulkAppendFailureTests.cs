using System.Diagnostics;
using System.Globalization;
using DataExchange.EventStore.Appending;
using DataExchange.Postgres;
using DataExchange.Testing;
using Npgsql;

namespace DataExchange.EventStore.Tests.Storage;

public sealed class BulkAppendFailureTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_killed_in_mid_write_leaves_a_prefix_without_gaps_and_one_clear_error()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"dx-kill-{Environment.ProcessId}-{Guid.NewGuid():N}"[..40]);
        var history = TestStore.History(200_000, 5_000);
        var committed = 0L;
        try
        {
            await using (var server = await EmbeddedPostgres.StartAsync(folder, ct: Cancellation))
            await using (var store = await TestStore.CreateAsync(server.ConnectionString))
            {
                var writer = await store.WriterAsync(batchSize: 2_000);
                await using (writer)
                {
                    var error = await Assert.ThrowsAsync<EventStoreUnavailableException>(async () =>
                    {
                        foreach (var (streamId, version, data) in history)
                        {
                            await TestStore.AppendAsync(writer, streamId, version, data);
                            if (writer.CommittedSequence >= 20_000 && committed == 0)
                            {
                                committed = writer.CommittedSequence;
                                using var process = Process.GetProcessById(server.ProcessId);
                                process.Kill();
                            }
                        }

                        await writer.CompleteAsync(Cancellation);
                    });
                    Assert.Contains("PostgreSQL", error.Message, StringComparison.Ordinal);
                    Assert.NotNull(error.InnerException);

                    // Later calls say the same, they do not hang.
                    await Assert.ThrowsAsync<EventStoreUnavailableException>(async () => await writer.CompleteAsync(Cancellation));
                    committed = writer.CommittedSequence;
                }
            }

            NpgsqlConnection.ClearAllPools();
            await using (var server = await EmbeddedPostgres.StartAsync(folder, ct: Cancellation))
            await using (var store = await TestStore.CreateAsync(server.ConnectionString, apply: false))
            {
                var count = 0L;
                await foreach (var stored in store.Reader.ReadBySequenceAsync(cancellation: Cancellation))
                {
                    var expected = history[(int)count];
                    Assert.Equal((expected.StreamId, expected.Version, ++count), (stored.StreamId, stored.Version, stored.Sequence));
                }

                // What was reported is there; one batch more may be, if the server died between the commit and its answer.
                Assert.InRange(count, committed, committed + 2_000);
                Assert.Equal(0, count % 2_000);
                Assert.InRange(count, 20_000, 199_999);
                Assert.Empty(await BulkAppendTests.WrongStreamsAsync(store));

                await store.BulkAsync(history.Skip((int)count).Take(5_000));
                Assert.Empty(await BulkAppendTests.WrongStreamsAsync(store));
            }
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await DatabaseCommands.ResetAsync(folder, ct: CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(1, "already holds")]
    [InlineData(3, "is at version 3; the batch continues from version 2")]
    [InlineData(9, "is at version 3; the batch continues from version 8")]
    public async Task A_version_that_does_not_follow_the_stored_one_is_refused(long version, string expected)
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        await store.BulkAsync([
            ("tale/a", 1, new Tales.Opened("a", 1, Shade.Pale)), ("tale/a", 2, new Tales.Told(1, null)), ("tale/a", 3, new Tales.Told(2, null))]);
        var before = await StateAsync(store);

        var error = await Assert.ThrowsAsync<EventConcurrencyException>(() => store.BulkAsync([
            ("tale/b", 1, new Tales.Opened("b", 1, Shade.Pale)), ("tale/a", version, new Tales.Told(1, null))]));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync(store));
    }

    [Fact]
    public async Task Versions_of_one_stream_in_one_batch_must_follow_each_other()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        var error = await Assert.ThrowsAsync<EventConcurrencyException>(() => store.BulkAsync([
            ("tale/a", 1, new Tales.Opened("a", 1, Shade.Pale)), ("tale/a", 3, new Tales.Told(1, null))]));
        Assert.Contains("tale/a: version 3 follows version 1", error.Message, StringComparison.Ordinal);
        Assert.Empty(await store.LinesAsync("SELECT * FROM dataexchange.mt_streams"));
    }

    [Fact]
    public async Task A_stream_that_is_not_there_cannot_be_continued()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        var error = await Assert.ThrowsAsync<EventConcurrencyException>(() => store.BulkAsync([("tale/none", 5, new Tales.Told(1, null))]));
        Assert.Contains("tale/none is not in the store", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_one_bulk_writer_has_the_store()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        await using (await store.WriterAsync())
        {
            await Assert.ThrowsAsync<EventConcurrencyException>(() => store.WriterAsync());
        }

        await using var next = await store.WriterAsync();
        Assert.Equal(0, next.LastSequence);
    }

    [Theory]
    [InlineData("ALTER TABLE dataexchange.mt_events ADD COLUMN headers jsonb", "found and not known: headers jsonb null")]
    [InlineData("ALTER TABLE dataexchange.mt_events DROP COLUMN bdata", "expected and not found: bdata bytea null")]
    [InlineData("ALTER TABLE dataexchange.mt_streams ALTER COLUMN version TYPE integer", "version int4 null")]
    [InlineData("DROP INDEX dataexchange.pk_mt_events_stream_and_version", "no unique index mt_events (stream_id, version)")]
    [InlineData("DROP SCHEMA dataexchange CASCADE", "There is no table dataexchange.mt_events")]
    public async Task Tables_of_another_shape_are_refused(string change, string expected)
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        await store.RunAsync(change);
        var error = await Assert.ThrowsAsync<StoreSchemaMismatchException>(() => store.WriterAsync());
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreachable_server_is_one_typed_error()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(postgres.Server.ConnectionString) { Port = 1 };
        await using var store = await TestStore.CreateAsync(nowhere.ConnectionString, apply: false);
        await Assert.ThrowsAsync<EventStoreUnavailableException>(() => store.WriterAsync());
        await Assert.ThrowsAsync<EventStoreUnavailableException>(
            async () => await store.Reader.ReadByStreamAsync(Cancellation).AnyAsync(Cancellation));
        await Assert.ThrowsAsync<EventStoreUnavailableException>(
            () => EventStore.Schema.StoreSchema.ApplyAsync(store.Marten, Cancellation));
    }

    [Fact]
    public void Event_ids_are_of_version_8_and_hold_run_and_sequence()
    {
        Assert.Equal("01234567-89ab-8cde-8000-000000000001", EventIds.For(0x0123_4567_89ab_cdeUL, 1).ToString("D", CultureInfo.InvariantCulture));
        Assert.Equal("ffffffff-ffff-8fff-bfff-ffffffffffff", EventIds.For(ulong.MaxValue, (1L << 62) - 1).ToString("D", CultureInfo.InvariantCulture));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventIds.For(1, 0));
    }

    private static async Task<List<string>> StateAsync(TestStore store) =>
        [
            .. await store.LinesAsync("SELECT to_jsonb(s) AS row FROM dataexchange.mt_streams s ORDER BY id"),
            .. await store.LinesAsync("SELECT to_jsonb(e) AS row FROM dataexchange.mt_events e ORDER BY seq_id"),
        ];
}
