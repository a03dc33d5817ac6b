using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Cli.Running.Counterfactuals;
using DataExchange.Scenarios;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx fork</c>: a stored market again, other from a day on.</summary>
internal static class ForkCommand
{
    public static Command Create()
    {
        var store = new Argument<string>("STORE") { Description = "Data folder of the market, e.g. .dx" };
        var at = new Option<DateOnly>("--at")
        {
            Description = "First day on which something may be other; all events before it are the same, e.g. --at 2024-07-01",
            HelpName = "DATE",
            Required = true,
            CustomParser = result => CommonOptions.Parse<DateOnly>(result, "--at", "a date such as 2024-07-01", text =>
                DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null),
        };
        var set = CommonOptions.Set();
        set.Description = "A setting that is another from that day on, PATH=VALUE, e.g. --set fee.rate=0.5%; may be given again (docs/counterfactuals.md has what may)";
        var shock = new Option<string[]>("--shock")
        {
            Description = "A shock besides, or a list of them: JSON as in docs/scenario.md, or a file of it, e.g. --shock outage.json; may be given again",
            HelpName = "JSON|FILE",
            DefaultValueFactory = _ => [],
        };
        var into = new Option<string?>("--into") { Description = "Data folder of the fork, e.g. --into /tmp/cheaper [default: STORE-fork]", HelpName = "DIR" };
        var scenario = new Option<string?>("--scenario") { Description = "The scenario file that the store was made from, for a store that does not have its text", HelpName = "FILE" };
        var keys = CommonOptions.Keys("The keys that the store's logs were signed with, where it was made with --keys");
        var agents = AgentsCommand.Assemblies();
        var (threads, reset, json) = (CommonOptions.Threads(), new Option<bool>("--reset") { Description = "Throw away what the fork's data folder holds" }, CommonOptions.Json());
        var command = new Command(
            "fork",
            "Run a stored market again, other from a day on: the same agents, the same luck, one change. With nothing changed the digest is the same. Exit code 1 when the past differs (docs/counterfactuals.md)\n\n"
            + "  ./dx fork .dx --at 2024-07-01 --set fee.rate=0.5% --into /tmp/cheaper\n  ./dx fork .dx --at 2025-01-01 --shock outage.json\n  ./dx compare .dx /tmp/cheaper")
        {
            store, at, set, shock, into, scenario, agents, keys, threads, reset, json,
        };
        command.SetAction(async (parsed, cancellation) => await RunAsync(
            new(parsed.GetValue(store)!, parsed.GetValue(at), parsed.GetValue(set)!, parsed.GetValue(shock)!, parsed.GetValue(into), parsed.GetValue(scenario), parsed.GetValue(keys),
                parsed.GetValue(threads), parsed.GetValue(reset), parsed.GetValue(json), CommandWords.Of(parsed),
                await AgentAssembly.LoadAllAsync(parsed.GetValue(agents)!, cancellation).ConfigureAwait(false)), cancellation).ConfigureAwait(false));
        return command;
    }

    private sealed record Request(
        string Store, DateOnly At, IReadOnlyList<string> Settings, IReadOnlyList<string> Shocks, string? Into, string? Scenario, string? Keys, int Threads, bool Reset, bool Json,
        IReadOnlyList<string> Words, IReadOnlyList<AgentAssembly> Agents);

    private static async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        var into = Path.GetFullPath(request.Into ?? request.Store.TrimEnd(Path.DirectorySeparatorChar) + "-fork");
        if (into == Path.GetFullPath(request.Store))
        {
            throw new WrongInputException($"--into '{into}' is not allowed: another folder than STORE");
        }

