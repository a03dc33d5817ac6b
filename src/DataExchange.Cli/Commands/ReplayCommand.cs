using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DataExchange.Cli.Running.Replay;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx replay</c>: a store as it was at any moment.</summary>
internal static class ReplayCommand
{
    private const double HighestSpeed = 1e12;

    public static Command Create()
    {
        var store = new Argument<string?>("STORE")
        {
            Description = "The data folder to replay, e.g. .dx; the same as --data",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var to = CommonOptions.Moment("--to", "The last moment, e.g. --to 2024-12-31T12:00 (simulated time, China); a date alone is the end of that day [default: the last event]");
        var from = CommonOptions.Moment(
            "--from", "Where it begins to be told and timed: what was before is taken in silence, e.g. --from 2024-12-01; a date alone is the beginning of that day [default: the first event]",
            isBeginning: true);
        var speed = new Option<double?>("--speed")
        {
            Description = "Simulated seconds in a second, a number above 0, e.g. --speed 86400 for a day a second; prints each day as it ends, or with --events each event as it comes "
                + "[default: as fast as possible]",
            HelpName = "N",
            CustomParser = result => CommonOptions.Parse<double>(result, "--speed", "a number above 0, at most 1000000000000", text =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= HighestSpeed ? value : null),
        };
        var events = new Option<bool>("--events") { Description = "Print each event of the told range, as './dx events' does" };
        var days = new Option<bool>("--days") { Description = "Print a line for each day of the told range on which something happened" };
        var (data, postgres) = (CommonOptions.Data(), CommonOptions.Postgres());
        var json = new Option<bool>("--json") { Description = "Print JSON for machines, one object a line, the state last; amounts in fen (1/100 yuan)" };
        var command = new Command(
            "replay",
            "Time travel: fold the events of a store in the order of commits up to a moment, and print the market as it stood then (docs/replay.md)\n\n"
            + "  ./dx replay --to 2024-12-31\n  ./dx replay .dx --to 2024-12-31T12:00 --json | jq .digest\n  ./dx replay --from 2025-05-01 --days\n"
            + "  ./dx replay --from 2025-05-01 --speed 86400")
        {
            store, to, from, speed, events, days, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => ReplayStoreCommand.RunAsync(
            new ReplayStoreRequest(
                FolderOf(parsed, store, data, postgres), parsed.GetValue(postgres), new ReplayRange(parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(speed)),
                parsed.GetValue(events), parsed.GetValue(days), parsed.GetValue(json)),
            cancellation));
        return command;
    }

    private static string FolderOf(ParseResult parsed, Argument<string?> store, Option<string> data, Option<string?> postgres)
    {
        if (parsed.GetValue(store) is not { } folder)
        {
            return parsed.GetValue(data)!;
        }

        foreach (var other in new Option[] { data, postgres })
        {
            if (parsed.GetResult(other) is OptionResult { Implicit: false })
            {
                throw new WrongInputException($"STORE '{folder}' and {other.Name} both name a store: one of them is allowed");
            }
        }

        return folder;
    }
}
