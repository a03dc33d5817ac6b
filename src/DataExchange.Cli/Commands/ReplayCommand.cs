using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DataExchange.Cli.Running.Replay;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary>What is replayed.</summary>
internal enum ReplayFormat
{
    /// <summary>A store of this program.</summary>
    Store,

    /// <summary>Messages and order book of LOBSTER.</summary>
    Lobster,
}

/// <summary><c>dx replay</c>: a store as it was at any moment, and data of others.</summary>
internal sealed class ReplayCommand
{
    private const double HighestSpeed = 1e12;
    private const int MostLevels = 1_000;

    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "The data folder to replay, the same as --data; with --format the files to read: lobster MESSAGES ORDERBOOK",
        Arity = new ArgumentArity(0, 2),
    };

    private readonly Option<ReplayFormat> _format = new("--format")
    {
        Description = "What is replayed, e.g. --format lobster: order-book messages in the format of LOBSTER's NASDAQ samples, reconstructed and compared with the given book",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => ReplayFormat.Store,
        CustomParser = result => CommonOptions.ParseWord<ReplayFormat>(result, "--format"),
    };

    private readonly Option<Domain.SimulatedTime?> _to = CommonOptions.Moment(
        "--to", "The last moment, e.g. --to 2024-12-31T12:00 (simulated time, China); a date alone is the end of that day [default: the last event]");

    private readonly Option<Domain.SimulatedTime?> _from = CommonOptions.Moment(
        "--from", "Where it begins to be told and timed: what was before is taken in silence, e.g. --from 2024-12-01; a date alone is the beginning of that day [default: the first event]",
        isBeginning: true);

    private readonly Option<double?> _speed = new("--speed")
    {
        Description = "Simulated seconds in a second, a number above 0, e.g. --speed 86400 for a day a second; prints each day as it ends, or with --events each event as it comes "
            + "[default: as fast as possible]",
        HelpName = "N",
        CustomParser = result => CommonOptions.Parse<double>(result, "--speed", "a number above 0, at most 1000000000000", text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= HighestSpeed ? value : null),
    };

    private readonly Option<bool> _events = new("--events") { Description = "Print each event of the told range, as './dx events' does" };

    private readonly Option<bool> _days = new("--days") { Description = "Print a line for each day of the told range on which something happened" };

    private readonly Option<int?> _levels = new("--levels")
    {
        Description = "lobster: compare the first so many levels of the book, e.g. --levels 5 [default: all that the file has]",
        HelpName = "N",
        CustomParser = result => CommonOptions.Parse<int>(result, "--levels", "a whole number from 1 to 1000", text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var levels) && levels is >= 1 and <= MostLevels ? levels : null),
    };

    private readonly Option<string> _data = CommonOptions.Data();

    private readonly Option<string?> _postgres = CommonOptions.Postgres();

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON for machines, one object a line, the result last; amounts in fen (1/100 yuan)" };

    private ReplayCommand()
    {
    }

    public static Command Create()
    {
        var parts = new ReplayCommand();
        var command = new Command(
            "replay",
            "Time travel: fold the events of a store in the order of commits up to a moment, and print the market as it stood then. With --format, data of others "
            + "(docs/replay.md)\n\n"
            + "  ./dx replay --to 2024-12-31\n  ./dx replay .dx --to 2024-12-31T12:00 --json | jq .digest\n  ./dx replay --from 2025-05-01 --days\n"
            + "  ./dx replay --from 2025-05-01 --speed 86400\n  ./dx replay --format lobster AAPL_message_10.csv AAPL_orderbook_10.csv --levels 5")
        {
            parts._paths, parts._format, parts._to, parts._from, parts._speed, parts._events, parts._days, parts._levels, parts._data, parts._postgres, parts._json,
        };
        command.SetAction(parts.RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var paths = parsed.GetValue(_paths) ?? [];
        Option[] ofStore = [_to, _from, _speed, _events, _days];
        switch (parsed.GetValue(_format))
        {
            case ReplayFormat.Lobster:
                Forbid(parsed, "--format lobster", [.. ofStore, _data, _postgres]);
                return paths is [var messages, var book]
                    ? ReplayLobsterCommand.RunAsync(messages, book, parsed.GetValue(_levels), parsed.GetValue(_json), cancellation)
                    : throw new WrongInputException($"--format lobster needs two files, MESSAGES ORDERBOOK; given are {paths.Length}");
            default:
                Forbid(parsed, "a store", [_levels]);
                return ReplayStoreCommand.RunAsync(
                    new ReplayStoreRequest(
                        FolderOf(parsed, paths), parsed.GetValue(_postgres), new ReplayRange(parsed.GetValue(_from), parsed.GetValue(_to), parsed.GetValue(_speed)),
                        parsed.GetValue(_events), parsed.GetValue(_days), parsed.GetValue(_json)),
                    cancellation);
        }
    }

    private string FolderOf(ParseResult parsed, string[] paths)
    {
        if (paths.Length == 0)
        {
            return parsed.GetValue(_data)!;
        }

        if (paths.Length > 1)
        {
            throw new WrongInputException($"'{paths[1]}' is one path too many: a store is one data folder; files need --format");
        }

        foreach (var other in new Option[] { _data, _postgres })
        {
            if (IsGiven(parsed, other))
            {
                throw new WrongInputException($"PATH '{paths[0]}' and {other.Name} both name a store: one of them is allowed");
            }
        }

        return paths[0];
    }

    private static void Forbid(ParseResult parsed, string with, Option[] options)
    {
        foreach (var option in options)
        {
            if (IsGiven(parsed, option))
            {
                throw new WrongInputException($"{option.Name} is not allowed for {with}");
            }
        }
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is OptionResult { Implicit: false };
}
