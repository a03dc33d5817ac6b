using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Kernel;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents.Books;

/// <summary>A firm that makes markets: the same money for all its books.</summary>
public sealed class MarketMaker : Agent
{
    private bool _isAdmitted;

    /// <summary>Makes a market maker.</summary>
    /// <param name="market">The surroundings.</param>
    /// <param name="party">Who it is.</param>
    public MarketMaker(Market market, PartyId party)
        : base(market, party) => Funds = new BookFunds(market, party);

    /// <summary>Its money.</summary>
    public BookFunds Funds { get; }

    /// <summary>Makes a market in a book until it is closed for good.</summary>
    /// <param name="desk">The book.</param>
    /// <param name="fair">What a pack is worth.</param>
    public async ValueTask QuoteAsync(BookDesk desk, FairValue fair)
    {
        if (!_isAdmitted)
        {
            _isAdmitted = true;
            await Kernel.SubmitAsync(new AdmitBuyer(Party, SecurityClass.Important) { At = Now, By = Parties.Authority }).ConfigureAwait(true);
        }

        await new MakerQuotes(Market, this, desk, fair).KeepAsync().ConfigureAwait(true);
    }
}

/// <summary>A market maker's quotes in one book: a bid and an ask around the fair value, renewed when that has moved or half of one is used up.</summary>
internal sealed class MakerQuotes
{
    private readonly Market _market;
    private readonly MarketMaker _maker;
    private readonly BookDesk _desk;
    private readonly FairValue _fair;
    private readonly RandomStream _random;
    private readonly double _opinion;
    private int _bid;
    private int _ask;

    public MakerQuotes(Market market, MarketMaker maker, BookDesk desk, FairValue fair)
    {
        (_market, _maker, _desk, _fair) = (market, maker, desk, fair);
        _random = market.StreamOf($"{maker.Party}/{desk.Series.Product}");
        // A80, as is how soon it looks, and how far it leans after what it holds.
        _opinion = 1 + (0.005 * _random.NextNormal());
        // Some look sooner than others; quotes that were not renewed yet are hit, and halt the book.
        fair.Jumped += () => Kernel.Start(Kernel.Now.AddSeconds(60 + _random.NextInt32(1_800)), RenewIfTradingAsync);
    }

    private EventKernel Kernel => _market.Kernel;

    private MakerSettings Settings => _market.Scenario.OrderBooks.Makers;

    public async ValueTask KeepAsync()
    {
        var books = _market.Scenario.OrderBooks;
        var gathers = Math.Max(1, (books.OpenMinute.Whole - books.PreOpenMinute.Whole) * 60);
        var isStocked = false;
        for (var day = Kernel.Now.Date; !_desk.IsClosed; day = _market.Source.Calendar.AddWorkingDays(day, 1))
        {
            await Kernel.Until(SimulatedTime.On(day, (books.PreOpenMinute.Whole * 60) + (gathers / 3) + _random.NextInt32((gathers + 2) / 3)));
            if (_desk.Picture.Phase != TradingPhase.PreOpen)
            {
                continue;
            }

            if (!isStocked)
            {
                isStocked = true;
                await StockUpAsync().ConfigureAwait(true);
            }

            await RenewAsync().ConfigureAwait(true);
        }
    }

    // The first packs come from the provider, in the first opening auction.
    private async ValueTask StockUpAsync()
    {
        if (Settings.Inventory.Whole == 0)
        {
            return;
        }

        var terms = BookOrderTerms.Limit(BookSide.Buy, Math.Min(Settings.Inventory.Whole, _desk.Series.Rules.LargestQuantity), _desk.PostedPriceFen);
        await _maker.Funds.TopUpAsync(terms.NeedFen, 0, _random).ConfigureAwait(true);
        await _desk.EnterAsync(_maker.Party, _maker.Funds, terms).ConfigureAwait(true);
    }

    private async ValueTask RenewIfTradingAsync()
    {
        if (_desk.Picture.Phase is TradingPhase.Continuous or TradingPhase.Halted)
        {
            await RenewAsync().ConfigureAwait(true);
        }
    }

    private async ValueTask RenewAsync()
    {
        var (bid, ask) = Prices();
        if (!IsGood(_bid, bid, WantsToBuy))
        {
            await _desk.CancelAsync(_maker.Party, _bid).ConfigureAwait(true);
            _bid = 0;
            if (WantsToBuy && bid > 0 && _desk.Picture.Phase != TradingPhase.Closed)
            {
                var terms = Quote(BookSide.Buy, Settings.QuotePacks.Whole, bid);
                await _maker.Funds.TopUpAsync(terms.NeedFen, 0, _random).ConfigureAwait(true);
                (_bid, _) = await _desk.EnterAsync(_maker.Party, _maker.Funds, terms).ConfigureAwait(true);
            }
        }

        if (!IsGood(_ask, ask, Held > 0))
        {
            await _desk.CancelAsync(_maker.Party, _ask).ConfigureAwait(true);
            _ask = 0;
            var packs = Math.Min(Settings.QuotePacks.Whole, _desk.Picture.AvailableTo(_maker.Party));
            if (packs > 0 && _desk.Picture.Phase != TradingPhase.Closed)
            {
                (_ask, _) = await _desk.EnterAsync(_maker.Party, _maker.Funds, Quote(BookSide.Sell, packs, ask)).ConfigureAwait(true);
            }
        }
    }

    private int Held => _desk.Picture.Holdings.GetValueOrDefault(_maker.Party.Value);

    private bool WantsToBuy => Held < Math.Max(1, 3 * Settings.Inventory.Whole);

    private BookOrderTerms Quote(BookSide side, int packs, long price) => new(
        side, BookOrderKind.Limit, BookOrderLife.GoodTillCancel, PackSupply.Held, Math.Min(packs, _desk.Series.Rules.LargestQuantity), price, 0, 0, 0,
        true, SelfTradePolicy.CancelOldest, null);

    private bool IsGood(int number, long price, bool isWanted) =>
        _desk.Picture.Find(_maker.Party, number) is { } order
            ? isWanted && order.Leaves * 2 > order.Terms.Quantity
                && Math.Abs(order.Terms.PriceFen - price) * 10_000 <= Settings.RequoteBasisPoints.Value * price
            : !isWanted;

    // With too many packs a little lower, with too few a little higher; never at the posted price or above while packs are issued at it.
    private (long Bid, long Ask) Prices()
    {
        var rules = _desk.Series.Rules;
        var wanted = Math.Max(1, Settings.Inventory.Whole);
        var skew = Math.Clamp((Held - wanted) / (double)wanted, -1, 1) * 0.02;
        var middle = _fair.Fen * _opinion * (1 - skew);
        var half = Settings.HalfSpreadBasisPoints.Value / 10_000;
        var most = _desk.IsIssuing ? _desk.PostedPriceFen - rules.TickFen : rules.HighestPriceFen;
        var ask = Math.Clamp((long)Math.Ceiling(middle * (1 + half) / rules.TickFen) * rules.TickFen, rules.TickFen, most);
        var bid = Math.Min((long)Math.Floor(middle * (1 - half) / rules.TickFen) * rules.TickFen, ask - rules.TickFen);
        return (bid, ask);
    }
}
