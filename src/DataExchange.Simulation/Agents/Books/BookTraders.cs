using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Kernel;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents.Books;

/// <summary>The firms that take an interest in a book: they buy packs for their own use, sell what they do not need, and use the rest.</summary>
public sealed class BookTraders
{
    private const double ReactsToHalt = 0.75;
    private readonly Market _market;
    private readonly BookDesk _desk;
    private readonly List<BuyerAgent> _firms;
    private readonly RandomStream _random;
    private readonly RandomStream _halts;
    private readonly RandomStream _amends;
    private readonly OrderDraw _draw;

    /// <summary>Prepares the firms of a book.</summary>
    /// <param name="market">The surroundings.</param>
    /// <param name="desk">The book.</param>
    /// <param name="fair">What a pack is worth.</param>
    /// <param name="buyers">All buyers, of whom some take an interest.</param>
    public BookTraders(Market market, BookDesk desk, FairValue fair, IReadOnlyList<BuyerAgent> buyers)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(desk);
        (_market, _desk, _random) = (market, desk, market.StreamOf($"traders/{desk.Series.Product}"));
        _halts = _random.Derive("halts");
        _amends = _random.Derive("amends");
        _firms = Interested(buyers, _random.Derive("firms"));
        _draw = new OrderDraw(market, desk, fair);
        desk.Halted += React;
    }

    private EventKernel Kernel => _market.Kernel;

    private OrderBookSettings Books => _market.Scenario.OrderBooks;

    /// <summary>Trades until the book is closed for good, and uses packs until none are left.</summary>
    public async ValueTask TradeAsync()
    {
        if (_firms.Count == 0)
        {
            return;
        }

        for (var day = Kernel.Now.Date; ; day = _market.Source.Calendar.AddWorkingDays(day, 1))
        {
            await Kernel.Until(SimulatedTime.On(day, Books.PreOpenMinute.Whole * 60));
            foreach (var second in Times(_random.NextPoisson(Books.Traders.OrdersPerDay.Value * _market.Scenario.Demand.Level.Value)))
            {
                await Kernel.Until(SimulatedTime.On(day, second));
                await OrderAsync(_random).ConfigureAwait(true);
            }

            await Kernel.Until(SimulatedTime.On(day, Books.CloseMinute.Whole * 60).AddSeconds(1 + _random.NextInt32(3_600)));
            if (!await UseAsync().ConfigureAwait(true) && _desk.IsClosed)
            {
                return;
            }
        }
    }

    private int[] Times(int count)
    {
        var (gathers, opens, closes) = (Books.PreOpenMinute.Whole * 60, Books.OpenMinute.Whole * 60, Books.CloseMinute.Whole * 60);
        var times = new int[count];
        for (var i = 0; i < count; i++)
        {
            times[i] = _random.NextBoolean(Books.Traders.PreOpenShare.Value)
                ? gathers + 1 + _random.NextInt32(opens - gathers - 1)
                : opens + 1 + _random.NextInt32(closes - opens - 1);
        }

        Array.Sort(times);
        return times;
    }

    private async ValueTask OrderAsync(RandomStream random)
    {
        if (_desk.Picture.Phase == TradingPhase.Closed)
        {
            return;
        }

        var firm = random.Pick(_firms);
        var available = _desk.Picture.AvailableTo(firm.Party);
        available = available > 0 && random.NextBoolean(Books.Traders.SellShare.Value) ? available : 0;
        var terms = _draw.Draw(firm.Party, available, random);
        if (terms.Side == BookSide.Buy)
        {
            if (!random.NextBoolean(Books.Traders.Unadmitted.Value))
            {
                await firm.JoinAsync().ConfigureAwait(true);
            }

            await firm.BookFunds.TopUpAsync(terms.NeedFen, Books.Traders.Underfunded.Value, random).ConfigureAwait(true);
        }

        var (number, refused) = await _desk.EnterAsync(firm.Party, firm.BookFunds, terms).ConfigureAwait(true);
        if (refused is Rejection.BuyerNotAdmitted or Rejection.InsufficientFunds)
        {
            // It makes good what was missing: what its business at the shelf brought with it thus makes no difference to the book.
            await firm.JoinAsync().ConfigureAwait(true);
            await firm.BookFunds.TopUpAsync(terms.NeedFen, 0, _amends).ConfigureAwait(true);
            (number, _) = await _desk.EnterAsync(firm.Party, firm.BookFunds, terms).ConfigureAwait(true);
        }

        // Though short of money, it was covered by what it has for the shelf, which must not lack there.
        await firm.BookFunds.CoverAsync(0).ConfigureAwait(true);
        ThinkAgain(firm.Party, number, random);
    }

    private void ThinkAgain(PartyId party, int number, RandomStream random)
    {
        var (cancels, reduces) = (random.NextBoolean(Books.Traders.Cancelled.Value), random.NextBoolean(Books.Traders.Reduced.Value));
        var later = Kernel.Now.AddSeconds(60 + (int)Math.Min(random.NextExponential() * 3_600, 100_000));
        if (_desk.Picture.Find(party, number) is not null && (cancels || reduces))
        {
            Kernel.Start(later, () => cancels ? _desk.CancelAsync(party, number) : _desk.HalveAsync(party, number));
        }
    }

    // Whoever sees a halt may give an order for the auction that ends it.
    private void React(SimulatedTime until)
    {
        var length = (int)(until.UnixSeconds - Kernel.Now.UnixSeconds);
        for (var i = 0; i < 2; i++)
        {
            var (reacts, after) = (_halts.NextBoolean(ReactsToHalt), 1 + _halts.NextInt32(Math.Max(1, length - 1)));
            if (reacts && _firms.Count > 0)
            {
                Kernel.Start(Kernel.Now.AddSeconds(after), () => OrderAsync(_halts));
            }
        }
    }

    // False when there is nothing left to use.
    private async ValueTask<bool> UseAsync()
    {
        var packs = _firms.Sum(firm => _desk.Picture.Holdings.GetValueOrDefault(firm.Party.Value));
        // Two packs at a time, on average.
        for (var uses = _random.NextPoisson(packs * Books.Traders.RedeemedPerDay.Value / 2); uses > 0; uses--)
        {
            var holders = _firms.Where(firm => _desk.Picture.AvailableTo(firm.Party) > 0).ToArray();
            if (holders.Length == 0)
            {
                break;
            }

            var holder = holders[_random.NextInt32(holders.Length)].Party;
            await _desk.RedeemAsync(holder, Math.Min(_desk.Picture.AvailableTo(holder), 1 + _random.NextInt32(3))).ConfigureAwait(true);
        }

        return packs > 0;
    }

    private List<BuyerAgent> Interested(IReadOnlyList<BuyerAgent> buyers, RandomStream random)
    {
        var eligible = buyers.Where(buyer => buyer.AdmittedFor >= _desk.Series.SecurityClass).ToArray();
        random.Shuffle<BuyerAgent>(eligible);
        return [.. eligible.Take(Books.Traders.PerBook.Whole)];
    }
}
