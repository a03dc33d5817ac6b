namespace DataExchange.Policies;

/// <summary>What a policy is (ODRL Information Model 2.2, 2.1).</summary>
public enum PolicyKind
{
    /// <summary>Rules that stand for themselves.</summary>
    Set,
    /// <summary>Rules that an assigner offers; it grants nothing yet.</summary>
    Offer,
    /// <summary>Rules that an assigner granted to an assignee.</summary>
    Agreement,
}

/// <summary>What holds when a permission and a prohibition both apply (ODRL Information Model 2.2, 2.10).</summary>
public enum ConflictStrategy
{
    /// <summary>The policy is void. ODRL's default.</summary>
    Invalid,
    /// <summary>The permission overrides.</summary>
    Perm,
    /// <summary>The prohibition overrides. What this market writes.</summary>
    Prohibit,
}

/// <summary>A policy after ODRL 2.2. Actions, operands and parties are named as in its JSON-LD.</summary>
/// <param name="Uid">Its IRI.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Conflict">What holds when rules conflict.</param>
/// <param name="Profiles">IRIs of the profiles whose terms it uses.</param>
/// <param name="Permissions">What may be done.</param>
/// <param name="Prohibitions">What may not.</param>
/// <param name="Obligations">What must be done in any case; they do not decide on a use.</param>
public sealed record Policy(
    string Uid,
    PolicyKind Kind,
    ConflictStrategy Conflict,
    IReadOnlyList<string> Profiles,
    IReadOnlyList<Permission> Permissions,
    IReadOnlyList<Prohibition> Prohibitions,
    IReadOnlyList<Duty> Obligations);

/// <summary>A rule.</summary>
/// <param name="Uid">Its IRI, unique in its policy.</param>
/// <param name="Action">What it is about: a name that <see cref="PolicyAction"/> knows.</param>
/// <param name="Target">IRI of the asset; null for a duty that is about none.</param>
/// <param name="Assigner">IRI of who makes the rule; null when the policy does not say.</param>
/// <param name="Assignee">IRI of whom it is for; null for anybody.</param>
/// <param name="Constraints">All of them must be met.</param>
public abstract record PolicyRule(
    string Uid, string Action, string? Target, string? Assigner, string? Assignee, IReadOnlyList<Constraint> Constraints);

/// <summary>The action is allowed when every constraint is met and every duty fulfilled.</summary>
/// <param name="Uid">Its IRI.</param>
/// <param name="Action">What may be done.</param>
/// <param name="Target">With which asset.</param>
/// <param name="Assigner">Who allows it.</param>
/// <param name="Assignee">To whom.</param>
/// <param name="Constraints">All of them must be met.</param>
/// <param name="Duties">All of them must be fulfilled before.</param>
public sealed record Permission(
    string Uid, string Action, string? Target, string? Assigner, string? Assignee, IReadOnlyList<Constraint> Constraints, IReadOnlyList<Duty> Duties)
    : PolicyRule(Uid, Action, Target, Assigner, Assignee, Constraints);

/// <summary>The action is not allowed when every constraint is met.</summary>
/// <param name="Uid">Its IRI.</param>
/// <param name="Action">What may not be done.</param>
/// <param name="Target">With which asset.</param>
/// <param name="Assigner">Who forbids it.</param>
/// <param name="Assignee">To whom.</param>
/// <param name="Constraints">All of them must be met.</param>
public sealed record Prohibition(
    string Uid, string Action, string? Target, string? Assigner, string? Assignee, IReadOnlyList<Constraint> Constraints)
    : PolicyRule(Uid, Action, Target, Assigner, Assignee, Constraints);

/// <summary>The action must be done.</summary>
/// <param name="Uid">Its IRI: what is fulfilled is told by it.</param>
/// <param name="Action">What must be done.</param>
/// <param name="Target">With which asset; null for none.</param>
/// <param name="Assigner">To whom it is owed; null when the policy does not say.</param>
/// <param name="Assignee">By whom; null when the policy does not say.</param>
/// <param name="Constraints">What exactly, such as the amount.</param>
public sealed record Duty(
    string Uid, string Action, string? Target, string? Assigner, string? Assignee, IReadOnlyList<Constraint> Constraints)
    : PolicyRule(Uid, Action, Target, Assigner, Assignee, Constraints);
