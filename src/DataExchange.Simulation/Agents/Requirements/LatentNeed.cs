using DataExchange.Domain;
using DataExchange.Simulation.Population;

namespace DataExchange.Simulation.Agents.Requirements;

/// <summary>What a firm truly needs. It posts a wording of it; whether a product is relevant follows from this alone, never from a ranking.</summary>
/// <param name="SubTrack">Number of the sub-track whose data it needs.</param>
/// <param name="Category">The category.</param>
/// <param name="Form">The form of delivery; null when any will do.</param>
/// <param name="Licence">The kind of licence; null when any that is not limited in number will do.</param>
/// <param name="LeastQuality">Least score of the quality evaluation.</param>
/// <param name="BudgetFen">Most that it would pay, fen.</param>
/// <param name="Title">The title that would say it best.</param>
public sealed record LatentNeed(
    int SubTrack, string Category, ProductForm? Form, LicenceKind? Licence, int LeastQuality, long BudgetFen, ProductTitle Title)
{
    /// <summary>Whether a product serves the need.</summary>
    /// <param name="product">The product as it stands on the shelf.</param>
    /// <param name="quality">Score of its quality evaluation.</param>
    /// <param name="at">When it would be ordered.</param>
    public bool IsServedBy(ShelfProduct product, int quality, SimulatedTime at)
    {
        ArgumentNullException.ThrowIfNull(product);
        return product.Plan.SubTrack == SubTrack
            && product.Plan.Category == Category
            && (Form ?? product.Plan.Form) == product.Plan.Form
            && (Licence ?? product.Terms.Licence) == product.Terms.Licence
            && quality >= LeastQuality
            && product.Terms.AmountFor(1, at).Fen <= BudgetFen;
    }
}
