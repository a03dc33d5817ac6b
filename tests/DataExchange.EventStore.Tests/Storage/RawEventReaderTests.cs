using System.Text;
using System.Text.Json;
using DataExchange.EventStore.Reading;
using DataExchange.Testing;
using Npgsql;

namespace DataExchange.EventStore.Tests.Storage;

public sealed class RawEventReaderTests(PostgresFixture postgres)
{
    // Upper and lower case, punctuation, accents, Chinese, and characters beyond the Basic Multilingual Plane beside U+FFxx.
    private static readonly string[] MixedIds =
        ["deal/10", "deal/2", "Deal/2", "deal-2", "deal", "产品/乙", "产品/甲", "é", "e", "z", "Z", "ｚ", "😀", "𝔸", "it's", "_", "~"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' ENCODING 'UTF8'")]
    public async Task Streams_come_by_the_bytes_of_their_ids_whatever_the_locale_of_the_database(string locale)
    {
        var name = $"locale_{Guid.NewGuid():N}";
        await using (var admin = NpgsqlDataSource.Create(postgres.Server.ConnectionString))
        await using (var create = admin.CreateCommand($"CREATE DATABASE {name} {locale}"))
        {
            await create.ExecuteNonQueryAsync(Cancellation);
        }

        await using var store = await TestStore.CreateAsync(postgres.Server.ConnectionStringFor(name));
        var events = new List<(string, long, object)>();
        for (var version = 1; version <= 12; version++)
        {
            events.AddRange(MixedIds.Select(id => (id, (long)version, (object)new Tales.Told(version, id))));
        }

        await store.BulkAsync(events, batchSize: 37);

        var read = new List<(string Id, long Version)>();
        await foreach (var stored in store.Reader.ReadByStreamAsync(Cancellation))
        {
            read.Add((stored.StreamId, stored.Version));
        }

        var byBytes = MixedIds.OrderBy(id => Convert.ToHexString(Encoding.UTF8.GetBytes(id)), StringComparer.Ordinal);
        Assert.Equal(byBytes.SelectMany(id => Enumerable.Range(1, 12).Select(version => (id, (long)version))), read);
        Assert.Equal(byBytes, MixedIds.Order(StreamIdOrder.Instance));
    }

    [Fact]
    public async Task An_event_is_read_as_it_was_written()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        var history = TestStore.History(50, 5);
        await store.BulkAsync(history);

        var index = 0;
        await foreach (var stored in store.Reader.ReadBySequenceAsync(cancellation: Cancellation))
        {
            var (streamId, version, data) = history[index++];
            Assert.Equal((streamId, version, (long)index), (stored.StreamId, stored.Version, stored.Sequence));
            Assert.Equal(data is Tales.Opened ? "tale_opened.v1" : "tale_told.v2", stored.TypeName);
            Assert.Equal(data, JsonSerializer.Deserialize(stored.Json.Span, data.GetType(), TestStore.Json));
            Assert.InRange(stored.StoredAt, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        }

        Assert.Equal(50, index);
    }

    [Fact]
    public async Task A_range_of_the_sequence_and_one_stream_can_be_read_alone()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        await store.BulkAsync(TestStore.History(100, 10).Append(("o'stream\\", 1, new Tales.Told(1, null))));

        Assert.Equal(
            Enumerable.Range(11, 20).Select(s => (long)s),
            await store.Reader.ReadBySequenceAsync(11, 30, Cancellation).Select(e => e.Sequence).ToListAsync(Cancellation));
        Assert.Equal(
            Enumerable.Range(1, 10).Select(v => ("tale/0004", (long)v)),
            await store.Reader.ReadStreamAsync("tale/0004", Cancellation).Select(e => (e.StreamId, e.Version)).ToListAsync(Cancellation));
        Assert.Equal(1, await store.Reader.ReadStreamAsync("o'stream\\", Cancellation).CountAsync(Cancellation));
        Assert.Equal(0, await store.Reader.ReadStreamAsync("tale/none", Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task An_empty_store_has_no_events()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        Assert.False(await store.Reader.ReadByStreamAsync(Cancellation).AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_row_larger_than_the_buffer_is_read_whole()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        var large = new string('数', 1_000_000);
        await store.BulkAsync([
            ("tale/a", 1, new Tales.Told(1, "small")), ("tale/a", 2, new Tales.Told(2, large)), ("tale/a", 3, new Tales.Told(3, "small"))]);
        var notes = await store.Reader.ReadStreamAsync("tale/a", Cancellation)
            .Select(e => JsonSerializer.Deserialize<Tales.Told>(e.Json.Span, TestStore.Json)!.Note)
            .ToListAsync(Cancellation);
        Assert.Equal(["small", large, "small"], notes);
    }

    [Fact]
    public async Task Reading_may_stop_early_and_the_connection_serves_again()
    {
        await using var store = await TestStore.CreateAsync(await postgres.CreateDatabaseAsync(Cancellation));
        await store.BulkAsync(TestStore.History(20_000, 100), batchSize: 10_000);
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(5, await store.Reader.ReadByStreamAsync(Cancellation).Take(5).CountAsync(Cancellation));
        }

        Assert.Equal(20_000, await store.Reader.ReadByStreamAsync(Cancellation).CountAsync(Cancellation));
    }
}
