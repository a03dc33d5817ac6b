using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.ReadModels;

/// <summary>Keeps the lives of the products.</summary>
internal sealed class TimelineFold : IFold<TimelineFold>
{
    internal DocumentSet<ProductId, ProductTimeline> Products { get; } = new(product => product.Value, IdComparers.Product);

    public IReadOnlyList<DocumentSet> Sets => [Products];

    public static FoldTable<TimelineFold> Table { get; } = Sales(Auctions(Books(Offers(Listings(Prices(Rights(new())))))))
        .Ignore(typeof(PartyRegistered), typeof(FingerprintClaimed), typeof(BuyerAdmitted), typeof(LicenceGranted))
        .Ignore(FoldTables.Requirements)
        .Ignore(FoldTables.Logs)
        .Ignore(FoldTables.Bundles.Except([typeof(BundleJoined), typeof(BundleLeft)]).ToArray())
        .Ignore(FoldTables.Auctions.Except([typeof(AuctionAnnounced), typeof(AuctionClosed)]).ToArray())
        .Ignore(FoldTables.BookOrders)
        .Ignore(FoldTables.BookSessions)
        .Ignore(FoldTables.DealSteps)
        .Ignore(FoldTables.Money);

    private static FoldTable<TimelineFold> Rights(FoldTable<TimelineFold> table) => table
        .On<ProductRegistered>((fold, e) => fold.Note(e.Product, e, "product", TimelineWords.Of(e), timeline => timeline with
        {
            Provider = e.Provider.Value,
            Venue = e.Venue.Value,
            Title = e.Title,
            TitleEn = e.TitleEn,
            Form = e.Form,
            Category = e.Category,
            SubTrack = e.SubTrack,
            Furthest = ProductStage.Registered,
            Registration = RightsStage.Registered,
        }))
        .On<ProductImported>((fold, e) => fold.Note(e.Product, e, "product", TimelineWords.Of(e)))
        .On<RegistrationRefused>((fold, e) => fold.Note(e.Product, e, "product", RejectionWords.Of(e.Reason), timeline => timeline with
        {
            Provider = e.Provider.Value,
            Venue = e.Venue.Value,
            Title = e.Title,
            TitleEn = e.TitleEn,
            Registration = RightsStage.Refused,
            Refusal = e.Reason,
        }))
        .On<EvidenceSubmitted>((fold, e) => fold.Advance(
            e.Product, e, Terms.Of(e.Evidence), RightsStage.EvidenceSubmitted, ProductStage.EvidenceSubmitted))
        .On<ApplicationAccepted>((fold, e) => fold.Advance(
            e.Product, e, default, RightsStage.ApplicationAccepted, ProductStage.Accepted))
        .On<CompliancePassed>((fold, e) => fold.Advance(
            e.Product, e, default, RightsStage.CompliancePassed, ProductStage.CompliancePassed))
        .On<ComplianceReturned>((fold, e) => fold.Note(e.Product, e, "product", RejectionWords.Of(e.Finding), timeline => timeline with
        {
            Registration = RightsStage.Returned,
            Returns = timeline.Returns + 1,
        }))
        .On<ComplianceRejected>((fold, e) => fold.Note(e.Product, e, "product", RejectionWords.Of(e.Finding), timeline => timeline with
        {
            Registration = RightsStage.Rejected,
            Refusal = e.Finding,
        }))
        .On<QualityEvaluated>((fold, e) => fold.Advance(
            e.Product, e, TimelineWords.Of(e), RightsStage.QualityEvaluated, ProductStage.QualityEvaluated))
        .On<RightsPublished>((fold, e) => fold.Advance(
            e.Product, e, TimelineWords.Until(e.ObjectionsUntil), RightsStage.Published, ProductStage.Published))
        .On<ObjectionRaised>((fold, e) => fold.Advance(e.Product, e, Text.Same(e.Ground), RightsStage.Objected, ProductStage.Published))
        .On<ObjectionUpheld>((fold, e) => fold.Note(e.Product, e, "product", default, timeline => timeline with
        {
            Registration = RightsStage.Rejected,
            Refusal = Rejection.ObjectionUpheld,
        }))
        .On<ObjectionDismissed>((fold, e) => fold.Advance(e.Product, e, default, RightsStage.Published, ProductStage.Published))
        .On<RightsCertified>((fold, e) => fold.Advance(
            e.Product, e, TimelineWords.Certificate(e.Certificate, e.Rights, e.ValidUntil), RightsStage.Certified, ProductStage.Certified))
        .On<CertificateRenewed>((fold, e) => fold.Note(
            e.Product, e, "product", TimelineWords.Certificate(e.Certificate, e.Rights, e.ValidUntil)))
        .On<CertificateExpired>((fold, e) => fold.Advance(e.Product, e, default, RightsStage.Expired, ProductStage.Certified))
        .On<CertificateRevoked>((fold, e) => fold.Advance(e.Product, e, Text.Same(e.Ground), RightsStage.Revoked, ProductStage.Certified))
        .On<RegistrationCancelled>((fold, e) => fold.Advance(e.Product, e, default, RightsStage.Cancelled, ProductStage.Certified))
        .On<ApplicationWithdrawn>((fold, e) => fold.Advance(e.Product, e, default, RightsStage.Withdrawn, ProductStage.Registered))
        .On<RightsTransferred>((fold, e) => fold.Note(e.Product, e, "product", Text.Same(e.NewHolder.Value)))
        .On<RightsLicensed>((fold, e) => fold.Note(e.Product, e, "product", TimelineWords.Of(e)))
        .On<RegistrationCorrected>((fold, e) => fold.Note(e.Product, e, "product", new(e.Title, e.TitleEn), timeline => timeline with
        {
            Title = e.Title,
            TitleEn = e.TitleEn,
        }))
        .On<ProductRevised>((fold, e) => fold.Note(e.Product, e, "product", TimelineWords.Of(e), timeline => timeline with { ProductVersion = e.Version }))
        .On<SandboxAdmitted>((fold, e) => fold.Note(e.Product, e, "product", TimelineWords.At(e.Venue, TimelineWords.Of(e.Conditions))))
        .On<SandboxExtended>((fold, e) => fold.Note(e.Product, e, "product", TimelineWords.At(e.Venue, TimelineWords.Of(e.Conditions))))
        .On<SandboxEnded>((fold, e) => fold.Note(e.Product, e, "product", e.End == SandboxEnd.VenueOrder ? Text.Same(e.Ground) : Terms.Of(e.End)))
        .On<RevisionRefused>((fold, e) => fold.Note(e.Product, e, "product", RejectionWords.Of(e.Reason)));

