using DataExchange.MechanismBenchmarks;

namespace DataExchange.Shares.Tests;

public sealed class MechanismBenchmarkTests
{
    [Fact]
    public void Everything_is_measured_at_every_size()
    {
        var lines = new List<string>();
        var results = MechanismBenchmark.Run(points: 1_000, rounds: 1, lines.Add, TestContext.Current.CancellationToken);
        Assert.Equal(2 * 8, results.Auctions.Count);
        Assert.Equal(8, results.AuctionGrowth.Count);
        Assert.All(results.Auctions, one => Assert.True(one.AuctionsPerSecond > 0 && one.BidsPerSecond > one.AuctionsPerSecond));
        Assert.Equal([10, 12, 14, 16, 18, 20], results.Shapley.Select(one => one.Contributors));
        Assert.All(results.Shapley, one => Assert.True(one.Seconds > 0));
        Assert.Equal([1_000], results.Knn.Select(one => one.Points));
        Assert.Null(results.KnnGrowth);
        Assert.Equal(16 + 8 + 6 + 1 + 1, lines.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => MechanismBenchmark.Run(999, 1, null, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => MechanismBenchmark.Run(1_000, 0, null, TestContext.Current.CancellationToken));
    }
}
