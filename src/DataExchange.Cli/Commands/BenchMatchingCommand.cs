using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using DataExchange.Matching.Flow;
using DataExchange.MatchingBenchmarks;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx bench matching</c> and <c>dx bench flow</c>.</summary>
internal static class BenchMatchingCommand
{
    public static Command CreateMatching()
    {
        var operations = MatchCommand.Number("--count", "Operations of each flow [default: 2000000]", "N", 200_000, 20_000_000);
        var rounds = MatchCommand.Number("--rounds", "How often each is timed; medians count [default: 5]", "N", 1, 99);
        var output = new Option<string?>("--out") { Description = "File for the results as JSON [default: DATA/bench-matching.json]", HelpName = "FILE" };
        var single = new Option<bool>("--operations") { Description = "Single operations instead, with BenchmarkDotNet" };
        var data = CommonOptions.Data();
        var command = new Command("matching", "The matching core on whole flows, with journal and reports, beside a bare ladder in the same run")
        {
            operations, rounds, single, data, output,
        };
        command.SetAction((parsed, cancellation) => parsed.GetValue(single) ? RunSingle(parsed.GetValue(data)!) : RunAsync(
            parsed.GetValue(operations) ?? 2_000_000, parsed.GetValue(rounds) ?? 5, parsed.GetValue(data)!, parsed.GetValue(output), cancellation));
        return command;
    }

    public static Command CreateFlow()
    {
        var operations = Required("OPERATIONS", "How many operations");
        var books = Required("BOOKS", "How many books, at most 65536");
        var seed = new Argument<ulong>("SEED") { Description = "Decides every draw" };
        var file = new Argument<string>("FILE") { Description = "The file to write" };
        var distance = new Argument<double>("MEAN_DISTANCE") { Description = "Mean distance of an add from the mid, in ticks", DefaultValueFactory = _ => 8 };
        var resting = new Argument<int>("RESTING") { Description = "So many adds must have come before cancels begin; with 300 ticks, 100000 makes a deep book", DefaultValueFactory = _ => 1_000 };
        var command = new Command("flow", "Make a flow of orders for 'dx match', the same for the same arguments") { operations, books, seed, file, distance, resting };
        command.SetAction(parsed => MakeFlow(
            parsed.GetValue(operations), parsed.GetValue(books), parsed.GetValue(seed), parsed.GetValue(file)!, parsed.GetValue(distance), parsed.GetValue(resting)));
        return command;
    }

    private static Argument<int> Required(string name, string description) => new(name) { Description = description };

    private static int MakeFlow(int operations, int books, ulong seed, string file, double distance, int resting)
    {
        if (operations is < 0 or > FlowFile.MostOperations || books is < 1 or > FlowFile.MostBooks || distance is not (> 0 and <= 500) || resting < 0)
        {
            throw new WrongInputException(string.Create(CultureInfo.InvariantCulture,
                $"OPERATIONS 0 to {FlowFile.MostOperations}, BOOKS 1 to {FlowFile.MostBooks}, MEAN_DISTANCE above 0, at most 500, and RESTING from 0 are allowed"));
        }

        var records = FlowGenerator.Make(operations, books, seed, distance, resting);
        File.WriteAllBytes(file, MemoryMarshal.AsBytes(records.AsSpan()));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{operations} operations, {books} books, seed {seed} -> {file}"));
        return 0;
    }

    private static Task<int> RunSingle(string data)
    {
        OperationBenchmarks.RunAll(Path.Combine(data, "bench"));
        return Task.FromResult(0);
    }

    private static async Task<int> RunAsync(int operations, int rounds, string data, string? output, CancellationToken cancellation)
    {
        var results = MatchingBenchmark.Run(Path.Combine(data, "bench"), operations, rounds, line =>
        {
            cancellation.ThrowIfCancellationRequested();
            Console.WriteLine(line);
            Console.Out.Flush();
        });
        var file = output ?? Path.Combine(data, "bench-matching.json");
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(
                new MatchingBenchOutput(RuntimeInformation.OSDescription, Environment.ProcessorCount, RuntimeInformation.FrameworkDescription, operations, rounds, results),
                CommandJson.Default.MatchingBenchOutput),
            cancellation).ConfigureAwait(false);
        Console.WriteLine($"Written to {file}");
        return 0;
    }
}
