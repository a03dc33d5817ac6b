using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.ReadModels;

/// <summary>Keeps the shelves of the venues.</summary>
internal sealed class ShelfFold : IFold<ShelfFold>
{
    private readonly DocumentSet<ProductId, ShelfCard> _cards = new(product => product.Value, IdComparers.Product);

    internal DocumentSet<(VenueId Venue, ProductId Product), ShelfEntry> Entries { get; } = new(key => IdOf(key.Venue, key.Product), IdComparers.Shelf);

    public IReadOnlyList<DocumentSet> Sets => [_cards, Entries];

    public static FoldTable<ShelfFold> Table { get; } = new FoldTable<ShelfFold>()
        .On<ProductRegistered>((fold, e) => fold._cards[e.Product] = new()
        {
            Id = e.Product.Value,
            Title = e.Title,
            TitleEn = e.TitleEn,
            Form = e.Form,
            Category = e.Category,
            SubTrack = e.SubTrack,
            IsPublicData = e.IsPublicData,
        })
        .On<RegistrationCorrected>((fold, e) => fold.Correct(e))
        .On<ProductRevised>((fold, e) => fold.Revise(e))
        .On<CertificateNoted>((fold, e) => fold.EachOnShelf(e.Product, entry => entry with
        {
            Certificate = e.Certificate.Value,
            CertificateUntil = e.ValidUntil.InChina(),
        }))
        .On<CertificateLapseNoted>((fold, e) => fold.EachOnShelf(e.Product, entry => entry with { CertificateLapse = e.Reason }))
        .On<PriceNoted>((fold, e) => fold.EachOnShelf(e.Product, entry => WithTerms(entry, e.Terms, e.Version)))
        .On<ProductListed>((fold, e) => fold.Put(e))
        .On<ListingSuspended>((fold, e) => fold.Change(e.Venue, e.Product, entry => entry with { Status = ShelfStatus.Suspended }))
        .On<ListingResumed>((fold, e) => fold.Change(e.Venue, e.Product, entry => entry with { Status = ShelfStatus.Listed }))
        .On<ProductDelisted>((fold, e) => fold.Change(e.Venue, e.Product, entry => entry with
        {
            Status = ShelfStatus.Delisted,
            DelistedAt = e.At.InChina(),
            DelistingReason = e.Reason,
        }))
        .On<ViewsRecorded>((fold, e) => fold.Change(e.Venue, e.Product, entry => entry with { Views = entry.Views + e.Views }))
        .On<TransactionRegistered>((fold, e) => fold.Change(e.Venue, e.Product, entry => entry with
        {
            Deals = entry.Deals + 1,
            SalesFen = entry.SalesFen + e.AmountFen,
        }))
        .On<PacksTraded>((fold, e) => fold.Change(e.Venue, e.Product, entry => e.IsIssue ? entry : entry with
        {
            Resales = entry.Resales + 1,
            ResalesFen = entry.ResalesFen + e.AmountFen,
        }))
        .Ignore(
            typeof(PartyRegistered), typeof(FingerprintClaimed), typeof(RegistrationRefused), typeof(EvidenceSubmitted), typeof(ApplicationAccepted),
            typeof(CompliancePassed), typeof(ComplianceReturned), typeof(ComplianceRejected), typeof(QualityEvaluated),
            typeof(RightsPublished), typeof(ProductImported), typeof(ObjectionRaised), typeof(ObjectionUpheld), typeof(ObjectionDismissed),
            typeof(RightsCertified), typeof(CertificateRenewed), typeof(CertificateExpired), typeof(CertificateRevoked),
            typeof(RegistrationCancelled), typeof(ApplicationWithdrawn), typeof(RightsTransferred), typeof(RightsLicensed))
        .Ignore(
            typeof(PricingOpened), typeof(PricingClosed), typeof(AuthorityCapSet), typeof(ProductValued), typeof(PriceSet),
            typeof(PriceRefused), typeof(ListingRefused), typeof(OfferOpened), typeof(OfferTermsChanged), typeof(OfferExtended),
            typeof(OfferSuspended), typeof(OfferResumed), typeof(OfferClosed), typeof(OfferWithdrawn), typeof(OrderRejected),
            typeof(LicenceGranted), typeof(LicenceRevoked), typeof(BuyerAdmitted))
        .Ignore(typeof(RevisionRefused), typeof(OfferVersionChanged))
        .Ignore(FoldTables.Sandbox)
        .Ignore(FoldTables.Requirements)
        .Ignore(FoldTables.Logs)
        .Ignore(FoldTables.Auctions)
        .Ignore(FoldTables.Bundles)
        .Ignore(FoldTables.BookOrders)
        .Ignore(FoldTables.BookSessions)
        .Ignore(FoldTables.BookLife)
        .Ignore(FoldTables.DealSteps)
        .Ignore(FoldTables.Money);

