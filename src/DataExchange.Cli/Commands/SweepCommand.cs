using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Cli.Running.Sweeps;
using DataExchange.Scenarios.Sweeps;

namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx sweep --json</c> and <c>dx sweep merge --json</c> print.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Folder">Where the results are.</param>
/// <param name="Slice">Which part, such as 0/1 for the whole.</param>
/// <param name="Runs">Runs in the results.</param>
/// <param name="Made">Runs made by this command; the others were there.</param>
/// <param name="Failed">Runs that failed: their rows have the reason.</param>
/// <param name="Results">The files of results.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="RunsPerCoreHour">Runs made for each hour and worker; null when none was made.</param>
internal sealed record SweepOutput(
    string Sweep, string Folder, string Slice, int Runs, int Made, int Failed, IReadOnlyList<SweepResultFile> Results, double Seconds, double? RunsPerCoreHour);

/// <summary><c>dx sweep</c>: many runs of a scenario with other settings and seeds.</summary>
internal static class SweepCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "sweep";

    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "The sweep file, JSON as 'dx sweep schema' says it, e.g. fees.json", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--out") { Description = "Folder of the results, e.g. --out fees [default: sweep-NAME, NAME as in the file]", HelpName = "FOLDER" };
        var workers = CommonOptions.Workers("Runs");
        var resume = new Option<bool>("--resume") { Description = "Go on where an earlier sweep in this folder was stopped or killed; finished runs are kept" };
        var slice = new Option<(int, int)>("--slice")
        {
            Description = "Run one part of N, counted from 0, e.g. --slice 0/8; 'dx sweep merge' puts the parts together",
            HelpName = "I/N",
            DefaultValueFactory = _ => (0, 1),
            CustomParser = result => CommonOptions.Parse<(int, int)>(result, "--slice", "I/N with I from 0 to N - 1 and N at most 100000, such as 0/8", text => SliceOf(text)),
        };
        var json = CommonOptions.Json();
        var command = new Command(
            Name,
            "Run a scenario many times with other settings and seeds, in memory, on all cores: one row of results a run (docs/sweeps.md)\n\n"
            + "  ./dx sweep fees.json\n  ./dx sweep fees.json --out fees --workers 2 --resume\n  ./dx sweep fees.json --slice 3/8 --out part-3\n  ./dx sweep merge part-* --out fees\n  ./dx sweep summary fees")
        {
            file, output, workers, resume, slice, json, SweepMergeCommand.Create(), SweepSummaryCommand.Create(), Schema(),
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(file) ?? throw new WrongInputException("dx sweep: FILE is required, or merge, summary, schema"), parsed.GetValue(output), parsed.GetValue(workers),
            parsed.GetValue(resume), parsed.GetValue(slice), parsed.GetValue(json), CommandWords.Of(parsed), cancellation));
        return command;
    }

    /// <summary>Says what came of it.</summary>
    public static void Print(SweepOutput output, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(output, CommandJson.Default.SweepOutput));
            return;
        }

        Console.WriteLine($"{output.Runs:N0} runs of {output.Sweep}{(output.Slice == "0/1" ? "" : $", slice {output.Slice}")}, {output.Made:N0} of them made now{(output.Failed == 0 ? "" : $", {output.Failed:N0} FAILED: the column error says why")}");
        if (output.RunsPerCoreHour is { } rate)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output.Seconds:0.0} s, {rate:N0} runs for each core and hour"));
        }

        foreach (var result in output.Results)
        {
            Console.WriteLine($"Results  {Path.Combine(output.Folder, result.File)}  SHA-256 {result.Sha256}");
        }
    }

    private static async Task<int> RunAsync(
        string path, string? output, int workers, bool resume, (int Slice, int Slices) part, bool json, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var plan = await SweepPlan.LoadAsync(path, cancellation).ConfigureAwait(false);
        if (part.Slices > plan.Runs)
        {
            throw new WrongInputException($"--slice '{part.Slice}/{part.Slices}' is not allowed: the sweep has {plan.Runs} runs, so at most as many slices");
        }

        var folder = Path.GetFullPath(output ?? $"sweep-{plan.File.Name}");
        var header = SweepHeader.Of(plan, part.Slice, part.Slices);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var journal = await SweepFolder.BeginAsync(folder, plan, header, resume, cancellation).ConfigureAwait(false);
        try
        {
            var made = await new Terminal(json).StepAsync(
                "Runs", progress => new SweepRunner(plan, header, journal).RunAsync(workers, progress, cancellation)).ConfigureAwait(false);
            var seconds = clock.Elapsed.TotalSeconds;
            var manifest = await SweepFolder.CompleteAsync(folder, plan, header, journal.Rows, words, cancellation).ConfigureAwait(false);
            Print(
                new(
                    plan.File.Name, folder, manifest.Slice, manifest.Runs, made, manifest.Failed, manifest.Results, Math.Round(seconds, 3),
                    made == 0 ? null : Math.Round(made / seconds * 3600 / Math.Min(workers, made), 1)), json);
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"dx: stopped; {journal.Rows.Count} of {header.RunsOfSlice} runs are kept in {folder}, the same command with --resume goes on from there.").ConfigureAwait(false);
            return CommandFailures.Interrupted;
        }
    }

    /// <summary>Reads I/N; null when it is none.</summary>
    public static (int Slice, int Slices)? SliceOf(string text) =>
        text.Split('/') is [var slice, var slices] && int.TryParse(slice, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
        && int.TryParse(slices, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 100_000 && i < n ? (i, n) : null;

    private static Command Schema()
    {
        var command = new Command("schema", "Print the JSON Schema of sweep files, for an editor\n\n  ./dx sweep schema > sweep.schema.json");
        command.SetAction(_ => Console.Out.Write(SweepFile.SchemaText));
        return command;
    }
}
