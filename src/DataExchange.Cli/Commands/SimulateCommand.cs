using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using Spectre.Console;

namespace DataExchange.Cli.Commands;

/// <summary>What runs the exchange of a simulation.</summary>
internal enum SimulationEngine
{
    /// <summary>This process.</summary>
    Direct,

    /// <summary>Services.</summary>
    Services,
}

/// <summary><c>dx simulate</c>: the main job.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var scenario = new Argument<string>("SCENARIO")
        {
            Description = "A built-in scenario (see dx scenario list) or the path of a scenario file, e.g. my.json",
            DefaultValueFactory = _ => "hangzhou-2025",
        };
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var (seed, scale, threads) = (CommonOptions.Seed(), CommonOptions.Scale(), CommonOptions.Threads());
        var (set, agents) = (CommonOptions.Set(), AgentsCommand.Assemblies());
        var output = new Option<string?>("--out") { Description = "Folder of the report, e.g. --out /tmp/report [default: DIR of --data, /report]", HelpName = "DIR" };
        var reset = new Option<bool>("--reset") { Description = "Throw away what the data folder holds of another or an earlier run" };
        var keys = CommonOptions.Keys("Sign the venues' logs with the keys of this folder instead of throw-away ones; public keys are facts, so the digest is another");
        var engine = new Option<SimulationEngine>("--engine")
        {
            Description = "What runs the exchange: direct (in this process, fast) or services (the services of dx serve, one thing after the other); the digest is the same",
            HelpName = "NAME",
            DefaultValueFactory = _ => SimulationEngine.Direct,
            CustomParser = result => CommonOptions.ParseWord<SimulationEngine>(result, "--engine"),
        };
        var (transport, broker) = (ServeCommand.Transport(), ServeCommand.Broker());
        var command = new Command("simulate", "Simulate a market, store every event, verify the result and write a report\n\n"
            + "  ./dx simulate\n  ./dx simulate --scale 0.02 --seed 7 --data /tmp/small\n  ./dx simulate my.json --reset\n  ./dx simulate --scale 0.02 --set 'venues[hzdex].fee.tiers[0].basisPoints=100' --set pricing.stepsShare=0.5")
        {
            scenario, seed, scale, set, agents, data, output, threads, reset, keys, engine, transport, broker, postgres, json,
        };
        command.SetAction(async (parsed, cancellation) => await RunAsync(
            new SimulationRequest(
                parsed.GetValue(scenario)!, parsed.GetValue(seed), parsed.GetValue(scale), parsed.GetValue(data)!, parsed.GetValue(output),
                parsed.GetValue(threads), parsed.GetValue(json), parsed.GetValue(reset), parsed.GetValue(postgres),
                parsed.GetValue(keys), EngineOf(parsed.GetValue(engine), parsed.GetValue(transport), parsed.GetValue(broker)!))
            {
                Settings = parsed.GetValue(set)!,
                Agents = await AgentAssembly.LoadAllAsync(parsed.GetValue(agents)!, cancellation).ConfigureAwait(false),
                CommandLine = CommandWords.Of(parsed),
            },
            cancellation).ConfigureAwait(false));
        return command;
    }

    // Null for the direct engine.
    private static ServicesRequest? EngineOf(SimulationEngine engine, ServiceTransport transport, string[] broker) => engine == SimulationEngine.Services
        ? ServicesRequest.Of(transport, broker)
        : transport == ServiceTransport.Memory && broker.Length == 0 ? null
        : throw new WrongInputException("--transport and --broker are not allowed with --engine direct, which sends no messages; use --engine services");

    private static async Task<int> RunAsync(SimulationRequest request, CancellationToken cancellation)
    {
        var terminal = new Terminal(request.Json);
        var folder = request.OutFolder ?? Path.Combine(request.DataFolder, "report");
        string? page = null;
        var result = await new SimulationSession(request, terminal).RunAsync(
            async (run, source, store, stop) => page = await terminal.StepAsync("Report", _ =>
                new RunReport(run, request, source).WriteAsync(store, folder, stop)).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        if (request.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(Output(request, result, page), CommandJson.Default.SimulateOutput));
        }
        else
        {
            Print(request, result, page);
        }

        return result.Verification.IsVerified ? 0 : 1;
    }

    private static SimulateOutput Output(SimulationRequest request, SimulationResult result, string? page) => new(
        result.Scenario.Scenario.Name,
        request.Seed,
        request.Scale,
        result.Verification.Totals.ProductsListed,
        result.Verification.Totals.TransactionsRegistered,
        result.Verification.Totals.RegisteredAmountFen,
        result.Verification.Events,
        result.Verification.Digest,
        Math.Round(result.Seconds, 3),
        Math.Round(result.Verification.Events / result.Seconds, 1),
        result.Verification.IsVerified,
        Math.Round(result.StoringSeconds, 3),
        [.. result.Calibrated.Results.Select(row => new CalibrationOutput(
            row.Parameter, row.Solved, row.Measure.ToString(), row.Target, row.Reached, row.Error))],
        result.Logs.Sum(log => log.Checkpoint.Size),
        StoredLogs.RootOf(result.Logs),
        result.Ledger.TrialBalanceFen,
        result.Ledger.Accounts,
        result.Ledger.Transfers,
        result.Verification.Totals.DataInvoices,
        [.. result.Logs.Select(log => new LogSizeOutput(log.Venue, log.Checkpoint.Origin, log.Checkpoint.Size, log.Checkpoint.Root.ToString()))],
        result.Verification.RunDigest,
        page);

    private static void Print(SimulationRequest request, SimulationResult result, string? page)
    {
        var totals = result.Verification.Totals;
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(
            string.Create(CultureInfo.InvariantCulture, $"{result.Scenario.Scenario.Title.Zh} · seed {request.Seed} · scale {request.Scale}")));
        table.AddColumn("");
        foreach (var venue in totals.Venues)
        {
            table.AddColumn(new TableColumn(Markup.Escape(venue.Venue)).RightAligned());
        }

        table.AddColumn(new TableColumn("合计 all").RightAligned());
        Row("上架产品 products listed", totals.Venues.Select(venue => $"{venue.ProductsListed:N0}"), $"{totals.ProductsListed:N0}");
        Row("登记交易 transactions registered", totals.Venues.Select(venue => $"{venue.TransactionsRegistered:N0}"), $"{totals.TransactionsRegistered:N0}");
        Row("登记金额 registered amount, yuan", totals.Venues.Select(venue => Yuan(venue.RegisteredAmountFen)), Yuan(totals.RegisteredAmountFen));
        AnsiConsole.Write(table);
        if (result.Calibrated.Results.Count > 0)
        {
            PrintCalibration(result);
        }

        foreach (var problem in result.Verification.Problems.Take(10))
        {
            Console.WriteLine(problem);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Verification.Events:N0} events in {result.Seconds:0.0} s ({result.Verification.Events / result.Seconds:N0} /s; simulated, stored and projected in {result.StoringSeconds:0.0} s)"));
        Console.WriteLine($"{(result.Verification.IsVerified ? "Verified" : "NOT VERIFIED")}  digest {result.Verification.Digest}");
        if (result.Verification.RunDigest is { } ofRun)
        {
            Console.WriteLine($"Extended by imports; digest of the run's own events {ofRun}");
        }

        if (page is not null)
        {
            Console.WriteLine($"Report   {page}");
        }

        void Row(string title, IEnumerable<string> venues, string all) => table.AddRow([title, .. venues, all]);
    }

    private static void PrintCalibration(SimulationResult result)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(string.Create(
            CultureInfo.InvariantCulture, $"校准 calibration, {result.Calibrated.Trials} trial runs{(result.Calibrated.TrialScale is { } scale ? $" at scale {scale}, in proportion" : "")}"));
        table.AddColumns("parameter", "value", "measure", "target", "reached", "error");
        foreach (var row in result.Calibrated.Results)
        {
            table.AddRow(
                row.Parameter, Number(row.Solved, "0.####"), row.Measure.ToString(), Number(row.Target, "N0"), Number(row.Reached, "N0"),
                Number(row.Error * 100, "0.00") + " %");
        }

        AnsiConsole.Write(table);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Yuan(long fen) => new Domain.Money(fen).ToString();
}
