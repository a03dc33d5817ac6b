namespace DataExchange.Domain.Listing;

/// <summary>Keeps the shelves of the venues.</summary>
public sealed class ListingDecider : IDecider<ListingCommand, ProductListing>
{
    private ListingDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "listing";

    /// <inheritdoc />
    public static string Capability => "Listing";

    /// <inheritdoc />
    public static ProductListing Initial { get; } = new();

    /// <inheritdoc />
    public static Decision Decide(ListingCommand command, ProductListing state) => command switch
    {
        NoteCertificate c => c.Decide(state),
        NoteCertificateLapse c => c.Decide(state),
        NotePrice c => c.Decide(state),
        ListProduct c => c.Decide(state),
        SuspendListing c => c.Decide(state),
        ResumeListing c => c.Decide(state),
        DelistProduct c => c.Decide(state),
        RecordViews c => c.Decide(state),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no rule for this command"),
    };

    /// <inheritdoc />
    public static ProductListing Evolve(ProductListing state, Event @event) => @event switch
    {
        CertificateNoted e when state.Certificate != CertificateKnowledge.Lapsed => state with
        {
            Certificate = CertificateKnowledge.Noted,
            CertificateHandle = e.Certificate,
            Holder = e.Holder,
            Rights = e.Rights,
            ValidUntil = e.ValidUntil,
            SecurityClass = e.SecurityClass,
        },
        CertificateLapseNoted e when state.Certificate == CertificateKnowledge.Noted =>
            state with { Certificate = CertificateKnowledge.Lapsed, LapseReason = e.Reason },
        PriceNoted e when e.Version > state.PriceVersion => state with { Terms = e.Terms, PriceVersion = e.Version },
        ProductListed e when state is { Certificate: CertificateKnowledge.Noted, Terms: not null }
            && state.Rights.HasFlag(DataRights.ProductOperation)
            && e.At < state.ValidUntil
            && state.On(e.Venue) is ShelfStatus.NotListed or ShelfStatus.Delisted => Put(state, e.Venue, ShelfStatus.Listed),
        ListingRefused e when state.On(e.Venue) is ShelfStatus.NotListed or ShelfStatus.Delisted => state,
        ListingSuspended e when state.On(e.Venue) == ShelfStatus.Listed => Put(state, e.Venue, ShelfStatus.Suspended),
        ListingResumed e when state.On(e.Venue) == ShelfStatus.Suspended => Put(state, e.Venue, ShelfStatus.Listed),
        ProductDelisted e when IsOnShelf(state.On(e.Venue)) => Put(state, e.Venue, ShelfStatus.Delisted),
        ViewsRecorded e when IsOnShelf(state.On(e.Venue)) => state,
        _ => throw new ImpossibleHistoryException(@event, state),
    };

    /// <inheritdoc />
    public static bool IsTerminal(ProductListing state) => false;

    /// <summary>Whether a product stands on the shelf, for sale or suspended.</summary>
    internal static bool IsOnShelf(ShelfStatus status) => status is ShelfStatus.Listed or ShelfStatus.Suspended;

    /// <summary>Takes a product off every shelf it stands on.</summary>
    internal static IEnumerable<Event> Clear(ProductListing state, Command cause, ProductId product, DelistingReason reason) =>
        state.Shelves
            .Where(shelf => IsOnShelf(shelf.Value))
            .Select(shelf => new ProductDelisted(product, new VenueId(shelf.Key), reason) { At = cause.At, By = cause.By });

    private static ProductListing Put(ProductListing state, VenueId venue, ShelfStatus status) =>
        state with { Shelves = state.Shelves.SetItem(venue.Value, status) };
}
