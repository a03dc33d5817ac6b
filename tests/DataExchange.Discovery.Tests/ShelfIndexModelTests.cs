using CsCheck;

namespace DataExchange.Discovery.Tests;

/// <summary>The index under puts and removals against a list of offers that is scored from end to end, number for number.</summary>
public sealed class ShelfIndexModelTests
{
    private const int SubTracks = 12;
    private static readonly string[] Words = ["杭州", "宁波", "摄像头", "芯片", "出货量", "价格指数", "物流", "港口", "税务", "port", "rail", "2025"];

    private static readonly ChainDistance Ring =
        new([.. Enumerable.Range(0, SubTracks).Select(i => (IReadOnlyList<int>)[(i + 1) % SubTracks, (i + SubTracks - 1) % SubTracks])]);

    private static readonly Gen<string> AnyText = Gen.Int[0, Words.Length - 1].Array[1, 6].Select(picked => string.Concat(picked.Select(i => Words[i] + (i > 8 ? " " : ""))));

    private static readonly Gen<Offer> AnyOffer =
        Gen.Select(Gen.Int[0, 99], AnyText, Gen.Int[0, 3], Gen.Int[0, SubTracks - 1], Gen.Int[0, 2], Gen.Int[0, 100], Gen.Long[1, 2_000])
            .Select((id, text, category, subTrack, form, quality, price) => new Offer(
                $"P{id:000}", text, $"category-{category}", subTrack, $"form-{form}", form == 0 ? "pack" : "licence", quality, price * 100));

    private static readonly Gen<Query> AnyQuery =
        Gen.Select(AnyText, Gen.Int[0, 4], Gen.Int[0, SubTracks - 1], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 60], Gen.OneOf(Gen.Long[100, 200_000], Gen.Const(long.MaxValue)))
            .Select((text, category, subTrack, form, licence, quality, budget) => new Query(
                text, $"category-{category}", subTrack, form == 4 ? null : $"form-{form}", licence == 0 ? "pack" : licence == 1 ? "none" : null, quality, budget));

    // Of ten steps six put an offer, four take one out: some 50 of 100 are there, so that slots are numbered anew now and then.
    private static readonly Gen<(Offer Offer, int Draw)> AnyStep = Gen.Select(AnyOffer, Gen.Int[0, 9]);

    [Theory]
    [InlineData(3_500)]
    [InlineData(0)]
    [InlineData(6_000)]
    public void It_answers_as_a_naive_list_does(int leastSubject)
    {
        var weights = RankingWeights.Assumed with { LeastSubject = leastSubject };
        Gen.Select(AnyStep.Array[0, 400], AnyQuery.Array[1, 6], Gen.Int[1, 20]).Sample((steps, queries, most) =>
        {
            var (index, naive) = (new ShelfIndex(Ring, weights), new Dictionary<string, Offer>(StringComparer.Ordinal));
            foreach (var (offer, draw) in steps)
            {
                if (draw < 6)
                {
                    index.Put(offer);
                    naive[offer.Id] = offer;
                }
                else
                {
                    index.Remove(offer.Id);
                    naive.Remove(offer.Id);
                }

                Assert.Equal(naive.GetValueOrDefault(offer.Id), index.Find(offer.Id));
            }

            foreach (var query in queries)
            {
                var (expected, answer) = (Naive([.. naive.Values], query, weights, most), index.Search(query, most));
                Assert.Equal(expected.Ranking, answer.Ranking);
                Assert.Equal(
                    (expected.Searched, expected.Fitting, expected.Affordable, expected.GoodEnough),
                    (answer.Searched, answer.Fitting, answer.Affordable, answer.GoodEnough));
            }
        }, iter: 400);
    }

    [Fact]
    public void More_offers_than_are_kept_while_it_looks_are_ranked_as_few_are()
    {
        var weights = RankingWeights.Assumed;
        Offer[] offers = [.. Enumerable.Range(0, 3_000).Select(i => new Offer(
            $"P{(i * 7_919) % 3_000:0000}", Words[i % 3] + Words[3 + (i % 4)], $"category-{i % 2}", 2 + (i % 3), "form-0", "licence", i % 90, 100 + (i * 31 % 500)))];
        var index = new ShelfIndex(Ring, weights);
        Array.ForEach(offers, index.Put);
        foreach (var most in (int[])[1, 10, 127, 128, 129, 300, 5_000])
        {
            Query query = new("杭州芯片出货量", "category-1", 3, null, null, 0, 450);
            var (expected, answer) = (Naive(offers, query, weights, most), index.Search(query, most));
            Assert.Equal(expected.Ranking, answer.Ranking);
            Assert.Equal(expected.GoodEnough, answer.GoodEnough);
            Assert.True(answer.GoodEnough > 400);
        }
    }

    private static Answer Naive(Offer[] offers, Query query, RankingWeights weights, int most)
    {
        var documents = Array.ConvertAll(offers, offer => Terms.Of(offer.Text).ToArray());
        long total = documents.Sum(document => document.Length);
        string[] terms = [.. Terms.Of(query.Text).Distinct()];
        long[] idf = [.. terms.Select(term => Bm25.Idf(offers.Length, documents.Count(document => document.Contains(term))))];
        var (ranking, fitting, affordable) = (new List<Ranked>(), 0, 0);
        for (var i = 0; i < offers.Length; i++)
        {
            var (offer, document) = (offers[i], documents[i]);
            long score = 0;
            for (var term = 0; term < terms.Length; term++)
            {
                var occurrences = document.Count(word => word == terms[term]);
                score += occurrences == 0 ? 0 : Bm25.Part(idf[term], occurrences, document.Length, total, offers.Length);
            }

            var text = score == 0 ? 0 : (int)Math.Min(10_000, score * 10_000 / idf.Sum());
            var (near, category) = (Ring.From(query.SubTrack)[offer.SubTrack], offer.Category == query.Category ? 10_000 : 0);
            var subject = ((long)weights.Text * text) + ((long)weights.Chain * near) + ((long)weights.Category * category);
            if ((query.Form ?? offer.Form) != offer.Form || (query.Licence ?? offer.Licence) != offer.Licence
                || subject < (long)weights.LeastSubject * (weights.Text + weights.Chain + weights.Category))
            {
                continue;
            }

            fitting++;
            affordable += offer.PriceFen <= query.BudgetFen ? 1 : 0;
            if (offer.PriceFen <= query.BudgetFen && offer.Quality >= query.LeastQuality)
            {
                var price = (int)((Int128)(query.BudgetFen - offer.PriceFen) * 10_000 / query.BudgetFen);
                ranking.Add(new Ranked(offer.Id, weights.Score(text, near, category, offer.Quality * 100, price), text, near, category, offer.Quality * 100, price));
            }
        }

        return new Answer(
            [.. ranking.OrderByDescending(one => one.Score).ThenBy(one => one.Id, StringComparer.Ordinal).Take(most)], offers.Length, fitting, affordable, ranking.Count);
    }
}
