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
    private readonly PriorityQueue<ShelfProduct, SimulatedTime> _turns = new();
    private int _readOfShelf;
    private int _readOfAsked;

    /// <summary>The venue.</summary>
    public VenueAgent Venue => venue;

    /// <summary>The products of a sub-track that it would propose now, if they fit: on the shelf, to be bought, and in any number.</summary>
    /// <param name="subTrack">Number of the sub-track.</param>
    public IEnumerable<ShelfProduct> ShelfOf(int subTrack) => market.Shelf.OfSubTrack(subTrack).Concat(market.Asked.OfSubTrack(subTrack)).Where(IsOffered);

    /// <summary>A product that it would propose now, if it fits; null when it would not.</summary>
    /// <param name="product">The product.</param>
    public ShelfProduct? Find(ProductId product) => (market.Shelf.Find(product) ?? market.Asked.Find(product)) is { } found && IsOffered(found) ? found : null;

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

    // Only at what has changed since it last looked, and at promotions that have begun or ended since, as prices change then by themselves: the whole shelf, or all that is promoted, for
    // each requirement would be work with the square of the market.
    private void LookAtTheShelf()
    {
        _readOfShelf = LookAtChanges(market.Shelf, _readOfShelf);
        _readOfAsked = LookAtChanges(market.Asked, _readOfAsked);
        while (_turns.TryPeek(out var product, out var turn) && turn <= market.Kernel.Now)
        {
            _turns.Dequeue();
            LookAt(product);
        }
    }

    private int LookAtChanges(ShelfView shelf, int read)
    {
        for (; read < shelf.Changes.Count; read++)
        {
            var product = shelf.Products[shelf.Changes[read]];
            LookAt(product);
            if (product.Terms.Promotion is { } promotion)
            {
                NoteTurn(product, promotion.From);
                NoteTurn(product, promotion.Until);
            }
        }

        return read;
    }

    private void NoteTurn(ShelfProduct product, SimulatedTime turn)
    {
        if (turn > market.Kernel.Now)
        {
            _turns.Enqueue(product, turn);
        }
    }

    private void LookAt(ShelfProduct product)
    {
        var (id, plan) = (product.Plan.Product.Value, product.Plan);
        if (!IsOffered(product))
        {
            _index.Remove(id);
            return;
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
