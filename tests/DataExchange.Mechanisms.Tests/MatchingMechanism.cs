using DataExchange.Matching;

namespace DataExchange.Mechanisms.Tests;

/// <summary>
/// The matching core behind the interface: the provider's offer of some copies at the reserve, a bid for one unit from each bidder in order of time. Copies
/// that are traded in a book are units of its instrument.
/// </summary>
/// <param name="copies">How many.</param>
/// <param name="price">What the provider asks for; the reserve where that is higher.</param>
/// <param name="phase"><see cref="Phase.Auction"/>: a call auction, uncrossed when all bids are in. <see cref="Phase.Continuous"/>: an order book.</param>
internal sealed class MatchingMechanism(int copies, int price, Phase phase) : ProviderMechanism
{
    private const int Provider = 0;

    public override string Name => phase == Phase.Auction ? "call auction" : "order book";

    protected override IReadOnlyList<Award> Award(AuctionTerms terms, IReadOnlyList<Bid> admitted)
    {
        var reports = new List<ExecutionReport>();
        var engine = new MatchingEngine<Handler>(
            new() { Orders = 64, Instruments = 1, Products = 1, Accounts = 64, Positions = 64, PriceBlocks = 64 }, new(reports));
        engine.Apply(Command.DefineProduct(0, 0, Provider));
        engine.Apply(Command.DefineInstrument(0, 0, 0, 0, 1, 1, 1_000, 1, 1_000, true));
        Bid[] bids = [.. admitted.Order(Bid.EarliestFirst)];
        for (var account = 0; account <= bids.Length; account++)
        {
            engine.Apply(Command.OpenAccount(0, account, account, 0));
            engine.Apply(account == Provider
                ? Command.IssueUnits(0, Provider, 0, copies)
                : Command.Deposit(0, account, bids[account - 1].AmountFen));
        }

        engine.Apply(Command.SetPhase(0, 0, phase));
        engine.Apply(Command.Limit(0, 0, Provider, 1, Side.Sell, Math.Max(price, (int)terms.ReserveFen), copies));
        for (var account = 1; account <= bids.Length; account++)
        {
            engine.Apply(Command.Limit(account, 0, account, 1, Side.Buy, (int)bids[account - 1].AmountFen, 1));
        }

        engine.Apply(Command.SetPhase(bids.Length + 1, 0, Phase.Continuous));
        Assert.DoesNotContain(reports, report => report.Kind == ReportKind.Rejected);
        return
        [
            .. reports.Where(report => report.Kind == ReportKind.Filled).Select(report => new Award(bids[report.Account - 1].Bidder, report.Price)),
        ];
    }

    private readonly struct Handler(List<ExecutionReport> reports) : IReportHandler
    {
        public void OnReport(in ExecutionReport report) => reports.Add(report);
    }
}
