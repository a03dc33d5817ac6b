namespace DataExchange.Domain.Listing;

/// <summary>Listing learned of a certificate, the first one or a renewal.</summary>
/// <param name="Product">The product.</param>
/// <param name="Certificate">Its handle.</param>
/// <param name="Holder">Who holds the rights.</param>
/// <param name="Rights">Which of the three rights.</param>
/// <param name="ValidUntil">First moment at which it is no longer valid.</param>
/// <param name="SecurityClass">How sensitive the data are.</param>
[EventName("certificate_noted")]
public sealed record CertificateNoted(
    ProductId Product, Handle Certificate, PartyId Holder, DataRights Rights, SimulatedTime ValidUntil, SecurityClass SecurityClass) : Event;

/// <summary>Tells Listing of a certificate.</summary>
/// <param name="Product">The product.</param>
/// <param name="Certificate">Its handle.</param>
/// <param name="Holder">Who holds the rights.</param>
/// <param name="Rights">Which of the three rights.</param>
/// <param name="ValidUntil">First moment at which it is no longer valid.</param>
/// <param name="SecurityClass">How sensitive the data are; null to leave what is known (a renewal).</param>
public sealed record NoteCertificate(
    ProductId Product, Handle Certificate, PartyId Holder, DataRights Rights, SimulatedTime ValidUntil, SecurityClass? SecurityClass)
    : ListingCommand(Product)
{
    internal Decision Decide(ProductListing state)
    {
        if (state.Certificate == CertificateKnowledge.Lapsed)
        {
            return Decision.Reject(state.LapseReason);
        }

        var noted = new CertificateNoted(Product, Certificate, Holder, Rights, ValidUntil, SecurityClass ?? state.SecurityClass)
        {
            At = At,
            By = By,
        };
        // The shelf shows the old holder's offer: a new holder lists the product anew.
        var holderChanged = state.Certificate == CertificateKnowledge.Noted && state.Holder != Holder;
        return Decision.Accept(holderChanged
            ? [noted, .. ListingDecider.Clear(state, this, Product, DelistingReason.HolderChanged)]
            : [noted]);
    }
}

/// <summary>Listing learned that the certificate lapsed.</summary>
/// <param name="Product">The product.</param>
/// <param name="Reason">How: expired, revoked or cancelled.</param>
[EventName("certificate_lapse_noted")]
public sealed record CertificateLapseNoted(ProductId Product, Rejection Reason) : Event;

/// <summary>Tells Listing that the certificate lapsed: the product leaves every shelf. Deals under way are not touched.</summary>
/// <param name="Product">The product.</param>
/// <param name="Reason">How: expired, revoked or cancelled.</param>
public sealed record NoteCertificateLapse(ProductId Product, Rejection Reason) : ListingCommand(Product)
{
    internal Decision Decide(ProductListing state)
    {
        if (state.Certificate != CertificateKnowledge.Noted)
        {
            return Decision.Reject(state.Certificate == CertificateKnowledge.None ? Rejection.NotCertified : state.LapseReason);
        }

        return Decision.Accept(
        [
            new CertificateLapseNoted(Product, Reason) { At = At, By = By },
            .. ListingDecider.Clear(state, this, Product, DelistingReason.CertificateLapsed),
        ]);
    }
}

/// <summary>Listing learned of a price.</summary>
/// <param name="Product">The product.</param>
/// <param name="Version">The price version.</param>
/// <param name="Terms">What is offered at what price.</param>
[EventName("price_noted")]
public sealed record PriceNoted(ProductId Product, int Version, LicenceTerms Terms) : Event;

/// <summary>Tells Listing of a price.</summary>
/// <param name="Product">The product.</param>
/// <param name="Version">The price version, above the one known.</param>
/// <param name="Terms">What is offered at what price.</param>
public sealed record NotePrice(ProductId Product, int Version, LicenceTerms Terms) : ListingCommand(Product)
{
    internal Decision Decide(ProductListing state) =>
        Version <= state.PriceVersion
            ? Decision.Reject(Rejection.PriceVersionOutdated)
            : Decision.Accept(new PriceNoted(Product, Version, Terms) { At = At, By = By });
}
