using System.Text.Json;
using DataExchange.Matching;
using DataExchange.Web.Floor.Live;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Floor.Sandbox;

/// <summary>Something that a party did on the sandbox floor.</summary>
/// <param name="Time">When, in the sandbox's time.</param>
/// <param name="Role">Who.</param>
/// <param name="What">What, and what came of it.</param>
public sealed record SandboxEntry(string Time, SandboxRole Role, SandboxSaid What);

/// <summary>The sandbox floor as everybody sees it.</summary>
/// <param name="IsPlaying">Whether time passes while somebody looks.</param>
/// <param name="Speed">Simulated seconds a second.</param>
/// <param name="Seed">The seed it began with.</param>
/// <param name="Watchers">How many follow it.</param>
/// <param name="Boards">The three places, by their names.</param>
public sealed record SandboxState(bool IsPlaying, int Speed, ulong Seed, int Watchers, IReadOnlyDictionary<string, FloorFrame> Boards);

/// <summary>What a party has.</summary>
/// <param name="FreeFen">Money that is free.</param>
/// <param name="HeldFen">Money held for bids.</param>
/// <param name="Pieces">Packs and licences by place, free and held for asks.</param>
/// <param name="Orders">Its orders.</param>
public sealed record SandboxHoldings(long FreeFen, long HeldFen, IReadOnlyDictionary<SandboxPlace, (long Free, long Held)> Pieces, IReadOnlyList<SandboxOrder> Orders);

/// <summary>
/// The sandbox floor of a host: one market for all who look, with a clock that stands while nobody does. What happens is told to all by a broadcaster. Nothing of it
/// is stored.
/// </summary>
internal sealed class SandboxHall : IDisposable
{
    private const ulong FirstSeed = 20_250_602;
    private const int FirstSpeed = 2;
    private const int MostEntries = 200;
    // A page without script looks once in a while; so long it goes on for it.
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _clock;
    private readonly List<SandboxEntry> _entries = [];
    private SandboxMarket _market = new(FirstSeed);
    private bool _isPlaying = true;
    private int _speed = FirstSpeed;
    private double _owed;
    private long _version;
    private long _lookedAt;
    private Task? _running;

    /// <summary>Opens it.</summary>
    /// <param name="places">The bound on those who follow.</param>
    /// <param name="clock">The host's clock.</param>
    internal SandboxHall(SubscriberPlaces places, TimeProvider clock)
    {
        _clock = clock;
        Broadcaster = new Broadcaster(places, isState: true);
    }

    /// <summary>Tells all what happens: events <c>floor</c>, each a <see cref="SandboxState"/>.</summary>
    internal Broadcaster Broadcaster { get; }

