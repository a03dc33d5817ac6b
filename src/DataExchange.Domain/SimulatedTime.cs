using System.Globalization;

namespace DataExchange.Domain;

/// <summary>
/// A moment of the modelled world, to the second, shown in China Standard Time (UTC+08:00, without daylight saving since 1991).
/// It is not the machine's clock: it is always passed in.
/// </summary>
/// <param name="UnixSeconds">Seconds since 1970-01-01T00:00:00Z.</param>
public readonly record struct SimulatedTime(long UnixSeconds) : IComparable<SimulatedTime>
{
    /// <summary>Seconds of one day.</summary>
    public const long SecondsPerDay = 86_400;

    private const long OffsetSeconds = 8 * 3_600;
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <summary>The calendar day in China.</summary>
    public DateOnly Date => Epoch.AddDays((int)Math.DivRem(UnixSeconds + OffsetSeconds, SecondsPerDay).Quotient);

    /// <summary>Seconds since midnight in China, 0 to 86,399.</summary>
    public int SecondOfDay => (int)((UnixSeconds + OffsetSeconds) % SecondsPerDay);

    /// <summary>A moment of a calendar day in China.</summary>
    /// <param name="date">The day, 1970-01-02 or later.</param>
    /// <param name="secondOfDay">Seconds since midnight.</param>
    public static SimulatedTime On(DateOnly date, int secondOfDay = 0) =>
        new(((date.DayNumber - Epoch.DayNumber) * SecondsPerDay) + secondOfDay - OffsetSeconds);

    /// <summary>This moment so many days later (earlier when negative).</summary>
    public SimulatedTime AddDays(int days) => new(UnixSeconds + (days * SecondsPerDay));

    /// <summary>This moment so many seconds later (earlier when negative).</summary>
    public SimulatedTime AddSeconds(long seconds) => new(UnixSeconds + seconds);

    /// <inheritdoc />
    public int CompareTo(SimulatedTime other) => UnixSeconds.CompareTo(other.UnixSeconds);

    /// <summary>Whether the left moment is the earlier one.</summary>
    public static bool operator <(SimulatedTime left, SimulatedTime right) => left.UnixSeconds < right.UnixSeconds;

    /// <summary>Whether the left moment is the later one.</summary>
    public static bool operator >(SimulatedTime left, SimulatedTime right) => left.UnixSeconds > right.UnixSeconds;

    /// <summary>Whether the left moment is not later.</summary>
    public static bool operator <=(SimulatedTime left, SimulatedTime right) => left.UnixSeconds <= right.UnixSeconds;

    /// <summary>Whether the left moment is not earlier.</summary>
    public static bool operator >=(SimulatedTime left, SimulatedTime right) => left.UnixSeconds >= right.UnixSeconds;

    /// <summary>ISO 8601 with the offset: <c>2025-05-31T09:30:00+08:00</c>.</summary>
    public override string ToString() =>
        DateTime.UnixEpoch.AddSeconds(UnixSeconds + OffsetSeconds).ToString("yyyy-MM-dd'T'HH:mm:ss'+08:00'", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static SimulatedTime Parse(string text) =>
        new(DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture).ToUnixTimeSeconds());
}
