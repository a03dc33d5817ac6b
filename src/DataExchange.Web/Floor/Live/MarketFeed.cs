using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using DataExchange.EventStore;
using DataExchange.Web.Market;

namespace DataExchange.Web.Floor.Live;

/// <summary>
/// Tells all who follow what has just been stored: asks the market once a second, on behalf of all of them, and not at all while nobody follows. Of very much at once
/// the newest is told.
/// </summary>
internal sealed class MarketFeed : IDisposable
{
    /// <summary>Most facts of a second that are told, and of those that a page begins with.</summary>
    internal const int Most = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly IMarketSource _market;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _running;

    /// <summary>Opens it.</summary>
    /// <param name="market">The market.</param>
    /// <param name="places">The bound on those who follow.</param>
    /// <param name="clock">The host's clock.</param>
    internal MarketFeed(IMarketSource market, SubscriberPlaces places, TimeProvider clock)
    {
        (_market, _clock) = (market, clock);
        Broadcaster = new Broadcaster(places, isState: false);
    }

    /// <summary>Tells all: events <c>fact</c>, each with the fact's place in the store as its id.</summary>
    internal Broadcaster Broadcaster { get; }

    /// <summary>Begins to ask, if it has not begun.</summary>
    /// <returns>When it knows what was there before: who listens from then on misses nothing.</returns>
    internal Task StartAsync()
    {
        lock (_lock)
        {
            _running ??= RunAsync();
            return _began.Task;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Cancel();
        Broadcaster.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var stop = _stop.Token;
        using var beats = new PeriodicTimer(Pause, _clock);
        long? told = null;
        try
        {
            do
            {
                told = Broadcaster.Count > 0 || told is null ? await TellAsync(told, stop).ConfigureAwait(false) : told;
                _began.TrySetResult();
            }
            while (await beats.WaitForNextTickAsync(stop).ConfigureAwait(false));
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
        {
            // The host ends.
            _began.TrySetResult();
        }
    }

    private async Task<long?> TellAsync(long? told, CancellationToken stop)
    {
        try
        {
            var facts = await _market.NewestAsync(told ?? 0, told is null ? Broadcaster.Kept : Most, stop).ConfigureAwait(false);
            if (told is null && facts.Count > 0)
            {
                Broadcaster.Begin(facts[0].Sequence - 1);
            }

            foreach (var fact in facts)
            {
                Broadcaster.Publish(fact.Sequence, "fact", JsonSerializer.Serialize(
                    new { at = TextOf(fact.At), stream = fact.Stream, zh = fact.Words.Zh, en = fact.Words.En }, Json));
            }

            return facts.Count > 0 ? facts[^1].Sequence : told ?? 0;
        }
        catch (Exception failure) when (failure is DbException or EventStoreException or MarketUnreadableException)
        {
            // The pages say what is wrong with the store; here it is asked again.
            return told;
        }
    }

    /// <summary>A moment as it is told: date and time in China.</summary>
    /// <param name="at">The moment.</param>
    internal static string TextOf(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
