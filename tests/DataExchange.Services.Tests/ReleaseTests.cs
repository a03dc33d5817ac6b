using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange;
using Market = DataExchange.Exchange.Tests.SmallMarket;

namespace DataExchange.Services.Tests;

/// <summary>Between the hold of its money and its decision the world may change for a bid or an order: when it is refused then, its money is free again.</summary>
public sealed class ReleaseTests
{
    private static readonly PartyId Bidder = new("B1");

    [Fact]
    public async Task A_bid_that_is_refused_when_its_money_is_held_gets_it_back()
    {
        var table = TableOf(await Market.WithAuctionsAsync());
        var at = SimulatedTime.Parse("2026-01-02T09:00:00+08:00");
        // The auction closed while the money was asked for.
        var bid = new PlaceBid(new("PA-5"), Bidder, 9, SecurityClass.Important, 90_000) { At = at, By = Bidder };
        Held(table, new HoldBidFunds(Bidder, bid.Auction, bid.Number, bid.AmountFen) { At = at, By = Bidder }, bid);
    }

    [Fact]
    public async Task A_sealed_bid_that_is_refused_when_its_deposit_is_held_gets_it_back()
    {
        var table = TableOf(await Market.WithAuctionsAsync());
        var at = SimulatedTime.Parse("2026-01-02T09:00:00+08:00");
        var bid = new CommitBid(new("PA-4"), Bidder, SecurityClass.Important, new string('a', 64), 10_000) { At = at, By = Bidder };
        Held(table, new HoldBidFunds(Bidder, bid.Auction, CommitBid.DepositNumber, bid.DepositFen) { At = at, By = Bidder }, bid);
    }

    [Fact]
    public async Task An_order_of_a_bundle_that_ended_when_its_money_is_held_gets_it_back()
    {
        var table = TableOf(await Market.WithPricePoliciesAsync());
        var at = SimulatedTime.Parse("2026-01-02T09:00:00+08:00");
        var order = new OrderBundle(new("X3"), new("O9"), Bidder, SecurityClass.Important) { At = at, By = Bidder };
        Held(table, new HoldFunds(Bidder, order.Order, 120_000) { At = at, By = Bidder }, order);
    }

    [Fact]
    public async Task What_stands_keeps_its_money()
    {
        var auctions = await Market.WithAuctionsAsync();
        var bid = (PlaceBid)auctions.Commands.Last(one => one.Command is PlaceBid { Auction.Value: "PA-5" } placed && placed.Bidder == Bidder).Command;
        Assert.Null(Release.Of(bid, TableOf(auctions)));
    }

    private static StreamTable TableOf(Market market)
    {
        var table = new StreamTable();
        foreach (var stream in market.Events.GroupBy(fact => fact.Stream))
        {
            table.Load(stream.Key, [.. stream]);
        }

        return table;
    }

    private static void Held(StreamTable table, Command hold, Command refused)
    {
        var account = StreamId.Account(Bidder);
        var before = (PartyAccount)table.StateOf(account);
        Assert.Null(table.Handle(hold).Rejection);
        Assert.NotEqual(before.Available, ((PartyAccount)table.StateOf(account)).Available);
        Assert.NotNull(table.Handle(refused).Rejection);
        var release = Release.Of(refused, table);
        Assert.NotNull(release);
        Assert.Null(table.Handle(release).Rejection);
        var after = (PartyAccount)table.StateOf(account);
        Assert.Equal((before.Available, before.HeldFen), (after.Available, after.HeldFen));
    }
}
