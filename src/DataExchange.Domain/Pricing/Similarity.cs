namespace DataExchange.Domain.Pricing;

/// <summary>What products are compared by.</summary>
/// <param name="SubTrack">Place in the industry chain graph.</param>
/// <param name="Category">Category.</param>
/// <param name="Form">Form.</param>
/// <param name="Licence">Kind of licence.</param>
/// <param name="Quality">Score of the quality evaluation, 0 to 100.</param>
public readonly record struct ProductTraits(string SubTrack, string Category, ProductForm Form, LicenceKind Licence, int Quality);

/// <summary>
/// How alike two products are: Gower's coefficient, the weighted mean over traits of 1 where they agree and 0 where not, and of 1 − |difference|/range for a number
/// (J. C. Gower, A general coefficient of similarity and some of its properties, Biometrics 27, 1971). The weights are assumed: place in the industry chain graph 3, category,
/// form and licence 2 each, quality 1.
/// </summary>
public static class Similarity
{
    private const int MostQuality = 100;
    private const int Weights = 10;

    /// <summary>The coefficient, 1/10,000: 0 for nothing in common, 10,000 for the same in all. It is symmetric.</summary>
    /// <param name="one">A product.</param>
    /// <param name="other">The other.</param>
    public static int BasisPoints(ProductTraits one, ProductTraits other)
    {
        var agree = (one.SubTrack == other.SubTrack ? 3 : 0) + (one.Category == other.Category ? 2 : 0) + (one.Form == other.Form ? 2 : 0)
            + (one.Licence == other.Licence ? 2 : 0);
        var apart = Math.Min(MostQuality, Math.Abs(one.Quality - other.Quality));
        return (int)((((agree * MostQuality) + (MostQuality - apart)) * Money.BasisPoints) / (MostQuality * Weights));
    }
}
