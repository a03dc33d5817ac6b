using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Cli.Running;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx bench agents</c>: messages between agents and the exchange.</summary>
internal static class BenchAgentsCommand
{
    public static Command Create()
    {
        var traders = MatchCommand.Number("--traders", "Traders with zero intelligence at one order book; a ninth as many who learn and two market makers come on top [default: 1000]", "N", 100, 5_000);
        var orders = MatchCommand.Number("--orders", "How often a trader thinks of an order each of five days [default: 20]", "N", 1, 1_000);
        var rounds = MatchCommand.Number("--rounds", "How often it is timed after one run that is not; the median counts [default: 3]", "R", 1, 99);
        var json = CommonOptions.Json();
        var command = new Command(
            "agents",
            "Messages between agents and the exchange a second: a thousand traders at one order book, simulated in memory; one thread\n\n"
            + "  ./dx bench agents\n  ./dx bench agents --traders 200 --rounds 1 --json")
        {
            traders, orders, rounds, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(traders) ?? 1_000, parsed.GetValue(orders) ?? 20, parsed.GetValue(rounds) ?? 3, parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int traders, int orders, int rounds, bool json, CancellationToken cancellation)
    {
        var runs = new List<AgentsBenchmarkRun>();
        for (var round = 0; round <= rounds; round++)
        {
            var run = await Task.Run(() => AgentsBenchmark.RunAsync(traders, orders, cancellation), cancellation).ConfigureAwait(false);
            if (round > 0)
            {
                runs.Add(run);
            }
        }

        var median = runs.OrderBy(run => run.Seconds).ElementAt(rounds / 2);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new AgentsBenchOutput(RuntimeInformation.OSDescription, Environment.ProcessorCount, RuntimeInformation.FrameworkDescription, orders, median, [.. runs.Select(run => run.Seconds)]),
                AgentsBenchJson.Default.AgentsBenchOutput));
            return 0;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{median.Agents:N0} agents, {median.Commands:N0} commands ({median.BookCommands:N0} to order books), {median.Events:N0} events, {median.Trades:N0} trades"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{median.Messages:N0} messages in {median.Seconds:0.00} s (median of {rounds}; {runs.Min(run => run.Seconds):0.00} to {runs.Max(run => run.Seconds):0.00}): {median.MessagesPerSecond:N0} messages/s on one thread"));
        return 0;
    }
}

/// <summary>What <c>dx bench agents --json</c> prints.</summary>
/// <param name="System">The operating system.</param>
/// <param name="Cores">Its cores.</param>
/// <param name="Runtime">The runtime.</param>
/// <param name="OrdersPerDay">How often a trader thinks of an order each day.</param>
/// <param name="Median">The run in the middle.</param>
/// <param name="Seconds">Wall time of each run, s.</param>
internal sealed record AgentsBenchOutput(string System, int Cores, string Runtime, int OrdersPerDay, AgentsBenchmarkRun Median, IReadOnlyList<double> Seconds);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AgentsBenchOutput))]
internal sealed partial class AgentsBenchJson : JsonSerializerContext;
