using DataExchange.Domain.Listing;
using DataExchange.Reports.Figures;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Csv;

/// <content>The demand side.</content>
internal static partial class Columns
{
    internal static readonly Column<RequirementView>[] Requirements =
    [
        new("requirement", row => row.Id, "The requirement"),
        new("venue", row => row.Venue, "The venue that is to answer"),
        new("buyer", row => row.Buyer, "Who looks for it"),
        new("text", row => row.Text, "The buyer's words"),
        new("sub_track", row => row.SubTrack, "Sub-track named"),
        new("category", row => row.Category, "Category named"),
        new("form", row => row.Form, "Form of delivery; empty for any"),
        new("licence", row => row.Licence, "Licence kind; empty for any"),
        new("least_quality", row => row.LeastQuality, "Least quality score"),
        new("budget_fen", row => row.BudgetFen, "Most that the buyer would pay, fen"),
        new("posted_at", row => row.PostedAt, "Posted at"),
        new("needed_until", row => row.NeededUntil, "Of no use any more from"),
        new("stage", row => row.Stage, "How far it came"),
        new("answered_at", row => row.AnsweredAt, "Answered at; empty when never"),
        new("algorithm", row => row.Algorithm, "Name and version of the ranking"),
        new("searched", row => row.Searched, "Products looked at"),
        new("fitting", row => row.Fitting, "Of them, what was asked for"),
        new("affordable", row => row.Affordable, "Of these, within the budget"),
        new("good_enough", row => row.GoodEnough, "Of these, of the quality asked for"),
        new("best_product", row => row.Ranking.Count == 0 ? null : row.Ranking[0].Product, "First product of the answer"),
        new("best_score", row => row.Ranking.Count == 0 ? null : row.Ranking[0].Score, "Its score, 1/10,000"),
        new("product", row => row.Product, "What met it"),
        new("rank", row => row.Rank, "That product's place in the answer"),
        new("deal", row => row.Deal, "The deal that met it"),
        new("lapse_reason", row => row.LapseReason, "Why it lapsed"),
        new("ended_at", row => row.EndedAt, "Met, lapsed or taken back at"),
    ];

    internal static readonly Column<RequirementMonth>[] RequirementMonths =
    [
        new("month", row => row.Month, "First day of the month of posting"),
        new("category", row => row.Category, "Category named"),
        new("posted", row => row.Posted, "Requirements posted"),
        new("answered", row => row.Answered, "Of them answered"),
        new("met", row => row.Met, "Of them met"),
        new("withdrawn", row => row.Withdrawn, "Of them taken back"),
        new("not_answered", row => row.Lapsed.GetValueOrDefault(LapseReason.NotAnswered), "Of them lapsed without an answer"),
        new("nothing_fitting", row => row.Lapsed.GetValueOrDefault(LapseReason.NothingFitting), "Of them lapsed, as nothing fitted"),
        new("too_dear", row => row.Lapsed.GetValueOrDefault(LapseReason.TooDear), "Of them lapsed, as what fitted was above the budget"),
        new("nothing_good_enough", row => row.Lapsed.GetValueOrDefault(LapseReason.NothingGoodEnough), "Of them lapsed, as what was affordable was not good enough"),
        new("not_taken", row => row.Lapsed.GetValueOrDefault(LapseReason.NotTaken), "Of them lapsed, as no product proposed was taken"),
        new("open", row => row.Open, "Of them open at the end"),
    ];

    internal static readonly Column<RankingQuality>[] Rankings =
    [
        new("category", row => row.Category, "Category truly needed; empty for all"),
        new("queries", row => row.Queries, "Requirements for which something on the shelf was relevant (assumed by the simulation, in no ledger)"),
        new("precision_at_1", row => row.PrecisionAt1, "Mean share of first places that are relevant, 0 to 1"),
        new("precision_at_5", row => row.PrecisionAt5, "The same of the first five places"),
        new("precision_at_10", row => row.PrecisionAt10, "The same of the first ten places"),
        new("recall_at_10", row => row.RecallAt10, "Mean share of what is relevant that is in the first ten places, 0 to 1"),
        new("reciprocal_rank", row => row.ReciprocalRank, "Mean reciprocal rank of the first relevant product, 0 to 1"),
        new("without_relevant", row => row.WithoutRelevant, "Requirements for which nothing was relevant"),
        new("rightly_empty", row => row.RightlyEmpty, "Of them, answered with nothing"),
    ];

    internal static readonly Column<SignalFigures>[] Signals =
    [
        new("lapsed", row => row.Lapsed, "Requirements that lapsed"),
        new("heard", row => row.Heard, "Of them, a provider set out to bring a product"),
        new("listed", row => row.Listed, "Of these products, on a shelf by the end"),
        new("median_days_to_listing", row => row.DaysToListing.Count == 0 ? null : row.DaysToListing.Quantile(0.5), "Median days from the lapse to the shelf"),
        new("met", row => row.Met, "Later requirements that one of these products met"),
        new("products_taken", row => row.ProductsTaken, "Products that met at least one"),
    ];
}
