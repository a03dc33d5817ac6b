using DataExchange.Matching;
using DataExchange.Matching.Flow;
using DataExchange.MatchingBenchmarks;

namespace DataExchange.LoadTests.Exchange;

/// <summary>Commands for an engine: what comes before, and one for each operation.</summary>
/// <param name="Limits">Bounds that suffice.</param>
/// <param name="Setup">What comes before.</param>
/// <param name="Operations">The operations.</param>
internal sealed record EngineFlow(EngineLimits Limits, IReadOnlyList<Command> Setup, Command[] Operations);

/// <summary>A way of loading the matching core.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Summary">What is loaded.</param>
/// <param name="Preload">Operations carried out before the run begins.</param>
/// <param name="Make">Makes the flow: so many operations, by a seed.</param>
internal sealed record MatchingLoad(string Name, string Summary, int Preload, Func<int, ulong, EngineFlow> Make)
{
    private const int Cycle = 1_000;
    private const int Wave = 1_024;
    private const int Mid = 10_000;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MatchingLoad> All { get; } =
    [
        new("matching-one-book", "The matching core in process: 60 % adds, 30 % cancels, 10 % immediate orders on one book", 10_000, (count, seed) => Plain(FlowGenerator.Make(count, 1, seed), 1)),
        new("matching-4000-books", "The same mix over 4,000 books, low numbers busier", 100_000, (count, seed) => Plain(FlowGenerator.Make(count, 4_000, seed), 4_000)),
        new("matching-deep", "The same mix on a book in which 100,000 orders or more rest", 200_000, (count, seed) => Plain(FlowGenerator.Make(count, 1, seed, 300, 100_000), 1)),
        new("cancel-storm", "Waves of 1,024 orders that are all taken out again, half one by one, half by their accounts at once", 2 * Wave, CancelStorm),
        new("opening-auction", "50 books: of 1,000 operations 800 gather before an auction, all books uncross at once, the rest trades", Cycle, (count, seed) => InPhases(count, 50, seed, 800, Phase.PreOpen)),
        new("halt-and-resume", "1,000 books: of 1,000 operations 100 come while the whole market is halted; it resumes at once", Cycle, (count, seed) => InPhases(count, 1_000, seed, 100, Phase.Halted)),
    ];

    private static EngineFlow Plain(FlowRecord[] records, int books)
    {
        var plan = FlowPlan.Of(records, books);
        return new EngineFlow(plan.Limits, plan.Setup, plan.Operations.ToArray());
    }

    // Each cycle begins with a phase in which orders gather, and goes on with continuous trading.
    private static EngineFlow InPhases(int count, int books, ulong seed, int gathering, Phase phase)
    {
        var records = FlowGenerator.Make(count, books, seed);
        for (var index = 0; index < count; index++)
        {
            // Immediate orders are refused where orders gather.
            if (index % Cycle < gathering && records[index].Operation == FlowOperation.ImmediateOrCancel)
            {
                records[index].Operation = FlowOperation.Add;
            }
        }

        var flow = Plain(records, books);
        var merged = new List<Command>(count);
        for (var index = 0; merged.Count < count; index++)
        {
            var at = index % Cycle;
            if (at == 0 || at == gathering)
            {
                merged.Add(Command.SetPhase(index + 1, Command.All, at == 0 ? phase : Phase.Continuous));
            }

            merged.Add(flow.Operations[index]);
        }

        return flow with { Operations = [.. merged.Take(count)] };
    }

    private static EngineFlow CancelStorm(int count, ulong seed)
    {
        var random = new Random((int)seed);
        var records = new List<FlowRecord>(count + Wave);
        for (var first = 1U; records.Count < count; first += Wave)
        {
            var numbers = Enumerable.Range(0, Wave).Select(index => first + (uint)index).ToArray();
            records.AddRange(numbers.Select(order => AddOf(order, random)));
            random.Shuffle(numbers);
            records.AddRange(numbers.Take(Wave / 2).Select(order => new FlowRecord { Operation = FlowOperation.Cancel, Order = order }));
        }

        var flow = Plain([.. records], 1);
        var operations = new List<Command>(count + Wave);
        for (var index = 0; index < flow.Operations.Length; index++)
        {
            operations.Add(flow.Operations[index]);
            if ((index + 1) % (Wave + (Wave / 2)) == 0)
            {
                operations.AddRange(Enumerable.Range(0, 2 * FlowPlan.Participants).Select(account => Command.CancelAll(index + 1, account)));
            }
        }

        return flow with { Limits = flow.Limits with { Orders = 4 * Wave }, Operations = [.. operations.Take(count)] };
    }

    // Never across the mid: nothing trades, everything rests.
    private static FlowRecord AddOf(uint order, Random random)
    {
        var side = order % 2 == 0 ? Side.Buy : Side.Sell;
        var distance = 1 + random.Next(500);
        return new FlowRecord
        {
            Operation = FlowOperation.Add, Side = side, Price = side == Side.Buy ? Mid - distance : Mid + distance, Quantity = 1 + random.Next(FlowFile.LargestQuantity), Order = order,
        };
    }
}
