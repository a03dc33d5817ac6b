using DataExchange.Reports.Figures;

namespace DataExchange.Reports;

/// <summary>What was measured of a run beside its read models.</summary>
public sealed record RunMeasures
{
    /// <summary>What buyers looked at and what it was worth to them; empty where nobody knows.</summary>
    public IReadOnlyList<ValuedOpportunity> Opportunities { get; init; } = [];

    /// <summary>The needs behind requirements; null where nobody knows.</summary>
    public DemandTruth? Demand { get; init; }

    /// <summary>Spread and depth of the order books, by product.</summary>
    public IReadOnlyList<BookLiquidity> Liquidity { get; init; } = [];
}
