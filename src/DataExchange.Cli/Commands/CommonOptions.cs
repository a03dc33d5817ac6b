using System.CommandLine;
using System.Globalization;
using DataExchange.Domain;

namespace DataExchange.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    private const int MostWorkers = 256;
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    public static Option<string> Data() => new("--data")
    {
        Description = "Folder of the private PostgreSQL and its data, e.g. --data /tmp/market; also DX_DATA",
        HelpName = "DIR",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("DX_DATA") is { Length: > 0 } folder ? folder : ".dx",
    };

    public static Option<string?> Postgres() => new("--postgres")
    {
        Description = "Use an existing PostgreSQL server instead, e.g. --postgres \"Host=db;Username=me;Database=dx\" or postgres://me@db/dx; also DX_POSTGRES",
        HelpName = "CONNECTION",
    };

    /// <summary>A folder of the venues' keys.</summary>
    /// <param name="description">What they are for.</param>
    public static Option<string?> Keys(string description) => new("--keys")
    {
        Description = description + ": VENUE.pem, VENUE.1.pem … and a file 'origin', the name that the logs' names begin with (docs/vouchers.md), e.g. --keys /etc/dx/keys",
        HelpName = "DIR",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object for machines; amounts in fen (1/100 yuan)" };

    public static Option<bool> JsonLines() => new("--json") { Description = "Print one JSON object a line for machines; amounts in fen (1/100 yuan)" };

    /// <summary>How many rows at most.</summary>
    /// <param name="description">What it says in the help.</param>
    /// <param name="byDefault">The default; null when it depends.</param>
    public static Option<long?> Limit(string description, long? byDefault)
    {
        var option = new Option<long?>("--limit")
        {
            Description = description,
            HelpName = "N",
            CustomParser = result => Parse<long>(result, "--limit", "a whole number from 0 (all) to 1000000000", text =>
                long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit <= 1_000_000_000 ? limit : null),
        };
        if (byDefault is { } value)
        {
            option.DefaultValueFactory = _ => value;
        }

        return option;
    }

    /// <summary>A moment of simulated time.</summary>
    /// <param name="description">What it says in the help.</param>
    public static Option<SimulatedTime?> At(string description) => Moment("--at", description);

    /// <summary>A moment of simulated time under another name; a date alone is the end of that day.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">What it says in the help.</param>
    /// <param name="isBeginning">Whether a date alone is the beginning of the day instead.</param>
    public static Option<SimulatedTime?> Moment(string name, string description, bool isBeginning = false) => new(name)
    {
        Description = description,
        HelpName = "DATE-TIME",
        CustomParser = result => Parse<SimulatedTime>(
            result, name, "a date or a date and time in China, such as 2025-03-31, 2025-03-31T09:30 or 2025-03-31T09:30:00+08:00",
            text => MomentOf(text) is not { } moment ? null
                : isBeginning && !text.Contains(':', StringComparison.Ordinal) ? SimulatedTime.On(moment.Date)
                : moment),
    };

    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "Seed of every random stream, a whole number, e.g. --seed 7",
        HelpName = "N",
        DefaultValueFactory = _ => 20250531UL,
        CustomParser = result => Parse<ulong>(result, "--seed", "a whole number from 0 to 9223372036854775807", text =>
            ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) && seed <= long.MaxValue ? seed : null),
    };

    public static Option<double> Scale() => new("--scale")
    {
        Description = "Multiplies products, firms and volume, a number above 0, e.g. --scale 0.02",
        HelpName = "K",
        DefaultValueFactory = _ => 1,
        CustomParser = result => Parse<double>(result, "--scale", "a number above 0, at most 1000, such as 0.02 or 5", text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && scale is > 0 and <= 1_000 ? scale : null),
    };

    /// <summary>How many at a time.</summary>
    /// <param name="what">What is worked at.</param>
    public static Option<int> Workers(string what) => new("--workers")
    {
        Description = $"{what} at a time, 1 to 256, e.g. --workers 2; results do not depend on it",
        HelpName = "N",
        DefaultValueFactory = _ => Math.Clamp(Environment.ProcessorCount, 1, MostWorkers),
        CustomParser = result => Parse<int>(result, "--workers", "a whole number from 1 to 256", text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostWorkers ? count : null),
    };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Changes a setting of the scenario, PATH=VALUE with a path as in docs/scenario.md, e.g. --set pricing.stepsShare=0.5; may be given again",
        HelpName = "PATH=VALUE",
        DefaultValueFactory = _ => [],
    };

    public static Option<int> Threads() => new("--threads")
    {
        Description = "Threads to encode and project with, 1 to 64, e.g. --threads 2; results do not depend on it",
        HelpName = "N",
        DefaultValueFactory = _ => Math.Clamp(Environment.ProcessorCount, 1, 3),
        CustomParser = result => Parse<int>(result, "--threads", "a whole number from 1 to 64", text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) && threads is >= 1 and <= 64 ? threads : null),
    };

    /// <summary>Reads a moment as <see cref="At"/> does.</summary>
    /// <param name="text">A date or a date and time in China.</param>
    /// <param name="moment">The moment.</param>
    public static bool TryMoment(string text, out SimulatedTime moment)
    {
        moment = MomentOf(text) ?? default;
        return MomentOf(text) is not null;
    }

    // A day without a time means the whole of it.
    private static SimulatedTime? MomentOf(string text)
    {
        var local = text.EndsWith("+08:00", StringComparison.Ordinal) ? text[..^"+08:00".Length] : text;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day.Year < 1970 ? null : SimulatedTime.On(day, (int)SimulatedTime.SecondsPerDay - 1);
        }

        return DateTime.TryParseExact(local, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Year >= 1970
            ? SimulatedTime.On(DateOnly.FromDateTime(time), (int)time.TimeOfDay.TotalSeconds)
            : null;
    }

    /// <summary>One of an enumeration's words, in any case.</summary>
    /// <param name="result">What was given.</param>
    /// <param name="name">The option.</param>
    public static T ParseWord<T>(System.CommandLine.Parsing.ArgumentResult result, string name)
        where T : struct, Enum =>
        Parse<T>(
            result, name, "one of " + string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant(),
            text => Array.Find(Enum.GetNames<T>(), word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found ? Enum.Parse<T>(found) : null);

    /// <summary>Reads an option's value, or says what is allowed.</summary>
    /// <param name="result">What was given.</param>
    /// <param name="name">The option.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <param name="parse">The value; null when it is not allowed.</param>
    public static T Parse<T>(System.CommandLine.Parsing.ArgumentResult result, string name, string allowed, Func<string, T?> parse)
        where T : struct
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (parse(text) is { } value)
        {
            return value;
        }

        result.AddError($"{name} '{text}' is not allowed: {allowed}");
        return default;
    }
}
