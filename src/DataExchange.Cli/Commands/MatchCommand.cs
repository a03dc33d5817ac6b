using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Matching.Flow;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary>What was typed after <c>dx match</c>.</summary>
internal sealed record MatchArguments(
    string Flow, int Books, int Shards, double Rate, string? Journal, bool Continues, bool IsDurable, string? Snapshot, int? At, string? Resume, bool Json);

/// <summary><c>dx match</c>: a flow of orders through the matching core, with its journal and its reports.</summary>
internal static class MatchCommand
{
    public static Command Create()
    {
        var flow = new Argument<string>("FLOW") { Description = "File of 24-byte records, as 'dx bench flow' writes them" };
        var books = Number("--books", "How many books there are", "N", 1, FlowFile.MostBooks);
        books.Required = true;
        var shards = Number("--shards", "Engines, each with a thread of its own; results do not depend on it [default: 1]", "S", 1, 64);
        var rate = Number("--rate", "Operations a second while latency is measured [default: 1000000]", "R", 1_000, 100_000_000);
        var journal = new Option<string?>("--journal") { Description = "Also write the input journal to a new file", HelpName = "FILE" };
        var goesOn = new Option<bool>("--continue") { Description = "With --journal: verify the journal that is there, carry out what it holds and go on after it" };
        var durable = new Option<bool>("--durable") { Description = "With --journal: the disk has each block before it counts as done" };
        var snapshot = new Option<string?>("--snapshot") { Description = "With --at: stop there and write the state to a file", HelpName = "FILE" };
        var at = Number("--at", "With --snapshot: after so many operations", "K", 0, FlowFile.MostOperations);
        var resume = new Option<string?>("--resume") { Description = "Go on from a snapshot of this flow", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object for machines" };
        var command = new Command(
            "match",
            "Run a flow of orders through the matching core: each command journaled, matched with its holds, reported. First a pass for throughput, "
            + "then one on a schedule for latency, measured from when an operation was to begin\n\n"
            + "  ./dx bench flow 2000000 4000 20250523 /tmp/flow\n  ./dx match /tmp/flow --books 4000\n"
            + "  ./dx match /tmp/flow --books 4000 --snapshot /tmp/half --at 1000000\n  ./dx match /tmp/flow --books 4000 --resume /tmp/half --json")
        {
            flow, books, shards, rate, journal, goesOn, durable, snapshot, at, resume, json,
        };
        command.SetAction(parsed => Run(new MatchArguments(
            parsed.GetValue(flow)!, parsed.GetValue(books)!.Value, parsed.GetValue(shards) ?? 1, parsed.GetValue(rate) ?? 1_000_000, parsed.GetValue(journal),
            parsed.GetValue(goesOn), parsed.GetValue(durable), parsed.GetValue(snapshot), parsed.GetValue(at), parsed.GetValue(resume), parsed.GetValue(json))));
        return command;
    }

    /// <summary>An option with a whole number in a range; null when it is not given.</summary>
    internal static Option<int?> Number(string name, string description, string symbol, int least, int most) => new(name)
    {
        Description = description,
        HelpName = symbol,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} '{text}' is not allowed: a whole number from {least} to {most}"));
            return null;
        },
    };

    private static int Run(MatchArguments arguments)
    {
        Check(arguments);
        var plan = FlowPlan.Of(FlowFile.Read(arguments.Flow, arguments.Books), arguments.Books);
        if (arguments.At > plan.Operations.Length)
        {
            throw new WrongInputException(string.Create(
                CultureInfo.InvariantCulture, $"--at {arguments.At} is not allowed: {arguments.Flow} has {plan.Operations.Length} operations"));
        }

        var options = new FlowRunOptions
        {
            Shards = arguments.Shards,
            Rate = arguments.Rate,
            StopAt = arguments.At,
            Resume = arguments.Resume is { } file ? FlowSnapshot.Read(file, plan) : null,
            SavesState = arguments.Snapshot is not null,
        };
        using var journal = arguments.Journal is null ? null : Open(arguments, plan, ref options);
        var result = FlowRun.Execute(plan, options);
        if (result.Totals.Refused > 0)
        {
            throw new CommandFailedException(string.Create(CultureInfo.InvariantCulture,
                $"the engine refused {result.Totals.Refused} operations, first operation {result.Totals.FirstRefused}: {result.Totals.FirstReason}"));
        }

        if (arguments.Snapshot is { } snapshot)
        {
            new FlowSnapshot(result.Operations, result.Totals.Trades, result.Totals.Quantity, result.State).Write(snapshot, plan);
        }

        Print(arguments, result);
        return 0;
    }

    private static void Check(MatchArguments arguments)
    {
        if (arguments.Snapshot is null != arguments.At is null)
        {
            throw new WrongInputException("--snapshot FILE and --at K belong together: where to stop, and where to write the state");
        }

        if (arguments.Shards > 1 && (arguments.Snapshot ?? arguments.Resume) is not null)
        {
            throw new WrongInputException("--shards is not allowed with --snapshot or --resume: a snapshot is that of one engine");
        }

        if (arguments.Journal is null && (arguments.Continues || arguments.IsDurable))
        {
            throw new WrongInputException((arguments.Continues ? "--continue" : "--durable") + " belongs to --journal FILE");
        }

        if (arguments.Journal is not null && arguments.Resume is not null)
        {
            throw new WrongInputException("--journal is not allowed with --resume: the journal would lack what came before the snapshot");
        }
    }

    private static JournalFile Open(MatchArguments arguments, FlowPlan plan, ref FlowRunOptions options)
    {
        var how = new JournalFileOptions { IsDurable = arguments.IsDurable };
        var journal = arguments.Continues
            ? JournalFile.Continue(arguments.Journal!, (commands, first) => plan.Expect(commands, first, arguments.Journal!), how)
            : JournalFile.Create(arguments.Journal!, how);
        options = options with { Journal = journal, Replayed = (int)Math.Max(0, journal.NextRecord - plan.Setup.Count) };
        return journal;
    }

    private static void Print(MatchArguments arguments, FlowResult result)
    {
        var latency = result.Latency;
        if (arguments.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new MatchOutput(
                    result.Operations, result.Totals.Trades, result.Totals.Quantity, result.RestingOrders, Math.Round(result.OpsPerSecond),
                    latency.Percentile(0.5), latency.Percentile(0.99), latency.Percentile(0.999), latency.Longest,
                    Math.Round(result.AllocatedBytesPerOp, 6), result.StateHashText),
                CommandJson.Default.MatchOutput));
            return;
        }

        var table = new TextTable(new TextColumn("what"), new TextColumn("value", IsNumber: true), new TextColumn("unit"));
        Row("operations", result.Operations, "");
        Row("trades", result.Totals.Trades, "");
        Row("quantity traded", result.Totals.Quantity, "units, each trade counted once");
        Row("resting orders", result.RestingOrders, "");
        Row("throughput", result.OpsPerSecond, "operations/s, " + JournalText(arguments));
        Row("latency, median", latency.Percentile(0.5), string.Create(CultureInfo.InvariantCulture, $"ns, at {arguments.Rate:N0} operations/s, from the intended begin"));
        Row("latency, 99 %", latency.Percentile(0.99), "ns");
        Row("latency, 99.9 %", latency.Percentile(0.999), "ns");
        Row("latency, longest", latency.Longest, "ns");
        table.Add("allocated", result.AllocatedBytesPerOp.ToString("0.######", CultureInfo.InvariantCulture), "bytes/operation");
        table.Add("state hash", result.StateHashText, "");
        table.WriteTo(Console.Out, StandardOutput.Width);

        void Row(string what, double value, string unit) => table.Add(what, value.ToString("N0", CultureInfo.InvariantCulture), unit);
    }

    private static string JournalText(MatchArguments arguments) =>
        arguments.Journal is null ? "journal in memory" : arguments.IsDurable ? "journal on the disk" : "journal in a file, not forced onto the disk";
}
