using System.CommandLine;
using System.Globalization;

namespace DataExchange.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> Data() => new("--data")
    {
        Description = "Folder of the private PostgreSQL and its data",
        HelpName = "DIR",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("DX_DATA") is { Length: > 0 } folder ? folder : ".dx",
    };

    public static Option<string?> Postgres() => new("--postgres")
    {
        Description = "Use an existing PostgreSQL server instead (also DX_POSTGRES)",
        HelpName = "CONNECTION",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object for machines" };

    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "Seed of every random stream",
        HelpName = "N",
        DefaultValueFactory = _ => 20250531UL,
        CustomParser = result => Parse<ulong>(result, "--seed", "a whole number from 0 to 9223372036854775807", text =>
            ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) && seed <= long.MaxValue ? seed : null),
    };

    public static Option<double> Scale() => new("--scale")
    {
        Description = "Multiplies products, firms and volume",
        HelpName = "K",
        DefaultValueFactory = _ => 1,
        CustomParser = result => Parse<double>(result, "--scale", "a number above 0, at most 1000, such as 0.02 or 5", text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && scale is > 0 and <= 1_000 ? scale : null),
    };

    public static Option<int> Threads() => new("--threads")
    {
        Description = "Threads to encode and project with; results do not depend on it",
        HelpName = "N",
        DefaultValueFactory = _ => Math.Clamp(Environment.ProcessorCount, 1, 3),
        CustomParser = result => Parse<int>(result, "--threads", "a whole number from 1 to 64", text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) && threads is >= 1 and <= 64 ? threads : null),
    };

    private static T Parse<T>(System.CommandLine.Parsing.ArgumentResult result, string name, string allowed, Func<string, T?> parse)
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
