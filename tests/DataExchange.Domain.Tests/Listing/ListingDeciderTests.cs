using DataExchange.Domain.Listing;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Listing;

public sealed class ListingDeciderTests : DeciderSpecification<ListingDecider, ListingCommand, ProductListing>
{
    private static readonly NoteCertificate Noting =
        new(Product, Certificate, Provider, DataRights.ProductOperation, Day(400), SecurityClass.Important) { At = Day(40), By = Provider };

    private static readonly ListProduct ToList = new(Product, Venue, []) { At = Day(50), By = Provider };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = MakeHistories();

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, ListingCommand> Commands { get; } = new Dictionary<string, ListingCommand>
    {
        ["NoteCertificate"] = Noting,
        ["NoteCertificate:renewed"] = Noting with { ValidUntil = Day(700), SecurityClass = null },
        ["NoteCertificate:other holder"] = Noting with { Holder = Contributor, SecurityClass = null },
        ["NoteCertificateLapse"] = new NoteCertificateLapse(Product, Rejection.CertificateRevoked) { At = Day(100), By = Provider },
        ["NotePrice"] = new NotePrice(Product, 2, OpenEnded) { At = Day(43), By = Provider },
        ["ListProduct"] = ToList,
        ["SuspendListing"] = new SuspendListing(Product, Venue, "complaint") { At = Day(60), By = Provider },
        ["ResumeListing"] = new ResumeListing(Product, Venue) { At = Day(61), By = Provider },
        ["DelistProduct"] = new DelistProduct(Product, Venue, DelistingReason.ProviderRequest) { At = Day(62), By = Provider },
        ["RecordViews"] = new RecordViews(Product, Venue, 12) { At = Day(63), By = Provider },
    };

    /// <inheritdoc />
    protected override string Decisions => """
        command                      | None                        | None:priced                 | Noted:not priced
        NoteCertificate              | CertificateNoted            | CertificateNoted            | CertificateNoted
        NoteCertificate:renewed      | CertificateNoted            | CertificateNoted            | CertificateNoted
        NoteCertificate:other holder | CertificateNoted            | CertificateNoted            | CertificateNoted
        NoteCertificateLapse         | !NotCertified               | !NotCertified               | CertificateLapseNoted
        NotePrice                    | PriceNoted                  | PriceNoted                  | PriceNoted
        ListProduct                  | ListingRefused!NotCertified | ListingRefused!NotCertified | ListingRefused!NotPriced
        SuspendListing               | !NotListed                  | !NotListed                  | !NotListed
        ResumeListing                | !NotListed                  | !NotListed                  | !NotListed
        DelistProduct                | !NotListed                  | !NotListed                  | !NotListed
        RecordViews                  | !NotListed                  | !NotListed                  | !NotListed

        command                      | Noted:no operation right                 | Noted
        NoteCertificate              | CertificateNoted                         | CertificateNoted
        NoteCertificate:renewed      | CertificateNoted                         | CertificateNoted
        NoteCertificate:other holder | CertificateNoted                         | CertificateNoted
        NoteCertificateLapse         | CertificateLapseNoted                    | CertificateLapseNoted
        NotePrice                    | PriceNoted                               | PriceNoted
        ListProduct                  | ListingRefused!HolderLacksOperationRight | ProductListed
        SuspendListing               | !NotListed                               | !NotListed
        ResumeListing                | !NotListed                               | !NotListed
        DelistProduct                | !NotListed                               | !NotListed
        RecordViews                  | !NotListed                               | !NotListed

        command                      | Listed                                | Suspended                             | Delisted
        NoteCertificate              | CertificateNoted                      | CertificateNoted                      | CertificateNoted
        NoteCertificate:renewed      | CertificateNoted                      | CertificateNoted                      | CertificateNoted
        NoteCertificate:other holder | CertificateNoted+ProductDelisted      | CertificateNoted+ProductDelisted      | CertificateNoted
        NoteCertificateLapse         | CertificateLapseNoted+ProductDelisted | CertificateLapseNoted+ProductDelisted | CertificateLapseNoted
        NotePrice                    | PriceNoted                            | PriceNoted                            | PriceNoted
        ListProduct                  | !AlreadyListed                        | !AlreadyListed                        | ProductListed
        SuspendListing               | ListingSuspended                      | !ProductSuspended                     | !NotListed
        ResumeListing                | !NotSuspended                         | ListingResumed                        | !NotListed
        DelistProduct                | ProductDelisted                       | ProductDelisted                       | !NotListed
        RecordViews                  | ViewsRecorded                         | ViewsRecorded                         | !NotListed

        command                      | Lapsed
        NoteCertificate              | !CertificateExpired
        NoteCertificate:renewed      | !CertificateExpired
        NoteCertificate:other holder | !CertificateExpired
        NoteCertificateLapse         | !CertificateExpired
        NotePrice                    | PriceNoted
        ListProduct                  | ListingRefused!CertificateExpired
        SuspendListing               | !NotListed
        ResumeListing                | !NotListed
        DelistProduct                | !NotListed
        RecordViews                  | !NotListed
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        CertificateLapseNoted: Noted:not priced, Noted:no operation right, Noted, Listed, Suspended, Delisted
        CertificateNoted: None, None:priced, Noted:not priced, Noted:no operation right, Noted, Listed, Suspended, Delisted
        ListingRefused: None, None:priced, Noted:not priced, Noted:no operation right, Noted, Delisted, Lapsed
        ListingResumed: Suspended
        ListingSuspended: Listed
        PriceNoted: None, None:priced, Noted:not priced, Noted:no operation right, Noted, Listed, Suspended, Delisted, Lapsed
        ProductDelisted: Listed, Suspended
        ProductListed: Noted, Delisted
        ViewsRecorded: Listed, Suspended
        """;

