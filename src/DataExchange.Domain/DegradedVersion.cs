namespace DataExchange.Domain;

/// <summary>How a version of lower quality (降质版) differs from the full product.</summary>
public enum Degradation
{
    /// <summary>抽样: one record in so many.</summary>
    Sampled,
    /// <summary>延时: so many days old.</summary>
    Delayed,
    /// <summary>汇总: so many records summed up as one.</summary>
    Aggregated,
}

/// <summary>A version of lower quality that is offered beside the full product, for less.</summary>
/// <param name="Degradation">How it differs.</param>
/// <param name="Degree">How much: records for one (sampled, aggregated), 2 to 1,000,000; days (delayed), 1 to 3,650.</param>
/// <param name="PriceBasisPoints">Its unit price in 1/10,000 of that of the full product, 1 to 9,999, rounded up to whole fen.</param>
public readonly record struct DegradedVersion(Degradation Degradation, int Degree, int PriceBasisPoints)
{
    /// <summary>Most records for one.</summary>
    public const int MostRecords = 1_000_000;

    /// <summary>Oldest data, days.</summary>
    public const int MostDays = 3_650;

    /// <summary>Whether it can be anything: a price above that of the full product is in range, and is refused for what it is.</summary>
    internal bool IsInRange =>
        (Degradation == Degradation.Delayed ? Degree is >= 1 and <= MostDays : Enum.IsDefined(Degradation) && Degree is >= 2 and <= MostRecords)
        && PriceBasisPoints is >= 1 and <= 10 * (int)Money.BasisPoints;

    /// <summary>Its unit price, of that of the full product, fen.</summary>
    internal long Of(long fen) => (long)((((Int128)fen * PriceBasisPoints) + Money.BasisPoints - 1) / Money.BasisPoints);

    /// <summary>Whether two lists say the same.</summary>
    internal static bool Same(IReadOnlyList<DegradedVersion>? one, IReadOnlyList<DegradedVersion>? other) =>
        one is null ? other is null : other is not null && one.SequenceEqual(other);
}
