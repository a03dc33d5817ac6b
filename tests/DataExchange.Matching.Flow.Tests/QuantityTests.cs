using DataExchange.MatchingBenchmarks;

namespace DataExchange.Matching.Flow.Tests;

/// <summary>What other engines trade on the same flows, to the unit.</summary>
public sealed class QuantityTests
{
    [Theory]
    [InlineData(1, 8, 1_000, 27_709_383)]
    [InlineData(4_000, 8, 1_000, 16_934_451)]
    [InlineData(1, 300, 100_000, 8_160_801)]
    public void Two_million_operations_trade_what_every_price_time_engine_trades(int books, double distance, int resting, long traded)
    {
        var records = FlowGenerator.Make(2_000_000, books, 20250523, distance, resting);
        var result = FlowRun.Pass(FlowPlan.Of(records, books), new FlowRunOptions());
        Assert.Equal(2_000_000, result.Operations);
        Assert.Equal(traded, result.Totals.Quantity);
        Assert.Equal(0, result.Totals.Refused);
        Assert.Equal(0, result.AllocatedBytesPerOp);
    }

    /// <summary>The digest is that of the same flow made with Python's own generator.</summary>
    [Fact]
    public void The_generator_draws_what_Python_draws()
    {
        var digest = System.Security.Cryptography.SHA256.HashData(Flows.Bytes(FlowGenerator.Make(20_000, 40, 7, 300, 2_000)));
        Assert.Equal("ed79bbfcab65004c4a925ecb3f836c87af028e4ff99469b7a487d6028b19234f", Convert.ToHexStringLower(digest));
    }
}
