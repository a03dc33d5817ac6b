using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.ReadModels;

/// <summary>Keeps the accounts of providers, buyers and contributors.</summary>
internal sealed class PartyAccountFold : IFold<PartyAccountFold>
{
    internal DocumentSet<PartyId, PartyAccountView> Parties { get; } = new(party => party.Value, IdComparers.Party);

    public IReadOnlyList<DocumentSet> Sets => [Parties];

    public static FoldTable<PartyAccountFold> Table { get; } = new FoldTable<PartyAccountFold>()
        .On<PartyRegistered>((fold, e) => fold.Change(e.Party, party => party with
        {
            Name = e.Name,
            NameEn = e.NameEn,
            Role = e.Role,
            SubTrack = e.SubTrack,
        }))
        .On<ProductRegistered>((fold, e) => fold.Change(e.Provider, party => party with { ProductsRegistered = party.ProductsRegistered + 1 }))
        .On<ProductListed>((fold, e) => fold.Change(e.Holder, party => party with { Listings = party.Listings + 1 }))
        .On<BuyerAdmitted>((fold, e) => fold.Change(e.Buyer, party => party with { AdmittedFor = e.AdmittedFor }))
        .On<FundsDeposited>((fold, e) => fold.Change(e.Party, party => party with
        {
            DepositedFen = party.DepositedFen + e.AmountFen,
            AvailableFen = party.AvailableFen + e.AmountFen,
        }))
        .On<FundsHeld>((fold, e) => fold.Change(e.Party, party => party with
        {
            AvailableFen = party.AvailableFen - e.AmountFen,
            HeldFen = party.HeldFen + e.AmountFen,
        }))
        .On<HoldReleased>((fold, e) => fold.Change(e.Party, party => party with
        {
            AvailableFen = party.AvailableFen + e.AmountFen,
            HeldFen = party.HeldFen - e.AmountFen,
        }))
        .On<HoldCaptured>((fold, e) => fold.Change(e.Party, party => party with
        {
            HeldFen = party.HeldFen - e.AmountFen,
            SpentFen = party.SpentFen + e.AmountFen,
        }))
        .On<OrderFundsHeld>((fold, e) => fold.Change(e.Party, party => party with
        {
            AvailableFen = party.AvailableFen - e.AmountFen,
            HeldFen = party.HeldFen + e.AmountFen,
        }))
        .On<OrderFundsReleased>((fold, e) => fold.Change(e.Party, party => party with
        {
            AvailableFen = party.AvailableFen + e.AmountFen,
            HeldFen = party.HeldFen - e.AmountFen,
        }))
        .On<BidFundsHeld>((fold, e) => fold.Change(e.Party, party => party with
        {
            AvailableFen = party.AvailableFen - e.AmountFen,
            HeldFen = party.HeldFen + e.AmountFen,
        }))
        .On<BidFundsReleased>((fold, e) => fold.Change(e.Party, party => party with
        {
            AvailableFen = party.AvailableFen + e.AmountFen,
            HeldFen = party.HeldFen - e.AmountFen,
        }))
        .On<DepositForfeited>((fold, e) =>
        {
            fold.Change(e.Party, party => party with { HeldFen = party.HeldFen - e.AmountFen, ForfeitedFen = party.ForfeitedFen + e.AmountFen });
            fold.Change(e.Provider, party => party with { PayableFen = party.PayableFen + e.AmountFen });
        })
        .On<RefundCredited>((fold, e) => fold.Change(e.Party, party => party with
        {
            AvailableFen = party.AvailableFen + e.AmountFen,
            RefundedFen = party.RefundedFen + e.AmountFen,
        }))
        .On<TransactionRegistered>((fold, e) =>
        {
            fold.Change(e.Buyer, party => party with
            {
                DealsAsBuyer = party.DealsAsBuyer + 1,
                BoughtFen = party.BoughtFen + e.AmountFen,
            });
            fold.Change(e.Provider, party => party with
            {
                DealsAsSeller = party.DealsAsSeller + 1,
                SoldFen = party.SoldFen + e.AmountFen,
            });
        })
        .On<DealSettled>((fold, e) => fold.Pay(e.Postings))
        .On<PeriodSettled>((fold, e) => fold.Pay(e.Postings))
        .On<FiledContractRecorded>((fold, e) => fold.Pay(e.Postings))
        .On<ProceedsPaidOut>((fold, e) => fold.Change(e.Party, party => party with
        {
            PayableFen = party.PayableFen - e.AmountFen,
            PaidOutFen = party.PaidOutFen + e.AmountFen,
        }))
        .On<ProceedsOffset>((fold, e) => fold.Change(e.Party, party => party with
        {
            PayableFen = party.PayableFen - e.AmountFen,
            OwedFen = party.OwedFen - e.AmountFen,
        }))
        .On<ProceedsChargedBack>((fold, e) => fold.Change(e.Party, party => party with
        {
            PayableFen = party.PayableFen - e.TakenFen,
            ChargedBackFen = party.ChargedBackFen + e.TakenFen + e.OwedFen,
            OwedFen = party.OwedFen + e.OwedFen,
        }))
        .Ignore(
            typeof(FingerprintClaimed), typeof(RegistrationRefused), typeof(EvidenceSubmitted), typeof(ApplicationAccepted),
            typeof(CompliancePassed), typeof(ComplianceReturned), typeof(ComplianceRejected), typeof(QualityEvaluated),
            typeof(RightsPublished), typeof(ProductImported), typeof(ObjectionRaised), typeof(ObjectionUpheld), typeof(ObjectionDismissed),
            typeof(RightsCertified), typeof(CertificateRenewed), typeof(CertificateExpired), typeof(CertificateRevoked),
            typeof(RegistrationCancelled), typeof(ApplicationWithdrawn), typeof(RightsTransferred), typeof(RightsLicensed),
            typeof(RegistrationCorrected))
        .Ignore(
            typeof(PricingOpened), typeof(PricingClosed), typeof(AuthorityCapSet), typeof(ProductValued), typeof(PriceSet),
            typeof(PriceRefused), typeof(CertificateNoted), typeof(CertificateLapseNoted), typeof(PriceNoted), typeof(ListingRefused),
            typeof(ListingSuspended), typeof(ListingResumed), typeof(ProductDelisted), typeof(ViewsRecorded), typeof(OfferOpened),
            typeof(OfferTermsChanged), typeof(OfferExtended), typeof(OfferSuspended), typeof(OfferResumed), typeof(OfferClosed),
            typeof(OfferWithdrawn), typeof(OrderRejected), typeof(LicenceGranted), typeof(LicenceRevoked))
        .Ignore(FoldTables.Revisions)
        .Ignore(FoldTables.Sandbox)
        .Ignore(FoldTables.Requirements)
        .Ignore(FoldTables.Logs)
        .Ignore(FoldTables.Auctions)
        .Ignore(FoldTables.Bundles)
        .Ignore(FoldTables.DealSteps)
        .Ignore(typeof(PacksTraded))
        .Ignore(FoldTables.BookOrders)
        .Ignore(FoldTables.BookSessions)
        .Ignore(FoldTables.BookLife)
        // Escrow is the deal's money, not a party's; a refused hold moved none; what is allotted to a deal stays held; shares are taken back one by one.
        .Ignore(
            typeof(HoldRefused), typeof(BidFundsRefused), typeof(OrderFundsRefused), typeof(OrderFundsAllotted), typeof(EscrowFunded), typeof(DealRefunded),
            typeof(DataInvoiceIssued), typeof(InvoiceAnchored), typeof(DealChargedBack));

    private void Change(PartyId id, Func<PartyAccountView, PartyAccountView> change)
    {
        ref var place = ref Parties[id];
        place = change(place ?? new PartyAccountView { Id = id.Value });
    }

    private void Pay(IReadOnlyList<Posting> postings)
    {
        for (var i = 0; i < postings.Count; i++)
        {
            var (_, credit, amountFen) = postings[i];
            if (Accounts.PartyPaid(credit) is { IsEmpty: false } payee)
            {
                Change(new(payee.ToString()), party => party with { PayableFen = party.PayableFen + amountFen });
            }
            else if (Accounts.PartyFiled(credit) is { IsEmpty: false } filer)
            {
                Change(new(filer.ToString()), party => party with { FiledProceedsFen = party.FiledProceedsFen + amountFen });
            }
        }
    }
}
