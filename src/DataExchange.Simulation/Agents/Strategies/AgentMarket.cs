using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;
using DataExchange.Simulation.Truth;

namespace DataExchange.Simulation.Agents.Strategies;

/// <summary>What the members of a group have in common.</summary>
internal sealed class GroupKnowledge(
    AgentSettings settings, AgentStrategy strategy, IReadOnlyList<PartyId> members, IReadOnlyList<VenueAgent> venues, DealCourse course, SimulatedTime until)
{
    private readonly Dictionary<Type, object> _shared = [];
    private readonly Dictionary<string, double> _parameters = new(StringComparer.Ordinal);

    public AgentSettings Settings => settings;

    public IReadOnlyList<PartyId> Members => members;

    public IReadOnlyList<VenueAgent> Venues => venues;

    public DealCourse Course => course;

    public SimulatedTime Until => until;

    // Asked for by each member whenever it hears of an order, so it is looked for once.
    public double Parameter(string name)
    {
        if (!_parameters.TryGetValue(name, out var value))
        {
            value = settings.Parameters?.GetValueOrDefault(name)?.Value
                ?? strategy.Parameters.FirstOrDefault(one => one.Name == name)?.Value
                ?? throw new ArgumentException($"strategy {strategy.Name} declares no parameter '{name}': see [AgentParameter]", nameof(name));
            _parameters.Add(name, value);
        }

        return value;
    }

    public T Shared<T>()
        where T : class, new()
    {
        if (!_shared.TryGetValue(typeof(T), out var found))
        {
            _shared.Add(typeof(T), found = new T());
        }

        return (T)found;
    }
}

/// <summary>The market as one agent sees it.</summary>
internal sealed partial class AgentMarket : IAgentMarket
{
    private readonly Market _market;
    private readonly BuyerAgent _firm;
    private readonly GroupKnowledge _group;
    private readonly List<AgentBook> _books = [];
    private readonly List<AgentFill> _fills = [];
    private int _seen;
    private int _deals;

    public AgentMarket(Market market, BuyerAgent firm, int number, GroupKnowledge group)
    {
        (_market, _firm, Number, _group) = (market, firm, number, group);
        Random = market.StreamOf("agent/" + firm.Party.Value);
        var books = market.Scenario.OrderBooks;
        Hours = new(books.PreOpenMinute.Whole * 60, books.OpenMinute.Whole * 60, books.CloseMinute.Whole * 60);
    }

    public PartyId Party => _firm.Party;

    public int Number { get; }

    public IReadOnlyList<PartyId> Members => _group.Members;

    public SimulatedTime Now => _market.Kernel.Now;

    public SimulatedTime Until => _group.Until;

    public RandomStream Random { get; }

    public TradingHours Hours { get; }

    public long FundsFen => _firm.BookFunds.AvailableFen;

    public IReadOnlyList<AgentFill> Fills => _fills;

    public IReadOnlyList<AgentBook> Books
    {
        get
        {
            for (; _seen < _market.Books.All.Count; _seen++)
            {
                var desk = _market.Books.All[_seen];
                if (IsSeen(desk.Series.Venue))
                {
                    _books.Add(new AgentBook(desk, Party, _books.Count + 1));
                }
            }

            return _books;
        }
    }

    public IEnumerable<ShelfOffer> Shelf
    {
        get
        {
            foreach (var product in _market.Shelf.Products)
            {
                if (product.CanBeBought && product.Terms.Unit != PriceUnit.Negotiated
                    && product.Venues.Find(venue => !product.Suspended.Contains(venue) && IsSeen(venue)) is { Value: not null } venue)
                {
                    yield return new(
                        product.Plan.Product, product.Plan.Provider, venue, product.Plan.Category, _market.Source.Graph.SubTracks[product.Plan.SubTrack].Id,
                        product.Plan.Form, product.Terms.Licence, product.Terms.AmountFor(1, Now).Fen, _market.Register.QualityOf(product.Plan.Product)) { Shown = product };
                }
            }
        }
    }

