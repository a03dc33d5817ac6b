namespace DataExchange.Discovery;

/// <summary>A product on the shelf, as a ranking sees it.</summary>
/// <param name="Id">Its id; ties are broken by it.</param>
/// <param name="Text">Its title, in any languages.</param>
/// <param name="Category">Its category.</param>
/// <param name="SubTrack">Number of its sub-track on the industry chain graph.</param>
/// <param name="Form">Form of delivery.</param>
/// <param name="Licence">Kind of licence.</param>
/// <param name="Quality">Score of its quality evaluation, 0 to 100.</param>
/// <param name="PriceFen">Price of one licence, pack or month, fen, above 0.</param>
public sealed record Offer(string Id, string Text, string Category, int SubTrack, string Form, string Licence, int Quality, long PriceFen);

/// <summary>What is looked for.</summary>
/// <param name="Text">The words.</param>
/// <param name="Category">The category.</param>
/// <param name="SubTrack">Number of the sub-track on the industry chain graph.</param>
/// <param name="Form">Form of delivery, a filter; null for any.</param>
/// <param name="Licence">Kind of licence, a filter; null for any.</param>
/// <param name="LeastQuality">Least score of the quality evaluation, a filter.</param>
/// <param name="BudgetFen">Highest price, a filter; above 0.</param>
public sealed record Query(string Text, string Category, int SubTrack, string? Form, string? Licence, int LeastQuality, long BudgetFen);

/// <summary>An offer's score and its parts, each in whole 1/10,000.</summary>
/// <param name="Id">The offer.</param>
/// <param name="Score">The parts, weighted, rounded down.</param>
/// <param name="Text">BM25 of the query's words, as a share of what they tell.</param>
/// <param name="Chain">Nearness on the industry chain graph.</param>
/// <param name="Category">10,000 in the same category, else 0.</param>
/// <param name="Quality">The quality score.</param>
/// <param name="Price">The share of the budget that is left.</param>
public readonly record struct Ranked(string Id, int Score, int Text, int Chain, int Category, int Quality, int Price);

/// <summary>An answer to a query.</summary>
/// <param name="Ranking">The best offers, the best one first; those of one score in order of id.</param>
/// <param name="Searched">Offers in all.</param>
/// <param name="Fitting">Of these: in form, licence and subject what is looked for.</param>
/// <param name="Affordable">Of the fitting ones: within the budget.</param>
/// <param name="GoodEnough">Of the affordable ones: of the quality looked for. These are ranked.</param>
public sealed record Answer(IReadOnlyList<Ranked> Ranking, int Searched, int Fitting, int Affordable, int GoodEnough);

/// <summary>How much each part counts, in 1/10,000; and what is near enough.</summary>
/// <param name="Text">Weight of the words.</param>
/// <param name="Chain">Weight of nearness on the industry chain graph.</param>
/// <param name="Category">Weight of the category.</param>
/// <param name="Quality">Weight of quality.</param>
/// <param name="Price">Weight of the price.</param>
/// <param name="LeastSubject">Least mean of the first three parts, by their weights, of an offer that fits.</param>
public sealed record RankingWeights(int Text, int Chain, int Category, int Quality, int Price, int LeastSubject)
{
    /// <summary>The weights in use. They are assumed: no venue publishes its own.</summary>
    public static RankingWeights Assumed { get; } = new(4_500, 2_500, 1_500, 1_000, 500, 3_500);

    /// <summary>Name and version of the ranking with these weights; another one when either changes.</summary>
    public const string Algorithm = "bm25-chain.1";

    internal int Score(int text, int chain, int category, int quality, int price) =>
        (int)((((long)Text * text) + ((long)Chain * chain) + ((long)Category * category) + ((long)Quality * quality) + ((long)Price * price)) / 10_000);

    /// <summary>The least first part with which an offer fits that has these others; more than 10,000 when it does not with any.</summary>
    internal int LeastText(int chain, int category)
    {
        var missing = ((long)LeastSubject * (Text + Chain + Category)) - ((long)Chain * chain) - ((long)Category * category);
        return missing <= 0 ? 0 : Text == 0 ? int.MaxValue : (int)Math.Min(int.MaxValue, (missing + Text - 1) / Text);
    }
}
