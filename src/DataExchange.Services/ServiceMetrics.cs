using System.Diagnostics.Metrics;

namespace DataExchange.Services;

/// <summary>What the services count of themselves. Names and labels are those of deploy/prometheus.</summary>
public sealed class ServiceMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "DataExchange.Services";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _commands;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _missed;
    private readonly Counter<long> _putAside;
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<long> _commitEvents;
    private readonly HashSet<string> _owned = [];
    private long _feedLag;

    /// <summary>Begins to count.</summary>
    public ServiceMetrics()
    {
        _commands = _meter.CreateCounter<long>("dx_commands_total", description: "Commands answered, by partition and outcome.");
        _retries = _meter.CreateCounter<long>("dx_partition_retries_total", description: "Commits that were tried again after a failure.");
        _missed = _meter.CreateCounter<long>("dx_feed_missed_total", description: "Times that facts were read from the store because messages were missing.");
        _putAside = _meter.CreateCounter<long>("dx_put_aside_total", description: "Messages put aside because they cannot be handled.");
        _commitSeconds = _meter.CreateHistogram<double>("dx_commit_seconds", "s", "Time from taking work to having it committed.");
        _commitEvents = _meter.CreateHistogram<long>("dx_commit_events", description: "Events of a commit.");
        _meter.CreateObservableGauge("dx_partition_owner", Owned, description: "1 for each partition that this process owns.");
        _meter.CreateObservableGauge("dx_feed_lag_events", () => Volatile.Read(ref _feedLag), description: "Committed events that the feed has not sent yet.");
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    internal void Committed(string partition, int events, int commands, TimeSpan time)
    {
        var tag = new KeyValuePair<string, object?>("partition", partition);
        _commitSeconds.Record(time.TotalSeconds, tag);
        if (events > 0)
        {
            _commitEvents.Record(events, tag);
        }
    }

    internal void Answered(string partition, CommandAnswer answer) => _commands.Add(
        1, new("partition", partition), new("outcome", answer.MovedOn ? "moved_on" : answer.IsAccepted ? "accepted" : "rejected"));

    internal void Retried(string partition) => _retries.Add(1, new KeyValuePair<string, object?>("partition", partition));

    internal void Missed(string partition) => _missed.Add(1, new KeyValuePair<string, object?>("partition", partition));

    internal void PutAside(string partition) => _putAside.Add(1, new KeyValuePair<string, object?>("partition", partition));

    internal void FeedLag(long events) => Volatile.Write(ref _feedLag, events);

    internal void Own(string partition, bool isOwned)
    {
        lock (_owned)
        {
            _ = isOwned ? _owned.Add(partition) : _owned.Remove(partition);
        }
    }

    private Measurement<int>[] Owned()
    {
        lock (_owned)
        {
            return [.. _owned.Select(partition => new Measurement<int>(1, new KeyValuePair<string, object?>("partition", partition)))];
        }
    }
}
