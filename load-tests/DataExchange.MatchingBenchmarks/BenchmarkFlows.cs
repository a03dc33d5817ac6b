using DataExchange.Matching.Flow;

namespace DataExchange.MatchingBenchmarks;

/// <summary>The flows that are measured.</summary>
internal sealed record BenchmarkFlow(string Name, int Books, bool HasYardstick, Func<int, FlowRecord[]> Make)
{
    private const ulong Seed = 20250523;

    public static BenchmarkFlow FourThousandBooks { get; } =
        new("4,000 books", 4_000, true, operations => FlowGenerator.Make(operations, 4_000, Seed));

    public static BenchmarkFlow Deep { get; } = new("deep book", 1, true, operations => FlowGenerator.Make(operations, 1, Seed, 300, 100_000));

    public static IReadOnlyList<BenchmarkFlow> All { get; } =
    [
        new("one book", 1, true, operations => FlowGenerator.Make(operations, 1, Seed)),
        FourThousandBooks,
        Deep,
        // What a ladder over all prices cannot hold: orders up to millions of ticks apart, and a mid that walks away from where it began.
        new("far apart", 1, false, operations => Changed(FlowGenerator.Make(operations, 1, Seed, 300, 100_000), (price, _) => (1 << 29) + ((price - 10_000) * 1_000))),
        new("drifting", 1, false, operations => Changed(FlowGenerator.Make(operations, 1, Seed), (price, index) => price + (index / 4))),
    ];

    private static FlowRecord[] Changed(FlowRecord[] records, Func<int, int, int> price)
    {
        for (var index = 0; index < records.Length; index++)
        {
            if (records[index].Operation != FlowOperation.Cancel)
            {
                records[index].Price = price(records[index].Price, index);
            }
        }

        return records;
    }
}
