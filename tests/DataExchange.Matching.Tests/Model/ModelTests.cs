using DataExchange.Matching.Tests.Naive;

namespace DataExchange.Matching.Tests.Model;

/// <summary>The engine against the naive engine, on a million random commands and more.</summary>
public sealed class ModelTests
{
    /// <summary>DX_MODEL sets how many sequences there are; sequence n is the same in every run.</summary>
    private static readonly int Sequences = int.TryParse(Environment.GetEnvironmentVariable("DX_MODEL"), out var wanted) ? wanted : 1_600;

    /// <summary>Why an order that was taken can end without having traded in full.</summary>
    private static readonly Reason[] Endings =
    [
        Reason.InsufficientFunds, Reason.CapReached, Reason.ExclusiveSold, Reason.LicencesActive, Reason.CapacityReached, Reason.Requested,
        Reason.NothingLeftToTake, Reason.NotFillable, Reason.SelfTrade, Reason.TradingHalted,
    ];

    /// <summary>Reasons that no input is refused for.</summary>
    private static readonly Reason[] NeverRefused =
        [Reason.None, Reason.Requested, Reason.NothingLeftToTake, Reason.NotFillable, Reason.SelfTrade, Reason.TradingHalted];

    /// <summary>Every kind of report and every reason must come up, too.</summary>
    [Fact]
    public void The_engine_gives_the_reports_of_the_naive_engine()
    {
        var reached = new Reached();
        string? failure = null;
        Parallel.For(0, Sequences, new ParallelOptions { MaxDegreeOfParallelism = 2 }, (seed, loop) =>
        {
            var mine = new Reached();
            if (Compare(seed, mine) is { } difference)
            {
                loop.Stop();
                Interlocked.CompareExchange(ref failure, difference, null);
            }

            lock (reached)
            {
                reached.Add(mine);
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine(reached.ToString());
        Assert.True(failure is null, failure);
        Assert.True(reached.Commands >= 600L * Sequences, $"{reached.Commands} commands");
        Assert.DoesNotContain(Endings, reason => reached[ReportKind.Cancelled, reason] == 0);
        Assert.DoesNotContain(Enum.GetValues<Reason>().Except(NeverRefused), reason => reached[ReportKind.Rejected, reason] == 0);
        Assert.DoesNotContain(
            Enum.GetValues<ReportKind>().Except([ReportKind.Rejected, ReportKind.Cancelled, ReportKind.Reduced]), kind =>
                reached[kind, Reason.None] == 0);
        Assert.True(reached[ReportKind.Reduced, Reason.Requested] > 0 && reached[ReportKind.Reduced, Reason.SelfTrade] > 0);
    }

    /// <summary>What differs, with the shortest sequence found that shows it; null when all is the same.</summary>
    private static string? Compare(int seed, Reached reached)
    {
        var commands = new List<Command>();
        var (naive, tested) = (new NaiveEngine(World.Limits), new FastEngine(World.Limits));
        var generator = new CommandGenerator(seed, naive);
        for (var length = 300 + (seed * 37 % 1_000); commands.Count < length;)
        {
            var command = generator.Next();
            commands.Add(command);
            var expected = naive.Apply(command);
            reached.Add(expected);
            if (IsDifferent(naive, tested, command, expected, commands.Count % 100 == 0 || commands.Count == length))
            {
                return Shortest(seed, commands);
            }
        }

        return null;
    }

    /// <summary>Reports are compared each time, everything else now and then: it takes longer than the commands.</summary>
    private static bool IsDifferent(
        NaiveEngine naive, FastEngine tested, in Command command, IReadOnlyList<ExecutionReport> expected, bool everything)
    {
        try
        {
            return Sequence.Difference(expected, tested.Apply(command)) is not null
                || (everything && Sequence.Difference(naive, tested) is not null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return true;
        }
    }

    private static string Shortest(int seed, List<Command> commands)
    {
        var shortest = Sequence.Shrink(commands, candidate => Sequence.Difference(candidate, Engine) is not null);
        return $"seed {seed}, {Sequence.Difference(shortest, Engine)}\n{Sequence.Source(shortest)}";

        static IEngine Engine() => new FastEngine(World.Limits);
    }
}
