using System.Text.RegularExpressions;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Tests.Agents;

/// <summary>Auctions in a simulated market of few products, with as many auctions as there are in the whole one.</summary>
public sealed partial class AuctionTests
{
    private static readonly Scenario Small = Parameters.Scale(SmallRun.BuiltIn, 0.05);
    private static readonly Lazy<Task<SmallRun>> Run = new(() => SmallRun.OfAsync(With(60, 0.6), 3));

    [Fact]
    public async Task Auctions_of_every_format_end_in_every_way()
    {
        var run = await Run.Value;
        var opened = run.All<AuctionOpened>().ToArray();
        // Early ones find a small shelf with nothing to auction.
        Assert.InRange(opened.Length, 20, 60);
        Assert.Equal(Enum.GetValues<AuctionFormat>(), opened.Select(e => e.Rules.Format).Distinct().Order());
        Assert.All(opened, e => Assert.True(e.At.Date >= Small.Auctions.Opens && e.Venue.Value == Small.Auctions.Venue));
        var closed = run.All<AuctionClosed>().ToArray();
        Assert.Contains(closed, e => e.Awards.Count > 1);
        Assert.Contains(closed, e => e.NoSale == AuctionNoSale.ReserveAboveAllBids);
        Assert.Contains(closed, e => e.Unrevealed.Count > 0);
        Assert.NotEmpty(run.All<DepositForfeited>());
        Assert.NotEmpty(run.All<BidFundsRefused>());
        // What the offer took was registered, or will be.
        var granted = run.All<LicenceGranted>().Where(e => e.Channel == TradeChannel.Auction).ToArray();
        Assert.Equal(closed.Sum(e => e.Awards.Count), granted.Length + run.All<OrderRejected>().Count(e => e.Auction is not null));
        var registered = run.All<TransactionRegistered>().Where(e => e.Channel == TradeChannel.Auction).Select(e => e.Deal).ToHashSet();
        Assert.InRange(granted.Count(e => !registered.Contains(e.Deal)), 0, 2);
    }

    [Fact]
    public async Task Bidders_bid_in_auctions_alone_and_nobody_else_does()
    {
        var run = await Run.Value;
        Assert.All(run.All<LicenceGranted>(), e => Assert.Equal(e.Buyer.Value.StartsWith("bidder", StringComparison.Ordinal), e.Channel == TradeChannel.Auction));
    }

    [Fact]
    public async Task Without_auctions_every_other_event_is_the_same()
    {
        // An exclusive licence that is sold in an auction is gone from the shelf: here only what any number may be sold of is auctioned.
        var (with, without) = (await SmallRun.OfAsync(With(60, 0), 5), await SmallRun.OfAsync(With(0, 0), 5));
        Assert.NotEmpty(with.All<AuctionClosed>());
        Assert.Empty(without.All<AuctionOpened>());
        Assert.DoesNotContain(without.Events, recorded => recorded.Stream.Contains("bidder-", StringComparison.Ordinal));
        Assert.Equal(Elsewhere(without), Elsewhere(with));
    }

    [Fact]
    public void Scale_multiplies_auctions_and_firms_and_leaves_some()
    {
        Assert.Equal((80, 40), Counts(Parameters.Scale(SmallRun.BuiltIn, 1)));
        Assert.Equal((4, 8), Counts(Parameters.Scale(SmallRun.BuiltIn, 0.02)));
        Assert.Equal(0, Parameters.Scale(With(0, 0), 3).Auctions.Products.Whole);

        static (int, int) Counts(Scenario scenario) => (scenario.Auctions.Products.Whole, scenario.Auctions.Firms.Whole);
    }

    private static Scenario With(int products, double limited) => Small with
    {
        Auctions = Small.Auctions with
        {
            Products = Small.Auctions.Products.With(products),
            LimitedShare = Small.Auctions.LimitedShare.With(limited),
            BiddersPerAuction = Small.Auctions.BiddersPerAuction.With(3),
            UnrevealedShare = Small.Auctions.UnrevealedShare.With(0.3),
            InsolventShare = Small.Auctions.InsolventShare.With(0.1),
        },
    };

    // Places in streams shift where an auction is told; the chain links all invoices; what a provider is paid out has what it sold in auctions in it.
    private static IEnumerable<string> Elsewhere(SmallRun run) => run.Events
        .Where(recorded => !IsOfAnAuction(recorded.Data) && !recorded.Stream.Contains("bidder-", StringComparison.Ordinal)
            && !AwardStream().IsMatch(recorded.Stream)
            && !recorded.Stream.StartsWith("chain/", StringComparison.Ordinal) && !recorded.Stream.StartsWith("payable/", StringComparison.Ordinal))
        .Select(recorded => $"{recorded.Stream} {recorded.Data.GetType().Name} {System.Text.Json.JsonSerializer.Serialize(recorded.Data, recorded.Data.GetType())}");

    [GeneratedRegex(@"^(deal|settlement)/P\d+-1-\d+$")]
    private static partial Regex AwardStream();

    private static bool IsOfAnAuction(Event e) => e switch
    {
        AuctionAnnounced or AuctionOpened or AuctionClosed or BidCommitted or BidRevealed or BidPlaced => true,
        LicenceGranted x => x.Channel == TradeChannel.Auction,
        LicenceRevoked x => x.Deal.Value.StartsWith($"{x.Product}-1-", StringComparison.Ordinal),
        OrderRejected x => x.Auction is not null,
        _ => false,
    };
}