    public double Parameter(string name) => _group.Parameter(name);

    public T Shared<T>()
        where T : class, new() => _group.Shared<T>();

    public DateOnly WorkingDay(DateOnly day, int after) => _market.Source.Calendar.AddWorkingDays(day, after);

    public async ValueTask DepositAsync(long fen)
    {
        if (fen > 0)
        {
            await _firm.BookFunds.DepositAsync(fen).ConfigureAwait(true);
        }
    }

    public async ValueTask<OrderAnswer> OrderAsync(AgentBook book, BookOrderTerms terms)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(terms);
        var (number, refused) = await book.Desk.EnterAsync(Party, _firm.BookFunds, terms).ConfigureAwait(true);
        return new(number, refused);
    }

    public async ValueTask CancelAsync(AgentBook book, int number)
    {
        ArgumentNullException.ThrowIfNull(book);
        await book.Desk.CancelAsync(Party, number).ConfigureAwait(true);
    }

    public async ValueTask<bool> RedeemAsync(AgentBook book, int packs)
    {
        ArgumentNullException.ThrowIfNull(book);
        if (packs < 1 || packs > book.Available)
        {
            return false;
        }

        await book.Desk.RedeemAsync(Party, packs).ConfigureAwait(true);
        return true;
    }

    public async ValueTask<ShelfAnswer> BuyAsync(ShelfOffer offer, int quantity = 1, long? valueFen = null)
    {
        ArgumentNullException.ThrowIfNull(offer);
        if (offer.Shown is not { } product)
        {
            throw new ArgumentException($"the offer of {offer.Product} was not taken from {nameof(Shelf)}", nameof(offer));
        }

        var deal = new DealId(string.Create(CultureInfo.InvariantCulture, $"{Party.Value}-{++_deals:0000}"));
        var outcome = await _market.Kernel.SubmitAsync(new PlaceOrder(
            offer.Product, deal, offer.Venue, Party, null, TradeChannel.Shelf, quantity, null) { At = Now, By = Party }).ConfigureAwait(true);
        if (valueFen is { } value)
        {
            _market.Truth.Note(new Opportunity(
                TradeChannel.Shelf, offer.Product, offer.Category, offer.Licence, product.Copies, deal, Math.Clamp(value, 0, PrivateValue.MostFen),
                product.Terms.AmountFor(quantity, Now).Fen, outcome.Rejection));
        }

        if (outcome.Rejection is Rejection.CapReached or Rejection.ExclusiveLicenceSold || (outcome.Accepted && product.Terms.Licence == LicenceKind.Exclusive))
        {
            _market.Shelf.SoldOut(offer.Product);
        }

        if (!outcome.Accepted)
        {
            return new(null, 0, outcome.Rejection);
        }

        var granted = (LicenceGranted)outcome.Events[0];
        await _firm.SpendAsync(granted.AmountFen).ConfigureAwait(true);
        var fate = Random.Derive(deal.Value);
        _market.Kernel.Start(Now, () => _group.Course.LeadShelfDealAsync(_firm, product.Plan, granted, fate));
        return new(deal, granted.AmountFen, null);
    }

    /// <summary>Is admitted.</summary>
    internal ValueTask JoinAsync() => _firm.JoinAsync();

    /// <summary>Notes a trade, if it is one of the agent's.</summary>
    internal void Note(PacksTraded trade)
    {
        if (trade.Buyer == Party)
        {
            _fills.Add(new(trade.Product, trade.Deal, BookSide.Buy, trade.Quantity, trade.PriceFen, trade.At));
        }

        if (trade.Seller == Party)
        {
            _fills.Add(new(trade.Product, trade.Deal, BookSide.Sell, trade.Quantity, trade.PriceFen, trade.At));
        }
    }

    private bool IsSeen(VenueId venue) => _group.Settings.Venue is not { } only || venue.Value == only;
}
