using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DataExchange.Domain;
using DataExchange.Exchange;
using DataExchange.Services.Telemetry;

namespace DataExchange.Services;

/// <summary>
/// What the services count of themselves. Names, types and labels are those of deploy/metrics.yaml. Counts are kept here and read when somebody asks,
/// so that a partition's counters are there, at zero, from the moment at which it is owned: a rate needs a first value.
/// </summary>
public sealed class ServiceMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "DataExchange.Services";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _commandSeconds;
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<long> _commitEvents;
    private readonly ObservableGauge<long> _imbalance;
    private readonly ConcurrentDictionary<string, PartitionCounts> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _owned = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<long>> _queues = new(StringComparer.Ordinal);
    private FeedFigures? _feed;

    /// <summary>Begins to count.</summary>
    public ServiceMetrics()
    {
        CreateCounter("dx_orders_total", "orders", "Orders taken: decided for the first time, whether accepted or refused.", () => OfTrading(counts => counts.Orders));
        CreateCounter("dx_matches_total", "trades", "Trades matched: orders that met an offer or a contract, and trades in order books.", () => OfTrading(counts => counts.Matches));
        CreateCounter("dx_commands_total", "commands", "Commands answered, by partition and outcome.", Commands);
        CreateCounter("dx_partition_retries_total", "commits", "Commits that were tried again after a failure.", () => Of(counts => counts.Retries));
        CreateCounter("dx_feed_missed_total", "times", "Times that facts were read from the store because messages were missing.", () => Of(counts => counts.Missed));
        CreateCounter("dx_put_aside_total", "messages", "Messages put aside because they cannot be handled.", () => Of(counts => counts.PutAside));
        _commandSeconds = _meter.CreateHistogram<double>("dx_command_seconds", "s", "Time from a command taken to its answer, committed.");
        _commitSeconds = _meter.CreateHistogram<double>("dx_commit_seconds", "s", "Time from taking work to having it committed.");
        _commitEvents = _meter.CreateHistogram<long>("dx_commit_events", "events", "Events of a commit.");
        CreateGauge("dx_partition_owner", "1", "1 for each partition that this process owns.", () => _owned.Keys.Select(partition => Named(1, "partition", partition)));
        CreateGauge("dx_queue_messages", "messages", "Messages that wait in a queue.", Queues);
        CreateGauge("dx_feed_lag_events", "events", "Committed events that the feed has not sent yet.", () => OfFeed(feed => feed.LagEvents));
        CreateGauge("dx_projection_lag_events", "events", "Committed events that are not in a read model yet.", () =>
            Feed?.Projections.Select(one => Named(one.Value, "projection", one.Key)) ?? []);
        _imbalance = CreateGauge("dx_ledger_imbalance_fen", "fen", "Debits less credits of all money accounts, and the money of facts that the books do not take.", () =>
            OfFeed(feed => feed.ImbalanceFen));
        CreateGauge("dx_ledger_refused_facts", "facts", "Facts that the books do not take.", () => OfFeed(feed => feed.RefusedFacts));
    }

    /// <summary>The meter, for who listens to these counts alone.</summary>
    public Meter Meter => _meter;

    /// <summary>What the owner of the feed sees of store and broker; null where this process is not the owner.</summary>
    internal FeedFigures? Feed
    {
        get => Volatile.Read(ref _feed);
        set => Volatile.Write(ref _feed, value);
    }

    /// <summary>Whether anybody asks for figures that cost something to have.</summary>
    internal bool IsWatched => _imbalance.Enabled;

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    /// <summary>Tells of a queue that is no partition's.</summary>
    /// <param name="name">What it is called in <c>dx_queue_messages</c>.</param>
    /// <param name="waiting">How many messages wait in it now, 0 or more; asked whenever somebody reads.</param>
    public void WatchQueue(string name, Func<long> waiting)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(waiting);
        _queues[name] = waiting;
    }

    internal void Committed(string partition, IReadOnlyList<RecordedEvent> facts, TimeSpan time)
    {
        var tag = new KeyValuePair<string, object?>("partition", partition);
        _commitSeconds.Record(time.TotalSeconds, tag);
        if (facts.Count > 0)
        {
            _commitEvents.Record(facts.Count, tag);
            Recorded(partition, facts);
        }
    }

    internal void Answered(string partition, Command command, CommandAnswer answer, TimeSpan time)
    {
        _commandSeconds.Record(time.TotalSeconds);
        Counts(partition).Answer(command, answer);
    }

    internal void Recorded(string partition, IReadOnlyList<RecordedEvent> facts) => Counts(partition).Record(facts);

    internal void Retried(string partition) => Counts(partition).Retry();

    internal void Missed(string partition) => Counts(partition).Miss();

    internal void PutAside(string partition) => Counts(partition).Aside();

    internal void Own(string partition, bool isOwned)
    {
        if (!isOwned)
        {
            _owned.TryRemove(partition, out _);
            return;
        }

        _owned[partition] = true;
        if (partition != ServiceOptions.Feed)
        {
            Counts(partition);
        }
    }

    private PartitionCounts Counts(string partition) => _counts.GetOrAdd(partition, _ => new PartitionCounts());

    private IEnumerable<Measurement<long>> Commands() =>
        from one in _counts
        from outcome in Enumerable.Range(0, PartitionCounts.Outcomes.Count)
        select new Measurement<long>(one.Value.Answered(outcome), new("partition", one.Key), new("outcome", PartitionCounts.Outcomes[outcome]));

    private IEnumerable<Measurement<long>> Of(Func<PartitionCounts, long> count) => _counts.Select(one => Named(count(one.Value), "partition", one.Key));

    private Measurement<long>[] OfTrading(Func<PartitionCounts, long> count)
    {
        var trading = _counts.Where(one => one.Key.StartsWith("trading-", StringComparison.Ordinal)).ToArray();
        return trading.Length > 0 ? [new Measurement<long>(trading.Sum(one => count(one.Value)))] : [];
    }

    private Measurement<long>[] OfFeed(Func<FeedFigures, long?> figure) => Feed is { } feed && figure(feed) is { } value ? [new Measurement<long>(value)] : [];

    private IEnumerable<Measurement<long>> Queues() =>
        (Feed?.Queues ?? []).Concat(_queues.Select(queue => KeyValuePair.Create(queue.Key, queue.Value()))).Select(queue => Named(queue.Value, "queue", queue.Key));

    private static Measurement<long> Named(long value, string label, string name) => new(value, new KeyValuePair<string, object?>(label, name));

    private void CreateCounter(string name, string unit, string description, Func<IEnumerable<Measurement<long>>> read) =>
        _meter.CreateObservableCounter(name, read, unit, description);

    private ObservableGauge<long> CreateGauge(string name, string unit, string description, Func<IEnumerable<Measurement<long>>> read) =>
        _meter.CreateObservableGauge(name, read, unit, description);
}
