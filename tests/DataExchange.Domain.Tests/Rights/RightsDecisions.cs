namespace DataExchange.Domain.Tests.Rights;

internal static class RightsDecisions
{
    internal const string Table = """
        command                 | Unregistered          | Refused                 | Registered                | EvidenceSubmitted
        RegisterProduct         | ProductRegistered     | !RegistrationWasRefused | !ProductAlreadyRegistered | !ProductAlreadyRegistered
        SubmitEvidence          | !ProductNotRegistered | !RegistrationWasRefused | EvidenceSubmitted         | !EvidenceAlreadySubmitted
        AcceptApplication       | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | ApplicationAccepted
        AssessCompliance        | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        EvaluateQuality         | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        PublishRights           | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        RaiseObjection          | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        DecideObjection:dismiss | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        DecideObjection:uphold  | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        CertifyRights           | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        RenewCertificate        | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        ExpireCertificate       | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        RevokeCertificate       | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        TransferRights          | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        LicenseRights           | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        CorrectRegistration     | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        ReviseProduct           | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        AdmitToSandbox          | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | SandboxAdmitted
        ExtendSandbox           | !NotInSandbox         | !NotInSandbox           | !NotInSandbox             | !NotInSandbox
        EndSandbox              | !NotInSandbox         | !NotInSandbox           | !NotInSandbox             | !NotInSandbox
        CancelRegistration      | !ProductNotRegistered | !RegistrationWasRefused | !EvidenceMissing          | !ApplicationNotAccepted
        WithdrawApplication     | !ProductNotRegistered | !RegistrationWasRefused | ApplicationWithdrawn      | ApplicationWithdrawn

        command                 | ApplicationAccepted       | Returned                  | CompliancePassed
        RegisterProduct         | !ProductAlreadyRegistered | !ProductAlreadyRegistered | !ProductAlreadyRegistered
        SubmitEvidence          | !ComplianceNotAssessed    | EvidenceSubmitted         | !QualityNotEvaluated
        AcceptApplication       | !ComplianceNotAssessed    | !CorrectionAwaited        | !QualityNotEvaluated
        AssessCompliance        | CompliancePassed          | !CorrectionAwaited        | !QualityNotEvaluated
        EvaluateQuality         | !ComplianceNotAssessed    | !CorrectionAwaited        | QualityEvaluated
        PublishRights           | !ComplianceNotAssessed    | !CorrectionAwaited        | !QualityNotEvaluated
        RaiseObjection          | !ComplianceNotAssessed    | !CorrectionAwaited        | !QualityNotEvaluated
        DecideObjection:dismiss | !ComplianceNotAssessed    | !CorrectionAwaited        | !QualityNotEvaluated
        DecideObjection:uphold  | !ComplianceNotAssessed    | !CorrectionAwaited        | !QualityNotEvaluated
        CertifyRights           | !ComplianceNotAssessed    | !CorrectionAwaited        | !QualityNotEvaluated
        RenewCertificate        | !ComplianceNotAssessed    | !CorrectionAwaited        | !QualityNotEvaluated
        ExpireCertificate       | !ComplianceNotAssessed    | !CorrectionAwaited        | !QualityNotEvaluated
        RevokeCertificate       | !ComplianceNotAssessed    | !CorrectionAwaited        | !QualityNotEvaluated
        TransferRights          | !ComplianceNotAssessed    | !CorrectionAwaited        | !QualityNotEvaluated
        LicenseRights           | !ComplianceNotAssessed    | !CorrectionAwaited        | !QualityNotEvaluated
        CorrectRegistration     | !ComplianceNotAssessed    | !CorrectionAwaited        | !QualityNotEvaluated
        ReviseProduct           | !ComplianceNotAssessed    | !CorrectionAwaited        | !QualityNotEvaluated
        AdmitToSandbox          | SandboxAdmitted           | SandboxAdmitted           | SandboxAdmitted
        ExtendSandbox           | !NotInSandbox             | !NotInSandbox             | !NotInSandbox
        EndSandbox              | !NotInSandbox             | !NotInSandbox             | !NotInSandbox
        CancelRegistration      | !ComplianceNotAssessed    | !CorrectionAwaited        | !QualityNotEvaluated
        WithdrawApplication     | ApplicationWithdrawn      | ApplicationWithdrawn      | ApplicationWithdrawn

        command                 | QualityEvaluated          | Published                 | Objected
        RegisterProduct         | !ProductAlreadyRegistered | !ProductAlreadyRegistered | !ProductAlreadyRegistered
        SubmitEvidence          | !RightsNotPublished       | !ObjectionPeriodRunning   | !ObjectionPending
        AcceptApplication       | !RightsNotPublished       | !ObjectionPeriodRunning   | !ObjectionPending
        AssessCompliance        | !RightsNotPublished       | !ObjectionPeriodRunning   | !ObjectionPending
        EvaluateQuality         | !RightsNotPublished       | !ObjectionPeriodRunning   | !ObjectionPending
        PublishRights           | RightsPublished           | !ObjectionPeriodRunning   | !ObjectionPending
        RaiseObjection          | !RightsNotPublished       | ObjectionRaised           | !ObjectionPending
        DecideObjection:dismiss | !RightsNotPublished       | !NoObjectionPending       | ObjectionDismissed
        DecideObjection:uphold  | !RightsNotPublished       | !NoObjectionPending       | ObjectionUpheld!ObjectionUpheld
        CertifyRights           | !RightsNotPublished       | RightsCertified           | !ObjectionPending
        RenewCertificate        | !RightsNotPublished       | !ObjectionPeriodRunning   | !ObjectionPending
        ExpireCertificate       | !RightsNotPublished       | !ObjectionPeriodRunning   | !ObjectionPending
        RevokeCertificate       | !RightsNotPublished       | !ObjectionPeriodRunning   | !ObjectionPending
        TransferRights          | !RightsNotPublished       | !ObjectionPeriodRunning   | !ObjectionPending
        LicenseRights           | !RightsNotPublished       | !ObjectionPeriodRunning   | !ObjectionPending
        CorrectRegistration     | !RightsNotPublished       | !ObjectionPeriodRunning   | !ObjectionPending
        ReviseProduct           | !RightsNotPublished       | !ObjectionPeriodRunning   | !ObjectionPending
        AdmitToSandbox          | SandboxAdmitted           | SandboxAdmitted           | !ObjectionPending
        ExtendSandbox           | !NotInSandbox             | !NotInSandbox             | !NotInSandbox
        EndSandbox              | !NotInSandbox             | !NotInSandbox             | !NotInSandbox
        CancelRegistration      | !RightsNotPublished       | !ObjectionPeriodRunning   | !ObjectionPending
        WithdrawApplication     | ApplicationWithdrawn      | ApplicationWithdrawn      | ApplicationWithdrawn

        command                 | Certified                 | Rejected                  | Withdrawn
        RegisterProduct         | !ProductAlreadyRegistered | !ProductAlreadyRegistered | !ProductAlreadyRegistered
        SubmitEvidence          | !AlreadyCertified         | !ApplicationRejected      | !ApplicationWithdrawn
        AcceptApplication       | !AlreadyCertified         | !ApplicationRejected      | !ApplicationWithdrawn
        AssessCompliance        | !AlreadyCertified         | !ApplicationRejected      | !ApplicationWithdrawn
        EvaluateQuality         | !AlreadyCertified         | !ApplicationRejected      | !ApplicationWithdrawn
        PublishRights           | !AlreadyCertified         | !ApplicationRejected      | !ApplicationWithdrawn
        RaiseObjection          | !AlreadyCertified         | !ApplicationRejected      | !ApplicationWithdrawn
        DecideObjection:dismiss | !AlreadyCertified         | !ApplicationRejected      | !ApplicationWithdrawn
        DecideObjection:uphold  | !AlreadyCertified         | !ApplicationRejected      | !ApplicationWithdrawn
        CertifyRights           | !AlreadyCertified         | !ApplicationRejected      | !ApplicationWithdrawn
        RenewCertificate        | CertificateRenewed        | !ApplicationRejected      | !ApplicationWithdrawn
        ExpireCertificate       | CertificateExpired        | !ApplicationRejected      | !ApplicationWithdrawn
        RevokeCertificate       | CertificateRevoked        | !ApplicationRejected      | !ApplicationWithdrawn
        TransferRights          | RightsTransferred         | !ApplicationRejected      | !ApplicationWithdrawn
        LicenseRights           | RightsLicensed            | !ApplicationRejected      | !ApplicationWithdrawn
        CorrectRegistration     | RegistrationCorrected     | !ApplicationRejected      | !ApplicationWithdrawn
        ReviseProduct           | ProductRevised            | !ApplicationRejected      | !ApplicationWithdrawn
        AdmitToSandbox          | !AlreadyCertified         | !ApplicationRejected      | !ApplicationWithdrawn
        ExtendSandbox           | !NotInSandbox             | !NotInSandbox             | !NotInSandbox
        EndSandbox              | !NotInSandbox             | !NotInSandbox             | !NotInSandbox
        CancelRegistration      | RegistrationCancelled     | !ApplicationRejected      | !ApplicationWithdrawn
        WithdrawApplication     | !AlreadyCertified         | !ApplicationRejected      | !ApplicationWithdrawn

        command                 | Expired                   | Revoked                   | Cancelled
        RegisterProduct         | !ProductAlreadyRegistered | !ProductAlreadyRegistered | !ProductAlreadyRegistered
        SubmitEvidence          | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        AcceptApplication       | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        AssessCompliance        | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        EvaluateQuality         | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        PublishRights           | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        RaiseObjection          | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        DecideObjection:dismiss | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        DecideObjection:uphold  | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        CertifyRights           | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        RenewCertificate        | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        ExpireCertificate       | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        RevokeCertificate       | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        TransferRights          | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        LicenseRights           | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        CorrectRegistration     | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        ReviseProduct           | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        AdmitToSandbox          | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        ExtendSandbox           | !NotInSandbox             | !NotInSandbox             | !NotInSandbox
        EndSandbox              | !NotInSandbox             | !NotInSandbox             | !NotInSandbox
        CancelRegistration      | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        WithdrawApplication     | !CertificateExpired       | !CertificateRevoked       | !RegistrationCancelled
        """;
}
