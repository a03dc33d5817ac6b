using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Cli.Running.Validation;
using DataExchange.Scenarios;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx validate</c>: stylised facts with their targets, what many seeds came to, and what is missed.</summary>
internal static class ValidateCommand
{

    public static Command Create()
    {
        var scenario = new Argument<string>("SCENARIO") { Description = "A built-in name or a scenario file", DefaultValueFactory = _ => "hangzhou-2025" };
        var seeds = new Option<SeedList>("--seeds")
        {
            Description = "Which seeds to run, e.g. --seeds 1-10 or 3,7,20-25",
            HelpName = "LIST",
            DefaultValueFactory = _ => SeedList.UpTo(10),
            CustomParser = result => CommonOptions.Parse<SeedList>(result, "--seeds", SeedList.Allowed, SeedList.Parse),
        };
        var scale = new Option<double>("--scale")
        {
            Description = "Size of the market, a number above 0, e.g. --scale 0.05; all events of a run are kept in memory",
            HelpName = "K",
            DefaultValueFactory = _ => 0.1,
            CustomParser = result => CommonOptions.Parse<double>(result, "--scale", "a number above 0, at most 10, such as 0.1 or 1", text =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var size) && size is > 0 and <= 10 ? size : null),
        };
        var settings = CommonOptions.Set();
        var workers = CommonOptions.Workers("Runs");
        var strict = new Option<bool>("--strict") { Description = "Exit code 1 when a fact is outside its target; otherwise it is 0 whenever all runs were made" };
        var json = CommonOptions.Json();
        var command = new Command(
            "validate",
            "Hold a scenario against stylised facts: target, mean over seeds with its 95 % interval, verdict, those that fail too; in memory, on all cores (docs/validation.md)\n\n"
            + "  ./dx validate\n  ./dx validate my-market.json --seeds 1-20 --scale 0.05\n  ./dx validate --set demand.shelf.activeShare=0.06 --strict --json")
        {
            scenario, seeds, scale, settings, workers, strict, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            ScenarioCatalogue.Load(parsed.GetValue(scenario)!, parsed.GetValue(settings) ?? []), parsed.GetValue(seeds), parsed.GetValue(scale), parsed.GetValue(workers),
            parsed.GetValue(strict), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(LoadedScenario scenario, SeedList seeds, double scale, int workers, bool strict, bool json, CancellationToken cancellation)
    {
        var result = await new Terminal(json).StepAsync(
            "Runs", progress => new ValidationRun(scenario, scale, seeds.Values).ExecuteAsync(workers, progress, cancellation)).ConfigureAwait(false);
        var output = ValidateOutput.Of(scenario.Scenario.Name, scale, result);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(output, CommandJson.Readable.ValidateOutput));
        }
        else
        {
            Print(output);
        }

        return strict && output.Outside > 0 ? 1 : 0;
    }

    private static void Print(ValidateOutput output)
    {
        var table = new TextTable([new("fact"), new("target", true), new("mean", true), new("95 % interval", true), new("verdict"), new("basis")]);
        foreach (var fact in output.Facts)
        {
            table.Add(
            [
                fact.En, Target(fact), Number(fact.Mean), fact.IntervalLow is null ? "-" : $"{Number(fact.IntervalLow)} … {Number(fact.IntervalHigh)}",
                fact.Verdict + (fact.SolvedFor ? " (solved for)" : ""), fact.Basis,
            ]);
        }

        table.WriteTo(Console.Out);
        Console.WriteLine();
        foreach (var fact in output.Facts.Where(fact => fact.Verdict == "outside"))
        {
            Console.WriteLine($"outside: {fact.En}{(fact.WhyEn is null ? "" : ": " + fact.WhyEn)}");
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{output.Scenario}, scale {output.Scale}, {output.Runs.Count} seeds: {output.Within} of {output.Facts.Count} facts within their targets, {output.Outside} outside"));
    }

    private static string Target(ValidatedFactOutput fact) =>
        fact.High is not { } high ? "≥ " + Number(fact.Low) : fact.Low == high ? Number(high) + " ± 10 %" : $"{Number(fact.Low)} … {Number(high)}";

    /// <summary>A number as tables show it: four significant digits, thousands grouped.</summary>
    public static string Number(double? value) => value is not { } number ? "-"
        : Math.Abs(number) >= 1_000 ? number.ToString("#,0", CultureInfo.InvariantCulture) : number.ToString("0.####", CultureInfo.InvariantCulture);
}