    private static ListProduct Computed(PartyId[] contributors, long[] values, params ContributorShare[] shares) =>
        ToList with { Game = new(contributors, values), FairShares = shares };

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        new("the last moment of the certificate", "Noted", ToList with { At = Day(400).AddSeconds(-1) }, "ProductListed"),
        new("the first moment without it", "Noted", ToList with { At = Day(400) }, "ListingRefused!CertificateExpired"),
        new("another venue has its own shelf", "Listed", ToList with { Venue = OtherVenue }, "ProductListed"),
        new("shares of all but one part in 10,000", "Noted", ToList with { Contributors = [new(Contributor, 9_999)] }, "ProductListed"),
        new("shares of everything", "Noted", ToList with { Contributors = [new(Contributor, 5_000), new(Buyer, 5_000)] },
            "ListingRefused!ContributorSharesInvalid"),
        new("a share of nothing", "Noted", ToList with { Contributors = [new(Contributor, 0)] }, "ListingRefused!ContributorSharesInvalid"),
        new("shares that follow from a game", "Noted", Computed([Contributor], [0, 6, 2, 10], new ContributorShare(Contributor, 3_000)), "ProductListed"),
        new("a game of the holder alone", "Noted", Computed([], [0, 10]), "ProductListed"),
        new("a game and agreed shares", "Noted", Computed([Contributor], [0, 6, 2, 10], new ContributorShare(Contributor, 3_000)) with { Contributors = [new(Contributor, 3_000)] },
            "ListingRefused!ContributorSharesInvalid"),
        new("a game whose shares nobody computed", "Noted", ToList with { Game = new([Contributor], [0, 6, 2, 10]) }, "ListingRefused!ContributorSharesInvalid"),
        new("a game that leaves the holder nothing", "Noted", Computed([Contributor], [0, 0, 10, 10], new ContributorShare(Contributor, 10_000)), "ListingRefused!ContributorSharesInvalid"),
        new("a game worth nothing", "Noted", Computed([Contributor], [0, 6, 2, 0]), "ListingRefused!ContributionsWorthNothing"),
        new("a game worth less than nothing", "Noted", Computed([Contributor], [0, 6, 2, -1]), "ListingRefused!ContributionsWorthNothing"),
        new("the holder as contributor", "Noted", Computed([Provider], [0, 6, 2, 10]), "ListingRefused!ContributionGameInvalid"),
        new("a contributor twice", "Noted", Computed([Contributor, Contributor], [0, 1, 1, 2, 1, 2, 2, 3]), "ListingRefused!ContributionGameInvalid"),
        new("a value too few", "Noted", Computed([Contributor], [0, 6, 2]), "ListingRefused!ContributionGameInvalid"),
        new("no values", "Noted", Computed([Contributor], []), "ListingRefused!ContributionGameInvalid"),
        new("nobody's work is worth something", "Noted", Computed([Contributor], [1, 6, 2, 10]), "ListingRefused!ContributionGameInvalid"),
        new("a value beyond all money", "Noted", Computed([Contributor], [0, Money.MostFen + 1, 2, 10]), "ListingRefused!ContributionGameInvalid"),
        new("ten contributors", "Noted", Computed([.. Enumerable.Range(0, 10).Select(i => new PartyId("c" + i))], [.. Enumerable.Range(0, 2_048).Select(i => (long)i)]),
            "ListingRefused!ContributionGameInvalid"),
        new("the same price version again", "Noted", new NotePrice(Product, 1, OpenEnded) { At = Day(43), By = Provider }, "!PriceVersionOutdated"),
        new("no views are views", "Listed", new RecordViews(Product, Venue, 0) { At = Day(63), By = Provider }, "ViewsRecorded"),
        new("fewer than no views", "Listed", new RecordViews(Product, Venue, -1) { At = Day(63), By = Provider }, "!CountInvalid"),
        new("a lapse clears all shelves", "Listed (at both venues)",
            new NoteCertificateLapse(Product, Rejection.CertificateRevoked) { At = Day(100), By = Provider },
            "CertificateLapseNoted+ProductDelisted+ProductDelisted"),
        new("a new holder clears all shelves", "Listed (at both venues)", Noting with { Holder = Contributor },
            "CertificateNoted+ProductDelisted+ProductDelisted"),
    ];

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => [.. Enum.GetNames<ShelfStatus>(), .. Enum.GetNames<CertificateKnowledge>()];

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(ProductListing state) => [state.On(Venue).ToString(), state.Certificate.ToString()];

    [Fact]
    public void A_listing_carries_what_was_certified_and_priced()
    {
        var listed = Assert.IsType<ProductListed>(Assert.Single(ListingDecider.Decide(ToList, Given("Noted")).Events));
        Assert.Equal((Provider, Certificate, Day(400), SecurityClass.Important, 1, OpenEnded),
            (listed.Holder, listed.Certificate, listed.ValidUntil, listed.SecurityClass, listed.PriceVersion, listed.Terms));
    }

    [Fact]
    public void A_renewal_leaves_the_security_class_as_it_was() =>
        Assert.Equal(SecurityClass.Important, Assert.IsType<CertificateNoted>(
            Assert.Single(ListingDecider.Decide(Noting with { SecurityClass = null }, Given("Noted")).Events)).SecurityClass);

    private static Dictionary<string, Event[]> MakeHistories()
    {
        Event Certified(DataRights rights) =>
            new CertificateNoted(Product, Certificate, Provider, rights, Day(400), SecurityClass.Important) { At = Day(40), By = Provider };
        Event Listed(VenueId venue) => new ProductListed(
            Product, venue, Provider, Certificate, Day(400), SecurityClass.Important, 1, OpenEnded, []) { At = Day(50), By = Provider };
        Event lapsed = new CertificateLapseNoted(Product, Rejection.CertificateExpired) { At = Day(400), By = Provider };
        Event Delisted(DelistingReason reason) => new ProductDelisted(Product, Venue, reason) { At = Day(62), By = Provider };
        Event priced = new PriceNoted(Product, 1, OpenEnded) { At = Day(42), By = Provider };
        Event[] noted = [Certified(DataRights.ProductOperation), priced];
        Event[] listed = [.. noted, Listed(Venue)];
        return new()
        {
            ["None"] = [],
            ["None:priced"] = [priced],
            ["Noted:not priced"] = [Certified(DataRights.ProductOperation)],
            ["Noted:no operation right"] = [Certified(DataRights.ResourceHolding | DataRights.ProcessingAndUse), priced],
            ["Noted"] = noted,
            ["Listed"] = listed,
            ["Listed (at both venues)"] = [.. listed, Listed(OtherVenue)],
            ["Suspended"] = [.. listed, new ListingSuspended(Product, Venue, "complaint") { At = Day(60), By = Provider }],
            ["Delisted"] = [.. listed, Delisted(DelistingReason.ProviderRequest)],
            ["Lapsed"] = [.. listed, lapsed, Delisted(DelistingReason.CertificateLapsed)],
        };
    }
}