    private static FoldTable<TimelineFold> Prices(FoldTable<TimelineFold> table) => table
        .On<PricingOpened>((fold, e) => fold.Note(e.Product, e, "pricing", default))
        .On<PricingClosed>((fold, e) => fold.Note(e.Product, e, "pricing", RejectionWords.Of(e.Reason)))
        .On<AuthorityCapSet>((fold, e) => fold.Note(e.Product, e, "pricing", TimelineWords.Yuan(e.CapFen)))
        .On<ProductValued>((fold, e) => fold.Note(e.Product, e, "pricing", TimelineWords.Of(e), ProductStage.Valued))
        .On<PriceSet>((fold, e) => fold.Note(e.Product, e, "pricing", TimelineWords.Of(e.Terms, e.Version), ProductStage.Priced))
        .On<PriceRefused>((fold, e) => fold.Note(e.Product, e, "pricing", RejectionWords.Of(e.Reason)));

    private static FoldTable<TimelineFold> Listings(FoldTable<TimelineFold> table) => table
        .On<CertificateNoted>((fold, e) => fold.Note(e.Product, e, "listing", Text.Same(e.Certificate.Value)))
        .On<CertificateLapseNoted>((fold, e) => fold.Note(e.Product, e, "listing", RejectionWords.Of(e.Reason)))
        .On<PriceNoted>((fold, e) => fold.Note(e.Product, e, "listing", TimelineWords.Of(e.Terms, e.Version)))
        .On<ProductListed>((fold, e) => fold.Note(e.Product, e, "listing", Text.Same(e.Venue.Value), timeline => timeline with
        {
            Furthest = Further(timeline.Furthest, ProductStage.Listed),
            ListedAt = timeline.ListedAt ?? e.At.InChina(),
        }))
        .On<ListingRefused>((fold, e) => fold.Note(e.Product, e, "listing", TimelineWords.At(e.Venue, RejectionWords.Of(e.Reason))))
        .On<ListingSuspended>((fold, e) => fold.Note(e.Product, e, "listing", TimelineWords.At(e.Venue, Text.Same(e.Ground))))
        .On<ListingResumed>((fold, e) => fold.Note(e.Product, e, "listing", Text.Same(e.Venue.Value)))
        .On<ProductDelisted>((fold, e) => fold.Note(e.Product, e, "listing", TimelineWords.At(e.Venue, Terms.Of(e.Reason))))
        .On<ViewsRecorded>((fold, e) => fold.Change(e.Product, timeline => timeline with { Views = timeline.Views + e.Views }));

