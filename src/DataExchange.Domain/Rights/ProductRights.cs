namespace DataExchange.Domain.Rights;

/// <summary>How far a product's registration has come.</summary>
public enum RightsStage
{
    /// <summary>Nothing is known of it.</summary>
    Unregistered,
    /// <summary>The registration was refused at the door. Terminal.</summary>
    Refused,
    /// <summary>Registered, evidence awaited.</summary>
    Registered,
    /// <summary>Evidence submitted, acceptance awaited.</summary>
    EvidenceSubmitted,
    /// <summary>Accepted for review.</summary>
    ApplicationAccepted,
    /// <summary>Returned, a correction is awaited.</summary>
    Returned,
    /// <summary>Compliance passed, quality evaluation awaited.</summary>
    CompliancePassed,
    /// <summary>Quality evaluated, publication awaited.</summary>
    QualityEvaluated,
    /// <summary>Published for objection (公示).</summary>
    Published,
    /// <summary>An objection is pending.</summary>
    Objected,
    /// <summary>Certified.</summary>
    Certified,
    /// <summary>The application was rejected. Terminal.</summary>
    Rejected,
    /// <summary>The application was withdrawn. Terminal.</summary>
    Withdrawn,
    /// <summary>The certificate expired. Terminal.</summary>
    Expired,
    /// <summary>The certificate was revoked. Terminal.</summary>
    Revoked,
    /// <summary>The registration was cancelled. Terminal.</summary>
    Cancelled,
}

/// <summary>A product's registration and rights, as its stream tells them.</summary>
public sealed record ProductRights
{
    /// <summary>How far it has come.</summary>
    public RightsStage Stage { get; init; }

    /// <summary>Whether the data contain personal information.</summary>
    public bool ContainsPersonalInformation { get; init; }

    /// <summary>How sensitive the data are.</summary>
    public SecurityClass SecurityClass { get; init; }

    /// <summary>Evidence submitted so far, corrections included.</summary>
    public EvidenceKinds Evidence { get; init; }

    /// <summary>How often the application was returned for correction.</summary>
    public int Returns { get; init; }

    /// <summary>What was to be corrected when it was last returned.</summary>
    public Rejection Finding { get; init; }

    /// <summary>Its trial in the sandbox; null when it was never admitted.</summary>
    public SandboxTrial? Sandbox { get; init; }

    /// <summary>End of the objection period.</summary>
    public SimulatedTime ObjectionsUntil { get; init; }

    /// <summary>First moment at which the certificate is no longer valid.</summary>
    public SimulatedTime ValidUntil { get; init; }

    /// <summary>Certificates issued so far, renewals included.</summary>
    public int Certificates { get; init; }

    /// <summary>Who holds the rights.</summary>
    public PartyId Holder { get; init; }

    /// <summary>Which of the three rights are certified.</summary>
    public DataRights Rights { get; init; }

    /// <summary>Version of the content.</summary>
    public int Version { get; init; } = ProductVersions.First;
}

/// <summary>Proofs that an application brings.</summary>
[Flags]
public enum EvidenceKinds
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>来源合法证明: contract, collection record or authorisation.</summary>
    LawfulSource = 1,
    /// <summary>个人信息授权同意.</summary>
    PersonalConsent = 2,
    /// <summary>重要数据安全评估.</summary>
    SecurityAssessment = 4,
    /// <summary>公共数据授权运营协议.</summary>
    OperationAuthorisation = 8,
}

/// <summary>A command to the Rights capability about one product.</summary>
/// <param name="Product">The product.</param>
public abstract record RightsCommand(ProductId Product) : Command
{
    /// <inheritdoc />
    public sealed override string Stream => StreamId.Product(Product);
}
