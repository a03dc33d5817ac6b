using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Cli.Running.Counterfactuals;
using DataExchange.Cli.Running.Sweeps;
using DataExchange.Scenarios;
using DataExchange.Simulation.Agents.Strategies;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx compare</c>: what differs between two markets.</summary>
internal static class CompareCommand
{
    private const double ScaleOfScenarios = 0.1;

    public static Command Create()
    {
        var a = new Argument<string>("A") { Description = "A data folder, a built-in scenario or a scenario file, e.g. .dx" };
        var b = new Argument<string>("B") { Description = "The other one, e.g. .dx-fork" };
        var seeds = new Option<SeedList?>("--seeds")
        {
            Description = "Run both in memory with these seeds and compare pair by pair, two at least, e.g. --seeds 1-20 or --seeds 3,5,8 [default for scenarios: 1-10; two stores are compared as they are]",
            HelpName = "LIST",
            CustomParser = result => CommonOptions.Parse<SeedList>(result, "--seeds", "two at least, " + SeedList.Allowed, text => SeedList.Parse(text) is { Values.Count: >= 2 } list ? list : null),
        };
        var scale = new Option<double?>("--scale")
        {
            Description = "Size of the runs with --seeds, above 0, at most 1000 [default: that of the store, for scenarios 0.1]",
            HelpName = "K",
            CustomParser = result => CommonOptions.Parse<double>(result, "--scale", "a number above 0, at most 1000, such as 0.02 or 5", text =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var size) && size is > 0 and <= 1_000 ? size : null),
        };
        var (workers, agents) = (CommonOptions.Workers("Pairs with --seeds"), AgentsCommand.Assemblies());
        var json = CommonOptions.Json();
        var command = new Command(
            "compare",
            "Say what differs between two markets: settings, events, figures; with --seeds the figures' mean differences and 95 % confidence intervals over pairs of runs with common random numbers. Exit code 0 (docs/counterfactuals.md)\n\n"
            + "  ./dx compare .dx .dx-fork\n  ./dx compare .dx .dx-fork --seeds 1-20 --scale 0.1\n  ./dx compare hangzhou-2025 my.json --seeds 1-50 --json")
        {
            a, b, seeds, scale, workers, agents, json,
        };
        command.SetAction(async (parsed, cancellation) => await RunAsync(
            parsed.GetValue(a)!, parsed.GetValue(b)!, parsed.GetValue(seeds), parsed.GetValue(scale), parsed.GetValue(workers),
            AgentAssembly.CatalogueOf(await AgentAssembly.LoadAllAsync(parsed.GetValue(agents)!, cancellation).ConfigureAwait(false)), parsed.GetValue(json), cancellation).ConfigureAwait(false));
        return command;
    }

    private static async Task<int> RunAsync(
        string a, string b, SeedList? seeds, double? scale, int workers, StrategyCatalogue strategies, bool json, CancellationToken cancellation)
    {
        var terminal = new Terminal(json);
        CompareOutput output;
        if (seeds is null && MarketSide.IsStore(a) && MarketSide.IsStore(b))
        {
            if (scale is not null)
            {
                throw new WrongInputException("--scale is not allowed without --seeds: two stores are compared as they are");
            }

            output = await StoresAsync(a, b, terminal, cancellation).ConfigureAwait(false);
        }
        else
        {
            var (one, other) = (await SideAsync(a, cancellation).ConfigureAwait(false), await SideAsync(b, cancellation).ConfigureAwait(false));
            var size = scale ?? one.Scale ?? other.Scale ?? ScaleOfScenarios;
            var list = (seeds ?? SeedList.UpTo(10)).Values;
            var (pairs, failed) = await terminal.StepAsync("Pairs", progress => new PairedRuns(one, other, size, strategies).RunAsync(list, workers, progress, cancellation)).ConfigureAwait(false);
            output = new(
                a, b, pairs.All(pair => pair.DigestA == pair.DigestB) && failed.Count == 0, ScenarioDifferences.Of(one.Scenario.Text, other.Scenario.Text), null, null, null, null, size,
                PairedRuns.Compare(pairs), pairs, [.. SweepFigures.All.Select(figure => figure.Name)], failed);
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(output, CounterfactualJson.Readable.CompareOutput));
        }
        else
        {
            Print(output);
        }

        return output.Failed is { Count: > 0 } && output.Pairs is { Count: < 2 } ? 1 : 0;
    }

    private static async Task<MarketSide> SideAsync(string name, CancellationToken cancellation)
    {
        if (!MarketSide.IsStore(name))
        {
            return new(name, ScenarioCatalogue.Load(name), null, null);
        }

        await using var opened = await OpenedStore.OpenAsync(name, null, false, cancellation).ConfigureAwait(false);
        return await MarketSide.OfStoreAsync(opened, name, null, cancellation).ConfigureAwait(false);
    }

    private static async Task<CompareOutput> StoresAsync(string a, string b, Terminal terminal, CancellationToken cancellation)
    {
        await using var left = await OpenedStore.OpenAsync(a, null, false, cancellation).ConfigureAwait(false);
        await using var right = await OpenedStore.OpenAsync(b, null, false, cancellation).ConfigureAwait(false);
        var past = await terminal.StepAsync("Events", _ => SharedPast.OfAsync(left.Database, right.Database, cancellation)).ConfigureAwait(false);
        var (one, types) = await terminal.StepAsync("Figures of A", _ => MarketSide.FiguresAsync(left.Database, cancellation)).ConfigureAwait(false);
        var (other, otherTypes) = await terminal.StepAsync("Figures of B", _ => MarketSide.FiguresAsync(right.Database, cancellation)).ConfigureAwait(false);
        var (text, otherText) = (
            await new ScenarioTable(left.Database).ReadAsync(cancellation).ConfigureAwait(false), await new ScenarioTable(right.Database).ReadAsync(cancellation).ConfigureAwait(false));
        return new(
            a, b, past.Difference is null, text is null || otherText is null ? [] : ScenarioDifferences.Of(text, otherText), past.Events, past.Difference,
            [.. SweepFigures.All.Select((figure, i) => new FigureOfBoth(figure.Name, figure.Unit, one[i], other[i]))],
            [.. types.Keys.Union(otherTypes.Keys).Order(StringComparer.Ordinal).Select(type => new ComparedType(type, types.GetValueOrDefault(type), otherTypes.GetValueOrDefault(type)))
                .Where(type => type.A != type.B)],
            null, null, null, null, null);
    }

    private static void Print(CompareOutput output)
    {
        Console.WriteLine($"A        {output.A}");
        Console.WriteLine($"B        {output.B}");
        Console.WriteLine(output.Settings.Count == 0 ? "Settings are the same" : "Settings that differ:");
        foreach (var setting in output.Settings.Take(20))
        {
            Console.WriteLine($"  {setting.Path}: {setting.A ?? "nothing"} → {setting.B ?? "nothing"}");
        }

        if (output.Settings.Count > 20)
        {
            Console.WriteLine($"  and {output.Settings.Count - 20} more");
        }

        if (output.Identical)
        {
            Console.WriteLine(output.Pairs is null ? $"Identical: all {output.SharedEvents:N0} events" : $"Identical with all {output.Pairs.Count} seeds");
            return;
        }

        if (output.FirstDifference is { } difference)
        {
            Console.WriteLine($"The first {output.SharedEvents:N0} events are the same; then");
            Console.WriteLine($"  A  {ForkCommand.Text(difference.A)}");
            Console.WriteLine($"  B  {ForkCommand.Text(difference.B)}");
        }

        Console.WriteLine();
        if (output.Figures is { } figures)
        {
            var table = new TextTable(new("figure"), new("unit"), new("A", true), new("B", true), new("B − A", true));
            foreach (var row in figures.Where(row => row.A is not null || row.B is not null))
            {
                table.Add(row.Figure, row.Unit, Number(row.A), Number(row.B), Number(row.B - row.A));
            }

            table.WriteTo(Console.Out, StandardOutput.Width);
            Console.WriteLine();
            Console.WriteLine("One run each: a difference may be luck. --seeds tells.");
            return;
        }

        var paired = new TextTable(new("figure"), new("unit"), new("mean of A", true), new("mean of B", true), new("B − A", true), new("95 % from", true), new("to", true), new("shown"));
        foreach (var row in output.Paired!)
        {
            paired.Add(row.Figure, row.Unit, Number(row.MeanA), Number(row.MeanB), Number(row.Difference), Number(row.Low), Number(row.High), row.IsShown ? "yes" : "no");
        }

        paired.WriteTo(Console.Out, StandardOutput.Width);
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{output.Pairs!.Count} pairs at scale {output.Scale}, common random numbers, Student's paired intervals; of 20 figures that do not differ one is shown by chance."));
        foreach (var failed in output.Failed!)
        {
            Console.WriteLine($"Seed {failed.Seed} left out: {failed.Reason}");
        }
    }

    private static string Number(double? value) => value is not { } number ? "" : number.ToString(Math.Abs(number) >= 1_000 ? "N0" : "0.####", CultureInfo.InvariantCulture);
}
