namespace DataExchange.Domain.Rights;

/// <summary>The compliance assessment was passed.</summary>
/// <param name="Product">The product.</param>
[EventName("compliance_passed")]
public sealed record CompliancePassed(ProductId Product) : Event;

/// <summary>The application was returned for correction.</summary>
/// <param name="Product">The product.</param>
/// <param name="Finding">What is to be corrected.</param>
[EventName("compliance_returned")]
public sealed record ComplianceReturned(ProductId Product, Rejection Finding) : Event;

/// <summary>The application was rejected.</summary>
/// <param name="Product">The product.</param>
/// <param name="Finding">Why.</param>
[EventName("compliance_rejected")]
public sealed record ComplianceRejected(ProductId Product, Rejection Finding) : Event;

/// <summary>
/// Assesses compliance. What no correction can mend is rejected; what evidence can mend is returned, and rejected when it was
/// returned <see cref="MostReturns"/> times already.
/// </summary>
/// <param name="Product">The product.</param>
/// <param name="SourceIsUnlawful">The assessor found the data unlawfully acquired or without authority.</param>
/// <param name="OwnershipIsDisputed">The assessor found an unresolved dispute over ownership.</param>
/// <param name="HarmsPublicInterest">The assessor found harm to national security, the public interest or others' rights.</param>
public sealed record AssessCompliance(ProductId Product, bool SourceIsUnlawful, bool OwnershipIsDisputed, bool HarmsPublicInterest)
    : RightsCommand(Product)
{
    /// <summary>How often an application may be returned before it is rejected (assumed: the venues' rules are not public).</summary>
    public const int MostReturns = 2;

    internal Decision Decide(ProductRights state)
    {
        if (state.Stage != RightsStage.ApplicationAccepted)
        {
            return Decision.Reject(RightsDecider.Forbidden(state.Stage));
        }

        if (Incurable() is { } fatal)
        {
            return Decision.Refuse(fatal, new ComplianceRejected(Product, fatal) { At = At, By = By });
        }

        if (Curable(state) is not { } finding)
        {
            return Decision.Accept(new CompliancePassed(Product) { At = At, By = By });
        }

        return Decision.Refuse(finding, state.Returns < MostReturns
            ? new ComplianceReturned(Product, finding) { At = At, By = By }
            : new ComplianceRejected(Product, finding) { At = At, By = By });
    }

    private Rejection? Incurable() =>
        SourceIsUnlawful ? Rejection.UnlawfulSource
        : OwnershipIsDisputed ? Rejection.OwnershipDisputed
        : HarmsPublicInterest ? Rejection.HarmsPublicInterest
        : null;

    private static Rejection? Curable(ProductRights state) =>
        !state.Evidence.HasFlag(EvidenceKinds.LawfulSource) ? Rejection.EvidenceMissing
        : state.ContainsPersonalInformation && !state.Evidence.HasFlag(EvidenceKinds.PersonalConsent)
            ? Rejection.PersonalInformationWithoutConsent
        : state.SecurityClass == SecurityClass.Important && !state.Evidence.HasFlag(EvidenceKinds.SecurityAssessment)
            ? Rejection.ImportantDataWithoutSecurityAssessment
        : null;
}
