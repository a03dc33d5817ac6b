using System.Globalization;

namespace DataExchange.Cli.Running;

/// <summary>Finds what somebody may have meant: ids or names close to a text that does not exist.</summary>
internal static class NearestIds
{
    /// <summary>The existing ids closest to a wanted one, the closest first.</summary>
    /// <param name="wanted">What was asked for.</param>
    /// <param name="existing">What there is.</param>
    /// <param name="most">At most so many.</param>
    /// <remarks>
    /// Ids that differ in their last number alone (<c>product/P42</c>, <c>product/P000042</c>) are closest, by that number; all others
    /// come after them, by the letters one has to change.
    /// </remarks>
    public static IReadOnlyList<string> Of(string wanted, IEnumerable<string> existing, int most = 3)
    {
        var (shape, number) = Split(wanted);
        return
        [
            .. existing.Select(id => (Id: id, Distance: DistanceTo(id)))
                .OrderBy(row => row.Distance).ThenBy(row => row.Id, StringComparer.Ordinal).Take(most).Select(row => row.Id),
        ];

        (int Tier, ulong Distance) DistanceTo(string id)
        {
            var (otherShape, otherNumber) = Split(id);
            return number is { } mine && otherNumber is { } other && shape.Equals(otherShape, StringComparison.OrdinalIgnoreCase)
                ? (0, mine > other ? mine - other : other - mine)
                : (1, (ulong)EditDistance(wanted, id));
        }
    }

    /// <summary>Letters to insert, delete or replace to make one text of another, whatever their case (Levenshtein).</summary>
    public static int EditDistance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(left[line - 1]) == char.ToUpperInvariant(right[column - 1]) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row[^1];
    }

    private static (string Shape, ulong? Number) Split(string id)
    {
        var digits = id.Length;
        while (digits > 0 && char.IsAsciiDigit(id[digits - 1]))
        {
            digits--;
        }

        return (id[..digits], ulong.TryParse(id.AsSpan(digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);
    }
}
