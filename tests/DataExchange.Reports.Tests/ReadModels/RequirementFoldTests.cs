using CsCheck;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Reports.Figures;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Tests.Market;

namespace DataExchange.Reports.Tests.ReadModels;

public sealed class RequirementFoldTests
{
    [Fact]
    public void The_fold_agrees_with_a_plain_recomputation_over_markets_of_any_size() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, 12]).Sample((seed, buyers) =>
        {
            var market = SmallMarket.Run(seed, 5, buyers, 5);
            Event[] events = [.. market.Select(recorded => recorded.Data)];
            var views = new BulkFold(market).Models.Requirements;
            Assert.Equal(events.OfType<RequirementPosted>().Select(e => e.Requirement.Value).Order(StringComparer.Ordinal), views.Select(view => view.Id));
            foreach (var view in views)
            {
                Check(view, [.. market.Where(recorded => recorded.Stream == "requirement/" + view.Id).Select(recorded => recorded.Data)]);
            }
        }, iter: 30, threads: 1);

    [Fact]
    public void The_small_markets_have_requirements_that_ended_in_every_way()
    {
        var views = Enumerable.Range(1, 40).SelectMany(seed => new BulkFold(SmallMarket.Run(seed, 2, 10, 1)).Models.Requirements).ToArray();
        Assert.Equal([RequirementStage.Met, RequirementStage.Lapsed, RequirementStage.Withdrawn], views.Select(view => view.Stage).Where(stage => stage > RequirementStage.Answered).Distinct().Order());
        Assert.True(views.Where(view => view.LapseReason is not null).Select(view => view.LapseReason).Distinct().Count() >= 3);
    }

    [Fact]
    public void Months_rankings_and_signals_are_counted_as_by_hand()
    {
        var models = new ReadModelSet([], [New("N1", Day(40)), New("N2", null)], [], [])
        {
            Requirements =
            [
                View("R1", 1, RequirementStage.Met, "P1", "P1", "P2"), View("R2", 2, RequirementStage.Lapsed, null, "P3"), View("R3", 35, RequirementStage.Lapsed, null),
                View("R4", 36, RequirementStage.Met, "N1", "P9", "N1"), View("R5", 37, RequirementStage.Posted, null),
            ],
        };
        var truth = new DemandTruth(
            [new("R1", "industry", ["P1", "P7"]), new("R2", "industry", ["P8"]), new("R3", "public", []), new("R4", "industry", ["N1"])],
            [new("R2", "N1"), new("R3", "N2")]);
        var figures = DemandFigures.Of(models, truth)!;

        Assert.Equal([(1, 2, 1, 1), (2, 3, 1, 1)], figures.Months.Select(row => (row.Month.Month, row.Posted, row.Met, row.LapsedInAll)));
        Assert.Equal(1, figures.Months[1].Open);
        Assert.Equal((5, 4, 2, 2, 1), (figures.All.Posted, figures.All.Answered, figures.All.Met, figures.All.LapsedInAll, figures.All.Open));

        var all = figures.Rankings[0];
        Assert.Equal((3, 1, 1), (all.Queries, all.WithoutRelevant, all.RightlyEmpty));
        Assert.Equal(1.0 / 3, all.PrecisionAt1!.Value, 12);
        Assert.Equal((0.2 + 0.2) / 3, all.PrecisionAt5!.Value, 12);
        Assert.Equal((0.5 + 0 + 1) / 3, all.RecallAt10!.Value, 12);
        Assert.Equal((1 + 0 + 0.5) / 3, all.ReciprocalRank!.Value, 12);
        Assert.Equal(["industry", "public"], figures.Rankings.Skip(1).Select(row => row.Category));
        Assert.Null(figures.Rankings[2].PrecisionAt1);

        var signals = figures.Signals!;
        Assert.Equal((2, 2, 1, 1, 1), (signals.Lapsed, signals.Heard, signals.Listed, signals.Met, signals.ProductsTaken));
        Assert.Equal(40 - 2 - 20, signals.DaysToListing.Quantile(0.5));
        Assert.Null(DemandFigures.Of(models with { Requirements = [] }, truth));
        Assert.Empty(DemandFigures.Of(models, null)!.Rankings);
    }

    private static DateTimeOffset Day(int day) => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddDays(day);

    private static ProductTimeline New(string id, DateTimeOffset? listed) => new() { Id = id, ListedAt = listed };

    private static RequirementView View(string id, int day, RequirementStage stage, string? product, params string[] ranking) => new()
    {
        Id = id,
        Category = "industry",
        PostedAt = Day(day),
        Stage = stage,
        AnsweredAt = stage == RequirementStage.Posted ? null : Day(day + 1),
        Ranking = [.. ranking.Select(one => new ProposedProduct(one, 5_000, 0, 0, 0, 0, 0))],
        Product = product,
        EndedAt = stage == RequirementStage.Posted ? null : Day(day + 20),
        LapseReason = stage == RequirementStage.Lapsed ? LapseReason.NotTaken : null,
    };

    private static void Check(RequirementView view, Event[] events)
    {
        var posted = Assert.IsType<RequirementPosted>(events[0]);
        Assert.Equal(
            (posted.Venue.Value, posted.Buyer.Value, posted.Text, posted.SubTrack, posted.Category, posted.Form, posted.Licence),
            (view.Venue, view.Buyer, view.Text, view.SubTrack, view.Category, view.Form, view.Licence));
        Assert.Equal((posted.LeastQuality, posted.BudgetFen, posted.At.InChina(), posted.NeededUntil.InChina()), (view.LeastQuality, view.BudgetFen, view.PostedAt, view.NeededUntil));
        var answer = events.OfType<RequirementAnswered>().LastOrDefault();
        Assert.Equal(answer?.At.InChina(), view.AnsweredAt);
        Assert.Equal(
            (answer?.Algorithm ?? "", answer?.Searched ?? 0, answer?.Fitting ?? 0, answer?.Affordable ?? 0, answer?.GoodEnough ?? 0),
            (view.Algorithm, view.Searched, view.Fitting, view.Affordable, view.GoodEnough));
        Assert.Equal(
            answer?.Ranking.Select(ranked => (ranked.Product.Value, ranked.ScoreBasisPoints, ranked.TextBasisPoints, ranked.PriceBasisPoints)) ?? [],
            view.Ranking.Select(ranked => (ranked.Product, ranked.Score, ranked.Text, ranked.Price)));
        var met = events.OfType<RequirementMet>().SingleOrDefault();
        Assert.Equal((met?.Product.Value, met?.Rank, met?.Deal.Value), (view.Product, view.Rank, view.Deal));
        Assert.Equal(events.OfType<RequirementLapsed>().SingleOrDefault()?.Reason, view.LapseReason);
        Assert.Equal(
            events[^1] switch
            {
                RequirementPosted => RequirementStage.Posted,
                RequirementAnswered => RequirementStage.Answered,
                RequirementMet => RequirementStage.Met,
                RequirementLapsed => RequirementStage.Lapsed,
                _ => RequirementStage.Withdrawn,
            }, view.Stage);
        Assert.Equal(view.Stage > RequirementStage.Answered ? events[^1].At.InChina() : null, view.EndedAt);
    }
}
