using DataExchange.Mechanisms;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Experiments;

/// <summary>
/// A good that is never used up, sold at a posted price or by random sampling. Buyers' values are log-normal about a level that differs from product to
/// product; the provider knows how levels are spread, and posts the one price that is best on average, while the auction learns the level from the bids.
/// </summary>
public sealed class PostedOrAuction : Experiment
{
    private const int Products = 60;
    private const int Buyers = 200;
    private const double Spread = 0.5;
    private const double Typical = 100_000;

    /// <inheritdoc />
    public override string Name => "posted-or-auction";

    /// <inheritdoc />
    public override Wording Title { get; } = new("非竞争性商品：挂牌还是拍卖", "A non-rival good: posted price or auction");

    /// <inheritdoc />
    public override Wording Expected { get; } = new(
        "需求水平未知时，随机抽样拍卖从报价中学到水平，收入高于挂牌价；需求已知时拍卖没有优势。",
        "Where the level of demand is not known, an auction by random sampling learns it from the bids and brings more than the posted price; where it is known, the auction gains nothing.");

    /// <inheritdoc />
    public override string Paper =>
        "Segal, Optimal pricing mechanisms with unknown demand, American Economic Review 93 (2003); Goldberg, Hartline, Karlin, Saks, Wright, Competitive auctions, Games and Economic Behavior 55 (2006)";

    /// <inheritdoc />
    public override Wording Effect { get; } = new("需求未知时拍卖收入比挂牌多出的比例", "Revenue of the auction over that of the posted price, less 1, where demand is not known");

    /// <inheritdoc />
    public override IReadOnlyList<Wording> Measures { get; } =
    [
        new("需求已知时的同一比例", "the same where demand is known"),
        new("需求未知时拍卖占最优单一价收入的比例", "the auction's share of the best single price's revenue, demand not known"),
    ];

    /// <inheritdoc />
    public override Trial Run(ulong seed)
    {
        var (unknown, ofBest) = Compare(seed, levels: 1.0);
        var (known, _) = Compare(seed, levels: 0);
        return new Trial(seed, unknown, [known, ofBest]);
    }

    private static (double Gain, double OfBest) Compare(ulong seed, double levels)
    {
        var random = new RandomStream(seed, $"posted-or-auction/{levels.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        // What the provider knows: markets like the one to come, but not that one.
        var posted = new PostedPrice(BestPrice([.. Enumerable.Range(0, Products).SelectMany(_ => Values(random, levels))]));
        var (byPrice, byAuction, best) = (0.0, 0.0, 0.0);
        for (var product = 0; product < Products; product++)
        {
            var values = Values(random, levels);
            Bid[] bids = [.. values.Select((value, buyer) => new Bid($"b{buyer}", value, buyer))];
            byPrice += posted.Run(new AuctionTerms(), bids).RevenueFen;
            byAuction += RandomSampling.Seeded((seed * Products) + (ulong)product).Run(new AuctionTerms(), bids).RevenueFen;
            best += OptimalPrice.Of([.. values.OrderDescending()])!.Value.RevenueFen;
        }

        return ((byAuction / byPrice) - 1, byAuction / best);
    }

    private static long[] Values(RandomStream random, double levels)
    {
        var level = levels == 0 ? 1 : random.NextLogNormal(0, levels);
        return [.. Enumerable.Range(0, Buyers).Select(_ => Math.Max(1, (long)(Typical * level * random.NextLogNormal(0, Spread))))];
    }

    private static long BestPrice(long[] values) => OptimalPrice.Of([.. values.OrderDescending()])!.Value.PriceFen;
}
