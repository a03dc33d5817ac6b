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

    /// <summary>A list of deals.</summary>
    Csv,

    /// <summary>A DCAT catalogue.</summary>
    Dcat,
}

/// <summary><c>dx replay</c>: a store as it was at any moment, and data of others.</summary>
internal sealed class ReplayCommand
{
    private const double HighestSpeed = 1e12;
    private const int MostLevels = 1_000;

    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "The data folder to replay, the same as --data; with --format the files to read: lobster MESSAGES ORDERBOOK, csv FILE, dcat FILE",
        Arity = new ArgumentArity(0, 2),
    };

    private readonly Option<ReplayFormat> _format = new("--format")
    {
        Description = "What is replayed, e.g. --format lobster. store: a store at a moment; lobster: order-book messages in the format of LOBSTER's NASDAQ samples, reconstructed and "
            + "compared with the given book; csv: a list of deals, which become filed contracts in a new store; dcat: a catalogue (JSON-LD), whose products are registered in a new store",
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

    private readonly Option<string?> _venue = new("--venue")
    {
        Description = "csv: the venue of rows that name none; dcat: the venue that takes the applications, e.g. --venue zjbdec [default: hzdex]",
        HelpName = "V",
    };

    private readonly Option<string[]> _columns = new("--column")
    {
        Description = "csv: a column that has a title of its own in the file, NAME=TITLE, e.g. --column amount_yuan=Price; may be given again",
        HelpName = "NAME=TITLE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _skips = new("--skip-bad-rows") { Description = "csv: leave out rows that are not allowed, and tell them, instead of writing nothing" };

    private readonly Option<bool> _trial = new("--dry-run") { Description = "csv, dcat: only say what would come of it; nothing is stored" };

    private readonly Option<Domain.SimulatedTime?> _at = CommonOptions.At("dcat: simulated time of the applications, e.g. --at 2025-06-03T09:00; needed, as no clock is read");

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
            + "  ./dx replay --from 2025-05-01 --speed 86400\n  ./dx replay --format lobster AAPL_message_10.csv AAPL_orderbook_10.csv --levels 5\n"
            + "  ./dx replay --format csv deals.csv --data deals --dry-run\n  ./dx replay --format dcat shelf.jsonld --data shelf --at 2025-06-03")
        {
            parts._paths, parts._format, parts._to, parts._from, parts._speed, parts._events, parts._days, parts._levels, parts._venue, parts._columns, parts._skips, parts._trial,
            parts._at, parts._data, parts._postgres, parts._json,
        };
        command.SetAction(parts.RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var paths = parsed.GetValue(_paths) ?? [];
        var format = parsed.GetValue(_format);
        Allow(parsed, format, format switch
        {
            ReplayFormat.Lobster => [_levels],
            ReplayFormat.Csv => [_venue, _columns, _skips, _trial, _data, _postgres],
            ReplayFormat.Dcat => [_venue, _trial, _at, _data, _postgres],
            _ => [_to, _from, _speed, _events, _days, _data, _postgres],
        });
        return format switch
        {
            ReplayFormat.Lobster => paths is [var messages, var book]
                ? ReplayLobsterCommand.RunAsync(messages, book, parsed.GetValue(_levels), parsed.GetValue(_json), cancellation)
                : throw new WrongInputException($"--format lobster needs two files, MESSAGES ORDERBOOK; given are {paths.Length}"),
            ReplayFormat.Csv => ReplayCsvCommand.RunAsync(
                new ReplayCsvRequest(
                    FileOf(paths, "csv"), parsed.GetValue(_venue), parsed.GetValue(_columns)!, parsed.GetValue(_skips), parsed.GetValue(_trial), parsed.GetValue(_json),
                    parsed.GetValue(_data)!, parsed.GetValue(_postgres)),
                cancellation),
            ReplayFormat.Dcat => ReplayDcatAsync(
                new ImportCommand.ImportRequest(
                    FileOf(paths, "dcat"), parsed.GetValue(_venue), parsed.GetValue(_at), parsed.GetValue(_trial), parsed.GetValue(_json), parsed.GetValue(_data)!,
                    parsed.GetValue(_postgres), null),
                cancellation),
            _ => ReplayStoreCommand.RunAsync(
                new ReplayStoreRequest(
                    FolderOf(parsed, paths), parsed.GetValue(_postgres), new ReplayRange(parsed.GetValue(_from), parsed.GetValue(_to), parsed.GetValue(_speed)),
                    parsed.GetValue(_events), parsed.GetValue(_days), parsed.GetValue(_json)),
                cancellation),
        };
    }

    // The import itself adds to any store; a replay begins one.
    private static async Task<int> ReplayDcatAsync(ImportCommand.ImportRequest request, CancellationToken cancellation)
    {
        if (request.At is null)
        {
            throw new WrongInputException("--at is needed with --format dcat: a catalogue does not say when its products are registered, e.g. --at 2025-06-03T09:00");
        }

        await using (var opened = await OpenedStore.OpenOrCreateAsync(request.Data, request.Postgres, true, true, cancellation).ConfigureAwait(false))
        {
            if (opened is not null)
            {
                await ReplayCsvCommand.EnsureNewAsync(opened, request.Data, request.Postgres, cancellation).ConfigureAwait(false);
            }
        }

        return await ImportCommand.RunAsync(request, cancellation).ConfigureAwait(false);
    }

    private static string FileOf(string[] paths, string format) =>
        paths is [var file] ? file : throw new WrongInputException($"--format {format} needs one file, FILE; given are {paths.Length}");

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

    private void Allow(ParseResult parsed, ReplayFormat format, Option[] allowed)
    {
        foreach (var option in new Option[] { _to, _from, _speed, _events, _days, _levels, _venue, _columns, _skips, _trial, _at, _data, _postgres })
        {
            if (!allowed.Contains(option) && IsGiven(parsed, option))
            {
                throw new WrongInputException(
                    $"{option.Name} is not allowed for --format {format.ToString().ToLowerInvariant()}: its options are {string.Join(", ", allowed.Select(one => one.Name))}, --json");
            }
        }
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is OptionResult { Implicit: false };
}