    private static FoldTable<TimelineFold> Offers(FoldTable<TimelineFold> table) => table
        .On<OfferOpened>((fold, e) => fold.Note(e.Product, e, "offer", Text.Same(e.Venue.Value)))
        .On<OfferTermsChanged>((fold, e) => fold.Note(e.Product, e, "offer", TimelineWords.Of(e.Terms, e.PriceVersion)))
        .On<OfferExtended>((fold, e) => fold.Note(e.Product, e, "offer", TimelineWords.Until(e.ValidUntil)))
        .On<OfferVersionChanged>((fold, e) => fold.Note(e.Product, e, "offer", TimelineWords.Version(e.Version)))
        .On<TrialOpened>((fold, e) => fold.Note(e.Product, e, "offer", Text.Same(e.Venue.Value)))
        .On<TrialExtended>((fold, e) => fold.Note(e.Product, e, "offer", TimelineWords.Of(e.Conditions)))
        .On<TrialClosed>((fold, e) => fold.Note(e.Product, e, "offer", Text.Same(e.Venue.Value)))
        .On<OfferSuspended>((fold, e) => fold.Note(e.Product, e, "offer", Text.Same(e.Venue.Value)))
        .On<OfferResumed>((fold, e) => fold.Note(e.Product, e, "offer", Text.Same(e.Venue.Value)))
        .On<OfferClosed>((fold, e) => fold.Note(e.Product, e, "offer", Text.Same(e.Venue.Value)))
        .On<OfferWithdrawn>((fold, e) => fold.Note(e.Product, e, "offer", Text.Same(e.Venue.Value)))
        .On<OrderRejected>((fold, e) => fold.Change(
            e.Product, timeline => timeline with { OrdersRejected = timeline.OrdersRejected + 1 }))
        .On<LicenceRevoked>((fold, e) => fold.Change(
            e.Product, timeline => timeline with { LicencesRevoked = timeline.LicencesRevoked + 1 }));

    // Of an auction that it was announced, and what it came to; the bids have a read model of their own.
    private static FoldTable<TimelineFold> Auctions(FoldTable<TimelineFold> table) => table
        .On<BundleJoined>((fold, e) => fold.Note(e.Product, e, "offer", TimelineWords.At(e.Venue, new($"组合包 {e.Bundle}", $"bundle {e.Bundle}"))))
        .On<BundleLeft>((fold, e) => fold.Note(e.Product, e, "offer", TimelineWords.Of(e)))
        .On<AuctionAnnounced>((fold, e) => fold.Note(e.Product, e, "offer", TimelineWords.At(e.Venue, AuctionWords.Of(e))))
        .On<AuctionClosed>((fold, e) => fold.Note(e.Product, e, "auction", TimelineWords.At(e.Venue, AuctionWords.Of(e))));

    // Orders, phases and halts are many and have a read model of their own.
    private static FoldTable<TimelineFold> Books(FoldTable<TimelineFold> table) => table
        .On<PacksAllotted>((fold, e) => fold.Note(e.Product, e, "offer", TimelineWords.At(e.Venue, TimelineWords.Packs(e.Packs, e.UnitsPerPack, e.PackPriceFen))))
        .On<BookOpened>((fold, e) => fold.Note(e.Product, e, "book", Text.Same(e.Venue.Value)))
        .On<BookExtended>((fold, e) => fold.Note(e.Product, e, "book", TimelineWords.Until(e.ValidUntil)))
        .On<BookSuspended>((fold, e) => fold.Note(e.Product, e, "book", default))
        .On<BookResumed>((fold, e) => fold.Note(e.Product, e, "book", default))
        .On<BookClosed>((fold, e) => fold.Note(e.Product, e, "book", default))
        .On<PacksTraded>((fold, e) => fold.Change(e.Product, timeline => e.IsIssue ? timeline : timeline with
        {
            Resales = timeline.Resales + 1,
            ResalesFen = timeline.ResalesFen + e.AmountFen,
        }));

    private static FoldTable<TimelineFold> Sales(FoldTable<TimelineFold> table) => table
        .On<TransactionRegistered>((fold, e) => fold.Change(e.Product, timeline => timeline with
        {
            // A sale on trial is none of the steps from application to sale.
            Furthest = timeline.Furthest < ProductStage.Listed ? timeline.Furthest : ProductStage.FirstSale,
            FirstSaleAt = timeline.FirstSaleAt ?? e.At.InChina(),
            Deals = timeline.Deals + 1,
            SalesFen = timeline.SalesFen + e.AmountFen,
        }));

    private static ProductStage Further(ProductStage left, ProductStage right) => left > right ? left : right;

    private void Advance(ProductId product, Event e, Text detail, RightsStage registration, ProductStage stage) =>
        Note(product, e, "product", detail, timeline => timeline with
        {
            Registration = registration,
            Furthest = Further(timeline.Furthest, stage),
        });

    private void Note(ProductId product, Event e, string stream, Text detail, ProductStage stage) =>
        Note(product, e, stream, detail, timeline => timeline with { Furthest = Further(timeline.Furthest, stage) });

    private void Note(
        ProductId product, Event e, string stream, Text detail, Func<ProductTimeline, ProductTimeline>? change = null)
    {
        var entry = new TimelineEntry(
            e.At.InChina(), e.By.Value, stream, EventNames.Of(e), detail.Zh ?? "", detail.En ?? "");
        Change(product, timeline =>
        {
            var changed = change is null ? timeline : change(timeline);
            return changed with { Entries = [.. changed.Entries, entry] };
        });
    }

    private void Change(ProductId product, Func<ProductTimeline, ProductTimeline> change)
    {
        ref var place = ref Products[product];
        place = change(place ?? new ProductTimeline { Id = product.Value });
    }
}
