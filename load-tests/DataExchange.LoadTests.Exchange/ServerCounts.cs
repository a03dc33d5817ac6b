using System.Globalization;
using DataExchange.EventStore;
using MassTransit;
using Npgsql;

namespace DataExchange.LoadTests.Exchange;

/// <summary>
/// What PostgreSQL and RabbitMQ counted themselves during a run, beside what was counted here: facts in the store, messages sent. Two counts that know nothing of each other and agree
/// are a better reason to trust the figures than either.
/// </summary>
internal sealed class ServerCounts : ISendObserver, IPublishObserver, IDisposable
{
    private const string Received = "rabbitmq_global_messages_received_total{";
    // A session of PostgreSQL tells its counts when it has been idle for ten seconds, at the latest.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);
    private readonly HttpClient _http = new();
    private readonly NpgsqlDataSource _database;
    private readonly Uri? _broker;
    private readonly List<ConnectHandle> _observed = [];
    private long _commits;
    private double _messages;
    private long _sent;

    private ServerCounts(NpgsqlDataSource database, Uri? broker) => (_database, _broker) = (database, broker);

    /// <summary>Begins to count.</summary>
    /// <param name="database">The store.</param>
    /// <param name="bus">The bus.</param>
    /// <param name="broker">Metrics of the broker; null without one.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ServerCounts> BeginAsync(NpgsqlDataSource database, IBusControl bus, Uri? broker, CancellationToken cancellation)
    {
        var counts = new ServerCounts(database, broker);
        try
        {
            counts._commits = (await counts.StoreAsync(cancellation).ConfigureAwait(false)).Commits;
            if (broker is not null)
            {
                counts._observed.AddRange([bus.ConnectSendObserver(counts), bus.ConnectPublishObserver(counts)]);
                (counts._messages, counts._sent) = (await counts.MessagesAsync(cancellation).ConfigureAwait(false), 0);
            }

            return counts;
        }
        catch
        {
            counts.Dispose();
            throw;
        }
    }

    /// <summary>What was counted since, by name, once nothing happens any more.</summary>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyDictionary<string, string>> NotesAsync(CancellationToken cancellation)
    {
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_broker is not null)
        {
            var least = Interlocked.Read(ref _sent);
            var theirs = await MessagesAsync(cancellation).ConfigureAwait(false) - _messages;
            notes["RabbitMQ: messages received by it / sent here"] = Text(theirs, Interlocked.Read(ref _sent), theirs >= least && theirs <= Interlocked.Read(ref _sent));
        }

        // Rows count from the table's first: the store was made for the run, and what was in it before is counted there as here.
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var (facts, rows, commits) = await StoreAsync(cancellation).ConfigureAwait(false);
        while (rows < facts && System.Diagnostics.Stopwatch.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(Between, cancellation).ConfigureAwait(false);
            (facts, rows, commits) = await StoreAsync(cancellation).ConfigureAwait(false);
        }

        notes["PostgreSQL: rows of mt_events inserted by its count / facts read here"] = Text(rows, facts, rows == facts);
        notes["PostgreSQL: transactions committed by its count"] = (commits - _commits).ToString("N0", CultureInfo.InvariantCulture);
        return notes;

        static string Text(double theirs, double ours, bool agree) => string.Create(CultureInfo.InvariantCulture, $"{theirs:N0} / {ours:N0}: {(agree ? "they agree" : "they DIFFER")}");
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _observed.ForEach(observed => observed.Disconnect());
        _http.Dispose();
    }

    /// <inheritdoc />
    public Task PostSend<T>(SendContext<T> context)
        where T : class => CountAsync();

    /// <inheritdoc />
    public Task PostPublish<T>(PublishContext<T> context)
        where T : class => CountAsync();

    /// <inheritdoc />
    public Task PreSend<T>(SendContext<T> context)
        where T : class => Task.CompletedTask;

    /// <inheritdoc />
    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    /// <inheritdoc />
    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    /// <inheritdoc />
    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    private Task CountAsync()
    {
        Interlocked.Increment(ref _sent);
        return Task.CompletedTask;
    }

    private async Task<(long Facts, long Rows, long Commits)> StoreAsync(CancellationToken cancellation)
    {
        await using var read = _database.CreateCommand(
            $"""
            SELECT (SELECT count(*) FROM {Schemas.Default}.mt_events),
                (SELECT coalesce(sum(n_tup_ins), 0)::bigint FROM pg_stat_user_tables WHERE schemaname = '{Schemas.Default}' AND relname = 'mt_events'),
                (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database())
            """);
        await using var row = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await row.ReadAsync(cancellation).ConfigureAwait(false);
        return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }

    private async Task<double> MessagesAsync(CancellationToken cancellation)
    {
        var text = await _http.GetStringAsync(_broker, cancellation).ConfigureAwait(false);
        return text.Split('\n').Where(line => line.StartsWith(Received, StringComparison.Ordinal)).Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