    /// <summary>What a party did, the latest first.</summary>
    internal IReadOnlyList<SandboxEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries.AsEnumerable().Reverse()];
            }
        }
    }

    /// <summary>Looks: from now on time passes for a while, and for as long as somebody follows.</summary>
    internal SandboxState Look()
    {
        lock (_lock)
        {
            _lookedAt = _clock.GetTimestamp();
            _running ??= RunAsync();
            return State();
        }
    }

    /// <summary>What a party has; null for one that does not trade.</summary>
    /// <param name="role">The party.</param>
    internal SandboxHoldings? HoldingsOf(SandboxRole role)
    {
        lock (_lock)
        {
            return !SandboxMarket.Trades(role) ? null : new SandboxHoldings(
                _market.FundsOf(role).Free, _market.FundsOf(role).Held, Enum.GetValues<SandboxPlace>().ToDictionary(place => place, place => _market.PiecesOf(role, place)),
                _market.OrdersOf(role));
        }
    }

    /// <summary>Does what a party asks for, if it may.</summary>
    /// <param name="role">The party.</param>
    /// <param name="request">What it asks for.</param>
    /// <returns>Whether it was done, and what is to be said of it.</returns>
    /// <exception cref="InvalidOperationException">The role may not; who calls asks <see cref="SandboxRights"/> first.</exception>
    internal (bool IsDone, SandboxSaid Said) Do(SandboxRole role, SandboxRequest request)
    {
        if (!role.May(request.Action))
        {
            throw new InvalidOperationException($"{role} may not {request.Action}.");
        }

        lock (_lock)
        {
            var time = _market.Frame(SandboxPlace.Book).Time;
            var done = Carry(role, request);
            _entries.Add(new SandboxEntry(time, role, done.Said));
            if (_entries.Count > MostEntries)
            {
                _entries.RemoveAt(0);
            }

            Publish();
            return done;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Cancel();
        Broadcaster.Dispose();
        _stop.Dispose();
    }

    private (bool IsDone, SandboxSaid Said) Carry(SandboxRole role, SandboxRequest request)
    {
        var place = SandboxWords.Of(request.Place);
        switch (request.Action)
        {
            case SandboxAction.Buy or SandboxAction.Sell:
                var isBid = request.Action == SandboxAction.Buy;
                return Ordered(_market.Order(role, request.Place, isBid, request.PriceFen, request.Pieces), isBid, place, request.Pieces);
            case SandboxAction.Take:
                var price = (_market.OfferPrice ?? 0) * (long)SandboxMarket.TickFen;
                var taken = _market.Take(role, request.Pieces);
                return taken.Traded > 0
                    ? (true, new SandboxSaid("floor.said.taken", taken.Traded, Locale.Exact(price)))
                    : (false, new SandboxSaid("floor.said.refused", SandboxWords.Of(taken.Reason)));
            case SandboxAction.Cancel:
                var cancelled = _market.Cancel(role, request.Place, request.Number);
                return cancelled.Reason == Reason.None
                    ? (true, new SandboxSaid("floor.said.cancelled", request.Number, place))
                    : (false, new SandboxSaid("floor.said.refused", SandboxWords.Of(cancelled.Reason)));
            case SandboxAction.Post:
                var posted = _market.Post(request.PriceFen);
                return posted.Number > 0
                    ? (true, new SandboxSaid("floor.said.posted", Locale.Exact(request.PriceFen)))
                    : (false, new SandboxSaid("floor.said.refused", SandboxWords.Of(posted.Reason)));
            case SandboxAction.Withdraw:
                return Either(_market.Withdraw(), new("floor.said.withdrawn"), new("floor.said.noOffer"));
            case SandboxAction.Halt:
                return Either(_market.Halt(request.Place), new("floor.said.halted", place), new("floor.said.already", place));
            case SandboxAction.Resume:
                return Either(_market.Resume(request.Place), new("floor.said.resumed", place), new("floor.said.notHalted", place));
            case SandboxAction.Uncross:
                return Either(_market.Uncross(), new("floor.said.uncrossed"), new("floor.said.notGathering"));
            case SandboxAction.Play or SandboxAction.Pause:
                _isPlaying = request.Action == SandboxAction.Play;
                return (true, _isPlaying ? new("floor.said.playing") : new("floor.said.paused"));
            case SandboxAction.Speed:
                _speed = request.Speed;
                return (true, new("floor.said.speed", _speed));
            case SandboxAction.Reset:
                (_market, _owed) = (new SandboxMarket(request.Seed), 0);
                return (true, new("floor.said.reset", request.Seed));
            default:
                throw new ArgumentOutOfRangeException(nameof(request), request.Action, "is nothing to be carried out");
        }

        static (bool, SandboxSaid) Either(bool isDone, SandboxSaid done, SandboxSaid not) => (isDone, isDone ? done : not);
    }

    private static (bool IsDone, SandboxSaid Said) Ordered(SandboxAnswer answer, bool isBid, string place, int pieces)
    {
        var side = isBid ? "floor.buy" : "floor.sell";
        return answer.Number == 0 ? (false, new SandboxSaid("floor.said.refused", SandboxWords.Of(answer.Reason)))
            : answer.Reason == Reason.None ? (true, new SandboxSaid("floor.said.ordered", side, answer.Number, place, answer.Traded, pieces - answer.Traded))
            : (true, new SandboxSaid("floor.said.cut", side, answer.Number, place, answer.Traded, SandboxWords.Of(answer.Reason)));
    }

    private async Task RunAsync()
    {
        using var beats = new PeriodicTimer(Beat, _clock);
        try
        {
            while (await beats.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                lock (_lock)
                {
                    Pass();
                }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
        {
            // The host ends.
        }
    }

    private void Pass()
    {
        if (!_isPlaying || (Broadcaster.Count == 0 && _clock.GetElapsedTime(_lookedAt) > Glance))
        {
            return;
        }

        _owed += _speed * Beat.TotalSeconds;
        var steps = (int)_owed;
        _owed -= steps;
        for (var i = 0; i < steps; i++)
        {
            _market.Step();
        }

        if (steps > 0)
        {
            Publish();
        }
    }

    private void Publish() => Broadcaster.Publish(++_version, "floor", JsonSerializer.Serialize(State(), Json));

    private SandboxState State() => new(
        _isPlaying, _speed, _market.Seed, Broadcaster.Count, Enum.GetValues<SandboxPlace>().ToDictionary(place => place.ToString(), place => _market.Frame(place)));
}
