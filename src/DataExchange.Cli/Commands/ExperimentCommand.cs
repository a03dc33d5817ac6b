using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Experiments;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx experiment</c>: small markets in which known results of economics emerge.</summary>
internal static class ExperimentCommand
{
    private const int MostSeeds = 10_000;

    public static Command Create()
    {
        var command = new Command(
            "experiment",
            "Experiments that teach: small markets in which a known result emerges, with the paper, many seeds and a confidence interval (docs/experiments.md)\n\n"
            + "  ./dx experiment list\n  ./dx experiment run lemons\n  ./dx experiment run fee-curve --seeds 100 --json")
        {
            List(), Run(),
        };
        return command;
    }

    private static Command List()
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "List the experiments: what is expected, and where it is published") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize([.. Experiment.All.Select(Described)], CommandJson.Readable.IReadOnlyListExperimentDescription));
                return 0;
            }

            foreach (var experiment in Experiment.All)
            {
                Describe(experiment);
                Console.WriteLine();
            }

            return 0;
        });
        return command;
    }

    private static Command Run()
    {
        var name = new Argument<string>("NAME") { Description = $"The experiment: {Names()}" };
        var seeds = new Option<int>("--seeds") { Description = $"How many seeds, {Replications.Fewest} to {MostSeeds}, e.g. --seeds 100", HelpName = "N", DefaultValueFactory = _ => 20 };
        var seed = new Option<long>("--seed") { Description = "The first seed, 0 or more; the next ones count on, e.g. --seed 7", HelpName = "N", DefaultValueFactory = _ => 1 };
        var json = CommonOptions.Json();
        var command = new Command("run", "Run an experiment with many seeds: the effect of each, its mean and 95 % confidence interval. Exit code 0 when the whole interval is above 0, 1 when not")
        {
            name, seeds, seed, json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(RunIt(
            parsed.GetValue(name)!, parsed.GetValue(seeds), parsed.GetValue(seed), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int RunIt(string name, int seeds, long seed, bool json, CancellationToken cancellation)
    {
        var experiment = Experiment.Find(name) ?? throw new WrongInputException($"NAME '{name}' is not allowed: {Names()}");
        if (seeds is < Replications.Fewest or > MostSeeds)
        {
            throw new WrongInputException($"--seeds '{seeds}' is not allowed: a whole number from {Replications.Fewest} to {MostSeeds}");
        }

        if (seed < 0)
        {
            throw new WrongInputException($"--seed '{seed}' is not allowed: a whole number, 0 or more");
        }

        var found = Replications.Of(experiment, (ulong)seed, seeds, cancellation: cancellation);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new ExperimentOutput(
                    Described(experiment), experiment.Effect.En, found.Mean, found.Low, found.High, found.IsThere, [.. experiment.Measures.Select(measure => measure.En)],
                    [.. found.Trials.Select(trial => new TrialOutput((long)trial.Seed, trial.Effect, trial.Measures))]),
                CommandJson.Readable.ExperimentOutput));
        }
        else
        {
            Print(experiment, found);
        }

        return found.IsThere ? 0 : 1;
    }

    private static void Print(Experiment experiment, Replications found)
    {
        Describe(experiment);
        Console.WriteLine();
        Console.WriteLine($"效应 effect: {experiment.Effect.Zh}  {experiment.Effect.En}");
        for (var i = 0; i < experiment.Measures.Count; i++)
        {
            Console.WriteLine($"({(char)('a' + i)}) {experiment.Measures[i].Zh}  {experiment.Measures[i].En}");
        }

        Console.WriteLine();
        var table = new TextTable([new("seed", true), new("effect", true), .. experiment.Measures.Select((_, index) => new TextColumn($"({(char)('a' + index)})", true))]);
        foreach (var trial in found.Trials)
        {
            table.Add([trial.Seed.ToString(CultureInfo.InvariantCulture), Number(trial.Effect), .. trial.Measures.Select(Number)]);
        }

        table.WriteTo(Console.Out);
        Console.WriteLine();
        Console.WriteLine(
            $"{found.Trials.Count} 次 seeds: 平均 mean {Number(found.Mean)}, 95 % 置信区间 confidence interval {Number(found.Low)} … {Number(found.High)}: "
            + (found.IsThere ? "效应成立 the effect is there" : "未见效应 no effect shown"));
    }

    private static void Describe(Experiment experiment)
    {
        Console.WriteLine($"{experiment.Name}  {experiment.Title.Zh} · {experiment.Title.En}");
        Console.WriteLine($"  预期 expected: {experiment.Expected.Zh} {experiment.Expected.En}");
        Console.WriteLine($"  文献 paper: {experiment.Paper}");
    }

    private static ExperimentDescription Described(Experiment one) => new(one.Name, one.Title.Zh, one.Title.En, one.Expected.Zh, one.Expected.En, one.Paper);

    private static string Names() => string.Join(", ", Experiment.All.Select(one => one.Name));

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
