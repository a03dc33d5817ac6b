using System.Collections.Immutable;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.ReadModels;

/// <summary>Keeps the order books and their days.</summary>
internal sealed class BookFold : IFold<BookFold>
{
    internal DocumentSet<ProductId, BookSummary> Books { get; } = new(product => product.Value, IdComparers.Product);

    internal DocumentSet<(string Product, DateOnly Day), BookDay> Days { get; } = new(key => IdOf(key.Product, key.Day), IdComparers.Day);

    public IReadOnlyList<DocumentSet> Sets => [Books, Days];

    public static FoldTable<BookFold> Table { get; } = new FoldTable<BookFold>()
        .On<BookOpened>((fold, e) => fold.Books[e.Product] = new()
        {
            Id = e.Product.Value,
            Venue = e.Venue.Value,
            Provider = e.Provider.Value,
            Packs = e.Packs,
            UnitsPerPack = e.UnitsPerPack,
            OpenedAt = e.At.InChina(),
            ValidUntil = e.ValidUntil.InChina(),
            PostedPriceFen = e.ReferencePriceFen,
        })
        .On<BookExtended>((fold, e) => fold.Change(e.Product, book => book with { ValidUntil = e.ValidUntil.InChina() }))
        .On<BookSuspended>((fold, e) => fold.Change(e.Product, book => book with { IsSuspended = true, Phase = TradingPhase.Closed }))
        .On<BookResumed>((fold, e) => fold.Change(e.Product, book => book with { IsSuspended = false }))
        .On<BookClosed>((fold, e) => fold.Change(e.Product, book => book with { ClosedAt = e.At.InChina(), Phase = TradingPhase.Closed }))
        .On<BookPhaseChanged>((fold, e) => fold.Change(e.Product, book => book with { Phase = e.Phase }))
        .On<OfferTermsChanged>((fold, e) => fold.Change(e.Product, book => e.Terms is { Licence: LicenceKind.CallPack, Unit: PriceUnit.PerCall }
            ? book with { PostedPriceFen = e.Terms.UnitPriceFen * book.UnitsPerPack }
            : book))
        .On<BookHalted>((fold, e) =>
        {
            fold.Change(e.Product, book => book with { Phase = TradingPhase.Halted });
            fold.Count(e.Product, e, day => day with { Halts = day.Halts + 1 });
        })
        .On<BookUncrossed>((fold, e) => fold.Count(e.Product, e, day => day with
        {
            Auctions = day.Auctions + 1,
            AuctionPriceFen = day.AuctionPriceFen ?? e.PriceFen,
            AuctionPacks = day.AuctionPacks + e.Quantity,
            AuctionAmountFen = day.AuctionAmountFen + (e.PriceFen * e.Quantity),
        }))
        .On<PacksTraded>((fold, e) => fold.Trade(e))
        .On<BookOrderEntered>((fold, e) => fold.Count(e.Product, e, day => day with { OrdersEntered = OneMore(day.OrdersEntered, e.Terms.Kind) }))
        .On<BookOrderRefused>((fold, e) => fold.Count(e.Product, e, day => day with { OrdersRefused = OneMore(day.OrdersRefused, e.Reason) }))
        .On<OrderFundsRefused>((fold, e) => fold.Count(e.Product, e, day => day with { OrdersRefused = OneMore(day.OrdersRefused, e.Reason) }))
        .On<BookOrderCancelled>((fold, e) => fold.Count(e.Product, e, day => day with { Cancelled = OneMore(day.Cancelled, e.Cause) }))
        .On<BookOrderExpired>((fold, e) => fold.Count(e.Product, e, day => day with { Expired = day.Expired + 1 }))
        .On<BookOrderReduced>((fold, e) => fold.Count(e.Product, e, day => day with { Reduced = day.Reduced + 1 }))
        .On<BookOrderTriggered>((fold, e) => fold.Count(e.Product, e, day => day with { Triggered = day.Triggered + 1 }))
        .On<PacksRedeemed>((fold, e) => fold.Count(e.Product, e, day => day with { Redeemed = day.Redeemed + e.Quantity }))
        .Ignore(
            typeof(PartyRegistered), typeof(FingerprintClaimed), typeof(ProductRegistered), typeof(RegistrationRefused), typeof(EvidenceSubmitted),
            typeof(ApplicationAccepted), typeof(CompliancePassed), typeof(ComplianceReturned), typeof(ComplianceRejected),
            typeof(ProductImported), typeof(QualityEvaluated), typeof(RightsPublished), typeof(ObjectionRaised), typeof(ObjectionUpheld), typeof(ObjectionDismissed),
            typeof(RightsCertified), typeof(CertificateRenewed), typeof(CertificateExpired), typeof(CertificateRevoked),
            typeof(RegistrationCancelled), typeof(ApplicationWithdrawn), typeof(RightsTransferred), typeof(RightsLicensed),
            typeof(RegistrationCorrected))
        .Ignore(
            typeof(PricingOpened), typeof(PricingClosed), typeof(AuthorityCapSet), typeof(ProductValued), typeof(PriceSet),
            typeof(PriceRefused), typeof(CertificateNoted), typeof(CertificateLapseNoted), typeof(PriceNoted), typeof(ProductListed),
            typeof(ListingRefused), typeof(ListingSuspended), typeof(ListingResumed), typeof(ProductDelisted), typeof(ViewsRecorded))
        // A series that was set aside is told again by the book that opens with it, a trade by the book itself.
        .Ignore(
            typeof(OfferOpened), typeof(OfferExtended), typeof(OfferSuspended), typeof(OfferResumed), typeof(OfferClosed), typeof(OfferWithdrawn),
            typeof(OrderRejected), typeof(LicenceGranted), typeof(LicenceRevoked), typeof(BuyerAdmitted), typeof(PacksAllotted),
            typeof(TransactionRegistered))
        .Ignore(FoldTables.Revisions)
        .Ignore(FoldTables.Sandbox)
        .Ignore(FoldTables.Requirements)
        .Ignore(FoldTables.Logs)
        .Ignore(FoldTables.Auctions)
        .Ignore(FoldTables.Bundles)
        .Ignore(FoldTables.DealSteps)
        .Ignore(FoldTables.Money.Except([typeof(OrderFundsRefused)]).ToArray());

