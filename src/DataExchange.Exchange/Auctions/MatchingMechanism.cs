using System.Globalization;
using DataExchange.Matching;
using DataExchange.Mechanisms;

namespace DataExchange.Exchange.Auctions;

/// <summary>
/// The matching core behind the one interface of mechanisms: the provider's offer of some copies at the reserve, a bid for one unit from each bidder in order of time.
/// Copies that are traded in a book are units of its instrument, and a tick is a fen.
/// </summary>
public sealed class MatchingMechanism : ProviderMechanism
{
    /// <summary>The highest price of the book, fen.</summary>
    public const int MostPriceFen = 1_000_000_000;

    /// <summary>The most copies.</summary>
    public const int MostCopies = 1_000_000;

    /// <summary>The most bids that are admitted.</summary>
    public const int MostBids = 500_000;

    // Prices are kept in a tree of blocks of 64: so many levels lie above a price below 2³⁰.
    private const int BlocksOfAPrice = 5;
    private const int Provider = 0;
    private readonly int _copies;
    private readonly int _priceFen;
    private readonly bool _isCall;

    private MatchingMechanism(int copies, int priceFen, bool isCall)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(copies, MostCopies);
        ArgumentOutOfRangeException.ThrowIfLessThan(priceFen, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priceFen, MostPriceFen);
        (_copies, _priceFen, _isCall) = (copies, priceFen, isCall);
    }

    /// <inheritdoc />
    public override string Name => _isCall ? "call auction" : "order book";

    /// <summary>集合竞价: uncrossed at one price when all bids are in.</summary>
    /// <param name="copies">How many there are, 1 to <see cref="MostCopies"/>.</param>
    /// <param name="priceFen">What the provider asks for, 1 to <see cref="MostPriceFen"/>; the reserve where that is higher.</param>
    /// <exception cref="ArgumentOutOfRangeException">Copies or price are out of range.</exception>
    public static MatchingMechanism CallAuction(int copies, int priceFen) => new(copies, priceFen, true);

    /// <summary>连续竞价: each bid trades as it comes.</summary>
    /// <param name="copies">How many there are, 1 to <see cref="MostCopies"/>.</param>
    /// <param name="priceFen">What the provider asks for, 1 to <see cref="MostPriceFen"/>; the reserve where that is higher.</param>
    /// <exception cref="ArgumentOutOfRangeException">Copies or price are out of range.</exception>
    public static MatchingMechanism OrderBook(int copies, int priceFen) => new(copies, priceFen, false);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">A bid is above <see cref="MostPriceFen"/>, which is no price of the book, or there are more than <see cref="MostBids"/>.</exception>
    protected override IReadOnlyList<Award> Award(AuctionTerms terms, IReadOnlyList<Bid> admitted)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(admitted);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(admitted.Count, MostBids, nameof(admitted));
        if (admitted[0].AmountFen > MostPriceFen)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"bid of {admitted[0].Bidder}: {admitted[0].AmountFen} fen is not allowed: a price of the book is 1 to {MostPriceFen} fen"), nameof(admitted));
        }

        var reports = new List<ExecutionReport>();
        var room = Math.Max(64, admitted.Count + 16);
        var engine = new MatchingEngine<Handler>(
            new() { Orders = room, Instruments = 1, Products = 1, Accounts = room, Positions = room, PriceBlocks = BlocksOfAPrice * room }, new(reports));
        engine.Apply(Command.DefineProduct(0, 0, Provider));
        engine.Apply(Command.DefineInstrument(0, 0, 0, 0, 1, 1, MostPriceFen, 1, MostCopies, true));
        Bid[] bids = [.. admitted.Order(Bid.EarliestFirst)];
        for (var account = 0; account <= bids.Length; account++)
        {
            engine.Apply(Command.OpenAccount(0, account, account, 0));
            engine.Apply(account == Provider
                ? Command.IssueUnits(0, Provider, 0, _copies)
                : Command.Deposit(0, account, bids[account - 1].AmountFen));
        }

        engine.Apply(Command.SetPhase(0, 0, _isCall ? Phase.Auction : Phase.Continuous));
        engine.Apply(Command.Limit(0, 0, Provider, 1, Side.Sell, Math.Max(_priceFen, (int)terms.ReserveFen), _copies));
        for (var account = 1; account <= bids.Length; account++)
        {
            engine.Apply(Command.Limit(account, 0, account, 1, Side.Buy, (int)bids[account - 1].AmountFen, 1));
        }

        engine.Apply(Command.SetPhase(bids.Length + 1, 0, Phase.Continuous));
        return reports.Find(report => report.Kind == ReportKind.Rejected) is { Kind: ReportKind.Rejected } rejected
            ? throw new InvalidOperationException($"The matching core rejected {rejected}.")
            : [.. reports.Where(report => report.Kind == ReportKind.Filled).Select(report => new Award(bids[report.Account - 1].Bidder, report.Price))];
    }

    private readonly struct Handler(List<ExecutionReport> reports) : IReportHandler
    {
        public void OnReport(in ExecutionReport report) => reports.Add(report);
    }
}