    /// <summary>Id of the entry of a product on a venue's shelf.</summary>
    internal static string IdOf(VenueId venue, ProductId product) => venue.Value + "/" + product.Value;

    private void Put(ProductListed e)
    {
        ref var card = ref _cards[e.Product];
        card ??= new ShelfCard { Id = e.Product.Value };
        var facts = card;
        if (!facts.Venues.Contains(e.Venue.Value))
        {
            card = facts with { Venues = [.. facts.Venues, e.Venue.Value] };
        }

        ref var place = ref Entries[(e.Venue, e.Product)];
        var entry = place ?? new ShelfEntry
        {
            Id = IdOf(e.Venue, e.Product),
            Venue = e.Venue.Value,
            Product = e.Product.Value,
            ListedAt = e.At.InChina(),
        };
        place = WithTerms(entry, e.Terms, e.PriceVersion) with
        {
            Title = facts.Title,
            TitleEn = facts.TitleEn,
            Form = facts.Form,
            Category = facts.Category,
            SubTrack = facts.SubTrack,
            IsPublicData = facts.IsPublicData,
            ProductVersion = facts.ProductVersion,
            SecurityClass = e.SecurityClass,
            Provider = e.Holder.Value,
            Status = ShelfStatus.Listed,
            DelistedAt = null,
            DelistingReason = null,
            Certificate = e.Certificate.Value,
            CertificateUntil = e.ValidUntil.InChina(),
        };
    }

    private void Correct(RegistrationCorrected e)
    {
        ref var card = ref _cards[e.Product];
        card = (card ?? new ShelfCard { Id = e.Product.Value }) with { Title = e.Title, TitleEn = e.TitleEn };
        foreach (var venue in card.Venues)
        {
            Change(new(venue), e.Product, entry => entry with { Title = e.Title, TitleEn = e.TitleEn });
        }
    }

    private void Revise(ProductRevised e)
    {
        ref var card = ref _cards[e.Product];
        card = (card ?? new ShelfCard { Id = e.Product.Value }) with { ProductVersion = e.Version };
        EachOnShelf(e.Product, entry => entry with { ProductVersion = e.Version });
    }

    private void EachOnShelf(ProductId product, Func<ShelfEntry, ShelfEntry> change)
    {
        if (_cards[product] is { } card)
        {
            foreach (var venue in card.Venues)
            {
                Change(new(venue), product, entry => entry.Status is ShelfStatus.Listed or ShelfStatus.Suspended ? change(entry) : entry);
            }
        }
    }

    private void Change(VenueId venue, ProductId product, Func<ShelfEntry, ShelfEntry> change)
    {
        ref var place = ref Entries[(venue, product)];
        if (place is not null)
        {
            place = change(place);
        }
    }

    private static ShelfEntry WithTerms(ShelfEntry entry, LicenceTerms terms, int version) => entry with
    {
        Licence = terms.Licence,
        Unit = terms.Unit,
        UnitPriceFen = terms.UnitPriceFen,
        Copies = terms.Copies,
        UnitsPerPack = terms.UnitsPerPack,
        ResaleAllowed = terms.ResaleAllowed,
        PriceVersion = version,
    };
}
