using DataExchange.Matching.Tests.Naive;

namespace DataExchange.Matching.Tests.Model;

/// <summary>The engine against the naive engine, on a million random commands and more.</summary>
public sealed class ModelTests
{
    private const int Sequences = 1_600;

    [Fact]
    public void The_engine_gives_the_reports_of_the_naive_engine()
    {
        var reached = new Reached();
        string? failure = null;
        Parallel.For(0, Sequences, (seed, loop) =>
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
        Assert.True(reached.Commands >= 1_000_000);
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
            return Sequence.Difference(expected, tested.Apply(command)) is not null || (everything && Sequence.Difference(naive, tested) is not null);
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
