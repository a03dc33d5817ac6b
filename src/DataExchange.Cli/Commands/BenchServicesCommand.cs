using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Postgres;
using DataExchange.ServiceBenchmarks;
using DataExchange.Services;
using Npgsql;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx bench services</c>: orders through running services, beside what store and broker do by themselves in the same run.</summary>
internal static class BenchServicesCommand
{
    public static Command Create()
    {
        var seconds = MatchCommand.Number("--seconds", "Seconds for each measurement [default: 10]", "S", 1, 600);
        var inFlight = MatchCommand.Number("--in-flight", "Orders under way at a time [default: 2000]", "N", 1, 100_000);
        var transport = ServeCommand.Transport();
        var recovered = MatchCommand.Number(
            "--recovery-events", "Events of the stores that services come back over, 0 to leave the way back out [default: 1000000]", "N", 0, 100_000_000);
        var partitions = new Option<int[]>("--partitions")
        {
            Description = "Partitions of Trading, one measurement each, 1 to 256 [default: 1 2 4]", HelpName = "N", AllowMultipleArgumentsPerToken = true,
        };
        partitions.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int[]>()!.Any(number => number is < 1 or > PartitionMap.MostPartitions))
            {
                given.AddError($"--partitions {string.Join(' ', given.Tokens.Select(token => token.Value))}: allowed are 1 to {PartitionMap.MostPartitions}.");
            }
        });
        var output = new Option<string?>("--out") { Description = "File for the results as JSON [default: bench-services.json in a new temporary folder]", HelpName = "FILE" };
        var command = new Command(
            "services",
            "Orders from the shelf through services into Marten, acknowledged after their commit: how many a second with 1, 2 and 4 partitions of Trading, and latencies at half that rate, beside one-by-one appends, raw COPY and raw RabbitMQ in the same run. All of it in one process, over private servers\n\n"
            + "  ./dx bench services\n  ./dx bench services --transport rabbitmq --seconds 30")
        {
            seconds, inFlight, transport, partitions, recovered, output,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            TimeSpan.FromSeconds(parsed.GetValue(seconds) ?? 10), parsed.GetValue(inFlight) ?? 2_000, parsed.GetValue(transport),
            parsed.GetValue(partitions) is { Length: > 0 } given ? given : [1, 2, 4], parsed.GetValue(recovered) ?? 1_000_000, parsed.GetValue(output), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        TimeSpan time, int inFlight, ServiceTransport transport, int[] counts, long recoveryEvents, string? path, CancellationToken cancellation)
    {
        path ??= Path.Combine(Directory.CreateTempSubdirectory("dx-bench-").FullName, "bench-services.json");
        await using var file = OutputFile.Create(path);
        var folder = Directory.CreateTempSubdirectory("dx-bench-services-").FullName;
        try
        {
            await using var server = await EmbeddedPostgres.StartAsync(Path.Combine(folder, "data"), ct: cancellation).ConfigureAwait(false);
            await using var database = NpgsqlDataSource.Create(server.ConnectionString);
            await using var broker = await ServiceBroker.ResolveAsync(
                new ServicesRequest(transport, []), Path.Combine(folder, "data"), line => Console.Error.WriteLine(line), cancellation).ConfigureAwait(false);
            var yardsticks = await Yardsticks.MeasureAsync(database, broker.Nodes.Count > 0 ? broker.Nodes[0] : null, time, cancellation).ConfigureAwait(false);
            Say($"one event, one SaveChanges {yardsticks.OneByOnePerSecond:N0} /s, one order, one SaveChanges {yardsticks.OrderByOrderPerSecond:N0} /s, raw COPY {yardsticks.RawCopyPerSecond:N0} /s, raw RabbitMQ {(yardsticks.RawBrokerPerSecond is { } raw ? $"{raw:N0} /s" : "not used")}");
            var results = new List<ServiceRates>();
            var recoveries = new List<Recovery>();
            foreach (var partitions in counts)
            {
                await ServiceBenchmark.ResetAsync(database, cancellation).ConfigureAwait(false);
                await using var bus = await ServicesEngine.ConnectAsync(broker.Nodes, database, cancellation).ConfigureAwait(false);
                var result = await ServiceBenchmark.RunAsync(
                    database, bus, transport.ToString().ToLowerInvariant(), partitions, inFlight, time, cancellation).ConfigureAwait(false);
                results.Add(result);
                Say($"{partitions} partitions: {result.OrdersPerSecond:N0} orders/s ({result.OrdersPerSecond / yardsticks.OrderByOrderPerSecond:0.0} x order by order, {result.OrdersPerSecond / yardsticks.OneByOnePerSecond:0.0} x event by event), {result.EventsPerSecond:N0} events/s");
                Say($"  {result.ProcessorMicroseconds:0} µs of processor time an order here, {result.ServerMicroseconds:0} in PostgreSQL; {result.EventsPerSecond / yardsticks.RawCopyPerSecond:0.00} of raw COPY; at {result.HalfLoadPerSecond:N0} /s p50 {result.P50Milliseconds:0.0} p99 {result.P99Milliseconds:0.0} p99.9 {result.P999Milliseconds:0.0} ms");
                Say($"  generator late by {result.WorstStartLagMilliseconds:0.0} ms at most");
                if (broker.Nodes.Count > 0)
                {
                    await Yardsticks.ForgetQueuesAsync(broker.Nodes[0], bus, new PartitionMap(partitions), cancellation).ConfigureAwait(false);
                }
            }

            foreach (var market in recoveryEvents == 0 ? [] : Enum.GetValues<RecoveryMarket>())
            {
                await ServiceBenchmark.ResetAsync(database, cancellation).ConfigureAwait(false);
                var recovery = await RecoveryBenchmark.RunAsync(
                    database, () => ServicesEngine.ConnectAsync([], database, cancellation), market, recoveryEvents, cancellation).ConfigureAwait(false);
                recoveries.Add(recovery);
                Say($"back over {recovery.Events:N0} events ({market.ToString().ToLowerInvariant()}): {recovery.WithSnapshotsPerMillion:0.00} s a million with snapshots, {recovery.WithoutSnapshotsPerMillion:0.00} s without");
                foreach (var (how, times) in ((string, RecoveryTimes)[])[("with", recovery.WithSnapshots), ("without", recovery.WithoutSnapshots)])
                {
                    Say($"  {how}: {times.Seconds:0.00} s; owned after {times.OwnedSeconds:0.00}; proceeds {times.ProceedsSeconds:0.00}; {times.SnapshotsRead:N0} snapshots {times.SnapshotSeconds:0.00}; {times.FactsRead:N0} facts {times.FactsSeconds:0.00}, followed {times.FollowingSeconds:0.00}");
                }
            }

            await file.Writer.WriteAsync(JsonSerializer.Serialize(
                new ServicesBenchOutput(RuntimeInformation.OSDescription, Environment.ProcessorCount, RuntimeInformation.FrameworkDescription, yardsticks, results, recoveries),
                CommandJson.Default.ServicesBenchOutput).AsMemory(), cancellation).ConfigureAwait(false);
            await file.CompleteAsync(cancellation).ConfigureAwait(false);
            Say($"Written to {path}");
        }
        finally
        {
            await DatabaseCommands.ResetAsync(Path.Combine(folder, "data"), ct: CancellationToken.None).ConfigureAwait(false);
            Directory.Delete(folder, recursive: true);
        }

        return 0;

        static void Say(FormattableString line)
        {
            Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
            Console.Out.Flush();
        }
    }
}

/// <summary>What <c>dx bench services</c> writes.</summary>
/// <param name="System">The operating system.</param>
/// <param name="Processors">Processors.</param>
/// <param name="Runtime">The runtime.</param>
/// <param name="Yardsticks">What the parts do by themselves.</param>
/// <param name="Results">A row for each number of partitions.</param>
/// <param name="Recoveries">How long the way back takes, over stores of other markets.</param>
internal sealed record ServicesBenchOutput(string System, int Processors, string Runtime, ServiceYardsticks Yardsticks, IReadOnlyList<ServiceRates> Results, IReadOnlyList<Recovery> Recoveries);
