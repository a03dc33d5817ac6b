using DataExchange.Discovery;
using DataExchange.Domain;
using DataExchange.Domain.Listing;

namespace DataExchange.Simulation.Agents.Requirements;

/// <summary>
/// A venue's desk for requirements: it answers with the products that fit best of those on its shelf. It knows what everybody can see there. What is sold
/// in a limited number it does not propose, so that requirements take nothing away from other buyers.
/// </summary>
/// <param name="market">The surroundings.</param>
/// <param name="venue">The venue.</param>
/// <param name="chain">Nearness on the industry chain graph.</param>
public sealed class RequirementDesk(Market market, VenueAgent venue, ChainDistance chain)
{
    /// <summary>Products of an answer (A97 of docs/assumptions.md).</summary>
    public const int Proposed = 10;

    private readonly ShelfIndex _index = new(chain, RankingWeights.Assumed);

    /// <summary>The venue.</summary>
    public VenueAgent Venue => venue;

    /// <summary>The products that it would propose now, if they fit: on the shelf, to be bought, and in any number.</summary>
    public IEnumerable<ShelfProduct> Shelf => market.Shelf.Products.Concat(market.Asked.Products).Where(IsOffered);

    /// <summary>Answers a requirement.</summary>
    /// <param name="posted">The requirement.</param>
    /// <returns>The answer; null when it was refused.</returns>
    public async ValueTask<RequirementAnswered?> AnswerAsync(RequirementPosted posted)
    {
        ArgumentNullException.ThrowIfNull(posted);
        LookAtTheShelf();
        var answer = _index.Search(
            new Query(posted.Text, posted.Category, market.Source.Graph.SubTrackNumber(posted.SubTrack), posted.Form?.ToString(), posted.Licence?.ToString(),
                posted.LeastQuality, posted.BudgetFen), Proposed);
        RankedProduct[] ranking = [.. answer.Ranking.Select(ranked => new RankedProduct(
            new ProductId(ranked.Id), ranked.Score, ranked.Text, ranked.Chain, ranked.Category, ranked.Quality, ranked.Price))];
        var outcome = await market.Kernel.SubmitAsync(new AnswerRequirement(
            posted.Requirement, RankingWeights.Algorithm, ranking, answer.Searched, answer.Fitting, answer.Affordable, answer.GoodEnough)
            { At = market.Kernel.Now, By = venue.Party }).ConfigureAwait(true);
        return outcome.Accepted ? (RequirementAnswered)outcome.Events[0] : null;
    }

    private bool IsOffered(ShelfProduct product) =>
        product.CanBeBought
        && product.Venues.Contains(venue.Venue)
        && !product.Suspended.Contains(venue.Venue)
        && product.Terms.Licence is not (LicenceKind.Exclusive or LicenceKind.Capped);

    private void LookAtTheShelf()
    {
        foreach (var product in market.Shelf.Products.Concat(market.Asked.Products))
        {
            var (id, plan) = (product.Plan.Product.Value, product.Plan);
            if (!IsOffered(product))
            {
                _index.Remove(id);
                continue;
            }

            var price = product.Terms.AmountFor(1, market.Kernel.Now).Fen;
            if (_index.Find(id) is not { } known || known.PriceFen != price)
            {
                var title = market.Register.TitleOf(plan.Product);
                _index.Put(new Offer(
                    id, $"{title.Zh} {title.En}", plan.Category, plan.SubTrack, plan.Form.ToString(), product.Terms.Licence.ToString(),
                    market.Register.QualityOf(plan.Product), price));
            }
        }
    }
}
