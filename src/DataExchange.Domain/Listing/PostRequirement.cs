namespace DataExchange.Domain.Listing;

/// <summary>A buyer posted a requirement (需求) at a venue: what it looks for on the shelves.</summary>
/// <param name="Requirement">The requirement.</param>
/// <param name="Venue">The venue that is to answer.</param>
/// <param name="Buyer">Who looks for it.</param>
/// <param name="Text">The buyer's own words, 1 to 500 characters.</param>
/// <param name="SubTrack">Id of the sub-track whose data are wanted.</param>
/// <param name="Category">Category that the buyer takes it to be of.</param>
/// <param name="Form">Form of delivery; null for any.</param>
/// <param name="Licence">Kind of licence; null for any.</param>
/// <param name="LeastQuality">Least score of the quality evaluation, 0 to 100.</param>
/// <param name="BudgetFen">Most that the buyer would pay for one licence, pack or month, fen, above 0.</param>
/// <param name="NeededUntil">First moment at which it is of no use any more.</param>
[EventName("requirement_posted")]
public sealed record RequirementPosted(
    RequirementId Requirement,
    VenueId Venue,
    PartyId Buyer,
    string Text,
    string SubTrack,
    string Category,
    ProductForm? Form,
    LicenceKind? Licence,
    int LeastQuality,
    long BudgetFen,
    SimulatedTime NeededUntil) : Event;

/// <summary>Posts a requirement.</summary>
/// <param name="Requirement">The requirement.</param>
/// <param name="Venue">The venue that is to answer.</param>
/// <param name="Buyer">Who looks for it.</param>
/// <param name="Text">The buyer's own words, 1 to 500 characters.</param>
/// <param name="SubTrack">Id of the sub-track whose data are wanted.</param>
/// <param name="Category">Category that the buyer takes it to be of.</param>
/// <param name="Form">Form of delivery; null for any.</param>
/// <param name="Licence">Kind of licence; null for any.</param>
/// <param name="LeastQuality">Least score of the quality evaluation, 0 to 100.</param>
/// <param name="BudgetFen">Most that the buyer would pay for one licence, pack or month, fen, above 0.</param>
/// <param name="NeededUntil">First moment at which it is of no use any more; later than now.</param>
public sealed record PostRequirement(
    RequirementId Requirement,
    VenueId Venue,
    PartyId Buyer,
    string Text,
    string SubTrack,
    string Category,
    ProductForm? Form,
    LicenceKind? Licence,
    int LeastQuality,
    long BudgetFen,
    SimulatedTime NeededUntil) : RequirementCommand(Requirement)
{
    /// <summary>Most characters of a requirement's words.</summary>
    public const int MostCharacters = 500;

    internal Decision Decide(BuyerRequirement state) =>
        state.Stage != RequirementStage.None ? Decision.Reject(Rejection.RequirementAlreadyPosted)
        : !IsSound ? Decision.Reject(Rejection.RequirementInvalid)
        : Decision.Accept(new RequirementPosted(
            Requirement, Venue, Buyer, Text, SubTrack, Category, Form, Licence, LeastQuality, BudgetFen, NeededUntil) { At = At, By = By });

    private bool IsSound =>
        !string.IsNullOrWhiteSpace(Text)
        && Text.Length <= MostCharacters
        && LeastQuality is >= 0 and <= 100
        && Money.IsAmount(BudgetFen)
        && NeededUntil > At;
}