        var terminal = new Terminal(request.Json);
        var (side, digest) = await ReadAsync(request, terminal, cancellation).ConfigureAwait(false);
        var forked = await ForkedAsync(request, side, cancellation).ConfigureAwait(false);
        var run = new SimulationRequest(forked.Scenario.Name, side.Seed!.Value, side.Scale!.Value, into, null, request.Threads, request.Json, request.Reset, null, request.Keys)
        {
            Loaded = forked,
            Agents = request.Agents,
            CommandLine = request.Words,
        };
        var result = await new SimulationSession(run, terminal).RunAsync(
            async (of, source, store, stop) => _ = await terminal.StepAsync("Report", _ =>
                new RunReport(of, run, source).WriteAsync(store, Path.Combine(into, "report"), stop)).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        await using var parent = await OpenedStore.OpenAsync(request.Store, null, false, cancellation).ConfigureAwait(false);
        await using var child = await OpenedStore.OpenAsync(into, null, false, cancellation).ConfigureAwait(false);
        var past = await terminal.StepAsync("Compared", _ => SharedPast.OfAsync(parent.Database, child.Database, cancellation)).ConfigureAwait(false);
        var output = new ForkOutput(
            Path.GetFullPath(request.Store), into, request.At, forked.Hash, past.Events, past.Difference, past.Reaches(request.At), past.Difference is null, result.Verification.Events,
            result.Verification.Digest, digest, result.Verification.IsVerified, Math.Round(result.Seconds, 3));
        if (request.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(output, CounterfactualJson.Readable.ForkOutput));
        }
        else
        {
            Print(output);
        }

        return output is { PastIsShared: true, Verified: true } ? 0 : 1;
    }

    // The store is closed while the fork runs: two servers would only be in each other's way.
    private static async Task<(MarketSide Side, string Digest)> ReadAsync(Request request, Terminal terminal, CancellationToken cancellation)
    {
        await using var opened = await OpenedStore.OpenAsync(request.Store, null, false, cancellation).ConfigureAwait(false);
        var side = await MarketSide.OfStoreAsync(opened, request.Store, request.Scenario, cancellation).ConfigureAwait(false);
        var (first, last) = (side.Scenario.Scenario.Venues.Min(venue => venue.Opens), side.Scenario.Scenario.Until);
        if (request.At <= first || request.At > last)
        {
            throw new WrongInputException($"--at '{request.At:yyyy-MM-dd}' is not allowed: after the first venue's first day, {first:yyyy-MM-dd}, and not after the last, {last:yyyy-MM-dd}");
        }

        if (opened.Identity.RunEvents is { } own)
        {
            terminal.Note($"Events were added to the run's {own:N0} by imports: they are no part of the fork.");
        }

        var verified = await StoreVerification.EventsAsync(opened.Database, opened.Identity.RunEvents, _ => { }, cancellation).ConfigureAwait(false);
        return (side, verified.RunDigest ?? verified.Digest);
    }

    private static async Task<LoadedScenario> ForkedAsync(Request request, MarketSide side, CancellationToken cancellation)
    {
        var shocks = new List<string>();
        foreach (var shock in request.Shocks)
        {
            shocks.Add(shock.TrimStart() is ['{' or '[', ..] ? shock : Encoding.UTF8.GetString(await InputFile.ReadAsync(shock, "--shock", cancellation).ConfigureAwait(false)));
        }

        var text = ScenarioFork.Of(side.Scenario.Text, request.At, request.Settings, shocks);
        return text == side.Scenario.Text ? side.Scenario
            : ScenarioCatalogue.Parse(text, $"{side.Scenario.Origin}, forked at {request.At:yyyy-MM-dd}{string.Concat(request.Settings.Select(setting => " " + setting))}");
    }

    private static void Print(ForkOutput output)
    {
        Console.WriteLine(output.Identical
            ? $"Identical: all {output.Events:N0} events are those of {output.Store}"
            : $"The first {output.SharedEvents:N0} events are those of {output.Store}{(output.PastIsShared ? $", and all before {output.At:yyyy-MM-dd}" : "")}");
        if (output.FirstDifference is { } difference)
        {
            Console.WriteLine($"Event {difference.Sequence:N0} is the first that differs:");
            Console.WriteLine($"  there  {Text(difference.A)}");
            Console.WriteLine($"  here   {Text(difference.B)}");
        }

        if (!output.PastIsShared)
        {
            Console.WriteLine("THE PAST DIFFERS: the store was made by another version of the program, or was altered ('dx verify' tells).");
        }

        Console.WriteLine($"{(output.Verified ? "Verified" : "NOT VERIFIED")}  {output.Events:N0} events, digest {output.Digest}");
        Console.WriteLine($"Fork     {output.Fork}  ('dx compare' says how it differs)");
    }

    /// <summary>An event in words.</summary>
    public static string Text(DifferingEvent? one) => one is null ? "no more events" : $"{one.At}  {one.Stream}  {one.Type}";
}
