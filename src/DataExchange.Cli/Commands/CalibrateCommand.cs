using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Cli.Running.Fits;
using DataExchange.Cli.Running.Manifests;
using DataExchange.Estimation;
using DataExchange.Scenarios.Moments;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx calibrate</c>: settings of a scenario fitted to published figures, with their uncertainty and what remains unidentified.</summary>
internal static class CalibrateCommand
{
    private const int MostWorkers = 256;
    private const int MostSeeds = 1_000;

    public static Command Create()
    {
        var scenario = new Argument<string>("SCENARIO") { Description = "A built-in scenario or a scenario file, e.g. hangzhou-2025", DefaultValueFactory = _ => "hangzhou-2025" };
        var moments = new Option<string?>("--moments") { Description = "The figures to come near to, a file as 'dx calibrate moments' prints one, e.g. --moments mine.json [default: that one]", HelpName = "FILE" };
        var parameter = new Option<string[]>("--parameter")
        {
            Description = "A setting to estimate and its range, perhaps where to begin, e.g. --parameter population.providerExponent=0.6..2.2:1.3; may be given again [default: those of the file of moments]",
            HelpName = "PATH=FROM..TO[:START]",
            DefaultValueFactory = _ => [],
        };
        var set = CommonOptions.Set();
        var seeds = Whole("--seeds", "Seeds at each point, 2 to 1000, e.g. --seeds 8", 4, 2, MostSeeds);
        var firstSeed = Whole("--first-seed", "The first of them, from 0, e.g. --first-seed 101", 1, 0, int.MaxValue);
        var scale = new Option<double>("--scale")
        {
            Description = "Size of all runs, a number above 0, e.g. --scale 0.2", HelpName = "K", DefaultValueFactory = _ => 0.1,
            CustomParser = result => CommonOptions.Parse<double>(result, "--scale", "a number above 0, at most 10, such as 0.1", text =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 10 ? value : null),
        };
        var steps = Whole("--steps", "Most steps of the search, 0 to 100; with 0 the starting values are judged as they are, e.g. --steps 0", 12, 0, 100);
        var workers = Whole("--workers", "Runs at a time, 1 to 256, e.g. --workers 2; results do not depend on it", Math.Clamp(Environment.ProcessorCount, 1, MostWorkers), 1, MostWorkers);
        var output = new Option<string?>("--out") { Description = "Folder of the results, e.g. --out fitted [default: calibration-SCENARIO]", HelpName = "FOLDER" };
        var resume = new Option<bool>("--resume") { Description = "Go on where an earlier calibration in this folder was stopped or killed; finished runs are kept" };
        var json = CommonOptions.Json();
        var command = new Command(
            "calibrate",
            "Fit settings of a scenario to published figures (simulated method of moments), with intervals, and what the figures leave open (docs/calibration.md)\n\n"
            + "  ./dx calibrate\n  ./dx calibrate hangzhou-2025 --parameter pricing.negotiatedShare=0..0.4 --parameter pricing.apisByTheCall=0.05..1 --scale 0.05 --out fitted\n"
            + "  ./dx calibrate --steps 0 --seeds 8\n  ./dx calibrate moments > mine.json && ./dx calibrate --moments mine.json\n  ./dx simulate fitted/scenario.json")
        {
            scenario, moments, parameter, set, seeds, firstSeed, scale, steps, workers, output, resume, json, Printing("moments", "Print the built-in figures and settings, to be copied and edited\n\n  ./dx calibrate moments > mine.json", MomentFile.BuiltInText),
            Printing("schema", "Print the JSON Schema of files of moments, for an editor\n\n  ./dx calibrate schema > moments.schema.json", MomentFile.SchemaText),
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            () => FitPlan.LoadAsync(
                parsed.GetValue(scenario)!, parsed.GetValue(set)!, parsed.GetValue(moments), [.. parsed.GetValue(parameter)!.Select(SettingOf)],
                [.. Enumerable.Range(0, parsed.GetValue(seeds)).Select(i => (ulong)parsed.GetValue(firstSeed) + (ulong)i)], parsed.GetValue(scale), cancellation),
            parsed.GetValue(steps), parsed.GetValue(workers), parsed.GetValue(output), parsed.GetValue(resume), parsed.GetValue(json), CommandWords.Of(parsed), cancellation));
        return command;
    }

    /// <summary>Reads PATH=FROM..TO[:START].</summary>
    /// <exception cref="WrongInputException">It is none.</exception>
    public static EstimatedSetting SettingOf(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        string[] range = equals > 0 ? text[(equals + 1)..].Split("..", 2) : [];
        var ends = range.Length == 2 ? range[1].Split(':', 2) : [];
        return ends.Length > 0 && Number(range[0]) is { } from && Number(ends[0]) is { } to && (ends.Length == 1 || Number(ends[1]) is not null)
            ? new(text[..equals].Trim(), from, to, ends.Length == 1 ? null : Number(ends[1]))
            : throw new WrongInputException($"--parameter '{text}' is not allowed: PATH=FROM..TO or PATH=FROM..TO:START, such as population.providerExponent=0.6..2.2");

        static double? Number(string number) => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }

    private static async Task<int> RunAsync(
        Func<Task<FitPlan>> load, int steps, int workers, string? output, bool resume, bool json, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var plan = await load().ConfigureAwait(false);
        var folder = Path.GetFullPath(output ?? $"calibration-{plan.Scenario.Scenario.Name}");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new WrongInputException($"--out '{folder}' cannot be made: {wrong.Message}");
        }

        using var runs = FitRuns.Open(folder, plan.Scale, resume);
        try
        {
            var made = 0;
            var estimate = await new Terminal(json).StepAsync("Calibration", async progress =>
            {
                var runner = new FitRunner(plan, runs, workers, steps, progress);
                var found = await runner.EstimateAsync(cancellation).ConfigureAwait(false);
                made = runner.Made;
                return found;
            }).ConfigureAwait(false);
            var fit = FitOutput.Of(plan, estimate);
            await FitFolder.WriteAsync(folder, plan, steps, fit, words, cancellation).ConfigureAwait(false);
            Print(fit, folder, made, json);
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"dx: stopped; {runs.Count} runs are kept in {folder}, the same command with --resume goes on from there.").ConfigureAwait(false);
            return CommandFailures.Interrupted;
        }
        catch (EstimationException failed)
        {
            throw new CommandFailedException($"the calibration failed: {failed.Message}");
        }
    }

    private static void Print(FitOutput fit, string folder, int made, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(fit, FitJson.Default.FitOutput));
            return;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{fit.Scenario} fitted to {fit.Moments}: {fit.Fit.Count} moments, {fit.Parameters.Count} settings, {fit.Points} points × {fit.Seeds.Count} seeds, {made} runs made now; objective {fit.ObjectiveAtStart:0.##} → {fit.Objective:0.##}{(fit.IsSettled ? "" : fit.Steps == 0 ? ", the starting values as they are" : ", NOT settled: give more --steps and --resume")}"));
        var settings = new TextTable(new("setting"), new("start", true), new("estimate", true), new("error", true), new("95 % interval"), new("standing"));
        foreach (var one in fit.Parameters)
        {
            settings.Add(
                one.Path, FitOutput.Number(one.Start), FitOutput.Number(one.Value), FitOutput.Number(one.StandardError),
                one.StandardError is null ? "–" : $"{FitOutput.Number(one.Low)} … {FitOutput.Number(one.High)}", FitOutput.Words(one.Standing).En);
        }

        settings.WriteTo(Console.Out, StandardOutput.Width);
        Console.WriteLine();
        var moments = new TextTable(new("moment"), new("target", true), new("reached", true), new("by errors", true), new("error from"), new("constrains"));
        for (var k = 0; k < fit.Fit.Count; k++)
        {
            var one = fit.Fit[k];
            var constrained = fit.Parameters.Select(parameter => (parameter.Path, parameter.Influences[k].Share)).Where(found => found.Share >= 0.2).OrderByDescending(found => found.Share)
                .Select(found => string.Create(CultureInfo.InvariantCulture, $"{found.Path} {found.Share:0%}"));
            moments.Add(
                one.Figure, FitOutput.Number(one.Target), FitOutput.Number(one.Reached), one.Errors.ToString("+0.0;-0.0;0", CultureInfo.InvariantCulture),
                one.ErrorFrom?.ToString().ToLowerInvariant() ?? "model", string.Join(", ", constrained));
        }

        moments.WriteTo(Console.Out, StandardOutput.Width);
        Console.WriteLine();
        if (fit.Test is { } test)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Hansen's J = {test.Statistic:0.##}, {test.DegreesOfFreedom} degrees of freedom, p = {test.PValue:0.0000}{(test.IsDiagonal ? ", errors taken as independent" : "")}"));
        }

        Console.WriteLine($"Condition number {FitOutput.Number(fit.ConditionNumber)}");
        foreach (var direction in fit.Directions.Where(direction => !direction.IsIdentified))
        {
            Console.WriteLine($"Not identified: {direction.En}");
        }

        Console.WriteLine($"Scenario {Path.Combine(folder, RunManifest.ScenarioFile)}\nPage     {Path.Combine(folder, "calibration.html")}");
    }

    private static Option<int> Whole(string name, string description, int byDefault, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => CommonOptions.Parse<int>(result, name, $"a whole number from {least} to {most}", text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null),
    };

    private static Command Printing(string name, string description, string text)
    {
        var command = new Command(name, description);
        command.SetAction(_ => Console.Out.Write(text));
        return command;
    }
}
