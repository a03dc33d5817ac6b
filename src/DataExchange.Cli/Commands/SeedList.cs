using System.Globalization;

namespace DataExchange.Cli.Commands;

/// <summary>Seeds, each once.</summary>
/// <param name="Values">In the order given.</param>
internal readonly record struct SeedList(IReadOnlyList<ulong> Values)
{
    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "1 to 1000 different seeds as numbers and ranges, such as 1-10 or 3,7,20-25";

    private const int Most = 1_000;

    /// <summary>The seeds from 1 on.</summary>
    public static SeedList UpTo(int count) => new([.. Enumerable.Range(1, count).Select(seed => (ulong)seed)]);

    /// <summary>Reads a list of seeds; null when it is none.</summary>
    public static SeedList? Parse(string text)
    {
        var seeds = new List<ulong>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !ParseOne(ends[0], out var first) || !ParseOne(ends[^1], out var last) || last < first || last - first >= Most)
            {
                return null;
            }

            for (var seed = first; seed <= last; seed++)
            {
                seeds.Add(seed);
            }
        }

        return seeds.Count <= Most && seeds.Distinct().Count() == seeds.Count ? new SeedList(seeds) : null;

        static bool ParseOne(string text, out ulong seed) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed) && seed < long.MaxValue;
    }

    /// <summary>As they could be given.</summary>
    public override string ToString() => Values is [var first, .., var last] && last - first == (ulong)Values.Count - 1
        ? string.Create(CultureInfo.InvariantCulture, $"{first}-{last}") : string.Join(',', Values ?? []);
}
