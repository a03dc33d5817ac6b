using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Tests;

/// <summary>A product whose call packs are traded in an order book: provider, three buyers and one who is not admitted.</summary>
internal sealed partial class SmallMarket
{
    internal static readonly ProductId Traded = new("P8");

    /// <summary>Prices by the yuan, 10 % band, halts of two minutes.</summary>
    internal static readonly BookRules Rules = new(100, 100_000_000, 10_000, 1_000, 120, 250, 600);

    private readonly Dictionary<string, int> _numbers = [];

    internal SimulatedTime Now => _now;

    /// <summary>The product is on the shelf, its book is open and continuous; packs cost 70 yuan there.</summary>
    internal static async Task<SmallMarket> WithABookAsync(int packs = 1_000)
    {
        var market = new SmallMarket();
        await market.Accepted(new RegisterParty(Seller, "数商一号", "Provider One", PartyRole.Provider, "chip") { At = market.Tick(), By = new("zjbdec") });
        await market.Certify("P8");
        await market.Price("P8", new(LicenceKind.CallPack, PriceUnit.PerCall, 7, null, 1_000, true));
        await market.List("P8", Hzdex, new ContributorShare(Upstream, 1_500));
        foreach (var buyer in new[] { "B1", "B2", "B3" })
        {
            await market.Accepted(new AdmitBuyer(new(buyer), SecurityClass.Important) { At = market.Tick(), By = new("zjbdec") });
            await market.Accepted(new DepositFunds(new(buyer), 10_000_000) { At = market.Tick(), By = new(buyer) });
        }

        await market.Accepted(new DepositFunds(new("B4"), 1_000_000) { At = market.Tick(), By = new("B4") });
        await market.Accepted(new AllotPacks(Traded, Hzdex, packs, Rules) { At = market.Tick(), By = new("venue-hzdex") });
        await market.Call(TradingPhase.Continuous);
        return market;
    }

    /// <summary>Every kind of event that a book has.</summary>
    internal static async Task<SmallMarket> WithATradedBookAsync()
    {
        var market = await WithABookAsync();
        await market.Trade();
        return market;
    }

    internal Task Call(TradingPhase phase) => Accepted(new CallPhase(Traded, phase) { At = Tick(), By = new("venue-hzdex") });

    internal async Task<Outcome> Enter(string party, BookOrderTerms terms) => await SubmitAsync(
        new EnterBookOrder(Traded, new(party), _numbers[party] = _numbers.GetValueOrDefault(party) + 1, null, terms) { At = Tick(), By = new(party) },
        CancellationToken.None);

    internal async Task<Outcome> Submit(Command command) => await SubmitAsync(command, CancellationToken.None);

    internal SimulatedTime Wait(int seconds) => _now = _now.AddSeconds(seconds);

    internal static BookOrderTerms Posted(int quantity, long yuan) =>
        Limit(BookSide.Sell, quantity, yuan) with { Kind = BookOrderKind.Posted, Life = BookOrderLife.GoodTillCancel, Supply = PackSupply.Issue };

    internal static BookOrderTerms Limit(BookSide side, int quantity, long yuan) => BookOrderTerms.Limit(side, quantity, yuan * 100);

    internal static BookOrderTerms Budget(long yuan) => Limit(BookSide.Buy, 0, 0) with
    {
        Kind = BookOrderKind.Budget,
        Life = BookOrderLife.ImmediateOrCancel,
        BudgetFen = yuan * 100,
    };

    internal IEnumerable<T> Of<T>() => Events.Select(recorded => recorded.Data).OfType<T>();

    /// <summary>A party's free money, from its account's events.</summary>
    internal long Available(string party) => Account(party).Available.Fen;

    /// <summary>A party's money, held or not.</summary>
    internal long Balance(string party) => Account(party).Available.Fen + Account(party).HeldFen;

    private PartyAccount Account(string party) => Events.Where(recorded => recorded.Stream == "account/" + party)
        .Aggregate(new PartyAccount(), (state, recorded) => AccountDecider.Evolve(state, recorded.Data));

    private async Task Trade()
    {
        await Enter("S1", Posted(1_000, 70));
        await Enter("B1", Limit(BookSide.Buy, 100, 75));
        await Enter("B2", Budget(1_000));
        await Enter("B4", Limit(BookSide.Buy, 1, 70));
        await Enter("B3", Limit(BookSide.Buy, 10_000, 1_000));
        await Enter("B3", Limit(BookSide.Buy, 20, 66));
        await Enter("B1", Limit(BookSide.Sell, 30, 66));
        await Enter("B2", Limit(BookSide.Buy, 40, 60));
        await Submit(new ReduceBookOrder(Traded, new("B2"), 2, 30) { At = Tick(), By = new("B2") });
        await Submit(new CancelBookOrder(Traded, new("B2"), 2) { At = Tick(), By = new("B2") });
        await Enter("B1", Limit(BookSide.Sell, 10, 0) with { Kind = BookOrderKind.Stop, StopPriceFen = 6_500 });
        await Enter("B2", Limit(BookSide.Buy, 5, 64) with { Life = BookOrderLife.GoodTillDate, Until = _now.AddSeconds(100_000) });
        await Enter("B3", Limit(BookSide.Sell, 12, 64));
        await Enter("B2", Limit(BookSide.Buy, 3, 40));
        await Enter("B1", Limit(BookSide.Sell, 5, 0) with { Kind = BookOrderKind.Market, Life = BookOrderLife.ImmediateOrCancel });
        Wait(200);
        await Submit(new AdvanceOrderBook(Traded) { At = Tick(), By = new("venue-hzdex") });
        await Submit(new RedeemPacks(Traded, new("B1"), 20) { At = Tick(), By = new("B1") });
        await Call(TradingPhase.Closed);
        await Call(TradingPhase.PreOpen);
        await Enter("B1", Limit(BookSide.Sell, 10, 60));
        await Enter("B2", Limit(BookSide.Buy, 6, 65));
        await Call(TradingPhase.Continuous);
        Wait(200_000);
        await Enter("B3", Limit(BookSide.Buy, 7, 50));
        await Accepted(new Domain.Listing.SuspendListing(Traded, Hzdex, "核查") { At = Tick(), By = new("hzdex") });
        await Accepted(new Domain.Listing.ResumeListing(Traded, Hzdex) { At = Tick(), By = new("hzdex") });
        await Call(TradingPhase.Continuous);
        await Enter("B3", Limit(BookSide.Buy, 7, 50));
        await Accepted(new RenewCertificate(Traded, _now.AddDays(800)) { At = Tick(), By = Seller });
        _now = _now.AddDays(810);
        await Accepted(new ExpireCertificate(Traded) { At = Tick(), By = new("zjbdec") });
        await Submit(new RedeemPacks(Traded, new("B1"), 1) { At = Tick(), By = new("B1") });
    }
}
