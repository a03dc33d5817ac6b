using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.ReadModels;

/// <summary>Keeps the buyers' requirements.</summary>
internal sealed class RequirementFold : IFold<RequirementFold>
{
    internal DocumentSet<RequirementId, RequirementView> Requirements { get; } = new(requirement => requirement.Value, IdComparers.Requirement);

    public IReadOnlyList<DocumentSet> Sets => [Requirements];

    public static FoldTable<RequirementFold> Table { get; } = new FoldTable<RequirementFold>()
        .On<RequirementPosted>((fold, e) => fold.Requirements[e.Requirement] = new RequirementView
        {
            Id = e.Requirement.Value,
            Venue = e.Venue.Value,
            Buyer = e.Buyer.Value,
            Text = e.Text,
            SubTrack = e.SubTrack,
            Category = e.Category,
            Form = e.Form,
            Licence = e.Licence,
            LeastQuality = e.LeastQuality,
            BudgetFen = e.BudgetFen,
            PostedAt = e.At.InChina(),
            NeededUntil = e.NeededUntil.InChina(),
            Stage = RequirementStage.Posted,
        })
        .On<RequirementAnswered>((fold, e) => fold.Change(e.Requirement, view => view with
        {
            Stage = RequirementStage.Answered,
            AnsweredAt = e.At.InChina(),
            Algorithm = e.Algorithm,
            Searched = e.Searched,
            Fitting = e.Fitting,
            Affordable = e.Affordable,
            GoodEnough = e.GoodEnough,
            Ranking =
            [
                .. e.Ranking.Select(ranked => new ProposedProduct(
                    ranked.Product.Value, ranked.ScoreBasisPoints, ranked.TextBasisPoints, ranked.ChainBasisPoints, ranked.CategoryBasisPoints,
                    ranked.QualityBasisPoints, ranked.PriceBasisPoints)),
            ],
        }))
        .On<RequirementMet>((fold, e) => fold.Change(e.Requirement, view => view with
        {
            Stage = RequirementStage.Met, Product = e.Product.Value, Rank = e.Rank, Deal = e.Deal.Value, EndedAt = e.At.InChina(),
        }))
        .On<RequirementLapsed>((fold, e) => fold.Change(e.Requirement, view => view with
        {
            Stage = RequirementStage.Lapsed, LapseReason = e.Reason, EndedAt = e.At.InChina(),
        }))
        .On<RequirementWithdrawn>((fold, e) => fold.Change(e.Requirement, view => view with { Stage = RequirementStage.Withdrawn, EndedAt = e.At.InChina() }))
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
            typeof(OfferWithdrawn), typeof(BuyerAdmitted), typeof(PacksTraded), typeof(LicenceGranted), typeof(LicenceRevoked), typeof(OrderRejected),
            typeof(TransactionRegistered))
        .Ignore(FoldTables.Auctions)
        .Ignore(FoldTables.Bundles)
        .Ignore(FoldTables.Sandbox)
        .Ignore(FoldTables.Revisions)
        .Ignore(FoldTables.Logs)
        .Ignore(FoldTables.BookOrders)
        .Ignore(FoldTables.BookSessions)
        .Ignore(FoldTables.BookLife)
        .Ignore(FoldTables.DealSteps)
        .Ignore(FoldTables.Money);

    private void Change(RequirementId requirement, Func<RequirementView, RequirementView> change)
    {
        ref var place = ref Requirements[requirement];
        place = place is null ? null : change(place);
    }
}
