using CsCheck;

namespace DataExchange.Discovery.Tests;

public sealed class ShelfIndexTests
{
    private const int SubTracks = 12;
    private static readonly string[] Words = ["杭州", "宁波", "摄像头", "芯片", "出货量", "价格指数", "物流", "港口", "税务", "port", "rail", "2025"];

    // A ring: each sub-track has two neighbours.
    private static readonly ChainDistance Ring =
        new([.. Enumerable.Range(0, SubTracks).Select(i => (IReadOnlyList<int>)[(i + 1) % SubTracks, (i + SubTracks - 1) % SubTracks])]);

    private static readonly Gen<string> AnyText = Gen.Int[0, Words.Length - 1].Array[1, 6].Select(picked => string.Concat(picked.Select(i => Words[i] + (i > 8 ? " " : ""))));

    private static readonly Gen<Offer[]> AnyShelf =
        Gen.Select(AnyText, Gen.Int[0, 3], Gen.Int[0, SubTracks - 1], Gen.Int[0, 2], Gen.Int[0, 100], Gen.Long[1, 2_000]).Array[1, 40]
            .Select(drawn => drawn.Select((one, i) => new Offer(
                $"P{i:000}", one.Item1, $"category-{one.Item2}", one.Item3, $"form-{one.Item4}", one.Item4 == 0 ? "pack" : "licence", one.Item5, one.Item6 * 100)).ToArray());

    private static readonly Gen<Query> AnyQuery =
        Gen.Select(AnyText, Gen.Int[0, 3], Gen.Int[0, SubTracks - 1], Gen.Int[0, 3], Gen.Int[0, 60], Gen.Long[100, 3_000])
            .Select(one => new Query(one.Item1, $"category-{one.Item2}", one.Item3, one.Item4 == 3 ? null : $"form-{one.Item4}", null, one.Item5, one.Item6 * 100));

    [Fact]
    public void The_index_ranks_as_the_formula_does_without_one() =>
        Gen.Select(AnyShelf, AnyQuery).Sample((shelf, query) =>
        {
            // Without a bound on what fits, so that no offer falls between the two by a rounding.
            var weights = RankingWeights.Assumed with { LeastSubject = 0 };
            var found = Filled(shelf, weights).Search(query, 100);
            var expected = NaiveRanking.Of(shelf, query, Ring.From(query.SubTrack), weights);
            Assert.Equal(expected.Select(one => one.Id).Order(StringComparer.Ordinal), found.Ranking.Select(one => one.Id).Order(StringComparer.Ordinal));
            Assert.All(found.Ranking, one => Assert.InRange(one.Score - expected.Single(other => other.Id == one.Id).Score, -3, 0.01));
            Assert.Equal(found.GoodEnough, found.Ranking.Count);
        });

    [Fact]
    public void The_order_in_which_offers_came_and_what_was_there_before_change_nothing() =>
        Gen.Select(AnyShelf, AnyShelf, AnyQuery).Sample((shelf, before, query) =>
        {
            var straight = Filled(shelf, RankingWeights.Assumed);
            var other = Filled(before, RankingWeights.Assumed);
            foreach (var offer in before.Reverse())
            {
                other.Remove(offer.Id);
            }

            Assert.Equal(0, other.Count);
            foreach (var offer in shelf.Reverse())
            {
                other.Put(offer with { Text = "别的文字", PriceFen = 7 });
                other.Put(offer);
            }

            Assert.Equal(Told(straight.Search(query, 10)), Told(other.Search(query, 10)));
        });

    [Fact]
    public void Filters_only_take_away_and_the_counts_say_how_much() =>
        Gen.Select(AnyShelf, AnyQuery).Sample((shelf, query) =>
        {
            var index = Filled(shelf, RankingWeights.Assumed);
            var answer = index.Search(query, 100);
            var free = index.Search(query with { Form = null, LeastQuality = 0, BudgetFen = long.MaxValue / 10_000 }, 100);
            Assert.Subset(free.Ranking.Select(one => one.Id).ToHashSet(), answer.Ranking.Select(one => one.Id).ToHashSet());
            Assert.True(answer.Searched == shelf.Length && answer.Searched >= answer.Fitting && answer.Fitting >= answer.Affordable && answer.Affordable >= answer.GoodEnough);
            Assert.All(answer.Ranking, one => Assert.True(
                index.Find(one.Id) is { } offer && offer.PriceFen <= query.BudgetFen && offer.Quality >= query.LeastQuality && (query.Form ?? offer.Form) == offer.Form));
            Assert.All(answer.Ranking.Zip(answer.Ranking.Skip(1)), pair => Assert.True(
                pair.First.Score > pair.Second.Score || (pair.First.Score == pair.Second.Score && string.CompareOrdinal(pair.First.Id, pair.Second.Id) < 0)));
        });

