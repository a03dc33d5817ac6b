namespace DataExchange.Discovery.Tests;

/// <summary>The same ranking as written in docs/demand.md, in floating point, without an index: every offer against every word.</summary>
internal static class NaiveRanking
{
    internal static IReadOnlyList<(string Id, double Score)> Of(IReadOnlyList<Offer> shelf, Query query, IReadOnlyList<int> near, RankingWeights weights)
    {
        var texts = shelf.ToDictionary(offer => offer.Id, offer => Terms.Of(offer.Text).ToArray());
        var mean = texts.Values.Average(terms => terms.Length);
        var words = Terms.Of(query.Text).Distinct().ToArray();
        double Idf(string word)
        {
            var having = texts.Values.Count(terms => terms.Contains(word));
            return Math.Log(1 + ((shelf.Count - having + 0.5) / (having + 0.5)));
        }

        double Text(Offer offer) => words.Length == 0 ? 0 : Math.Min(1, words.Sum(word =>
        {
            double occurrences = texts[offer.Id].Count(term => term == word);
            return Idf(word) * occurrences * 2.2 / (occurrences + (1.2 * (0.25 + (0.75 * texts[offer.Id].Length / mean))));
        }) / words.Sum(Idf));

        return
        [
            .. from offer in shelf
               where query.Form is null || query.Form == offer.Form
               where query.Licence is null || query.Licence == offer.Licence
               let text = Text(offer)
               let chain = near[offer.SubTrack] / 10_000.0
               let category = query.Category == offer.Category ? 1.0 : 0
               where (weights.Text * text) + (weights.Chain * chain) + (weights.Category * category)
                   >= weights.LeastSubject / 10_000.0 * (weights.Text + weights.Chain + weights.Category)
               where offer.PriceFen <= query.BudgetFen && offer.Quality >= query.LeastQuality
               let price = 1 - ((double)offer.PriceFen / query.BudgetFen)
               let score = (weights.Text * text) + (weights.Chain * chain) + (weights.Category * category)
                   + (weights.Quality * offer.Quality / 100.0) + (weights.Price * price)
               orderby score descending
               select (offer.Id, score),
        ];
    }
}
