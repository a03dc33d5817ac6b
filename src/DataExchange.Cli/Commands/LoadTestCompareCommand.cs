using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.LoadTests;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx loadtest compare</c>.</summary>
internal static class LoadTestCompareCommand
{
    public static Command Create()
    {
        var before = new Argument<string>("A") { Description = "The first run: its run.json, or the folder that it is in" };
        var after = new Argument<string>("B") { Description = "The second run, likewise" };
        var json = CommonOptions.JsonLines();
        var command = new Command(
            "compare",
            "Compare two runs second by second: the ratio B/A of rate and latencies, with intervals that hold together with 95 %. They say how much the seconds of these two runs vary, not how much runs do: of the same, two can differ. Run each several times\n\n"
            + "  ./dx loadtest compare before after")
        {
            before, after, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(before)!, parsed.GetValue(after)!, parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string before, string after, bool asJson, CancellationToken cancellation)
    {
        var (first, second) = (await ReadAsync("A", before, cancellation).ConfigureAwait(false), await ReadAsync("B", after, cancellation).ConfigureAwait(false));
        if (first.Scenario != second.Scenario)
        {
            throw new WrongInputException($"B '{after}' is not allowed: a run of {second.Scenario}, but A is one of {first.Scenario}; runs of one scenario can be compared");
        }

        IReadOnlyList<ComparedFigure> figures;
        try
        {
            figures = LoadComparison.Compare(Measured(first), Measured(second));
        }
        catch (ArgumentException wrong)
        {
            throw new WrongInputException($"A '{before}' and B '{after}' cannot be compared: {wrong.Message}");
        }

        if (asJson)
        {
            foreach (var figure in figures)
            {
                Console.WriteLine(JsonSerializer.Serialize(figure, CommandJson.Default.ComparedFigure));
            }

            return 0;
        }

        var table = new TextTable(
            new TextColumn(first.Scenario), new TextColumn("A", IsNumber: true), new TextColumn("B", IsNumber: true), new TextColumn("B/A", IsNumber: true), new TextColumn("interval", IsNumber: true), new TextColumn(""));
        foreach (var figure in figures)
        {
            table.Add(
                figure.Name, Text(figure.Before), Text(figure.After), Text(figure.Ratio), $"{Text(figure.Low)} – {Text(figure.High)}", figure.IsDifferent ? "the runs differ" : "no difference shown");
        }

        table.WriteTo(Console.Out);
        if (figures.Any(figure => figure.IsDifferent))
        {
            Console.WriteLine("Two runs of the same can differ like that, by the machine alone: run each several times before it is put down to a change.");
        }

        foreach (var (name, run) in ((string, LoadRun)[])[("A", first), ("B", second)])
        {
            foreach (var reason in (string[])[.. run.Invalid, .. run.Problems])
            {
                Console.WriteLine($"{name} does not count: {reason}");
            }
        }

        return 0;

        static string Text(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);
    }

    // What warmed up does not count.
    private static IReadOnlyList<LoadSecond> Measured(LoadRun run) =>
        [.. run.Seconds.Skip(run.Environment.Settings.TryGetValue("ramp", out var ramp) && double.TryParse(ramp.Split(' ')[0], CultureInfo.InvariantCulture, out var seconds) ? (int)Math.Ceiling(seconds) : 0)];

    private static async Task<LoadRun> ReadAsync(string name, string path, CancellationToken cancellation)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, "run.json") : path;
        if (!File.Exists(file))
        {
            throw new WrongInputException($"{name} '{path}' is not allowed: a run.json of dx loadtest run --out, or the folder that it is in");
        }

        try
        {
            return LoadRun.Parse(await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false));
        }
        catch (JsonException wrong)
        {
            throw new WrongInputException($"{name} '{path}' is no run: {wrong.Message}");
        }
    }
}
