namespace DataExchange.Domain.Listing;

/// <summary>A requirement was met: the buyer bought a product that the venue had proposed.</summary>
/// <param name="Requirement">The requirement.</param>
/// <param name="Product">The product.</param>
/// <param name="Rank">Its place in the venue's last answer, from 1.</param>
/// <param name="Deal">The deal by which it was bought.</param>
[EventName("requirement_met")]
public sealed record RequirementMet(RequirementId Requirement, ProductId Product, int Rank, DealId Deal) : Event;

/// <summary>Says that a requirement is met.</summary>
/// <param name="Requirement">The requirement.</param>
/// <param name="Product">The product, one of the venue's last answer.</param>
/// <param name="Deal">The deal by which it was bought.</param>
public sealed record MeetRequirement(RequirementId Requirement, ProductId Product, DealId Deal) : RequirementCommand(Requirement)
{
    internal Decision Decide(BuyerRequirement state) =>
        // What is over may still be met by a deal that was under way; what has lapsed may not.
        state.WhyClosed is { } reason ? Decision.Reject(reason)
        : !state.Proposed.Contains(Product) ? Decision.Reject(Rejection.ProductNotProposed)
        : Decision.Accept(new RequirementMet(Requirement, Product, state.Proposed.IndexOf(Product) + 1, Deal) { At = At, By = By });
}
