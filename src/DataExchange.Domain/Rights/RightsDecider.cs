namespace DataExchange.Domain.Rights;

/// <summary>Confirms the rights in a data product: from registration to certificate, and what becomes of the certificate.</summary>
public sealed class RightsDecider : IDecider<RightsCommand, ProductRights>
{
    // To what has ended only its stage matters: one object a stage serves all such streams.
    private static readonly ProductRights[] Ended = [.. Enum.GetValues<RightsStage>().Select(stage => new ProductRights { Stage = stage })];

    private RightsDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "product";

    /// <inheritdoc />
    public static string Capability => "Rights";

    /// <inheritdoc />
    public static ProductRights Initial { get; } = new();

    /// <inheritdoc />
    public static Decision Decide(RightsCommand command, ProductRights state) => EndSandbox.Follow(Answer(command, state), command, state);

    /// <inheritdoc />
    public static ProductRights Evolve(ProductRights state, Event @event) => (state.Stage, @event) switch
    {
        (RightsStage.Unregistered, ProductRegistered e) => state with
        {
            Stage = RightsStage.Registered,
            SecurityClass = e.SecurityClass,
            ContainsPersonalInformation = e.ContainsPersonalInformation,
            Holder = e.Provider,
        },
        (RightsStage.Unregistered, RegistrationRefused) => state with { Stage = RightsStage.Refused },
        (RightsStage.Registered or RightsStage.Refused, ProductImported) => state,
        (RightsStage.Registered or RightsStage.Returned, EvidenceSubmitted e) =>
            state with { Stage = RightsStage.EvidenceSubmitted, Evidence = state.Evidence | e.Evidence },
        (RightsStage.EvidenceSubmitted, ApplicationAccepted) => state with { Stage = RightsStage.ApplicationAccepted },
        (RightsStage.ApplicationAccepted, CompliancePassed) => state with { Stage = RightsStage.CompliancePassed },
        (RightsStage.ApplicationAccepted, ComplianceReturned e) => state with { Stage = RightsStage.Returned, Returns = state.Returns + 1, Finding = e.Finding },
        (RightsStage.ApplicationAccepted, ComplianceRejected) => state with { Stage = RightsStage.Rejected },
        (RightsStage.CompliancePassed, QualityEvaluated) => state with { Stage = RightsStage.QualityEvaluated },
        (RightsStage.QualityEvaluated, RightsPublished e) =>
            state with { Stage = RightsStage.Published, ObjectionsUntil = e.ObjectionsUntil },
        (RightsStage.Published, ObjectionRaised) => state with { Stage = RightsStage.Objected },
        (RightsStage.Objected, ObjectionUpheld) => state with { Stage = RightsStage.Rejected },
        (RightsStage.Objected, ObjectionDismissed) => state with { Stage = RightsStage.Published },
        (RightsStage.Published, RightsCertified e) => state with
        {
            Stage = RightsStage.Certified,
            Holder = e.Holder,
            Rights = e.Rights,
            ValidUntil = e.ValidUntil,
            Certificates = 1,
        },
        (RightsStage.Certified, CertificateRenewed e) => state with { ValidUntil = e.ValidUntil, Certificates = state.Certificates + 1 },
        (RightsStage.Certified, RightsTransferred e) => state with { Holder = e.NewHolder },
        (RightsStage.Certified, RightsLicensed or RegistrationCorrected or RevisionRefused) => state,
        (RightsStage.Certified, ProductRevised e) when e.Version == state.Version + 1 => state with { Version = e.Version },
        (RightsStage.Certified, CertificateExpired) => state with { Stage = RightsStage.Expired },
        (RightsStage.Certified, CertificateRevoked) => state with { Stage = RightsStage.Revoked },
        (RightsStage.Certified, RegistrationCancelled) => state with { Stage = RightsStage.Cancelled },
        ( > RightsStage.Refused and < RightsStage.Certified, ApplicationWithdrawn) => state with { Stage = RightsStage.Withdrawn },
        (_, SandboxAdmitted e) when AdmitToSandbox.CanBeAdmitted(state.Stage) && state.Sandbox is null =>
            state with { Sandbox = new(e.Venue, e.Conditions, false) },
        (_, SandboxExtended e) when state.Sandbox is { IsOver: false } trial && e.Conditions.Cover(trial.Conditions) =>
            state with { Sandbox = trial with { Conditions = e.Conditions } },
        (_, SandboxEnded) when state.Sandbox is { IsOver: false } trial => state with { Sandbox = trial with { IsOver = true } },
        _ => throw new ImpossibleHistoryException(@event, state.Stage),
    };

    /// <inheritdoc />
    public static bool IsTerminal(ProductRights state) => state.Stage is RightsStage.Refused or >= RightsStage.Rejected;

    /// <inheritdoc />
    public static ProductRights Condense(ProductRights state) => IsTerminal(state) ? Ended[(int)state.Stage] : state;

    /// <summary>The reason for which a state forbids what it does not expect.</summary>
    internal static Rejection Forbidden(RightsStage stage) => stage switch
    {
        RightsStage.Unregistered => Rejection.ProductNotRegistered,
        RightsStage.Refused => Rejection.RegistrationWasRefused,
        RightsStage.Registered => Rejection.EvidenceMissing,
        RightsStage.EvidenceSubmitted => Rejection.ApplicationNotAccepted,
        RightsStage.ApplicationAccepted => Rejection.ComplianceNotAssessed,
        RightsStage.Returned => Rejection.CorrectionAwaited,
        RightsStage.CompliancePassed => Rejection.QualityNotEvaluated,
        RightsStage.QualityEvaluated => Rejection.RightsNotPublished,
        RightsStage.Published => Rejection.ObjectionPeriodRunning,
        RightsStage.Objected => Rejection.ObjectionPending,
        RightsStage.Certified => Rejection.AlreadyCertified,
        RightsStage.Rejected => Rejection.ApplicationRejected,
        RightsStage.Withdrawn => Rejection.ApplicationWithdrawn,
        RightsStage.Expired => Rejection.CertificateExpired,
        RightsStage.Revoked => Rejection.CertificateRevoked,
        RightsStage.Cancelled => Rejection.RegistrationCancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "unknown stage"),
    };

    private static Decision Answer(RightsCommand command, ProductRights state) => command switch
    {
        RegisterProduct c => c.Decide(state),
        SubmitEvidence c => c.Decide(state),
        AcceptApplication c => c.Decide(state),
        AssessCompliance c => c.Decide(state),
        EvaluateQuality c => c.Decide(state),
        PublishRights c => c.Decide(state),
        RaiseObjection c => c.Decide(state),
        DecideObjection c => c.Decide(state),
        CertifyRights c => c.Decide(state),
        RenewCertificate c => c.Decide(state),
        ExpireCertificate c => c.Decide(state),
        RevokeCertificate c => c.Decide(state),
        WithdrawApplication c => c.Decide(state),
        TransferRights c => c.Decide(state),
        LicenseRights c => c.Decide(state),
        CorrectRegistration c => c.Decide(state),
        ReviseProduct c => c.Decide(state),
        AdmitToSandbox c => c.Decide(state),
        ExtendSandbox c => c.Decide(state),
        EndSandbox c => c.Decide(state),
        CancelRegistration c => c.Decide(state),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no rule for this command"),
    };
}
