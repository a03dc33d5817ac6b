namespace DataExchange.Matching.Flow.Tests;

public sealed class SnapshotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.In("snapshot");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30_000)]
    [InlineData(60_000)]
    public void A_run_that_goes_on_from_a_snapshot_ends_as_one_without(int at)
    {
        var whole = FlowRun.Pass(Flows.Small, new FlowRunOptions());
        Take(at);
        var result = FlowRun.Pass(Flows.Small, new FlowRunOptions { Resume = FlowSnapshot.Read(File, Flows.Small) });
        Assert.Equal(
            (whole.Operations, whole.StateHash, whole.Totals, whole.RestingOrders), (result.Operations, result.StateHash, result.Totals, result.RestingOrders));
    }

    [Fact]
    public void A_snapshot_of_another_flow_or_of_other_books_is_refused()
    {
        Take(100);
        var records = Flows.SmallRecords();
        Refuses("--books 150", FlowPlan.Of(records, 151));
        Refuses("another flow", FlowPlan.Of(records.AsSpan(0, 50_000), Flows.SmallBooks));
    }

    [Fact]
    public void Changed_bytes_are_refused()
    {
        Take(1_000);
        var (bytes, seed) = (System.IO.File.ReadAllBytes(File), Environment.TickCount);
        var random = new Random(seed);
        for (var round = Flows.FuzzRounds(100); round > 0; round--)
        {
            var mutated = Flows.Mutated(bytes, random);
            if (!mutated.AsSpan().SequenceEqual(bytes))
            {
                Assert.Throws<FlowException>(() => FlowSnapshot.Parse(mutated, "snapshot", Flows.Small));
            }
        }
    }

    private void Take(int at)
    {
        var half = FlowRun.Pass(Flows.Small, new FlowRunOptions { StopAt = at, SavesState = true });
        Assert.Equal(at, half.Operations);
        new FlowSnapshot(half.Operations, half.Totals.Trades, half.Totals.Quantity, half.State).Write(File, Flows.Small);
    }

    private void Refuses(string told, FlowPlan plan) =>
        Assert.Contains(told, Assert.Throws<FlowException>(() => FlowSnapshot.Read(File, plan)).Message, StringComparison.Ordinal);
}
