using System.Globalization;

namespace DataExchange.Cli.Running.Chaos;

/// <summary>Gives a process a clock that is off, by Debian's libfaketime: the time of day that it sees, not how fast time passes.</summary>
internal static class FalseClock
{
    /// <summary>What is missing where <see cref="Library"/> is null.</summary>
    public const string Missing = "libfaketime is not installed: apt-get install faketime";

    /// <summary>The library that is loaded before all others; null where there is none.</summary>
    public static string? Library { get; } = new[] { "/usr/lib", "/usr/local/lib" }.Where(Directory.Exists)
        .SelectMany(folder => new[] { folder }.Concat(Directory.EnumerateDirectories(folder, "*-linux-gnu*")))
        .Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1")).FirstOrDefault(File.Exists);

    /// <summary>The environment of a process whose clock is off.</summary>
    /// <param name="skew">By how much; negative for a clock that is slow.</param>
    public static IReadOnlyDictionary<string, string> Environment(TimeSpan skew) => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library!,
        ["FAKETIME"] = string.Create(CultureInfo.InvariantCulture, $"{skew.TotalSeconds:+0;-0}s"),
        ["DONT_FAKE_MONOTONIC"] = "1",
        ["FAKETIME_DISABLE_SHM"] = "1",
    };
}
