using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.MechanismBenchmarks;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx bench mechanisms</c>: auctions by size, exact Shapley values, KNN-Shapley.</summary>
internal static class BenchMechanismsCommand
{
    public static Command Create()
    {
        var points = MatchCommand.Number(
            "--points", "Points of the largest dataset; a tenth of it bids in the largest auction, at most 100000 [default: 1000000]", "N",
            MechanismBenchmark.FewestPoints, MechanismBenchmark.MostPoints);
        var rounds = MatchCommand.Number("--rounds", "How often each is timed; medians count [default: 5]", "R", 1, 99);
        var output = new Option<string?>("--out") { Description = "File for the results as JSON [default: DATA/bench-mechanisms.json]", HelpName = "FILE" };
        var data = CommonOptions.Data();
        var command = new Command(
            "mechanisms",
            "Auctions a second by size, exact Shapley values to 20 contributors, KNN-Shapley of a dataset, and how each grows; one thread\n\n"
            + "  ./dx bench mechanisms\n  ./dx bench mechanisms --points 10000 --rounds 1 --out /tmp/mechanisms.json")
        {
            points, rounds, data, output,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(points) ?? 1_000_000, parsed.GetValue(rounds) ?? 5,
            parsed.GetValue(output) ?? Path.Combine(parsed.GetValue(data)!, "bench-mechanisms.json"), cancellation));
        return command;
    }

    // The file is opened first: a name that cannot be is told at once, not after minutes.
    private static async Task<int> RunAsync(int points, int rounds, string path, CancellationToken cancellation)
    {
        await using var file = OutputFile.Create(path);
        var results = await Task.Run(
            () => MechanismBenchmark.Run(
                points, rounds,
                line =>
                {
                    Console.WriteLine(line);
                    Console.Out.Flush();
                },
                cancellation),
            cancellation).ConfigureAwait(false);
        await file.Writer.WriteAsync(JsonSerializer.Serialize(
            new MechanismBenchOutput(RuntimeInformation.OSDescription, Environment.ProcessorCount, RuntimeInformation.FrameworkDescription, points, rounds, results),
            CommandJson.Default.MechanismBenchOutput).AsMemory(), cancellation).ConfigureAwait(false);
        await file.CompleteAsync(cancellation).ConfigureAwait(false);
        Console.WriteLine($"Written to {path}");
        return 0;
    }
}
