namespace DataExchange.Reports.Surveillance;

/// <summary>How well the findings hit what was no business.</summary>
/// <param name="What">All findings together (<c>all</c>), the deals of a rule, or those of a scheme.</param>
/// <param name="Flagged">Deals that were named; of a scheme those of its own.</param>
/// <param name="Known">Deals that were no business.</param>
/// <param name="Hit">Deals that were named rightly.</param>
public sealed record SurveillanceScore(string What, int Flagged, int Known, int Hit)
{
    /// <summary>Share of the named deals that were no business; null where none was named.</summary>
    public double? Precision => Flagged == 0 ? null : Hit / (double)Flagged;

    /// <summary>Share of the deals that were no business that was named; null where there were none.</summary>
    public double? Recall => Known == 0 ? null : Hit / (double)Known;

    /// <summary>By deals: all together, each rule, each scheme.</summary>
    /// <param name="findings">What was found.</param>
    /// <param name="known">What was no business.</param>
    public static IReadOnlyList<SurveillanceScore> Of(IReadOnlyList<SurveillanceFinding> findings, IReadOnlyList<KnownManipulation> known)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(known);
        var flagged = findings.SelectMany(finding => finding.Deals).ToHashSet(StringComparer.Ordinal);
        var truth = known.Select(one => one.Deal).ToHashSet(StringComparer.Ordinal);
        return
        [
            Score("all", flagged, truth),
            .. findings.GroupBy(finding => finding.Rule).OrderBy(rule => rule.Key)
                .Select(rule => Score(rule.Key.ToString(), rule.SelectMany(finding => finding.Deals).ToHashSet(StringComparer.Ordinal), truth)),
            .. known.GroupBy(one => one.Scheme, StringComparer.Ordinal).OrderBy(scheme => scheme.Key, StringComparer.Ordinal)
                .Select(scheme => scheme.Select(one => one.Deal).ToHashSet(StringComparer.Ordinal))
                .Zip(known.Select(one => one.Scheme).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
                    (deals, scheme) => Score(scheme, [.. flagged.Where(deals.Contains)], deals)),
        ];
    }

    /// <summary>By parties: suspects against those who did it.</summary>
    /// <param name="findings">What was found.</param>
    /// <param name="known">What was no business.</param>
    public static SurveillanceScore OfParties(IReadOnlyList<SurveillanceFinding> findings, IReadOnlyList<KnownManipulation> known)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(known);
        return Score(
            "parties", findings.SelectMany(finding => finding.Parties).ToHashSet(StringComparer.Ordinal), known.SelectMany(one => one.Parties).ToHashSet(StringComparer.Ordinal));
    }

    private static SurveillanceScore Score(string what, HashSet<string> flagged, HashSet<string> known) => new(what, flagged.Count, known.Count, flagged.Count(known.Contains));
}
