using DataExchange.Domain.Pricing;

namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx value --json</c> prints.</summary>
/// <param name="Product">The product.</param>
/// <param name="Valuations">Its valuations, in order.</param>
/// <param name="Prices">The prices asked for since the first of them, in order.</param>
internal sealed record ValueOutput(string Product, IReadOnlyList<ValuationOutput> Valuations, IReadOnlyList<PriceOutput> Prices);

/// <summary>One valuation.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who valued.</param>
/// <param name="Unit">What the values are for.</param>
/// <param name="Estimates">One per approach used.</param>
/// <param name="ValueFen">The reconciled value, fen a unit.</param>
/// <param name="ToleranceBasisPoints">Half width of the band, 1/10,000 of the value.</param>
/// <param name="BandLowFen">Lower end of the band, fen.</param>
/// <param name="BandHighFen">Upper end of the band, fen.</param>
internal sealed record ValuationOutput(
    string At, string By, string Unit, IReadOnlyList<EstimateOutput> Estimates, long ValueFen, int ToleranceBasisPoints, long BandLowFen, long BandHighFen);

/// <summary>One approach's estimate.</summary>
/// <param name="Approach">Cost, Income or Market.</param>
/// <param name="UnitValueFen">What it comes to, fen a unit.</param>
/// <param name="WeightBasisPoints">Its weight, 1/10,000.</param>
/// <param name="IsStated">Whether the valuer stated it without inputs.</param>
/// <param name="Cost">Inputs of the cost approach.</param>
/// <param name="Income">Inputs of the income approach.</param>
/// <param name="Comparables">Comparables of the market approach.</param>
internal sealed record EstimateOutput(
    string Approach, long UnitValueFen, int WeightBasisPoints, bool IsStated, CostInputs? Cost, IncomeInputs? Income, IReadOnlyList<ComparableOutput>? Comparables);

/// <summary>A deal that was compared with.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Product">What was sold.</param>
/// <param name="UnitPriceFen">For how much, fen a unit.</param>
/// <param name="AdjustedFen">After its adjustments, fen.</param>
/// <param name="QualityBasisPoints">Adjustment for quality, 1/10,000.</param>
/// <param name="VolumeBasisPoints">For volume.</param>
/// <param name="TimelinessBasisPoints">For how long ago it was.</param>
/// <param name="LicenceBasisPoints">For the licence.</param>
/// <param name="SimilarityBasisPoints">Its weight among them, 1/10,000.</param>
internal sealed record ComparableOutput(
    string Deal, string Product, long UnitPriceFen, long AdjustedFen, int QualityBasisPoints, int VolumeBasisPoints, int TimelinessBasisPoints, int LicenceBasisPoints,
    int SimilarityBasisPoints);

/// <summary>A price that was asked for.</summary>
/// <param name="At">When.</param>
/// <param name="UnitPriceFen">The price, fen a unit.</param>
/// <param name="Version">Version of the price; null when it was refused.</param>
/// <param name="OverrideReason">Why it may be outside the band; null when it is inside.</param>
/// <param name="Refused">Why it was refused; null when it was set.</param>
internal sealed record PriceOutput(string At, long UnitPriceFen, int? Version, string? OverrideReason, string? Refused);
