using DataExchange.MatchingBenchmarks;

namespace DataExchange.Matching.Flow.Tests;

public sealed class FlowFileTests
{
    private static FlowRecord[] Legal => FlowGenerator.Make(2_000, 5, 3, resting: 10);

    [Fact]
    public void A_legal_flow_is_read_as_it_is() => Assert.Equal(Legal, FlowFile.Parse(Flows.Bytes(Legal), 5, "flow"));

    [Fact]
    public void An_empty_flow_is_legal()
    {
        var plan = FlowPlan.Of(FlowFile.Parse([], 3, "flow"), 3);
        var result = FlowRun.Execute(plan);
        Assert.Equal((0, 0, 0.0, 0L), (result.Operations, result.RestingOrders, result.OpsPerSecond, result.Latency.Longest));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(23)]
    public void A_truncated_record_is_refused_with_its_number(int bytes)
    {
        var wrong = Assert.Throws<FlowException>(() => FlowFile.Parse(Flows.Bytes(Legal).AsSpan(0, (24 * 7) + bytes), 5, "flow"));
        Assert.Contains("record 8 (at byte 168) is truncated", wrong.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> IllegalRecords => new()
    {
        { "op", "op is 3" },
        { "side", "side is 2" },
        { "book", "book is 5; 0 to 4" },
        { "price 0", "price is 0" },
        { "price -1", "price is -1" },
        { "price above", "price is 1073741825" },
        { "qty 0", "qty is 0" },
        { "qty 101", "qty is 101" },
        { "id again", "it must be" },
        { "id 0", "it must be" },
        { "id skipped", "it must be" },
        { "cancel 0", "a cancel names an order that came before" },
        { "cancel later", "a cancel names an order that came before" },
        { "cancel elsewhere", "book is" },
        { "pad", "pad is 1" },
    };

    [Theory, MemberData(nameof(IllegalRecords))]
    public void An_illegal_record_is_refused_with_its_number(string what, string told)
    {
        var records = Legal;
        var wantsCancel = what.StartsWith("cancel", StringComparison.Ordinal);
        var index = Array.FindIndex(records, 500, record => (record.Operation == FlowOperation.Cancel) == wantsCancel);
        ref var record = ref records[index];
        record = what switch
        {
            "op" => record with { Operation = (FlowOperation)3 },
            "side" => record with { Side = (Side)2 },
            "book" => record with { Book = 5 },
            "price 0" => record with { Price = 0 },
            "price -1" => record with { Price = -1 },
            "price above" => record with { Price = (1 << 30) + 1 },
            "qty 0" => record with { Quantity = 0 },
            "qty 101" => record with { Quantity = 101 },
            "id again" => record with { Order = record.Order - 1 },
            "id 0" or "cancel 0" => record with { Order = 0 },
            "id skipped" => record with { Order = record.Order + 1 },
            "cancel later" => record with { Order = 1_900 },
            "cancel elsewhere" => record with { Book = (ushort)((record.Book + 1) % 5) },
            _ => record with { Padding = 1 },
        };
        var wrong = Assert.Throws<FlowException>(() => FlowFile.Parse(Flows.Bytes(records), 5, "flow"));
        Assert.Contains(FormattableString.Invariant($"flow: record {index + 1} (at byte {index * 24})"), wrong.Message, StringComparison.Ordinal);
        Assert.Contains(told, wrong.Message, StringComparison.Ordinal);
    }

    /// <summary>Changed bytes are refused, or are a flow that the engine carries out without refusing anything.</summary>
    [Fact]
    public void Changed_bytes_are_refused_or_run()
    {
        var (bytes, seed) = (Flows.Bytes(Legal), Environment.TickCount);
        var random = new Random(seed);
        for (var round = Flows.FuzzRounds(300); round > 0; round--)
        {
            try
            {
                var records = FlowFile.Parse(Flows.Mutated(bytes, random), 5, "flow");
                var result = FlowRun.Pass(FlowPlan.Of(records, 5), new FlowRunOptions());
                Assert.True(result.Totals.Refused == 0, $"seed {seed}, {round} rounds left: {result.Totals}");
            }
            catch (FlowException)
            {
                // Refused: as good.
            }
        }
    }

    [Fact]
    public void Percentiles_are_within_a_sixty_fourth()
    {
        var histogram = new LatencyHistogram();
        for (var value = 1; value <= 100_000; value++)
        {
            histogram.Record(value);
        }

        Assert.Equal(100_000, histogram.Longest);
        Assert.All([0.01, 0.5, 0.99, 0.999], part => Assert.InRange(histogram.Percentile(part), (long)(part * 100_000), (long)(part * 100_000 * 65 / 64) + 1));
    }
}
