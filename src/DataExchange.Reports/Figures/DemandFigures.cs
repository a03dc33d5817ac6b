using DataExchange.Discovery;
using DataExchange.Domain.Listing;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Statistics;

namespace DataExchange.Reports.Figures;

/// <summary>The need behind a requirement, as the simulation knows and no event says.</summary>
/// <param name="Requirement">The requirement.</param>
/// <param name="Category">The category that is truly needed.</param>
/// <param name="Relevant">Products on the shelf, when the venue answered, that would have served it.</param>
public sealed record RequirementNeed(string Requirement, string Category, IReadOnlyList<string> Relevant);

/// <summary>A product that a provider brings for a requirement that lapsed.</summary>
/// <param name="Requirement">The requirement.</param>
/// <param name="Product">The product.</param>
public sealed record SupplySignal(string Requirement, string Product);

/// <summary>What the simulation knows of demand beside the events.</summary>
/// <param name="Needs">The needs behind the requirements that were answered.</param>
/// <param name="Signals">The products brought for requirements that lapsed.</param>
public sealed record DemandTruth(IReadOnlyList<RequirementNeed> Needs, IReadOnlyList<SupplySignal> Signals);

/// <summary>What became of the requirements that were posted in a month and category.</summary>
/// <param name="Month">First day of the month of posting.</param>
/// <param name="Category">The category named.</param>
/// <param name="Posted">Requirements posted.</param>
/// <param name="Answered">Of them answered.</param>
/// <param name="Met">Of them met.</param>
/// <param name="Withdrawn">Of them taken back.</param>
/// <param name="Lapsed">Of them lapsed, by reason.</param>
public sealed record RequirementMonth(
    DateOnly Month, string Category, int Posted, int Answered, int Met, int Withdrawn, IReadOnlyDictionary<LapseReason, int> Lapsed)
{
    /// <summary>Of them lapsed, for any reason.</summary>
    public int LapsedInAll => Lapsed.Values.Sum();

    /// <summary>Of them open at the end of the run.</summary>
    public int Open => Posted - Met - Withdrawn - LapsedInAll;
}

/// <summary>How good the venues' rankings were against the needs behind the requirements.</summary>
/// <param name="Category">The category truly needed; null for all.</param>
/// <param name="Queries">Requirements for which something on the shelf was relevant: the measures are means over these.</param>
/// <param name="WithoutRelevant">Requirements for which nothing was.</param>
/// <param name="RightlyEmpty">Of these: answered with nothing.</param>
/// <param name="PrecisionAt1">Share of the first places that are relevant; null without queries.</param>
/// <param name="PrecisionAt5">Share of the first five places.</param>
/// <param name="PrecisionAt10">Share of the first ten places.</param>
/// <param name="RecallAt10">Share of what is relevant that is in the first ten places.</param>
/// <param name="ReciprocalRank">Mean reciprocal rank of the first relevant product.</param>
public sealed record RankingQuality(
    string? Category, int Queries, int WithoutRelevant, int RightlyEmpty, double? PrecisionAt1, double? PrecisionAt5, double? PrecisionAt10, double? RecallAt10,
    double? ReciprocalRank);

/// <summary>What providers made of requirements that lapsed.</summary>
/// <param name="Lapsed">Requirements that lapsed.</param>
/// <param name="Heard">Of them: a provider set out to bring a product.</param>
/// <param name="Listed">Of these products: on a shelf by the end of the run.</param>
/// <param name="DaysToListing">Days from the lapse to the shelf.</param>
/// <param name="Met">Later requirements that one of these products met.</param>
/// <param name="ProductsTaken">Products that met at least one.</param>
public sealed record SignalFigures(int Lapsed, int Heard, int Listed, Distribution DaysToListing, int Met, int ProductsTaken);

/// <summary>What buyers asked for and what became of it.</summary>
/// <param name="Months">By month and category of posting.</param>
/// <param name="Rankings">All first, then by category; empty where nobody knows the needs.</param>
/// <param name="Signals">What providers made of it; null where nobody knows.</param>
public sealed record DemandFigures(IReadOnlyList<RequirementMonth> Months, IReadOnlyList<RankingQuality> Rankings, SignalFigures? Signals)
{
    /// <summary>All months and categories together.</summary>
    public RequirementMonth All => Sum(Months);

