namespace DataExchange.EventStore.Reading;

/// <summary>
/// The order of stream ids everywhere in this library: by their UTF-8 bytes, which is PostgreSQL's COLLATE "C". It differs from
/// <see cref="StringComparer.Ordinal"/> only for characters outside the Basic Multilingual Plane.
/// </summary>
public sealed class StreamIdOrder : IComparer<string>
{
    /// <summary>The only instance.</summary>
    public static StreamIdOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return x is null ? (y is null ? 0 : -1) : 1;
        }

        var shared = Math.Min(x.Length, y.Length);
        for (var index = 0; index < shared; index++)
        {
            if (x[index] != y[index])
            {
                // In UTF-16 the surrogates lie below U+E000 to U+FFFF, in UTF-8 the characters they stand for lie above.
                var surrogates = char.IsSurrogate(x[index]).CompareTo(char.IsSurrogate(y[index]));
                return surrogates != 0 ? surrogates : x[index].CompareTo(y[index]);
            }
        }

        return x.Length.CompareTo(y.Length);
    }
}
