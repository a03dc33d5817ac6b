using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange;
using DataExchange.Exchange.Logs;

namespace DataExchange.Reports.Tests.Market;

/// <summary>
/// A small market with every kind of event in it, driven through the real exchange: scripts of products, buyers and deals take turns
/// at random, so that their events interleave as in a run.
/// </summary>
internal sealed partial class SmallMarket : IEventSink, IVenueLogs
{
    internal static readonly VenueId[] Venues = [new("zjbdec"), new("hzdex")];

    private readonly Random _random;
    private readonly InProcessExchange _exchange;
    private readonly List<RecordedEvent> _events = [];
    private readonly List<Script> _scripts = [];

    // With draws of their own, so that they shift none of the others.
    private readonly List<Script> _afterwards = [];
    private readonly Random _later;
    private readonly List<(ProductId Product, VenueId Venue, PartyId Provider)> _shelf = [];
    private SimulatedTime _now = SimulatedTime.On(new(2023, 1, 2), 9 * 3_600);
    private int _deals;
    private Outcome _last;

    private SmallMarket(int seed)
    {
        _random = new(seed);
        _later = new(seed);
        _exchange = new(this, this);
    }

    /// <summary>The events of a market, in global order.</summary>
    internal static IReadOnlyList<RecordedEvent> Run(int seed, int products, int buyers, int orders)
    {
        var market = new SmallMarket(seed);
        market._scripts.Add(new(market.Logs().GetEnumerator()));
        for (var i = 0; i < buyers; i++)
        {
            market._traders.Add(new($"B{i:000}"));
            market._scripts.Add(new(market.Buyer(new($"B{i:000}")).GetEnumerator()));
        }

        for (var i = 0; i < products; i++)
        {
            market._scripts.Add(new(market.Product(new($"P{i:000000}"), new($"S{i % 7:000}")).GetEnumerator()));
        }

        for (var i = 0; i < orders; i++)
        {
            market._scripts.Add(new((market.Chance(30) ? market.Contract(buyers) : market.ShelfOrder(buyers)).GetEnumerator()));
        }

        market.Play();
        market.Ask(seed);
        market.Auction();
        market.Bundle();
        market.ShareRevenue();
        return market._events;
    }

    public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        _events.AddRange(events);
        return ValueTask.CompletedTask;
    }

    private void Play()
    {
        while (_scripts.Count > 0)
        {
            // Early scripts (buyers, products) go first more often, so that there is something to buy.
            var i = Math.Min(_random.Next(_scripts.Count), _random.Next(_scripts.Count));
            _now = _now.AddSeconds(60 + _random.Next(7_200));
            Step(_scripts, i);
            if (_afterwards.Count > 0)
            {
                Step(_afterwards, _later.Next(_afterwards.Count));
            }
        }
    }

    private void Step(List<Script> scripts, int i)
    {
        var script = scripts[i];
        _last = script.Last;
        if (!script.Commands.MoveNext())
        {
            script.Commands.Dispose();
            scripts.RemoveAt(i);
        }
        else if (script.Commands.Current is { } command)
        {
            var submitted = _exchange.SubmitAsync(command, CancellationToken.None);
            script.Last = submitted.IsCompletedSuccessfully ? submitted.Result : throw new InvalidOperationException("not at once", submitted.AsTask().Exception);
        }
    }

    private T Later<T>(params ReadOnlySpan<T> items) => items[_later.Next(items.Length)];

    private bool Chance(int percent) => _random.Next(100) < percent;

    private long Amount(int most) => 1 + (long)(_random.NextDouble() * _random.NextDouble() * most);

    private T Pick<T>(params ReadOnlySpan<T> items) => items[_random.Next(items.Length)];

    private IEnumerable<Command?> Buyer(PartyId buyer)
    {
        if (Chance(80))
        {
            yield return new RegisterParty(buyer, $"需求方{buyer}", $"Buyer {buyer}", PartyRole.Buyer, Chance(50) ? "track-1" : null)
            {
                At = _now,
                By = Venue.By,
            };
        }

        if (Chance(90))
        {
            yield return new AdmitBuyer(buyer, SecurityClass.General) { At = _now, By = Venue.By };
            if (Chance(60))
            {
                yield return new AdmitBuyer(buyer, SecurityClass.Important) { At = _now, By = Venue.By };
            }
        }

        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            yield return new DepositFunds(buyer, Amount(90_000_000)) { At = _now, By = buyer };
        }

        if (Chance(30))
        {
            var stray = new DealId($"X{buyer}");
            yield return new HoldFunds(buyer, stray, 1) { At = _now, By = buyer };
            yield return new ReleaseHold(buyer, stray) { At = _now, By = buyer };
        }
    }

    private sealed class Script(IEnumerator<Command?> commands)
    {
        internal IEnumerator<Command?> Commands { get; } = commands;

        /// <summary>What the exchange answered to its last command.</summary>
        internal Outcome Last { get; set; }
    }

    private static class Venue
    {
        internal static readonly PartyId By = new("venue");
    }
}