    /// <summary>Adds up.</summary>
    public static RequirementMonth Sum(IEnumerable<RequirementMonth> months)
    {
        RequirementMonth[] all = [.. months];
        return new(
            default, "", all.Sum(row => row.Posted), all.Sum(row => row.Answered), all.Sum(row => row.Met), all.Sum(row => row.Withdrawn),
            Enum.GetValues<LapseReason>().ToDictionary(reason => reason, reason => all.Sum(row => row.Lapsed.GetValueOrDefault(reason))));
    }

    /// <summary>The figures; null when nothing was asked for.</summary>
    /// <param name="models">The read models.</param>
    /// <param name="truth">What the simulation knows; null where nobody does.</param>
    public static DemandFigures? Of(ReadModelSet models, DemandTruth? truth)
    {
        ArgumentNullException.ThrowIfNull(models);
        return models.Requirements.Count == 0 ? null : new(
            [
                .. models.Requirements.GroupBy(view => (Month: new DateOnly(view.PostedAt.Year, view.PostedAt.Month, 1), view.Category))
                    .OrderBy(group => group.Key.Month).ThenBy(group => group.Key.Category, StringComparer.Ordinal)
                    .Select(group => new RequirementMonth(
                        group.Key.Month, group.Key.Category, group.Count(), group.Count(view => view.AnsweredAt is not null),
                        group.Count(view => view.Stage == RequirementStage.Met), group.Count(view => view.Stage == RequirementStage.Withdrawn),
                        Enum.GetValues<LapseReason>().ToDictionary(reason => reason, reason => group.Count(view => view.LapseReason == reason)))),
            ],
            truth is null || truth.Needs.Count == 0 ? [] : [.. RankingsOf(models, truth)],
            truth is null || truth.Needs.Count == 0 ? null : SignalsOf(models, truth));
    }

    private static IEnumerable<RankingQuality> RankingsOf(ReadModelSet models, DemandTruth truth)
    {
        var views = models.Requirements.ToDictionary(view => view.Id, StringComparer.Ordinal);
        yield return QualityOf(null, truth.Needs, views);
        foreach (var category in truth.Needs.GroupBy(need => need.Category, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            yield return QualityOf(category.Key, category, views);
        }
    }

    private static RankingQuality QualityOf(string? category, IEnumerable<RequirementNeed> needs, Dictionary<string, RequirementView> views)
    {
        var measure = new RetrievalMeasure();
        foreach (var need in needs)
        {
            measure.Add(views[need.Requirement].Ranking.Select(ranked => need.Relevant.Contains(ranked.Product)), need.Relevant.Count);
        }

        double? Known(double value) => double.IsNaN(value) ? null : value;
        return new(
            category, measure.Queries, measure.WithoutRelevant, measure.RightlyEmpty, Known(measure.PrecisionAt(1)), Known(measure.PrecisionAt(5)),
            Known(measure.PrecisionAt(10)), Known(measure.RecallAt(10)), Known(measure.ReciprocalRank));
    }

    private static SignalFigures SignalsOf(ReadModelSet models, DemandTruth truth)
    {
        var views = models.Requirements.ToDictionary(view => view.Id, StringComparer.Ordinal);
        var products = models.Timelines.ToDictionary(product => product.Id, StringComparer.Ordinal);
        var brought = truth.Signals.Select(signal => signal.Product).ToHashSet(StringComparer.Ordinal);
        var taken = models.Requirements.Where(view => view.Product is { } product && brought.Contains(product)).ToArray();
        var days = truth.Signals
            .Select(signal => products.GetValueOrDefault(signal.Product)?.ListedAt - views[signal.Requirement].EndedAt)
            .OfType<TimeSpan>().Select(time => (long)time.TotalDays).ToArray();
        return new(
            models.Requirements.Count(view => view.Stage == RequirementStage.Lapsed), truth.Signals.Count, days.Length, new Distribution(days), taken.Length,
            taken.Select(view => view.Product).Distinct(StringComparer.Ordinal).Count());
    }
}
