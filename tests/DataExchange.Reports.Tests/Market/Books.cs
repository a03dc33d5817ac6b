using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.Tests.Market;

internal sealed partial class SmallMarket
{
    private readonly List<PartyId> _traders = [];

    /// <summary>Orders of every kind in one book, until it is closed.</summary>
    private IEnumerable<Command?> Book(PacksAllotted series)
    {
        var product = series.Product;
        var price = series.PackPriceFen;
        var numbers = new Dictionary<PartyId, int>();
        yield return new CallPhase(product, TradingPhase.PreOpen) { At = _now, By = Venue.By };
        yield return Enter(series.Provider, Terms(BookSide.Sell, BookOrderKind.Posted, 30, price) with { Supply = PackSupply.Issue, Life = BookOrderLife.GoodTillCancel });
        for (var i = 0; i < 3; i++)
        {
            yield return Enter(Pick([.. _traders]), Terms(BookSide.Buy, BookOrderKind.Limit, _random.Next(1, 6), price));
        }

        yield return new CallPhase(product, TradingPhase.Continuous) { At = _now, By = Venue.By };
        for (var steps = _random.Next(20, 60); steps > 0; steps--)
        {
            var trader = Pick([.. _traders]);
            yield return _random.Next(20) switch
            {
                0 => new CallPhase(product, Pick(TradingPhase.Closed, TradingPhase.PreOpen, TradingPhase.Auction)) { At = _now, By = Venue.By },
                1 or 2 => new CallPhase(product, TradingPhase.Continuous) { At = _now, By = Venue.By },
                3 => Enter(series.Provider, Terms(BookSide.Sell, Pick(BookOrderKind.Limit, BookOrderKind.Posted), _random.Next(1, 20), Near()) with { Supply = PackSupply.Issue }),
                4 => Enter(trader, Terms(BookSide.Buy, BookOrderKind.Budget, 0, 0) with { BudgetFen = price * 3, Life = BookOrderLife.ImmediateOrCancel }),
                5 => Enter(trader, Terms(BookSide.Buy, BookOrderKind.Limit, 50, price * 3)),
                < 9 => Enter(trader, Terms(BookSide.Buy, BookOrderKind.Limit, _random.Next(1, 9), Near()) with { Life = Life(), Until = null }),
                9 => Enter(trader, Terms(BookSide.Buy, BookOrderKind.Limit, 2, Near()) with { Life = BookOrderLife.GoodTillDate, Until = _now.AddSeconds(9_000) }),
                < 13 => Enter(trader, Terms(BookSide.Sell, BookOrderKind.Limit, _random.Next(1, 3), Near())),
                13 => Enter(trader, Terms(BookSide.Sell, BookOrderKind.Market, 1, 0) with { Life = BookOrderLife.ImmediateOrCancel }),
                14 => Enter(trader, Terms(BookSide.Sell, BookOrderKind.Stop, 1, 0) with { StopPriceFen = Near() }),
                15 => new CancelBookOrder(product, trader, numbers.GetValueOrDefault(trader)) { At = _now, By = trader },
                16 or 17 => new ReduceBookOrder(product, trader, numbers.GetValueOrDefault(trader), 1) { At = _now, By = trader },
                18 => new RedeemPacks(product, trader, 1) { At = _now, By = trader },
                _ => new AdvanceOrderBook(product) { At = _now, By = Venue.By },
            };
        }

        EnterBookOrder Enter(PartyId party, BookOrderTerms terms) =>
            new(product, party, numbers[party] = numbers.GetValueOrDefault(party) + 1, null, terms) { At = _now, By = party };

        long Near() => Math.Max(1, price * _random.Next(75, 126) / 100);
    }

    /// <summary>Sets packs aside for a book at the product's venue; when that is possible, trading takes its own course beside everything else.</summary>
    private IEnumerable<Command?> Allot(ProductId product, VenueId venue, PartyId provider)
    {
        yield return new AllotPacks(product, venue, _random.Next(10, 60), new BookRules(1, 1_000_000, 60, Pick(0, 1_000, 1_500), 5_000, 100, 600)) { At = _now, By = provider };
        if (_last.Accepted && _traders.Count > 0)
        {
            _scripts.Add(new(Book((PacksAllotted)_last.Events[0]).GetEnumerator()));
        }
    }

    private static BookOrderTerms Terms(BookSide side, BookOrderKind kind, int quantity, long price) =>
        new(side, kind, BookOrderLife.Day, PackSupply.Held, quantity, price, 0, 0, 0, false, SelfTradePolicy.CancelNewest, null);

    private BookOrderLife Life() => Pick(BookOrderLife.Day, BookOrderLife.GoodTillCancel, BookOrderLife.ImmediateOrCancel, BookOrderLife.FillOrKill);
}
