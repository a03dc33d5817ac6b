using DataExchange.Matching.Tests.Naive;

namespace DataExchange.Matching.Tests.Model;

/// <summary>What must hold of any engine, tried on the naive one: it is the measure for the other.</summary>
public sealed class NaiveEngineTests
{
    private const int Sequences = 60;
    private const int Length = 800;

    [Fact]
    public void Random_commands_reach_every_report_and_every_reason()
    {
        var reached = new Reached();
        for (var seed = 0; seed < Sequences; seed++)
        {
            Play(seed, (_, _, reports) => reached.Add(reports));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(reached.ToString());
        Assert.DoesNotContain(Enum.GetValues<ReportKind>(), kind => Enum.GetValues<Reason>().All(reason => reached[kind, reason] == 0));
        Assert.DoesNotContain(Enum.GetValues<Reason>(), reason => Enum.GetValues<ReportKind>().All(kind => reached[kind, reason] == 0));
    }

    private static void Play(int seed, Action<NaiveEngine, Command, IReadOnlyList<ExecutionReport>> look)
    {
        var engine = new NaiveEngine(World.Limits);
        var generator = new CommandGenerator(seed, engine);
        for (var i = 0; i < Length; i++)
        {
            var command = generator.Next();
            look(engine, command, engine.Apply(command));
        }
    }
}
