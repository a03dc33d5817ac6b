using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Cli.Running.Sweeps;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx sweep summary</c>: figures over all runs and, of Saltelli's design, sensitivity indices.</summary>
internal static class SweepSummaryCommand
{
    /// <summary>Name of the page in a sweep's folder.</summary>
    public const string PageName = "summary.html";

    /// <summary>Name of the same as JSON.</summary>
    public const string JsonName = "summary.json";

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder of a finished sweep, e.g. fees" };
        var figure = new Option<string?>("--figure") { Description = "Print one figure alone, e.g. --figure registered_amount_fen; the files have all", HelpName = "NAME" };
        var json = CommonOptions.Json();
        var command = new Command(
            "summary",
            "Figures over all runs: mean, standard deviation, smallest, largest; of Saltelli's design Sobol indices with bootstrap intervals. Writes summary.json and summary.html into the folder\n\n"
            + "  ./dx sweep summary fees\n  ./dx sweep summary fees --figure shelf_amount_fen")
        {
            folder, figure, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(folder)!, parsed.GetValue(figure), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string? figure, bool json, CancellationToken cancellation)
    {
        if (figure is not null && SweepFigures.All.All(one => one.Name != figure))
        {
            throw new WrongInputException($"--figure '{figure}' is not allowed: one of {string.Join(", ", SweepFigures.All.Select(one => one.Name))}");
        }

        var (plan, _, rows) = await SweepFolder.ReadAsync(folder, cancellation).ConfigureAwait(false);
        if (rows.Count < plan.Runs)
        {
            throw new WrongInputException($"FOLDER '{folder}' holds {rows.Count} of {plan.Runs} runs: go on with dx sweep --resume, or put slices together with dx sweep merge");
        }

        var summary = SweepSummary.Of(plan, rows);
        var text = JsonSerializer.Serialize(summary, SweepSummaryJson.Readable.SweepSummary);
        await SweepFolder.WriteAsync(folder, JsonName, text + "\n", cancellation).ConfigureAwait(false);
        await SweepFolder.WriteAsync(folder, PageName, SweepPage.Render(summary), cancellation).ConfigureAwait(false);
        if (json)
        {
            Console.WriteLine(figure is null ? text : JsonSerializer.Serialize(
                summary with { Figures = [.. summary.Figures.Where(one => one.Name == figure)] }, SweepSummaryJson.Readable.SweepSummary));
            return 0;
        }

        Print(summary, figure);
        Console.WriteLine($"Page     {Path.GetFullPath(Path.Combine(folder, PageName))}");
        return 0;
    }

    private static void Print(SweepSummary summary, string? only)
    {
        SweepFigureSummary[] figures = [.. summary.Figures.Where(figure => only is null || figure.Name == only)];
        Console.WriteLine($"{summary.Sweep}: scenario {summary.Scenario}, {summary.Points} points × {summary.Seeds} seeds, {summary.Failed} runs failed");
        var table = new TextTable(new("figure"), new("unit"), new("runs", true), new("mean", true), new("sd", true), new("smallest", true), new("largest", true));
        foreach (var figure in figures)
        {
            table.Add(figure.Name, figure.Unit, figure.Runs.ToString(CultureInfo.InvariantCulture), Number(figure.Mean), Number(figure.StandardDeviation), Number(figure.Smallest), Number(figure.Largest));
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
        if (figures.All(figure => figure.Sensitivity is null))
        {
            return;
        }

        Console.WriteLine();
        var indices = new TextTable(new("figure"), new("parameter"), new("first", true), new("95 %"), new("total", true), new("95 %"));
        foreach (var (figure, index) in figures.SelectMany(figure => figure.Sensitivity?.Parameters.Select(index => (figure, index)) ?? []))
        {
            indices.Add(
                figure.Name, index.Path, Share(index.First.Estimate), $"{Share(index.First.Low)} … {Share(index.First.High)}",
                Share(index.Total.Estimate), $"{Share(index.Total.Low)} … {Share(index.Total.High)}");
        }

        indices.WriteTo(Console.Out, StandardOutput.Width);
    }

    private static string Number(double? value) => value is not { } number ? "" : number.ToString(Math.Abs(number) >= 1_000 ? "N0" : "0.####", CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
