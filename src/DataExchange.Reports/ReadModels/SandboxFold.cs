using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.ReadModels;

/// <summary>Keeps the trials in the reform sandbox.</summary>
internal sealed class SandboxFold : IFold<SandboxFold>
{
    internal DocumentSet<ProductId, SandboxProduct> Products { get; } = new(product => product.Value, IdComparers.Product);

    public IReadOnlyList<DocumentSet> Sets => [Products];

    public static FoldTable<SandboxFold> Table { get; } = new FoldTable<SandboxFold>()
        .On<SandboxAdmitted>((fold, e) => fold.Products[e.Product] = With(e.Conditions, new()
        {
            Id = e.Product.Value,
            Venue = e.Venue.Value,
            Provider = e.Provider.Value,
            SecurityClass = e.SecurityClass,
            Lacks = e.Lacks,
            Licence = e.Terms.Licence,
            Unit = e.Terms.Unit,
            UnitPriceFen = e.Terms.UnitPriceFen,
            AdmittedAt = e.At.InChina(),
        }))
        .On<SandboxExtended>((fold, e) => fold.Change(e.Product, trial => With(e.Conditions, trial) with { Extensions = trial.Extensions + 1 }))
        .On<SandboxEnded>((fold, e) => fold.Change(e.Product, trial => trial with { EndedAt = e.At.InChina(), End = e.End, Ground = e.Ground }))
        .On<LicenceGranted>((fold, e) => fold.Change(e.Product, trial => e.InSandbox != true ? trial : trial with
        {
            Deals = [.. trial.Deals, new(e.Deal.Value, e.Buyer.Value, e.Channel, e.AmountFen, e.At.InChina(), null, false)],
        }))
        .On<LicenceRevoked>((fold, e) => fold.Change(e.Product, e.Deal, deal => deal with { WasTakenBack = true }))
        .On<TransactionRegistered>((fold, e) => fold.Change(e.Product, e.Deal, deal => deal with { RegisteredAt = e.At.InChina() }))
        // What a product that left the sandbox is refused for in ordinary trade is not of the sandbox.
        .On<OrderRejected>((fold, e) => fold.Change(e.Product, trial => trial.EndedAt is not null && e.Reason != Rejection.SandboxOver ? trial : trial with
        {
            Refused = trial.Refused.SetItem(e.Reason, trial.Refused.GetValueOrDefault(e.Reason) + 1),
        }))
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
        // What Trading opened and closed is what Rights said.
        .Ignore(
            typeof(OfferOpened), typeof(OfferTermsChanged), typeof(OfferExtended), typeof(OfferSuspended), typeof(OfferResumed), typeof(OfferClosed),
            typeof(OfferWithdrawn), typeof(BuyerAdmitted), typeof(TrialOpened), typeof(TrialExtended), typeof(TrialClosed), typeof(PacksTraded))
        .Ignore(FoldTables.Revisions)
        .Ignore(FoldTables.Requirements)
        .Ignore(FoldTables.Logs)
        .Ignore(FoldTables.Auctions)
        .Ignore(FoldTables.Bundles)
        .Ignore(FoldTables.BookOrders)
        .Ignore(FoldTables.BookSessions)
        .Ignore(FoldTables.BookLife)
        .Ignore(FoldTables.DealSteps)
        .Ignore(FoldTables.Money);

    private static SandboxProduct With(SandboxConditions conditions, SandboxProduct trial) => trial with
    {
        MostBuyers = conditions.MostBuyers,
        MostAmountFen = conditions.MostAmountFen,
        Until = conditions.Until.InChina(),
        NamedBuyers = [.. conditions.Buyers.Select(buyer => buyer.Value)],
    };

    private void Change(ProductId product, Func<SandboxProduct, SandboxProduct> change)
    {
        ref var place = ref Products[product];
        place = place is null ? null : change(place);
    }

    private void Change(ProductId product, DealId deal, Func<SandboxDeal, SandboxDeal> change) => Change(product, trial =>
        trial.Deals.All(known => known.Deal != deal.Value)
            ? trial
            : trial with { Deals = [.. trial.Deals.Select(known => known.Deal == deal.Value ? change(known) : known)] });
}
