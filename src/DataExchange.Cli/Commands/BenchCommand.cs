using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Postgres;
using DataExchange.StoreBenchmarks;
using Npgsql;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx bench store</c>: how fast events reach Marten, as ratios against the raw COPY limit of the same run.</summary>
internal static class BenchCommand
{
    private static readonly double[] DefaultScales = [1, 2, 5, 10];

    public static Command Create()
    {
        var events = new Option<int>("--events")
        {
            Description = "Synthetic events for the limits",
            HelpName = "N",
            DefaultValueFactory = _ => 300_000,
        };
        events.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 20_000 or > 10_000_000)
            {
                result.AddError("--events is not allowed: a whole number from 20000 to 10000000");
            }
        });
        var scales = new Option<double[]>("--scales")
        {
            Description = "Scales of the whole runs, such as 0.1,0.2,0.5,1 [default: 1,2,5,10, which takes some 20 minutes and 30 GB of disk]",
            HelpName = "K,K,…",
            DefaultValueFactory = _ => DefaultScales,
            CustomParser = result =>
            {
                var parsed = result.Tokens[0].Value.Split(',')
                    .Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) ? scale : 0).ToArray();
                if (parsed.Any(scale => scale is <= 0 or > 1_000))
                {
                    result.AddError($"--scales '{result.Tokens[0].Value}' is not allowed: numbers above 0, at most 1000, separated by commas");
                }

                return parsed;
            },
        };
        var seed = CommonOptions.Seed();
        var output = new Option<string?>("--out") { Description = "File for the results as JSON [default: DATA/bench-store.json]", HelpName = "FILE" };
        var data = CommonOptions.Data();
        var store = new Command("store", "Limits of the server, the bulk writer and whole simulations, with ratios") { events, scales, seed, data, output };
        store.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(events), parsed.GetValue(scales)!, parsed.GetValue(seed), parsed.GetValue(data)!, parsed.GetValue(output), cancellation));
        return new Command("bench", "Measure speed")
        {
            store, BenchLedgerCommand.Create(), BenchLogCommand.Create(), BenchServicesCommand.Create(), BenchMatchingCommand.CreateMatching(), BenchMatchingCommand.CreateFlow(),
            BenchMechanismsCommand.Create(), BenchAgentsCommand.Create(),
        };
    }

    private static async Task<int> RunAsync(int events, double[] scales, ulong seed, string data, string? output, CancellationToken cancellation)
    {
        var folder = Path.Combine(data, "bench");
        var rates = await MeasureLimitsAsync(Path.Combine(folder, "limits"), events, cancellation).ConfigureAwait(false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"raw binary COPY, no index      {rates.CopyWithoutIndexes,10:N0} events/s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"raw binary COPY, with indexes  {rates.CopyWithIndexes,10:N0} events/s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bulk writer                    {rates.BulkWriter,10:N0} events/s  {rates.WriterToLimit:0.00} × COPY with indexes"));
        var runs = new List<MeasuredRun>();
        foreach (var scale in scales)
        {
            var run = await MeasuredRun.ExecuteAsync(folder, scale, seed, cancellation).ConfigureAwait(false);
            runs.Add(run);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"dx simulate --scale {scale,-5}      {run.EventsPerSecond,10:N0} events/s  {run.EventsPerSecond / rates.CopyWithoutIndexes:0.00} × COPY, {run.EventsPerSecond / rates.CopyWithIndexes:0.00} × with indexes; {run.Output.Events:N0} events, {run.WallSeconds:0.0} s, of them {run.Output.StoringSeconds:0.0} simulating and storing, {run.PeakBytes / 1e6:N0} MB"));
            // The next run takes minutes: what is known is shown now.
            await Console.Out.FlushAsync(cancellation).ConfigureAwait(false);
        }

        var exponent = runs.Count > 1 ? FitExponent(runs) : (double?)null;
        if (exponent is not null)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wall time grows as scale to the power of {exponent:0.000}"));
        }

        var file = output ?? Path.Combine(data, "bench-store.json");
        var results = new StoreBenchOutput(
            RuntimeInformation.OSDescription, Environment.ProcessorCount, RuntimeInformation.FrameworkDescription, events,
            rates.CopyWithoutIndexes, rates.CopyWithIndexes, rates.BulkWriter, exponent,
            [.. runs.Select(run => new StoreBenchRun(
                run.Scale, run.Output.Events, run.WallSeconds, run.EventsPerSecond, run.EventsPerSecond / rates.CopyWithoutIndexes,
                run.EventsPerSecond / rates.CopyWithIndexes, run.PeakBytes))]);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(results, CommandJson.Default.StoreBenchOutput), cancellation).ConfigureAwait(false);
        Console.WriteLine($"Written to {file}");
        return 0;
    }

    private static async Task<StoreRates> MeasureLimitsAsync(string folder, int events, CancellationToken cancellation)
    {
        await using var server = await EmbeddedPostgres.StartAsync(folder, null, cancellation).ConfigureAwait(false);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        return await StoreBenchmark.RunAsync(database, events, null, cancellation).ConfigureAwait(false);
    }

    // Slope of the least-squares line through (log scale, log seconds).
    private static double FitExponent(List<MeasuredRun> runs)
    {
        var x = runs.Select(run => Math.Log(run.Scale)).ToArray();
        var y = runs.Select(run => Math.Log(run.WallSeconds)).ToArray();
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y).Sum(point => (point.First - meanX) * (point.Second - meanY)) / x.Sum(value => (value - meanX) * (value - meanX));
    }
}
