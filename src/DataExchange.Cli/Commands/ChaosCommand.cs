using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Cli.Running.Chaos;
using DataExchange.EventStore.Schema;
using DataExchange.Postgres;
using DataExchange.Reports.Projections;
using Npgsql;
using Spectre.Console;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx chaos</c>: breaks what the exchange stands on, again and again, and looks whether it bears it.</summary>
internal static class ChaosCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "chaos";

    private const int MostInARound = 70;

    public static Command Create()
    {
        var schedules = new Option<int?>("--schedules")
        {
            Description = "Random schedules of faults instead of one fault of each kind, 1 to 10000, e.g. --schedules 200",
            HelpName = "N",
        };
        var seed = new Option<int>("--seed") { Description = "Seed of the first schedule; the next ones count on. The same seed makes the same faults, e.g. --seed 17 --schedules 1", HelpName = "N", DefaultValueFactory = _ => 1 };
        var nodes = new Option<int>("--nodes") { Description = "Nodes of RabbitMQ, 1 or 3", HelpName = "N", DefaultValueFactory = _ => 3 };
        var data = new Option<string?>("--data") { Description = "An empty or new folder for the stores, each in a folder 1, 2, …, kept afterwards, to be looked at with dx verify --data DIR/1 [default: a temporary one]", HelpName = "DIR" };
        var quick = new Option<bool>("--quick") { Description = "One fault of each kind, and not one of each process and step" };
        var only = new Option<string?>("--only") { Description = $"Faults of some kinds alone, with commas between them, of {string.Join(", ", Enum.GetNames<FaultKind>())}; e.g. --only FillDisk,SkewClock", HelpName = "KINDS" };
        var json = CommonOptions.Json();
        var command = new Command(Name, "Drive a small market through services over real PostgreSQL and RabbitMQ while processes are killed and networks cut, and compare what it recorded with a run in which nothing went wrong\n\n"
            + "  ./dx chaos\n  ./dx chaos --schedules 200 --seed 1\n  ./dx chaos --schedules 1 --seed 17 --nodes 1")
        {
            schedules, seed, quick, only, nodes, data, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new ChaosRequest(parsed.GetValue(schedules), parsed.GetValue(seed), parsed.GetValue(quick), parsed.GetValue(only), parsed.GetValue(nodes), parsed.GetValue(data), parsed.GetValue(json)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ChaosRequest request, CancellationToken cancellation)
    {
        request.ThrowIfWrong();
        var terminal = new Terminal(request.Json);
        var folder = request.Data ?? Directory.CreateTempSubdirectory("dx-chaos-").FullName;
        try
        {
            return await RunAsync(request, folder, terminal, cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (request.Data is null)
            {
                foreach (var round in Directory.EnumerateDirectories(folder))
                {
                    await DatabaseCommands.ResetAsync(round, ct: CancellationToken.None).ConfigureAwait(false);
                }

                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task<int> RunAsync(ChaosRequest request, string folder, Terminal terminal, CancellationToken cancellation)
    {
        var market = await ChaosMarket.MakeAsync(request.Quick, cancellation).ConfigureAwait(false);
        var plan = Plan(request);
        var all = new ChaosTotals();
        // A market has room for so many schedules; what is left is made in another one, on a store of its own.
        for (var rest = plan; rest.Count > 0 || all.Rounds == 0;)
        {
            var made = await RoundAsync(market, rest.GetRange(0, Math.Min(MostInARound, rest.Count)), Path.Combine(folder, $"{all.Rounds + 1}"), request, all, terminal, cancellation)
                .ConfigureAwait(false);
            if (made == 0)
            {
                break;
            }

            rest = rest.GetRange(made, rest.Count - made);
        }

        var isGood = all.Problems.Count == 0 && all.Results.Count == plan.Count && all.Results.Concat(all.Live).All(result => result.Problem is null);
        if (request.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new ChaosOutput(
                    [.. all.Results.Concat(all.Live).Select(result => new ChaosScheduleOutput(
                        result.Seed, [.. result.Faults.Select(fault => fault.ToString())], result.AtCommand, Math.Round(result.RecoverySeconds, 3), result.Remarks, result.IsLive, result.Problem))],
                    all.Results.Count, (market.Commands - market.CommandsBefore) * all.Rounds, (market.Facts.Count - market.FactsBefore) * all.Rounds, all.PutAside, all.DiedAt, all.Problems, isGood),
                CommandJson.Default.ChaosOutput));
        }
        else
        {
            Print(all, market, isGood);
        }

        return isGood ? 0 : 1;
    }

    private static async Task<int> RoundAsync(
        ChaosMarket market, IReadOnlyList<(int? Seed, IReadOnlyList<ChaosFault> Faults)> plan, string folder, ChaosRequest request, ChaosTotals all, Terminal terminal,
        CancellationToken cancellation)
    {
        var identity = new StoreIdentity(
            StoreIdentity.CurrentFormat, ChaosMarket.Name, new string('0', 64), ChaosMarket.Seed, ChaosMarket.Scale, SimulationSession.ProgramVersion, false);
        await using var stage = await ChaosStage.BuildAsync(
            new ChaosStageOptions(folder, request.Data is not null, request.Nodes, request.Quick, terminal.Note), identity, market.Facts.Take(market.FactsBefore), cancellation).ConfigureAwait(false);
        var run = new ChaosRun(market, stage, plan, result => terminal.Note(Line(result)));
        await run.RunAsync(cancellation).ConfigureAwait(false);
        all.Rounds++;
        all.Results.AddRange(run.Results);
        all.Problems.AddRange(await VerifyAsync(stage.Database, market, cancellation).ConfigureAwait(false));
        all.PutAside += await CountAsync(stage.Database, cancellation).ConfigureAwait(false);
        if (request.Live is { Count: > 0 } live && all.Rounds == 1)
        {
            var going = new LiveRun(market, stage, live, result => terminal.Note(Line(result)));
            await going.RunAsync(cancellation).ConfigureAwait(false);
            all.Live.AddRange(going.Results);
            all.LiveCommands += going.Commands;
            all.Problems.AddRange(await VerifyAsync(stage.Database, null, cancellation).ConfigureAwait(false));
        }

        foreach (var (step, times) in stage.WasReached)
        {
            all.DiedAt[step] = all.DiedAt.GetValueOrDefault(step) + times;
        }

        return run.Results.Count;
    }

    private static List<(int? Seed, IReadOnlyList<ChaosFault> Faults)> Plan(ChaosRequest request) => request.Schedules is { } count
        ? [.. Enumerable.Range(request.Seed, count).Select(one => ((int?)one, ChaosFault.Schedule(one)))]
        : [.. (request.Quick ? ChaosFault.Representatives() : ChaosFault.Catalogue()).Where(fault => request.Kinds.Contains(fault.Kind)).Select(fault => ((int?)null, (IReadOnlyList<ChaosFault>)[fault]))];

    private static async Task<List<string>> VerifyAsync(NpgsqlDataSource database, ChaosMarket? lockstep, CancellationToken cancellation)
    {
        var verified = await StoreVerification.EventsAsync(database, null, null, cancellation).ConfigureAwait(false);
        var problems = new List<string>(verified.Problems);
        if (lockstep is null)
        {
            using var store = MarketStore.Over(database);
            problems.AddRange(await StoreVerification.StoreAsync(store, database, cancellation).ConfigureAwait(false));
        }
        else if (verified.Events != lockstep.Facts.Count)
        {
            problems.Add($"the store holds {verified.Events} events; one process records {lockstep.Facts.Count}");
        }

        problems.AddRange(await CommitOrderVerification.RunAsync(database, null, isCompleted: true, cancellation).ConfigureAwait(false));
        return problems;
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var count = database.CreateCommand($"SELECT count(*) FROM {EventStore.Schemas.Default}.service_quarantine");
        return (long)(await count.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }

    private static string Line(ChaosResult result) => string.Create(CultureInfo.InvariantCulture,
        $"{(result.Seed is { } seed ? $"seed {seed,-5} " : "")}{(result.IsLive ? "live: " : "")}{string.Join("; ", result.Faults),-70} {result.RecoverySeconds,6:0.00} s  {result.Problem ?? Good(result)}{Remarks(result, "  ")}");

    private static string Good(ChaosResult result) => result.IsLive ? "everything once" : "as without faults";

    private static string Remarks(ChaosResult result, string before) => result.Remarks.Count == 0 ? "" : $"{before}({string.Join("; ", result.Remarks)})";

    private static void Print(ChaosTotals all, ChaosMarket market, bool isGood)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("seed", "faults", "at command");
        table.AddColumn(new TableColumn("recovery, s").RightAligned());
        table.AddColumn("store afterwards");
        foreach (var result in all.Results.Concat(all.Live))
        {
            table.AddRow(
                Markup.Escape(result.Seed?.ToString(CultureInfo.InvariantCulture) ?? ""), Markup.Escape((result.IsLive ? "live: " : "") + string.Join("; ", result.Faults)),
                result.AtCommand.ToString("N0", CultureInfo.InvariantCulture), result.RecoverySeconds.ToString("0.00", CultureInfo.InvariantCulture),
                Markup.Escape((result.Problem ?? Good(result)) + Remarks(result, " ")));
        }

        AnsiConsole.Write(table);
        foreach (var problem in all.Problems.Take(10))
        {
            Console.WriteLine(problem);
        }

        var waits = all.Results.Select(result => result.RecoverySeconds).Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{all.Results.Count} schedules over {all.Rounds} times {market.Commands - market.CommandsBefore:N0} commands and {market.Facts.Count - market.FactsBefore:N0} events; recovery {waits.ElementAtOrDefault(waits.Length / 2):0.00} s in the middle, {waits.LastOrDefault():0.00} s at most; {all.PutAside} messages put aside"));
        foreach (var (step, times) in all.DiedAt)
        {
            Console.WriteLine($"Died {times} times when work was {step}");
        }

        if (all.Live.Count > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Live.Count} faults over {all.LiveCommands:N0} commands, live"));
        }

        Console.WriteLine(isGood ? "Nothing lost, nothing doubled, books balanced, logs consistent" : "NOT as without faults");
    }

    /// <summary>What all rounds came to.</summary>
    private sealed class ChaosTotals
    {
        public int Rounds { get; set; }

        public List<ChaosResult> Results { get; } = [];

        public List<ChaosResult> Live { get; } = [];

        public long LiveCommands { get; set; }

        public List<string> Problems { get; } = [];

        public long PutAside { get; set; }

        public Dictionary<string, int> DiedAt { get; } = [];
    }
}
