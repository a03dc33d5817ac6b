namespace DataExchange.Domain.Rights;

/// <summary>The provider brought evidence, or corrected what was returned.</summary>
/// <param name="Product">The product.</param>
/// <param name="Evidence">Which proofs.</param>
[EventName("evidence_submitted")]
public sealed record EvidenceSubmitted(ProductId Product, EvidenceKinds Evidence) : Event;

/// <summary>Brings evidence of lawful source and, where needed, consent, assessment and authorisation.</summary>
/// <param name="Product">The product.</param>
/// <param name="Evidence">Which proofs; what was brought before still counts.</param>
public sealed record SubmitEvidence(ProductId Product, EvidenceKinds Evidence) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) => state.Stage switch
    {
        RightsStage.Registered or RightsStage.Returned =>
            Decision.Accept(new EvidenceSubmitted(Product, Evidence) { At = At, By = By }),
        RightsStage.EvidenceSubmitted => Decision.Reject(Rejection.EvidenceAlreadySubmitted),
        _ => Decision.Reject(RightsDecider.Forbidden(state.Stage)),
    };
}

/// <summary>The venue accepted the application for review (受理).</summary>
/// <param name="Product">The product.</param>
[EventName("application_accepted")]
public sealed record ApplicationAccepted(ProductId Product) : Event;

/// <summary>Accepts an application for review.</summary>
/// <param name="Product">The product.</param>
public sealed record AcceptApplication(ProductId Product) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) => state.Stage switch
    {
        RightsStage.EvidenceSubmitted => Decision.Accept(new ApplicationAccepted(Product) { At = At, By = By }),
        _ => Decision.Reject(RightsDecider.Forbidden(state.Stage)),
    };
}
