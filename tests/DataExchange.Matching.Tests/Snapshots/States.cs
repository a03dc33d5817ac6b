using DataExchange.Matching.Tests.Model;
using DataExchange.Matching.Tests.Naive;

namespace DataExchange.Matching.Tests.Snapshots;

/// <summary>Snapshots of engines that random commands were played on: between them they have orders of all kinds, halts and timers.</summary>
internal static class States
{
    /// <summary>As small as may be: tests make an engine for each change of a snapshot.</summary>
    public static readonly EngineLimits Small = new()
    {
        Orders = 48, Instruments = 6, Products = 5, Accounts = 8, Positions = 64, PriceBlocks = 32,
    };

    private static readonly Lazy<SnapshotMap[]> Some = new(() => [.. Enumerable.Range(0, 30).Select(seed => new SnapshotMap(Of(seed, 70 + (seed * 15))))]);

    private static readonly Lazy<byte[][]> Full = new(() => [.. from seed in Enumerable.Range(100, 40) from commands in (int[])[300, 700, 1_200] select Of(seed, commands)]);

    public static IReadOnlyList<SnapshotMap> Maps => Some.Value;

    /// <summary>Snapshots of all lengths of play, also of engines that have no room left.</summary>
    public static IReadOnlyList<byte[]> Many => Full.Value;

    public static byte[] Of(int seed, int commands)
    {
        var (naive, engine) = (new NaiveEngine(World.Limits), new MatchingEngine<Collector>(Small, new Collector()));
        var generator = new CommandGenerator(seed, naive);
        for (; commands > 0; commands--)
        {
            var command = generator.Next();
            naive.Apply(command);
            engine.Apply(command);
        }

        return engine.Save();
    }

    public static MatchingEngine<Collector> Restore(byte[] snapshot) => MatchingEngine<Collector>.Restore(snapshot, new Collector());

    /// <summary>Why it is refused; null when it is not.</summary>
    public static string? Refusal(byte[] snapshot)
    {
        try
        {
            Restore(snapshot);
            return null;
        }
        catch (SnapshotException refused)
        {
            return refused.Message;
        }
    }
}
