using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Verification;

/// <summary>What a licence from the shelf must cost by the terms in force.</summary>
internal static class SalePrices
{
    /// <summary>Where a sale differs from the terms, in words; null when it does not.</summary>
    internal static string? Difference(LicenceTerms terms, LicenceGranted e) =>
        e.Degraded is { } version && terms.VersionOf(version.Degradation) != version ? $"sold is {Show(version)} at {version.PriceBasisPoints}/10,000; none such is offered"
        : e.UnitPriceFen != terms.UnitPriceFor(e.Quantity, e.At, e.Degraded) ? $"unit price is {e.UnitPriceFen} fen; posted is {terms.UnitPriceFor(e.Quantity, e.At, e.Degraded)} fen"
        : Show(e.UnitPriceFen, e.Tiers) is var tiers && tiers != Show(e.UnitPriceFen, terms.TiersAt(e.At))
            ? $"calls are at {tiers}; posted is {Show(e.UnitPriceFen, terms.TiersAt(e.At))}"
        : e.MinimumFen != terms.MinimumDueFor(e.Quantity, e.At, e.Degraded)
            ? $"the minimum due is {e.MinimumFen?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}; by the terms it is {terms.MinimumDueFor(e.Quantity, e.At, e.Degraded)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}"
        : e.AmountFen != terms.AmountFor(e.Quantity, e.At, e.Degraded).Fen
            ? $"amount is {e.AmountFen} fen; {e.Quantity} at the posted price are {terms.AmountFor(e.Quantity, e.At, e.Degraded).Fen} fen"
        : e.Revenue != terms.Revenue ? $"the share of revenue is {e.Revenue?.ToString() ?? "none"}; by the terms it is {terms.Revenue?.ToString() ?? "none"}"
        : null;

    /// <summary>A version in words.</summary>
    internal static string Show(DegradedVersion? version) => version is { } degraded ? $"the version {degraded.Degradation} {degraded.Degree}" : "the full product";

    /// <summary>A number that follows from what a price is made of.</summary>
    internal static ulong Fold(
        LicenceKind licence, int quantity, int units, long unitPriceFen, long amountFen, IReadOnlyList<CallTier>? tiers, long? minimumFen, DegradedVersion? degraded,
        RevenueShareTerms? revenue)
    {
        // FNV-1a over 64-bit words.
        var fold = 14_695_981_039_346_656_037;
        Step((int)licence);
        Step(quantity);
        Step(units);
        Step(unitPriceFen);
        Step(amountFen);
        Step(minimumFen ?? -1);
        Step(degraded is { } version ? ((long)version.Degradation << 56) + ((long)version.Degree << 20) + version.PriceBasisPoints : -1);
        if (revenue is { } shared)
        {
            Step(shared.ShareBasisPoints);
            Step(((long)shared.Periods << 32) + shared.ReportDays);
            Step(shared.CapFen);
        }

        for (var i = 0; i < tiers?.Count; i++)
        {
            Step(tiers[i].AfterCalls);
            Step(tiers[i].ThousandCallsFen);
        }

        return fold;

        void Step(long word) => fold = unchecked((fold ^ (ulong)word) * 1_099_511_628_211);
    }

    /// <summary>Prices of calls in words.</summary>
    internal static string Show(long unitPriceFen, IReadOnlyList<CallTier>? tiers) =>
        tiers is null ? $"{unitPriceFen} fen" : $"{unitPriceFen} fen, {string.Join(", ", tiers.Select(tier => $"from {tier.AfterCalls} on {tier.ThousandCallsFen} fen a thousand"))}";
}
