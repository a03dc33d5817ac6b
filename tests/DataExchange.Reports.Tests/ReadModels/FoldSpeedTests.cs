using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Tests.Market;

namespace DataExchange.Reports.Tests.ReadModels;

public sealed class FoldSpeedTests(ITestOutputHelper output)
{
    [Fact]
    public void A_million_events_are_folded_in_about_a_microsecond_each()
    {
        // Markets one after another with ids of their own would need other events; folding several markets in folds of their own costs the same.
        var markets = Enumerable.Range(0, 8).Select(seed => SmallMarket.Run(seed, products: 600, buyers: 150, orders: 5_000)).ToArray();
        var events = 0L;
        var allocated = GC.GetTotalAllocatedBytes();
        // Processor time, not the clock: others use the machine at the same time.
        var before = Environment.CpuUsage.TotalTime;
        for (var round = 0; events < 1_000_000; round++)
        {
            var fold = new ReadModelFold(_ => { });
            foreach (var (stream, version, data) in markets[round % markets.Length])
            {
                fold.Apply(stream, version, data);
            }

            fold.Complete();
            events += fold.Events;
        }

        var nanoseconds = (Environment.CpuUsage.TotalTime - before).TotalNanoseconds / events;
        output.WriteLine($"{events:N0} events, {nanoseconds:F0} ns an event, {(GC.GetTotalAllocatedBytes() - allocated) / events} bytes an event");
        // The target is 1,000 ns; the bound leaves room for a busy machine.
        Assert.InRange(nanoseconds, 1, 4_000);
    }
}
