using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.LogBenchmarks;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx bench log</c>: the Merkle log, beside raw SHA-256 in the same run.</summary>
internal static class BenchLogCommand
{
    public static Command Create()
    {
        var leaves = MatchCommand.Number("--leaves", "Leaves of the large log, 90 bytes of memory each [default: 10000000]", "N", LogBenchmark.FewestLeaves, LogBenchmark.MostLeaves);
        var rounds = MatchCommand.Number("--rounds", "How often each way to build is timed; medians count [default: 5]", "R", 1, 99);
        var output = new Option<string?>("--out") { Description = "File for the results as JSON [default: DATA/bench-log.json]", HelpName = "FILE" };
        var data = CommonOptions.Data();
        var command = new Command(
            "log",
            "The Merkle log: building it, one more leaf, proofs and signed heads, beside raw SHA-256 in the same run\n\n"
            + "  ./dx bench log\n  ./dx bench log --leaves 200000 --rounds 1 --out /tmp/log.json")
        {
            leaves, rounds, data, output,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(leaves) ?? 10_000_000, parsed.GetValue(rounds) ?? 5, parsed.GetValue(output) ?? Path.Combine(parsed.GetValue(data)!, "bench-log.json"),
            cancellation));
        return command;
    }

    // The file is opened first: a name that cannot be is told at once, not after minutes.
    private static async Task<int> RunAsync(int leaves, int rounds, string path, CancellationToken cancellation)
    {
        await using var file = OutputFile.Create(path);
        var results = await Task.Run(
            () => LogBenchmark.Run(
                leaves, rounds,
                line =>
                {
                    Console.WriteLine(line);
                    Console.Out.Flush();
                },
                cancellation),
            cancellation).ConfigureAwait(false);
        await file.Writer.WriteAsync(JsonSerializer.Serialize(
            new LogBenchOutput(RuntimeInformation.OSDescription, Environment.ProcessorCount, RuntimeInformation.FrameworkDescription, leaves, rounds, results),
            CommandJson.Default.LogBenchOutput).AsMemory(), cancellation).ConfigureAwait(false);
        await file.CompleteAsync(cancellation).ConfigureAwait(false);
        Console.WriteLine($"Written to {path}");
        return 0;
    }
}