    [Fact]
    public void An_offer_that_has_more_of_the_words_comes_first_and_equals_are_ordered_by_id()
    {
        var index = new ShelfIndex(Ring, RankingWeights.Assumed);
        index.Put(Camera("P3", "宁波市摄像头出货量"));
        index.Put(Camera("P2", "杭州市摄像头出货量"));
        index.Put(Camera("P1", "杭州市摄像头出货量"));
        index.Put(Camera("P0", "港口物流") with { SubTrack = 6, Category = "transport" });
        var answer = index.Search(new Query("杭州摄像头出货量", "industry", 0, null, null, 0, 1_000), 10);
        Assert.Equal(["P1", "P2", "P3"], answer.Ranking.Select(one => one.Id));
        Assert.Equal((4, 3), (answer.Searched, answer.Fitting));
        var best = answer.Ranking[0];
        Assert.Equal((10_000, 10_000, 8_000, 5_000), (best.Chain, best.Category, best.Quality, best.Price));
        Assert.Equal(((4_500 * best.Text) + (2_500 * 10_000) + (1_500 * 10_000) + (1_000 * 8_000) + (500 * 5_000)) / 10_000, best.Score);

        index.Remove("P1");
        Assert.Equal("P2", index.Search(new Query("杭州摄像头出货量", "industry", 0, null, null, 0, 1_000), 1).Ranking.Single().Id);
    }

    [Fact]
    public void What_is_missing_on_the_shelf_is_told_by_the_counts()
    {
        var index = new ShelfIndex(Ring, RankingWeights.Assumed);
        Query query = new("杭州摄像头", "industry", 0, null, null, 80, 500);
        Assert.Equal("0/0/0/0", Told(index.Search(query, 10)));
        index.Put(Camera("P1", "港口") with { SubTrack = 6, Category = "transport" });
        Assert.Equal("1/0/0/0", Told(index.Search(query, 10)));
        index.Put(Camera("P1", "杭州摄像头") with { PriceFen = 501 });
        Assert.Equal("1/1/0/0", Told(index.Search(query, 10)));
        index.Put(Camera("P1", "杭州摄像头") with { Quality = 79 });
        Assert.Equal("1/1/1/0", Told(index.Search(query, 10)));
    }

    [Fact]
    public void Nearness_on_the_graph_halves_with_each_of_two_steps()
    {
        Assert.Equal([10_000, 5_000, 2_500, 0, 0, 0, 0, 0, 0, 0, 2_500, 5_000], Ring.From(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ring.From(SubTracks));
        Assert.Equal([10_000, 0], new ChainDistance([[], [0]]).From(0));
        Assert.Equal([5_000, 10_000], new ChainDistance([[], [0]]).From(1));
    }

    [Fact]
    public void The_weights_are_shares_of_one_whole()
    {
        var weights = RankingWeights.Assumed;
        Assert.Equal(10_000, weights.Text + weights.Chain + weights.Category + weights.Quality + weights.Price);
        Assert.Equal(10_000, weights.Score(10_000, 10_000, 10_000, 10_000, 10_000));
    }

    [Fact]
    public void Measures_of_a_ranking_are_those_of_the_textbook()
    {
        var measure = new RetrievalMeasure();
        measure.Add([true, false, true], 4);
        measure.Add([false, false, false, false, true], 1);
        measure.Add([], 0);
        measure.Add([false], 0);
        Assert.Equal((2, 2, 1), (measure.Queries, measure.WithoutRelevant, measure.RightlyEmpty));
        Assert.Equal(0.5, measure.PrecisionAt(1));
        Assert.Equal((0.4 + 0.2) / 2, measure.PrecisionAt(5), 12);
        Assert.Equal((0.5 + 1) / 2, measure.RecallAt(10), 12);
        Assert.Equal((1 + 0.2) / 2, measure.ReciprocalRank, 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => measure.Add([true], 0));
        Assert.True(double.IsNaN(new RetrievalMeasure().ReciprocalRank));
    }

    private static Offer Camera(string id, string text) => new(id, text, "industry", 0, "Dataset", "OpenEnded", 80, 500);

    private static ShelfIndex Filled(IEnumerable<Offer> shelf, RankingWeights weights)
    {
        var index = new ShelfIndex(Ring, weights);
        foreach (var offer in shelf)
        {
            index.Put(offer);
        }

        return index;
    }

    private static string Told(Answer answer) =>
        string.Join(' ', answer.Ranking) + $"{answer.Searched}/{answer.Fitting}/{answer.Affordable}/{answer.GoodEnough}";
}
