namespace DataExchange.Domain.Rights;

/// <summary>The certificate was renewed before it expired.</summary>
/// <param name="Product">The product.</param>
/// <param name="Certificate">Handle of the new certificate.</param>
/// <param name="Holder">Who holds the rights.</param>
/// <param name="Rights">Which of the three rights.</param>
/// <param name="ValidUntil">First moment at which the new one is no longer valid.</param>
[EventName("certificate_renewed")]
public sealed record CertificateRenewed(
    ProductId Product, Handle Certificate, PartyId Holder, DataRights Rights, SimulatedTime ValidUntil) : Event;

/// <summary>Renews a valid certificate.</summary>
/// <param name="Product">The product.</param>
/// <param name="ValidUntil">New end, after the present one.</param>
public sealed record RenewCertificate(ProductId Product, SimulatedTime ValidUntil) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        state.Stage != RightsStage.Certified ? Decision.Reject(RightsDecider.Forbidden(state.Stage))
        : At >= state.ValidUntil ? Decision.Reject(Rejection.CertificateExpired)
        : ValidUntil <= state.ValidUntil ? Decision.Reject(Rejection.TermInvalid)
        : Decision.Accept(new CertificateRenewed(
            Product, Handle.OfCertificate(Product, state.Certificates + 1), state.Holder, state.Rights, ValidUntil)
        { At = At, By = By });
}

/// <summary>The certificate's term is over.</summary>
/// <param name="Product">The product.</param>
[EventName("certificate_expired")]
public sealed record CertificateExpired(ProductId Product) : Event;

/// <summary>Records that a certificate's term is over.</summary>
/// <param name="Product">The product.</param>
public sealed record ExpireCertificate(ProductId Product) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        state.Stage != RightsStage.Certified ? Decision.Reject(RightsDecider.Forbidden(state.Stage))
        : At < state.ValidUntil ? Decision.Reject(Rejection.CertificateStillValid)
        : Decision.Accept(new CertificateExpired(Product) { At = At, By = By });
}

/// <summary>The certificate was revoked.</summary>
/// <param name="Product">The product.</param>
/// <param name="Ground">Why.</param>
[EventName("certificate_revoked")]
public sealed record CertificateRevoked(ProductId Product, string Ground) : Event;

/// <summary>Revokes a certificate.</summary>
/// <param name="Product">The product.</param>
/// <param name="Ground">Why.</param>
public sealed record RevokeCertificate(ProductId Product, string Ground) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        state.Stage != RightsStage.Certified ? Decision.Reject(RightsDecider.Forbidden(state.Stage))
        : Decision.Accept(new CertificateRevoked(Product, Ground) { At = At, By = By });
}

/// <summary>The registration was cancelled at the holder's wish (注销).</summary>
/// <param name="Product">The product.</param>
[EventName("registration_cancelled")]
public sealed record RegistrationCancelled(ProductId Product) : Event;

/// <summary>Cancels a registration.</summary>
/// <param name="Product">The product.</param>
public sealed record CancelRegistration(ProductId Product) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        state.Stage != RightsStage.Certified ? Decision.Reject(RightsDecider.Forbidden(state.Stage))
        : Decision.Accept(new RegistrationCancelled(Product) { At = At, By = By });
}

/// <summary>The provider withdrew its application.</summary>
/// <param name="Product">The product.</param>
[EventName("application_withdrawn")]
public sealed record ApplicationWithdrawn(ProductId Product) : Event;

/// <summary>Withdraws an application that is not certified yet.</summary>
/// <param name="Product">The product.</param>
public sealed record WithdrawApplication(ProductId Product) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        state.Stage is > RightsStage.Refused and < RightsStage.Certified
            ? Decision.Accept(new ApplicationWithdrawn(Product) { At = At, By = By })
            : Decision.Reject(RightsDecider.Forbidden(state.Stage));
}
