using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using DataExchange.Web.Chain;
using DataExchange.Web.Shelf;

namespace DataExchange.Web.Tests;

public sealed class ChainMarketTests
{
    private static readonly ChainFacts Chain = new(
        [.. new[] { "a", "a.b", "a.b.c", "a.b.c.d", "a.b.c.e", "x", "x.y", "x.y.z", "x.y.z.w" }.Select(id => new ChainNodeFacts(id, Text.Same(id)))],
        [new("a.b.c.d", "x.y.z.w", []), new("a.b.c.e", "x.y.z.w", []), new("x.y.z.w", "a.b.c.d", []), new("a.b.c.d", "a.b.c.e", [])]);

    [Fact]
    public void Every_node_sums_up_what_is_below_it()
    {
        var shelf = ShelfIndex.Of([Entry("P1", "a.b.c.d", 10), Entry("P2", "a.b.c.e", 5), Entry("P3", "x.y.z.w", 2), Entry("P4", "gone", 99)], Text.Same, _ => DataRights.None);
        var market = ChainMarket.Of(Chain, shelf, [Wanted("R1", "a.b.c.d", RequirementStage.Met), Wanted("R2", "a.b.c.d", RequirementStage.Lapsed), Wanted("R3", "x.y.z.w", RequirementStage.Posted)]);

        Assert.Equal(new ChainSums(1, 1, 10, 2, 1), market.At("a.b.c.d"));
        Assert.Equal(new ChainSums(2, 2, 15, 2, 1), market.At("a"));
        Assert.Equal(new ChainSums(1, 1, 2, 1, 0), market.At("x"));
        Assert.Equal((1, 1), (market.At("a").Unmet, market.At("x").Unmet));
        Assert.Equal(ChainSums.None, market.At("gone"));
        Assert.Equal([("a", "x", 2), ("x", "a", 1)], market.BetweenEcosystems);
    }

    private static RequirementView Wanted(string id, string subTrack, RequirementStage stage) => new() { Id = id, SubTrack = subTrack, Stage = stage };

    private static ShelfEntry Entry(string product, string subTrack, long sales) =>
        new() { Id = "v/" + product, Venue = "v", Product = product, SubTrack = subTrack, Status = ShelfStatus.Listed, Deals = 1, SalesFen = sales };
}
