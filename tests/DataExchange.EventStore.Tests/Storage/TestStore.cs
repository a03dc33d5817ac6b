using System.Text;
using System.Text.Json;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Schema;
using DataExchange.Testing;
using Marten;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace DataExchange.EventStore.Tests.Storage;

public enum Shade
{
    Pale,
    Deep,
}

public static class Tales
{
    // Nested on purpose: the .NET name in the store then has a plus sign.
    public sealed record Opened(string Title, long AmountFen, Shade Shade);

    public sealed record Told(int Step, string? Note);
}

public sealed class Tally
{
    public string Id { get; set; } = "";

    public int Steps { get; set; }

    public long AmountFen { get; set; }

    public void Apply(Tales.Opened opened) => AmountFen = opened.AmountFen;

    public void Apply(Tales.Told told) => Steps += told.Step;
}

public sealed record Leaf(string Id, int Number, string Text);

/// <summary>A database of its own with an empty store in it.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    public static readonly EventTypeName Opened = EventTypeName.For(typeof(Tales.Opened), "tale_opened.v1");
    public static readonly EventTypeName Told = EventTypeName.For(typeof(Tales.Told), "tale_told.v2");
    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private TestStore(NpgsqlDataSource dataSource, DocumentStore marten, string schema)
    {
        DataSource = dataSource;
        Marten = marten;
        Schema = schema;
        Reader = new RawEventReader(dataSource, schema);
    }

    public NpgsqlDataSource DataSource { get; }

    public DocumentStore Marten { get; }

    public string Schema { get; }

    public RawEventReader Reader { get; }

    public static async Task<TestStore> CreateAsync(
        string connectionString, string schema = Schemas.Default, Action<StoreOptions>? customize = null, bool apply = true)
    {
        var dataSource = NpgsqlDataSource.Create(connectionString);
        var marten = StoreFactory.Create(dataSource, new StoreConfiguration
        {
            EventTypes = [(typeof(Tales.Opened), Opened.Name), (typeof(Tales.Told), Told.Name)],
            DocumentTypes = [typeof(Leaf)],
            Json = Json,
            Schema = schema,
            Customize = customize,
        });
        if (apply)
        {
            await StoreSchema.ApplyAsync(marten, TestContext.Current.CancellationToken);
        }

        return new TestStore(dataSource, marten, schema);
    }

    public Task<BulkEventWriter> WriterAsync(int batchSize = 100, bool skipForeignKeyChecks = true) =>
        BulkEventWriter.StartAsync(
            DataSource,
            new BulkEventWriterOptions { Schema = Schema, BatchSize = batchSize, RunKey = 42, SkipForeignKeyChecks = skipForeignKeyChecks },
            TestContext.Current.CancellationToken);

    public static ValueTask AppendAsync(BulkEventWriter writer, string streamId, long version, object data) =>
        writer.AppendAsync(
            streamId,
            version,
            data is Tales.Opened ? Opened : Told,
            JsonSerializer.SerializeToUtf8Bytes(data, data.GetType(), Json),
            TestContext.Current.CancellationToken);

    /// <summary>Writes and commits; versions are counted from those in the store.</summary>
    public async Task BulkAsync(IEnumerable<(string StreamId, long Version, object Data)> events, int batchSize = 100)
    {
        await using var writer = await WriterAsync(batchSize);
        foreach (var (streamId, version, data) in events)
        {
            await AppendAsync(writer, streamId, version, data);
        }

        await writer.CompleteAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Rows as lines of text, in order.</summary>
    public async Task<List<string>> LinesAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            var line = new StringBuilder();
            for (var column = 0; column < reader.FieldCount; column++)
            {
                line.Append(reader.GetName(column)).Append('=').Append(reader.IsDBNull(column) ? "null" : reader.GetValue(column)).Append(' ');
            }

            lines.Add(line.ToString());
        }

        return lines;
    }

    public async Task RunAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Marten.DisposeAsync();
        await DataSource.DisposeAsync();
    }

    /// <summary>A small history over interleaved streams, with versions.</summary>
    public static List<(string StreamId, long Version, object Data)> History(int events, int streams)
    {
        var versions = new long[streams];
        var history = new List<(string, long, object)>(events);
        for (var index = 0; index < events; index++)
        {
            var stream = index * 7 % streams;
            var version = ++versions[stream];
            object data = version == 1
                ? new Tales.Opened($"数据产品 \"{stream}\" \\ é", 930_000_000_000L + stream, (Shade)(stream % 2))
                : new Tales.Told((int)version, version % 3 == 0 ? null : $"step {version}");
            history.Add(($"tale/{stream:D4}", version, data));
        }

        return history;
    }
}