    /// <summary>Id of a book's day.</summary>
    internal static string IdOf(string product, DateOnly day) => $"{product}/{day:yyyy-MM-dd}";

    private static ImmutableSortedDictionary<TKey, int> OneMore<TKey>(ImmutableSortedDictionary<TKey, int> counts, TKey key)
        where TKey : notnull =>
        counts.SetItem(key, counts.GetValueOrDefault(key) + 1);

    private void Change(ProductId product, Func<BookSummary, BookSummary> change)
    {
        ref var place = ref Books[product];
        place = place is null ? null : change(place);
    }

    // What is asked of a product without a book is no day of a book.
    private void Count(ProductId product, Event e, Func<BookDay, BookDay> change)
    {
        if (Books[product] is { } book)
        {
            var date = e.At.Date;
            ref var place = ref Days[(product.Value, date)];
            place = change(place ?? new BookDay { Id = IdOf(product.Value, date), Product = product.Value, Venue = book.Venue, Day = date });
        }
    }

    private void Trade(PacksTraded e)
    {
        Change(e.Product, book => book with { LastPriceFen = e.PriceFen, LastTradeAt = e.At.InChina() });
        Count(e.Product, e, day => day with
        {
            OpenFen = day.OpenFen ?? e.PriceFen,
            HighFen = Math.Max(day.HighFen ?? e.PriceFen, e.PriceFen),
            LowFen = Math.Min(day.LowFen ?? e.PriceFen, e.PriceFen),
            CloseFen = e.PriceFen,
            Trades = day.Trades + 1,
            Packs = day.Packs + e.Quantity,
            AmountFen = day.AmountFen + e.AmountFen,
            PrimaryTrades = day.PrimaryTrades + (e.IsIssue ? 1 : 0),
            PrimaryPacks = day.PrimaryPacks + (e.IsIssue ? e.Quantity : 0),
            PrimaryAmountFen = day.PrimaryAmountFen + (e.IsIssue ? e.AmountFen : 0),
        });
    }
}
