using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using HdrHistogram;

namespace DataExchange.LoadTests.Exchange;

/// <summary>The stream of events with many subscribers: an operation ends when the last of them has the licence that its order led to.</summary>
internal sealed class FeedScenario(ExchangeLoadOptions options) : HttpScenario(options)
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Delivery> _deliveries = new(StringComparer.Ordinal);
    private readonly LongConcurrentHistogram _fromCommit = new(1, 60_000_000_000, 3);
    private Subscriber[] _subscribers = [];

    public override string Name => "feed";

    public override string Summary => "The event stream over HTTP to many subscribers (--connections): from an order's intended start to the last one's receipt of its licence";

    public override string Unit => "deliveries to all";

    public override LoadProfile DefaultProfile { get; } = LoadProfile.Steady(20, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5));

    public override async ValueTask InitAsync(LoadProfile profile, CancellationToken cancellation)
    {
        await base.InitAsync(profile, cancellation).ConfigureAwait(false);
        _subscribers = [.. Enumerable.Range(0, Options.Connections).Select(_ => new Subscriber())];
        // What a running exchange recorded before is nobody's business here.
        var place = (await Market.PlaceAsync(cancellation).ConfigureAwait(false)).ToString(CultureInfo.InvariantCulture);
        foreach (var subscriber in _subscribers)
        {
            subscriber.Following = Task.Run(() => FollowAsync(subscriber, place), CancellationToken.None);
        }

        // Whoever has seen one event sees what comes.
        for (var probe = 0; Array.Exists(_subscribers, subscriber => subscriber.Seen == 0); probe++)
        {
            await Market.PlaceAsync(probe, string.Create(CultureInfo.InvariantCulture, $"{Market.VenueName}-probe-{probe}"), cancellation).ConfigureAwait(false);
            await Task.Delay(200, cancellation).ConfigureAwait(false);
            if (Array.Find(_subscribers, subscriber => subscriber.Following.IsFaulted) is { } broken)
            {
                await broken.Following.ConfigureAwait(false);
            }
        }
    }

    public override ValueTask<StepResult> StepAsync(long number, CancellationToken cancellation) => HttpSteps.OfAsync(async () =>
    {
        var delivery = new Delivery(_subscribers.Length);
        _deliveries[Orders.DealOf(number)] = delivery;
        await PlaceAsync(number, cancellation).ConfigureAwait(false);
        var answered = Stopwatch.GetTimestamp();
        await delivery.Complete.Task.WaitAsync(cancellation).ConfigureAwait(false);
        _fromCommit.RecordValue(Math.Max(1, (long)Stopwatch.GetElapsedTime(answered).TotalNanoseconds));
    });

    public override async ValueTask<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellation)
    {
        var problems = (await base.VerifyAsync(cancellation).ConfigureAwait(false)).ToList();
        for (var number = 0; number < _subscribers.Length; number++)
        {
            var subscriber = _subscribers[number];
            if (subscriber.Following.IsFaulted)
            {
                problems.Add($"subscriber {number.ToString(CultureInfo.InvariantCulture)} was cut off: {subscriber.Following.Exception!.InnerException!.Message}");
            }

            if (subscriber.OutOfOrder > 0)
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"subscriber {number} had {subscriber.OutOfOrder:N0} events again or out of order"));
            }
        }

        return problems;
    }

    public override IReadOnlyDictionary<string, double> Counters() => new Dictionary<string, double>(base.Counters())
    {
        ["subscribers"] = _subscribers.Length,
        ["events received"] = _subscribers.Sum(subscriber => subscriber.Seen),
        ["from the answer after the commit to the last receipt, p50 ms"] = _fromCommit.TotalCount == 0 ? 0 : _fromCommit.GetValueAtPercentile(50) / 1e6,
        ["from the answer after the commit to the last receipt, p99 ms"] = _fromCommit.TotalCount == 0 ? 0 : _fromCommit.GetValueAtPercentile(99) / 1e6,
    };

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_subscribers.Select(subscriber => subscriber.Following)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task FollowAsync(Subscriber subscriber, string place)
    {
        // Streams stay open: the connections of those who order are others.
        using var http = new HttpClient { BaseAddress = Address };
        await foreach (var one in Market.AuditorOver(http).FollowEventsAsync(place, _stop.Token).ConfigureAwait(false))
        {
            subscriber.Seen++;
            subscriber.OutOfOrder += one.Value.Sequence <= subscriber.Last ? 1 : 0;
            subscriber.Last = one.Value.Sequence;
            if (HttpMarket.DealOf(one.Value) is { } deal && _deliveries.TryGetValue(deal, out var delivery))
            {
                delivery.Receive();
            }
        }
    }

    private sealed class Subscriber
    {
        public Task Following { get; set; } = Task.CompletedTask;

        public long Seen { get; set; }

        public long Last { get; set; }

        public long OutOfOrder { get; set; }
    }

    private sealed class Delivery(int subscribers)
    {
        private int _left = subscribers;

        public TaskCompletionSource Complete { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Receive()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                Complete.TrySetResult();
            }
        }
    }
}
