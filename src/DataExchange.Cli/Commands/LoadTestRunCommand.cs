using System.CommandLine;
using System.Globalization;
using DataExchange.Cli.Running;
using DataExchange.LoadTests;
using DataExchange.LoadTests.Exchange;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx loadtest run</c>.</summary>
internal static class LoadTestRunCommand
{
    private const int Interrupted = 130;
    private const int UsualConnections = 32;

    // With fewer than a gateway takes commands, it is the runner's own connections that would queue.
    private const int ConnectionsWithBurst = 512;

    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Description = "Scenarios, as dx loadtest list shows them, run one after the other", Arity = ArgumentArity.OneOrMore };
        var options = new LoadTestOptions();
        var failIf = new Option<string[]>("--fail-if")
        {
            Description = "A limit that must be kept, or the exit code is 1: e.g. --fail-if \"p99<20ms\" --fail-if \"failed<1\" --fail-if \"rate>500\"; given again for each",
            HelpName = "LIMIT",
            DefaultValueFactory = _ => [],
        };
        var burst = new Option<double?>("--burst")
        {
            Description = "Operations a second in the middle third of the duration, past what the target can do, e.g. --burst 1000: the result says how much was refused for it and when latency was back, and it is not verified when it was not",
            HelpName = "R",
            CustomParser = result => CommonOptions.Parse<double>(result, "--burst", "a number above 0, at most 10000000", text =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 10_000_000 ? rate : null),
        };
        var beside = new Option<string?>("--beside")
        {
            Description = "With http-reads: hey, a public load generator (Debian package hey), makes the same requests afterwards at the same rate over as many connections, and its figures are shown beside, e.g. --beside hey --connections 4",
            HelpName = "hey",
        };
        var json = CommonOptions.JsonLines();
        var output = new Option<string?>("--out")
        {
            Description = "Folder for run.json, report.html and latency.hgrm, in a folder NAME each where there are several [default: none is written]",
            HelpName = "DIR",
        };
        var command = new Command(
            "run",
            "Run scenarios in an open loop: each operation begins at its time, whatever became of those before, and its latency counts from that time. Afterwards what was acknowledged is verified. "
            + "A run whose generator could not keep its schedule is not valid. Exit code 1 when a run is not valid or not verified, or a limit is not kept\n\n"
            + "  ./dx loadtest run matching-one-book --rate 200000\n  ./dx loadtest run orders --rate 500 --duration 30s --transport rabbitmq --fail-if \"p99<100ms\" --out orders\n"
            + "  DX_LOADTEST_KEY=dxk_… ./dx loadtest run http-orders --target http://127.0.0.1:8080 --rate 20\n"
            + "  ./dx loadtest run replay --speed 600\n  ./dx loadtest run http-orders --rate 100 --burst 1000 --duration 60s")
        {
            names, burst, beside, failIf, json, output,
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(names)!, options.Of(parsed, parsed.GetValue(burst) is null ? UsualConnections : ConnectionsWithBurst) with
            {
                Burst = parsed.GetValue(burst), IsBesideHey = IsHey(parsed.GetValue(beside)), WithServerCounts = true,
            },
            [.. parsed.GetValue(failIf)!.Select(Threshold)], parsed.GetValue(json), parsed.GetValue(output), cancellation));
        return command;
    }

    /// <summary>A scenario by its name.</summary>
    /// <exception cref="WrongInputException">There is none.</exception>
    public static CatalogueEntry Entry(string name) => LoadCatalogue.Find(name)
        ?? throw new WrongInputException($"NAME '{name}' is not allowed: one of {string.Join(", ", LoadCatalogue.All.Select(entry => entry.Name))}");

    /// <summary>A limit.</summary>
    /// <param name="text">As it was typed.</param>
    /// <exception cref="WrongInputException">It is none.</exception>
    public static LoadThreshold Threshold(string text)
    {
        try
        {
            return LoadThreshold.Parse(text);
        }
        catch (FormatException wrong)
        {
            throw new WrongInputException(wrong.Message);
        }
    }

    private static bool IsHey(string? name) => name switch
    {
        null => false,
        HeyRun.Program => true,
        _ => throw new WrongInputException($"--beside '{name}' is not allowed: {HeyRun.Program}"),
    };

    private static async Task<int> RunAsync(string[] names, LoadTestRequest request, LoadThreshold[] limits, bool asJson, string? output, CancellationToken cancellation)
    {
        var entries = names.Select(Entry).ToArray();
        if (output is not null && File.Exists(output))
        {
            throw new WrongInputException($"--out '{output}' is not allowed: it is a file; a folder is needed");
        }

        var isGood = true;
        foreach (var entry in entries)
        {
            var (result, run) = await LoadSession.RunAsync(entry, request, new Terminal(asJson), cancellation).ConfigureAwait(false);
            var broken = limits.Where(limit => !limit.IsKeptBy(result)).ToArray();
            if (output is not null)
            {
                await WriteAsync(entries.Length > 1 ? Path.Combine(output, entry.Name) : output, result, run).ConfigureAwait(false);
            }

            if (asJson)
            {
                Console.WriteLine(run.ToJsonLine());
            }
            else
            {
                Print(run, limits, broken);
            }

            foreach (var limit in asJson ? broken : [])
            {
                await Console.Error.WriteLineAsync($"dx: {limit.Text} is not kept").ConfigureAwait(false);
            }

            isGood &= run.Invalid.Count == 0 && run.Problems.Count == 0 && broken.Length == 0;
            if (cancellation.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync("dx: stopped; this is what was measured by then, and nothing was verified.").ConfigureAwait(false);
                return Interrupted;
            }
        }

        return isGood ? 0 : 1;
    }

    private static async Task WriteAsync(string folder, LoadResult result, LoadRun run)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "run.json"), run.ToJson()).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.html"), LoadReport.Html(run)).ConfigureAwait(false);
        await using var hgrm = new StreamWriter(Path.Combine(folder, "latency.hgrm"));
        LoadRun.WriteHgrm(result, hgrm);
    }

    private static void Print(LoadRun run, LoadThreshold[] limits, LoadThreshold[] broken)
    {
        var table = new TextTable(new TextColumn(run.Scenario), new TextColumn("value", IsNumber: true), new TextColumn("unit"));
        Row("intended rate", run.IntendedRate.ToString("N1", CultureInfo.InvariantCulture), $"{run.Unit}/s");
        Row("achieved rate", run.AchievedRate.ToString("N1", CultureInfo.InvariantCulture), $"{run.Unit}/s, {run.MeasuredSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s measured");
        Row("ok", run.Ok.ToString("N0", CultureInfo.InvariantCulture), "warm-up included");
        Row("shed", run.Shed.ToString("N0", CultureInfo.InvariantCulture), "refused for load");
        Row("failed", run.Failed.ToString("N0", CultureInfo.InvariantCulture), "");
        foreach (var (kind, count) in run.Kinds)
        {
            Row("  " + kind, count.ToString("N0", CultureInfo.InvariantCulture), "");
        }

        foreach (var percentile in (double[])[50, 90, 99, 99.9, 99.99, 100])
        {
            Row(
                percentile == 100 ? "latency, longest" : string.Create(CultureInfo.InvariantCulture, $"latency, {percentile} %"), LoadRun.Text(run.At(percentile)),
                percentile == 50 ? "from the intended start" : "");
        }

        Row("generator's own lag, 99 %", LoadRun.Text(run.Lag.FirstOrDefault(point => point.Percentile == 99)?.Nanoseconds ?? 0), "");
        foreach (var (name, value) in run.Notes)
        {
            Row(name, value, "");
        }

        foreach (var (name, value) in run.Counters)
        {
            Row(name, value.ToString("#,0.##", CultureInfo.InvariantCulture), "");
        }

        table.WriteTo(Console.Out);
        foreach (var line in (string[])[
            .. run.Invalid.Select(reason => $"NOT VALID: {reason}"), .. run.Problems.Select(problem => $"NOT VERIFIED: {problem}"),
            .. limits.Select(limit => $"{limit.Text} is {(broken.Contains(limit) ? "NOT KEPT" : "kept")}")])
        {
            Console.WriteLine(line);
        }

        if (run.Invalid.Count + run.Problems.Count == 0)
        {
            Console.WriteLine("valid and verified");
        }

        Console.Out.Flush();

        void Row(string name, string value, string unit) => table.Add(name, value, unit);
    }
}
