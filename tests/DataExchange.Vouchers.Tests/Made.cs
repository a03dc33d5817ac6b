using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trust;

namespace DataExchange.Vouchers.Tests;

/// <summary>Markets made by hand.</summary>
internal static class Made
{
    internal static readonly PartyId Venue = new("venue-zjbdec");

    /// <summary>A market of one certified product.</summary>
    internal static LoggedMarket Product(ProductId id, string title, string titleEn, bool revoked = false, string? correctedTo = null, string? revisedTo = null)
    {
        var market = new LoggedMarket(7);
        var at = SimulatedTime.On(new(2024, 1, 2));
        var (venue, provider, stream) = (new VenueId("zjbdec"), new PartyId("provider-1"), StreamId.Product(id));
        market.Say(StreamId.Log(venue), new LogOpened(venue, market.OriginOf(venue), market.KeyOf(venue, 0)) { At = at, By = Venue });
        market.Say(StreamId.Party(provider), new PartyRegistered(provider, title, titleEn, PartyRole.Provider, null) { At = at, By = Venue });
        market.Say(stream, new ProductRegistered(
            id, provider, venue, title, titleEn, ProductForm.Api, "industry", "chip", SecurityClass.Important, true, false, title, new string('a', 64)) { At = at, By = provider });
        market.Say(stream, new EvidenceSubmitted(id, EvidenceKinds.LawfulSource) { At = at.AddDays(1), By = provider });
        market.Say(stream, new EvidenceSubmitted(id, EvidenceKinds.PersonalConsent | EvidenceKinds.SecurityAssessment) { At = at.AddDays(2), By = provider });
        market.Say(stream, new ApplicationAccepted(id) { At = at.AddDays(3), By = Venue });
        market.Say(stream, new CompliancePassed(id) { At = at.AddDays(4), By = new("assessor-1") });
        market.Say(stream, new QualityEvaluated(id, 80, 90, 70, 60) { At = at.AddDays(5), By = new("assessor-1") });
        market.Say(stream, new RightsCertified(
            id, Handle.OfCertificate(id, 1), provider, DataRights.ProcessingAndUse | DataRights.ProductOperation, at.AddDays(1_000), false, SecurityClass.Important) { At = at.AddDays(20), By = Venue });
        if (correctedTo is not null)
        {
            market.Say(stream, new RegistrationCorrected(id, correctedTo, correctedTo) { At = at.AddDays(30), By = Venue });
        }

        if (revisedTo is not null)
        {
            market.Say(stream, new ProductRevised(id, 2, revisedTo, "more rows") { At = at.AddDays(40), By = provider });
        }

        if (revoked)
        {
            market.Say(stream, new CertificateRevoked(id, "unlawful source found") { At = SimulatedTime.On(new(2024, 5, 1)), By = Venue });
        }

        return market;
    }
}
