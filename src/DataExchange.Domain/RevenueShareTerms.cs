namespace DataExchange.Domain;

/// <summary>
/// A share of what the buyer earns with the data (收益分成), beside the price. The order holds price and cap ready; each period's share is released out of the cap, and what is left of it
/// after the last period goes back.
/// </summary>
/// <param name="ShareBasisPoints">Share of the revenue, 1/10,000, 1 to 5,000; what it comes to is rounded up to whole fen.</param>
/// <param name="Periods">Periods of <see cref="PeriodDays"/> days for which revenue is reported, 1 to 24; the first begins with acceptance.</param>
/// <param name="CapFen">The most that all shares of an order come to, fen, above 0.</param>
/// <param name="ReportDays">Days after the end of a period by which its revenue is reported, 1 to 30; after that the cap's equal part is due.</param>
public readonly record struct RevenueShareTerms(int ShareBasisPoints, int Periods, long CapFen, int ReportDays)
{
    /// <summary>The largest share, 1/10,000.</summary>
    public const int MostBasisPoints = 5_000;

    /// <summary>The most periods.</summary>
    public const int MostPeriods = 24;

    /// <summary>Length of a period, days: a month, as of subscriptions.</summary>
    public const int PeriodDays = 30;

    /// <summary>The longest time for a report, days: so that no two periods wait for one at a time.</summary>
    public const int MostReportDays = 30;

    /// <summary>Whether every figure is in range.</summary>
    internal bool IsInRange =>
        ShareBasisPoints is >= 1 and <= MostBasisPoints && Periods is >= 1 and <= MostPeriods && Money.IsAmount(CapFen) && ReportDays is >= 1 and <= MostReportDays;

    /// <summary>Share of a period's revenue, rounded up to the fen, at most what is left of the cap.</summary>
    /// <param name="revenueFen">What the buyer earned, fen, 0 or more.</param>
    /// <param name="leftFen">What is left of the cap, fen.</param>
    public long Of(long revenueFen, long leftFen) =>
        (long)Int128.Min((((Int128)revenueFen * ShareBasisPoints) + Money.BasisPoints - 1) / Money.BasisPoints, leftFen);

    /// <summary>What is due for a period whose revenue was not reported in time: an equal part of what is left of the cap, rounded up to the fen.</summary>
    /// <param name="reported">Periods before it, 0 to one less than all.</param>
    /// <param name="leftFen">What is left of the cap, fen.</param>
    public long Overdue(int reported, long leftFen) => (long)(((Int128)leftFen + Periods - reported - 1) / (Periods - reported));
}
