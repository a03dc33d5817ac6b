namespace DataExchange.Domain.Rights;

/// <summary>A product's trial in the sandbox, as the venue that admitted it keeps it.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Conditions">The conditions in force.</param>
/// <param name="IsOver">Whether it ended.</param>
public sealed record SandboxTrial(VenueId Venue, SandboxConditions Conditions, bool IsOver);

/// <summary>
/// A venue admitted a product that is not certified yet to the reform sandbox (改革沙盒): it may be sold on trial, there, on conditions. It
/// carries what Trading needs to enforce them.
/// </summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue, the only one where it is sold on trial.</param>
/// <param name="Provider">Who sells.</param>
/// <param name="SecurityClass">How sensitive the data are.</param>
/// <param name="Lacks">What the product lacks on the way to its certificate.</param>
/// <param name="Terms">What is offered at what trial price.</param>
/// <param name="Contributors">Upstream contributors and their shares of the proceeds.</param>
/// <param name="Conditions">To whom, until when, and how much of it may be sold.</param>
[EventName("sandbox_admitted")]
public sealed record SandboxAdmitted(
    ProductId Product,
    VenueId Venue,
    PartyId Provider,
    SecurityClass SecurityClass,
    Rejection Lacks,
    LicenceTerms Terms,
    IReadOnlyList<ContributorShare> Contributors,
    SandboxConditions Conditions) : Event;

/// <summary>
/// Admits a product under review to the sandbox, once. What a procedure still owes can be awaited on trial: acceptance, an assessment, quality, publicity.
/// A lawful source, and consent for personal information, cannot; nor is a product admitted while an objection is pending.
/// </summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Terms">What is offered at what trial price: an open-ended licence, a subscription or call packs, not to be sold on.</param>
/// <param name="Contributors">Upstream contributors; shares above 0 that sum to less than 10,000.</param>
/// <param name="Conditions">To whom, until when, and how much of it may be sold.</param>
public sealed record AdmitToSandbox(
    ProductId Product, VenueId Venue, LicenceTerms Terms, IReadOnlyList<ContributorShare> Contributors, SandboxConditions Conditions)
    : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        !CanBeAdmitted(state.Stage) ? Decision.Reject(RightsDecider.Forbidden(state.Stage))
        : state.Sandbox is not null ? Decision.Reject(Rejection.AlreadyInSandbox)
        : !state.Evidence.HasFlag(EvidenceKinds.LawfulSource) ? Decision.Reject(Rejection.EvidenceMissing)
        : state.ContainsPersonalInformation && !state.Evidence.HasFlag(EvidenceKinds.PersonalConsent)
            ? Decision.Reject(Rejection.PersonalInformationWithoutConsent)
        : !SandboxConditions.Allow(Terms) || !Conditions.CanBegin(At) ? Decision.Reject(Rejection.SandboxConditionsInvalid)
        : !SharesAreValid() ? Decision.Reject(Rejection.ContributorSharesInvalid)
        : Decision.Accept(new SandboxAdmitted(
            Product, Venue, state.Holder, state.SecurityClass, state.Stage == RightsStage.Returned ? state.Finding : RightsDecider.Forbidden(state.Stage),
            Terms, Contributors, Conditions) { At = At, By = By });

    /// <summary>Whether a product can be admitted, as far as its registration has come.</summary>
    internal static bool CanBeAdmitted(RightsStage stage) => stage is > RightsStage.Registered and < RightsStage.Objected;

    private bool SharesAreValid() =>
        Contributors.All(share => share.ShareBasisPoints > 0)
        && Contributors.Sum(share => (long)share.ShareBasisPoints) < Money.BasisPoints;
}

/// <summary>The venue loosened the conditions of a trial.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Conditions">The conditions in force from now on.</param>
[EventName("sandbox_extended")]
public sealed record SandboxExtended(ProductId Product, VenueId Venue, SandboxConditions Conditions) : Event;

/// <summary>Loosens the conditions of a running trial: a later end, more buyers, a larger amount. They are never tightened; a trial that goes wrong is ended.</summary>
/// <param name="Product">The product.</param>
/// <param name="Conditions">The new conditions: they allow all that the present ones allow, and more.</param>
public sealed record ExtendSandbox(ProductId Product, SandboxConditions Conditions) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        state.Sandbox is not { IsOver: false } trial ? Decision.Reject(Rejection.NotInSandbox)
        : At >= trial.Conditions.Until ? Decision.Reject(Rejection.SandboxOver)
        : !Conditions.CanBegin(At) || !Conditions.Cover(trial.Conditions) || trial.Conditions.Cover(Conditions)
            ? Decision.Reject(Rejection.SandboxConditionsInvalid)
        : Decision.Accept(new SandboxExtended(Product, trial.Venue, Conditions) { At = At, By = By });
}
