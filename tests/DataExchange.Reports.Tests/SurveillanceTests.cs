using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Surveillance;

namespace DataExchange.Reports.Tests;

/// <summary>What surveillance names, and what it leaves alone, in registers made by hand.</summary>
public sealed class SurveillanceTests
{
    private static readonly DateTimeOffset Day = new(2025, 1, 6, 10, 0, 0, TimeSpan.FromHours(8));
    private readonly List<DealEntry> _deals = [];

    [Fact]
    public void A_pair_that_trades_to_and_fro_is_named_with_its_deals()
    {
        Others();
        for (var i = 0; i < 8; i++)
        {
            Trade(i % 2 == 0 ? "a" : "b", i % 2 == 0 ? "b" : "a", 2, 1_000);
        }

        var found = Assert.Single(Look());
        Assert.Equal(SurveillanceRule.MatchedPair, found.Rule);
        Assert.Equal(["a", "b"], found.Parties);
        Assert.Equal(8, found.Deals.Count);
        Assert.Equal(16_000, found.AmountFen);
        Assert.Equal(0, found.PriceChange);
    }

    [Fact]
    public void A_circle_is_named_with_the_rise_of_its_price_though_a_member_sold_to_others_once()
    {
        Others();
        for (var i = 0; i < 9; i++)
        {
            Trade(((string[])["a", "b", "c"])[i % 3], ((string[])["b", "c", "a"])[i % 3], 2, 1_000 + (100 * i));
        }

        Trade("a", "maker-01", 1, 1_000);
        var found = Assert.Single(Look());
        Assert.Equal(SurveillanceRule.ClosedCircle, found.Rule);
        Assert.Equal(["a", "b", "c"], found.Parties);
        Assert.Equal(0.8, found.PriceChange!.Value, 9);
    }

    [Fact]
    public void Makers_and_those_who_trade_with_them_are_left_alone()
    {
        Others();
        // Much to one side: a change of hands, no circle.
        for (var i = 0; i < 8; i++)
        {
            Trade("big", "small", 3, 1_000);
        }

        Trade("small", "big", 1, 1_000);
        Assert.Empty(Look());
    }

    [Fact]
    public void Contracts_that_are_never_delivered_or_filed_again_are_named_and_others_not()
    {
        File("late", "p", 1_000, DealStage.Registered, 100);
        File("fresh", "p", 2_000, DealStage.Registered, 20);
        File("done", "p", 3_000, DealStage.Completed, 100);
        File("again", "p", 4_000, DealStage.Completed, 100);
        File("again", "p", 4_000, DealStage.Completed, 90);
        File("again", "p", 5_000, DealStage.Completed, 90);
        var found = Look();
        Assert.Equal([SurveillanceRule.NeverDelivered, SurveillanceRule.FiledAgain], found.Select(one => one.Rule));
        Assert.Equal(["late", "again"], found.Select(one => one.Parties[0]));
        Assert.Equal([1, 2], found.Select(one => one.Deals.Count));
    }

    [Fact]
    public void A_buyer_that_does_nothing_but_file_with_few_sellers_is_named()
    {
        for (var i = 0; i < 5; i++)
        {
            File("dummy", "p" + (i % 2), 1_000 + i, DealStage.Completed, 100);
            File("real", "p0", 1_000 + i, DealStage.Completed, 100);
            File("wide", "p" + i, 1_000 + i, DealStage.Completed, 100);
        }

        _deals.Add(Deal("real", "p0", TradeChannel.Shelf, 10, 1, 0));
        var found = Assert.Single(Look());
        Assert.Equal((SurveillanceRule.OnlyFiles, "dummy"), (found.Rule, found.Parties[0]));
    }

    [Fact]
    public void Precision_and_recall_are_those_of_deals_and_of_parties()
    {
        SurveillanceFinding[] findings = [new(SurveillanceRule.MatchedPair, ["a", "b"], "v", ["P"], ["1", "2", "3", "4"], 0, 0)];
        KnownManipulation[] known = [new("wash-trader", "1", ["a", "b"]), new("wash-trader", "2", ["a", "b"]), new("wash-trader", "3", ["a", "b"]), new("padding-venue", "9", ["d"])];
        var scores = SurveillanceScore.Of(findings, known).ToDictionary(score => score.What);
        Assert.Equal((0.75, 0.75), (scores["all"].Precision, scores["all"].Recall));
        Assert.Equal(0.75, scores["MatchedPair"].Precision);
        Assert.Equal(1, scores["wash-trader"].Recall);
        Assert.Equal(0, scores["padding-venue"].Recall);
        Assert.Null(scores["padding-venue"].Precision);
        Assert.Equal(2 / 3.0, SurveillanceScore.OfParties(findings, known).Recall);
        Assert.Null(SurveillanceScore.Of(findings, [])[0].Recall);
    }

    // Two makers and six firms that trade both ways, as in an ordinary book; packs come from the provider.
    private void Others()
    {
        for (var i = 0; i < 24; i++)
        {
            var (firm, maker) = ($"firm-{i % 6}", $"maker-0{1 + (i % 2)}");
            Trade(i % 5 < 3 ? maker : firm, i % 5 < 3 ? firm : maker, 1, 1_000);
        }

        foreach (var buyer in (string[])["a", "b", "c", "big", "small"])
        {
            Trade("provider", buyer, 4, 1_000);
        }
    }

    private void Trade(string seller, string buyer, int packs, long priceFen) => _deals.Add(Deal(buyer, seller, TradeChannel.OrderBook, packs * priceFen, packs, _deals.Count));

    private void File(string buyer, string seller, long fen, DealStage stage, int daysAgo) =>
        _deals.Add(Deal(buyer, seller, TradeChannel.FiledContract, fen, 1, 0) with
        {
            Status = stage, RegisteredAt = Day.AddDays(-daysAgo), DeliveryDue = Day.AddDays(30 - daysAgo),
        });

    private DealEntry Deal(string buyer, string seller, TradeChannel channel, long fen, int quantity, int minute) => new()
    {
        Id = $"D{_deals.Count:000}", Product = "P", Venue = "v", Buyer = buyer, Provider = seller, Channel = channel, AmountFen = fen, Quantity = quantity,
        Status = DealStage.Completed, RegisteredAt = Day.AddDays(-50).AddMinutes(minute),
    };

    private IReadOnlyList<SurveillanceFinding> Look() => MarketSurveillance.Look(_deals, Day, new());
}
