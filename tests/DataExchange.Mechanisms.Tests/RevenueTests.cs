namespace DataExchange.Mechanisms.Tests;

/// <summary>
/// Revenue equivalence (Myerson 1981): values independent and uniform on 0 to 1, n bidders: every standard auction brings (n − 1)/(n + 1) on average in
/// its equilibrium: the value itself in the English and Vickrey auctions, (n − 1)/n of it in the first-price and Dutch ones (Vickrey 1961).
/// </summary>
public sealed class RevenueTests
{
    private const long One = 1_000_000;
    private const int Auctions = 4_000;

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    public void Four_auctions_bring_the_same_in_equilibrium(int bidders)
    {
        var random = new Random(20250523 + bidders);
        (string Name, IMechanism Mechanism, bool IsShaded, double Sum, double Squares)[] auctions =
        [
            ("first price", new FirstPrice(), true, 0, 0), ("dutch", new DutchClock(One, 1), true, 0, 0),
            ("english", new EnglishClock(1), false, 0, 0), ("vickrey", new Vickrey(), false, 0, 0),
        ];
        for (var round = 0; round < Auctions; round++)
        {
            var values = Enumerable.Range(0, bidders).Select(_ => 1 + random.NextInt64(One)).ToArray();
            for (var i = 0; i < auctions.Length; i++)
            {
                ref var auction = ref auctions[i];
                var shaded = auction.IsShaded;
                var bids = values.Select((value, j) => new Bid($"b{j}", shaded ? Math.Max(1, value * (bidders - 1) / bidders) : value, j)).ToArray();
                var revenue = (double)auction.Mechanism.Run(Profiles.NoReserve, bids).RevenueFen / One;
                auction.Sum += revenue;
                auction.Squares += revenue * revenue;
            }
        }

        var expected = (bidders - 1.0) / (bidders + 1);
        Assert.All(auctions, auction =>
        {
            var mean = auction.Sum / Auctions;
            var error = Math.Sqrt(((auction.Squares / Auctions) - (mean * mean)) / Auctions);
            // Four standard errors: 1 in 16,000 by chance, and the draws are fixed.
            Assert.True(Math.Abs(mean - expected) < 4 * error, $"{auction.Name}: {mean:0.0000} ± {error:0.0000}, expected {expected:0.0000}");
            Assert.InRange(error, 0.0005, 0.006);
        });
        // On a clock of one fen the same to the fen: Dutch and first price are one game, English and Vickrey another.
        Assert.Equal(auctions[0].Sum, auctions[1].Sum);
        Assert.Equal(auctions[2].Sum, auctions[3].Sum);
        // Paying one's bid makes revenue steadier: the equality is of means.
        Assert.True(auctions[0].Squares < auctions[3].Squares);
    }

    /// <summary>With n = 2 the best reserve is 1/2, and brings 5/12 instead of 1/3 (Myerson 1981).</summary>
    [Fact]
    public void The_best_reserve_brings_what_theory_says()
    {
        var random = new Random(4);
        var sum = 0.0;
        for (var round = 0; round < 4 * Auctions; round++)
        {
            var bids = Profiles.Of(1 + random.NextInt64(One), 1 + random.NextInt64(One));
            sum += (double)new Vickrey().Run(new(One / 2), bids).RevenueFen / One;
        }

        // The standard deviation of one is below 0.3, so four standard errors are 0.0095.
        Assert.Equal(5.0 / 12, sum / (4 * Auctions), 0.0095);
    }
}
