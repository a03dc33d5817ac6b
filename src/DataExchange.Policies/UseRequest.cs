using DataExchange.Domain;

namespace DataExchange.Policies;

/// <summary>What somebody asks to do. What is null is not known, and what is not known never helps who asks.</summary>
/// <param name="Action">A name that <see cref="PolicyAction"/> knows: what is done, not a wider word for it.</param>
/// <param name="Target">IRI of the asset.</param>
/// <param name="Party">IRI of who asks.</param>
/// <param name="At">When.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Region">Where: an ISO 3166 code.</param>
/// <param name="Uses">How often, 1 or more.</param>
/// <param name="Recipient">IRI of who gets what comes of it.</param>
public sealed record UseRequest(
    string Action,
    string Target,
    string? Party,
    SimulatedTime At,
    string? Purpose = null,
    string? Region = null,
    long Uses = 1,
    string? Recipient = null);

/// <summary>The state of the world that a policy is evaluated in.</summary>
/// <param name="UsesSoFar">Uses before this one.</param>
/// <param name="Since">When the agreement was made; null when there is none.</param>
/// <param name="Fulfilled">Uids of the duties that are fulfilled.</param>
/// <param name="End">Why the policy is not in force; null when it is.</param>
/// <param name="LicencesIssued">Licences of the product before this one; null when not known.</param>
/// <param name="AdmittedFor">Most sensitive class the party is admitted for; null when not known.</param>
public sealed record PolicyState(
    long UsesSoFar = 0,
    SimulatedTime? Since = null,
    IReadOnlyCollection<string>? Fulfilled = null,
    NotInForce? End = null,
    long? LicencesIssued = null,
    SecurityClass? AdmittedFor = null);

/// <summary>Why an agreement is not in force.</summary>
public enum NotInForce
{
    /// <summary>The venue has not registered the transaction yet.</summary>
    NotRegistered,
    /// <summary>The negotiation ended or the deal was cancelled.</summary>
    DealTerminated,
    /// <summary>A dispute was upheld and the price refunded in full.</summary>
    DealRefunded,
    /// <summary>After completion a late claim was upheld in full, and the price went back.</summary>
    DealChargedBack,
    /// <summary>The licence was taken back.</summary>
    LicenceRevoked,
}

/// <summary>What an evaluation says.</summary>
public enum Verdict
{
    /// <summary>The use is not allowed.</summary>
    Deny,
    /// <summary>The use is allowed.</summary>
    Permit,
}

/// <summary>Why.</summary>
public enum DecisionReason
{
    /// <summary>A permission applies and nothing overrides it.</summary>
    Permitted,
    /// <summary>A prohibition applies.</summary>
    Prohibited,
    /// <summary>A permission and a prohibition apply, and that voids the policy.</summary>
    PolicyVoid,
    /// <summary>An offer grants nothing.</summary>
    OfferGrantsNothing,
    /// <summary>No permission applies; what comes nearest fails by its end in time.</summary>
    Expired,
    /// <summary>No permission applies; what comes nearest fails by the number of uses.</summary>
    UsedUp,
    /// <summary>No permission applies; what comes nearest fails by another condition.</summary>
    ConditionNotMet,
    /// <summary>No permission applies; what comes nearest fails by a duty.</summary>
    DutyNotFulfilled,
    /// <summary>No permission is about this action, asset and party.</summary>
    NothingPermits,
    /// <summary>See <see cref="NotInForce.NotRegistered"/>.</summary>
    NotRegistered,
    /// <summary>See <see cref="NotInForce.DealTerminated"/>.</summary>
    DealTerminated,
    /// <summary>See <see cref="NotInForce.DealRefunded"/>.</summary>
    DealRefunded,
    /// <summary>See <see cref="NotInForce.DealChargedBack"/>.</summary>
    DealChargedBack,
    /// <summary>See <see cref="NotInForce.LicenceRevoked"/>.</summary>
    LicenceRevoked,
}

/// <summary>How far a rule is from applying, the farthest first.</summary>
public enum RuleOutcome
{
    /// <summary>It is about another action.</summary>
    OtherAction,
    /// <summary>It is about another asset.</summary>
    OtherTarget,
    /// <summary>It is for another party.</summary>
    OtherParty,
    /// <summary>A constraint is not met.</summary>
    ConstraintNotMet,
    /// <summary>A duty is not fulfilled.</summary>
    DutyNotFulfilled,
    /// <summary>It applies.</summary>
    Applies,
}

/// <summary>What a constraint says of a request.</summary>
public enum Truth
{
    /// <summary>It is not met.</summary>
    No,
    /// <summary>It cannot be said: the request or the state does not tell.</summary>
    Unknown,
    /// <summary>It is met.</summary>
    Yes,
}

/// <summary>What became of one rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Outcome">Whether it applies, and if not, why.</param>
/// <param name="Failed">The constraint that keeps it from applying; null when it is none.</param>
/// <param name="Duty">The duty that keeps it from applying; null when it is none.</param>
/// <param name="Known">Whether the constraint is known not to be met, and not merely not known to be.</param>
public sealed record RuleReport(PolicyRule Rule, RuleOutcome Outcome, Constraint? Failed = null, Duty? Duty = null, bool Known = true);

/// <summary>The answer to a request.</summary>
/// <param name="Verdict">Permit or deny.</param>
/// <param name="Reason">Why.</param>
/// <param name="DecidedBy">The rule that decided; null when none did: nothing permits, or the policy is not in force.</param>
/// <param name="Rules">What became of each rule, in the policy's order: permissions, then prohibitions.</param>
/// <param name="Nearest">The permission that comes nearest when none applies; null when there is none that is about this action, asset and party.</param>
public sealed record PolicyDecision(Verdict Verdict, DecisionReason Reason, PolicyRule? DecidedBy, IReadOnlyList<RuleReport> Rules, RuleReport? Nearest);
