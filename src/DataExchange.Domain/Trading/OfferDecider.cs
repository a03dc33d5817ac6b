namespace DataExchange.Domain.Trading;

/// <summary>Guards a product's issuance right: nothing is sold that is not offered, no cap is exceeded, no exclusive licence sold twice.</summary>
public sealed class OfferDecider : IDecider<OfferCommand, IssuanceRight>
{
    private OfferDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "offer";

    /// <inheritdoc />
    public static string Capability => "Trading";

    /// <inheritdoc />
    public static IssuanceRight Initial { get; } = new();

    /// <inheritdoc />
    public static Decision Decide(OfferCommand command, IssuanceRight state) => command switch
    {
        OpenOffer c => c.Decide(state),
        ChangeOfferTerms c => c.Decide(state),
        ExtendOffer c => c.Decide(state),
        ChangeOfferVersion c => c.Decide(state),
        SuspendOffer c => c.Decide(state),
        ResumeOffer c => c.Decide(state),
        CloseOffer c => c.Decide(state),
        OpenTrial c => c.Decide(state),
        ExtendTrial c => c.Decide(state),
        CloseTrial c => c.Decide(state),
        PlaceOrder c => c.Decide(state),
        RevokeLicence c => c.Decide(state),
        AllotPacks c => c.Decide(state),
        AnnounceAuction c => c.Decide(state),
        GrantAward c => c.Decide(state),
        JoinBundle c => c.Decide(state),
        LeaveBundle c => c.Decide(state),
        GrantBundlePart c => c.Decide(state),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no rule for this command"),
    };

    /// <inheritdoc />
    public static IssuanceRight Evolve(IssuanceRight state, Event @event) => @event switch
    {
        OfferOpened e when state.At(e.Venue) is OfferStatus.NotOffered or OfferStatus.Closed && state.Trial is not { IsClosed: false } => Put(state, e.Venue, OfferStatus.Open) with
        {
            Provider = e.Provider,
            SecurityClass = e.SecurityClass,
            ValidUntil = e.ValidUntil,
            PriceVersion = e.PriceVersion,
            Terms = e.Terms,
            Contributors = e.Contributors,
        },
        OfferTermsChanged e when state.Terms is not null => state with { PriceVersion = e.PriceVersion, Terms = e.Terms },
        OfferExtended e when state.Terms is not null => state with { ValidUntil = e.ValidUntil },
        OfferVersionChanged e when e.Version > state.ProductVersion => state with { ProductVersion = e.Version },
        OfferSuspended e when state.At(e.Venue) == OfferStatus.Open => Put(state, e.Venue, OfferStatus.Suspended),
        OfferResumed e when state.At(e.Venue) == OfferStatus.Suspended => Put(state, e.Venue, OfferStatus.Open),
        OfferClosed e when state.At(e.Venue) is OfferStatus.Open or OfferStatus.Suspended => Put(state, e.Venue, OfferStatus.Closed),
        OfferWithdrawn e when state.At(e.Venue) is OfferStatus.Open or OfferStatus.Suspended => Put(state, e.Venue, OfferStatus.Closed),
        OrderRejected => state,
        BundleJoined e when !state.Bundles.ContainsKey(e.Bundle) && state.At(e.Venue) == OfferStatus.Open && e.At < state.ValidUntil =>
            state with { Bundles = state.Bundles.Add(e.Bundle, e.Venue) },
        BundleLeft e => state with { Bundles = state.Bundles.Remove(e.Bundle) },
        TrialOpened e when state.Terms is null && state.Trial is null => state with
        {
            Trial = new()
            {
                Venue = e.Venue,
                Provider = e.Provider,
                SecurityClass = e.SecurityClass,
                Terms = e.Terms,
                Contributors = e.Contributors,
                Conditions = e.Conditions,
            },
        },
        TrialExtended e when state.Trial is { IsClosed: false } trial && e.Conditions.Cover(trial.Conditions) =>
            state with { Trial = trial with { Conditions = e.Conditions } },
        TrialClosed e when state.Trial is { IsClosed: false } trial && e.Venue == trial.Venue => state with { Trial = trial with { IsClosed = true } },
        LicenceGranted { InSandbox: true } e when CanFollowOnTrial(state, e) => state with
        {
            Licences = state.Licences.Add(e.Deal),
            Trial = state.Trial! with { Buyers = state.Trial.Buyers.Add(e.Buyer), Granted = state.Trial.Granted + new Money(e.AmountFen) },
        },
        PacksAllotted e when !state.HasOrderBook && state.At(e.Venue) == OfferStatus.Open && e.At < state.ValidUntil => state with { HasOrderBook = true },
        AuctionAnnounced e when e.Auction == AuctionId.Of(e.Product, state.Auctions + 1) && state.At(e.Venue) == OfferStatus.Open && e.At < state.ValidUntil =>
            state with { Auctions = state.Auctions + 1 },
        LicenceGranted { InSandbox: null } e when CanFollow(state, e) => state with
        {
            Licences = state.Licences.Add(e.Deal),
            CopiesIssued = state.CopiesIssued + (e.Licence == LicenceKind.Capped ? e.Quantity : 0),
            ExclusiveHolder = e.Licence == LicenceKind.Exclusive ? e.Deal : null,
        },
        LicenceRevoked e when state.Licences.Contains(e.Deal) && e.Copies >= 0 && e.Copies <= state.CopiesIssued => state with
        {
            Licences = state.Licences.Remove(e.Deal),
            CopiesIssued = state.CopiesIssued - e.Copies,
            ExclusiveHolder = state.ExclusiveHolder == e.Deal ? null : state.ExclusiveHolder,
        },
        _ => throw new ImpossibleHistoryException(@event, state),
    };

    /// <inheritdoc />
    public static bool IsTerminal(IssuanceRight state) => false;

    private static bool CanFollow(IssuanceRight state, LicenceGranted e) =>
        state.At(e.Venue) == OfferStatus.Open
        && e.At < state.ValidUntil
        && state.ExclusiveHolder is null
        && !state.Licences.Contains(e.Deal)
        && !(e.Licence == LicenceKind.Capped && state.Terms!.Copies < (long)state.CopiesIssued + e.Quantity);

    private static bool CanFollowOnTrial(IssuanceRight state, LicenceGranted e) =>
        state.TrialAt(e.Venue) is { } trial
        && Money.IsAmount(e.AmountFen)
        && trial.Forbids(e.At, e.Buyer, new Money(e.AmountFen)) is null
        && !state.Licences.Contains(e.Deal);

    private static IssuanceRight Put(IssuanceRight state, VenueId venue, OfferStatus status) =>
        state with { Venues = state.Venues.SetItem(venue.Value, status) };
}
