using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.ReadModels;

/// <summary>Keeps the auctions.</summary>
internal sealed class AuctionFold : IFold<AuctionFold>
{
    internal DocumentSet<AuctionId, AuctionSale> Auctions { get; } = new(auction => auction.Value, IdComparers.Auction);

    public IReadOnlyList<DocumentSet> Sets => [Auctions];

    public static FoldTable<AuctionFold> Table { get; } = new FoldTable<AuctionFold>()
        .On<AuctionOpened>((fold, e) => fold.Auctions[e.Auction] = new()
        {
            Id = e.Auction.Value,
            Product = e.Product.Value,
            Venue = e.Venue.Value,
            Provider = e.Provider.Value,
            Format = e.Rules.Format,
            Copies = e.Rules.Copies,
            ReserveFen = e.Rules.ReserveFen,
            DepositFen = e.Rules.DepositFen,
            OpenedAt = e.At.InChina(),
            BidUntil = e.Rules.BidUntil.InChina(),
            RevealUntil = e.Rules.RevealUntil?.InChina(),
            Stage = AuctionStage.Open,
        })
        .On<BidCommitted>((fold, e) => fold.Change(e.Auction, sale => sale with { Bids = sale.Bids + 1 }))
        .On<BidRevealed>((fold, e) => fold.Change(
            e.Auction, sale => sale with { Revealed = sale.Revealed + 1, HighestFen = Math.Max(sale.HighestFen, e.AmountFen) }))
        .On<BidPlaced>((fold, e) => fold.Change(e.Auction, sale => sale with { Bids = sale.Bids + 1, HighestFen = Math.Max(sale.HighestFen, e.AmountFen) }))
        .On<AuctionCancelled>((fold, e) => fold.Change(e.Auction, sale => sale with { Stage = AuctionStage.Cancelled, EndedAt = e.At.InChina() }))
        .On<AuctionClosed>((fold, e) => fold.Change(e.Auction, sale => sale with
        {
            Stage = AuctionStage.Closed,
            EndedAt = e.At.InChina(),
            Awards = e.Awards.Count,
            RevenueFen = e.Awards.Sum(award => award.PriceFen),
            NoSale = e.NoSale,
            Unrevealed = e.Unrevealed.Count,
        }))
        .On<DepositForfeited>((fold, e) => fold.Change(e.Auction, sale => sale with { ForfeitedFen = sale.ForfeitedFen + e.AmountFen }))
        .On<OrderRejected>((fold, e) =>
        {
            if (e.Auction is { } auction)
            {
                fold.Change(auction, sale => sale with { AwardsRefused = sale.AwardsRefused + 1 });
            }
        })
        // The deal of an award is named after its auction.
        .On<TransactionRegistered>((fold, e) =>
        {
            if (e.Channel == TradeChannel.Auction)
            {
                fold.Change(new(e.Deal.Value[..Math.Max(0, e.Deal.Value.LastIndexOf('-'))]), sale => sale with
                {
                    Registered = sale.Registered + 1,
                    RegisteredFen = sale.RegisteredFen + e.AmountFen,
                });
            }
        })
        .Ignore(
            typeof(PartyRegistered), typeof(FingerprintClaimed), typeof(ProductRegistered), typeof(ProductImported), typeof(RegistrationRefused), typeof(EvidenceSubmitted),
            typeof(ApplicationAccepted), typeof(CompliancePassed), typeof(ComplianceReturned), typeof(ComplianceRejected),
            typeof(QualityEvaluated), typeof(RightsPublished), typeof(ObjectionRaised), typeof(ObjectionUpheld), typeof(ObjectionDismissed),
            typeof(RightsCertified), typeof(CertificateRenewed), typeof(CertificateExpired), typeof(CertificateRevoked),
            typeof(RegistrationCancelled), typeof(ApplicationWithdrawn), typeof(RightsTransferred), typeof(RightsLicensed),
            typeof(RegistrationCorrected))
        .Ignore(
            typeof(PricingOpened), typeof(PricingClosed), typeof(AuthorityCapSet), typeof(ProductValued), typeof(PriceSet),
            typeof(PriceRefused), typeof(CertificateNoted), typeof(CertificateLapseNoted), typeof(PriceNoted), typeof(ProductListed),
            typeof(ListingRefused), typeof(ListingSuspended), typeof(ListingResumed), typeof(ProductDelisted), typeof(ViewsRecorded))
        .Ignore(
            typeof(OfferOpened), typeof(OfferTermsChanged), typeof(OfferExtended), typeof(OfferSuspended), typeof(OfferResumed), typeof(OfferClosed),
            typeof(OfferWithdrawn), typeof(BuyerAdmitted), typeof(LicenceGranted), typeof(LicenceRevoked), typeof(PacksTraded))
        .Ignore(FoldTables.Requirements)
        .Ignore(FoldTables.Revisions)
        .Ignore(FoldTables.Logs)
        // What is announced is opened at once.
        .Ignore(typeof(AuctionAnnounced))
        .Ignore(FoldTables.Bundles)
        .Ignore(FoldTables.Sandbox)
        .Ignore(FoldTables.BookOrders)
        .Ignore(FoldTables.BookSessions)
        .Ignore(FoldTables.BookLife)
        .Ignore(FoldTables.DealSteps)
        .Ignore(FoldTables.Money.Except([typeof(DepositForfeited)]).ToArray());

    private void Change(AuctionId auction, Func<AuctionSale, AuctionSale> change)
    {
        ref var place = ref Auctions[auction];
        place = place is null ? null : change(place);
    }
}
