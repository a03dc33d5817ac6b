namespace DataExchange.Policies;

/// <summary>
/// Evaluates a use request against a policy, after the ODRL Information Model 2.2 and the access control scenario of the draft "ODRL Formal
/// Semantics"; where both are silent, after docs/policies.md. Pure and total: every request has an answer.
/// </summary>
public static class PolicyEvaluator
{
    /// <summary>Permits or denies.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="state">The state of the world.</param>
    public static PolicyDecision Evaluate(Policy policy, UseRequest request, PolicyState state)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(state);
        RuleReport[] permissions = [.. policy.Permissions.Select(rule => OfPermission(rule, request, state))];
        RuleReport[] prohibitions = [.. policy.Prohibitions.Select(rule => OfProhibition(rule, request, state))];
        // Whatever the order of rules, the same one is named.
        var permits = First(permissions.Where(report => report.Outcome == RuleOutcome.Applies));
        var forbids = First(prohibitions.Where(report => report.Outcome == RuleOutcome.Applies));
        RuleReport[] all = [.. permissions, .. prohibitions];
        if (state.End is { } end)
        {
            return Deny(ReasonOf(end), null);
        }

        if (policy.Kind == PolicyKind.Offer)
        {
            return Deny(DecisionReason.OfferGrantsNothing, null);
        }

        if (permits is not null && (forbids is null || policy.Conflict == ConflictStrategy.Perm))
        {
            return new PolicyDecision(Verdict.Permit, DecisionReason.Permitted, permits.Rule, all, null);
        }

        if (forbids is not null)
        {
            return Deny(
                permits is not null && policy.Conflict == ConflictStrategy.Invalid ? DecisionReason.PolicyVoid : DecisionReason.Prohibited, forbids.Rule);
        }

        var nearest = First(permissions.Where(report => report.Outcome >= RuleOutcome.ConstraintNotMet)
            .GroupBy(report => report.Outcome).MaxBy(group => group.Key) ?? Enumerable.Empty<RuleReport>());
        return Deny(ReasonOf(nearest), null, nearest);

        PolicyDecision Deny(DecisionReason reason, PolicyRule? by, RuleReport? nearest = null) => new(Verdict.Deny, reason, by, all, nearest);
    }

    private static RuleReport? First(IEnumerable<RuleReport> reports) => reports.MinBy(report => report.Rule.Uid, StringComparer.Ordinal);

    private static DecisionReason ReasonOf(NotInForce end) => end switch
    {
        NotInForce.NotRegistered => DecisionReason.NotRegistered,
        NotInForce.DealTerminated => DecisionReason.DealTerminated,
        NotInForce.DealRefunded => DecisionReason.DealRefunded,
        NotInForce.DealChargedBack => DecisionReason.DealChargedBack,
        _ => DecisionReason.LicenceRevoked,
    };

    private static DecisionReason ReasonOf(RuleReport? nearest) => nearest switch
    {
        null => DecisionReason.NothingPermits,
        { Outcome: RuleOutcome.DutyNotFulfilled } => DecisionReason.DutyNotFulfilled,
        { Failed.IsEndOfTerm: true } => DecisionReason.Expired,
        { Failed: { Left: LeftOperand.Count, Operator: ConstraintOperator.Lt or ConstraintOperator.Lteq } } => DecisionReason.UsedUp,
        _ => DecisionReason.ConditionNotMet,
    };

    private static RuleReport OfPermission(Permission rule, UseRequest request, PolicyState state)
    {
        if (Outside(rule, request) is { } outside)
        {
            return outside;
        }

        // Of several constraints that fail the last word has the end of the term: nothing that is asked otherwise would help.
        var failed = rule.Constraints.Select(constraint => (Constraint: constraint, Truth: ConstraintEvaluator.Evaluate(constraint, request, state)))
            .Where(row => row.Truth != Truth.Yes)
            .OrderBy(row => row.Constraint.IsEndOfTerm ? 0 : 1).ToArray();
        if (failed.Length > 0)
        {
            return new RuleReport(rule, RuleOutcome.ConstraintNotMet, failed[0].Constraint, Known: failed[0].Truth == Truth.No);
        }

        return rule.Duties.FirstOrDefault(duty => state.Fulfilled?.Contains(duty.Uid) != true) is { } due
            ? new RuleReport(rule, RuleOutcome.DutyNotFulfilled, Duty: due)
            : new RuleReport(rule, RuleOutcome.Applies);
    }

    // A prohibition applies unless one of its constraints is known not to be met.
    private static RuleReport OfProhibition(Prohibition rule, UseRequest request, PolicyState state) =>
        Outside(rule, request)
        ?? (rule.Constraints.FirstOrDefault(constraint => ConstraintEvaluator.Evaluate(constraint, request, state) == Truth.No) is { } failed
            ? new RuleReport(rule, RuleOutcome.ConstraintNotMet, failed)
            : new RuleReport(rule, RuleOutcome.Applies));

    private static RuleReport? Outside(PolicyRule rule, UseRequest request) =>
        !PolicyAction.IsIncludedIn(request.Action, rule.Action) ? new RuleReport(rule, RuleOutcome.OtherAction)
        : rule.Target != request.Target ? new RuleReport(rule, RuleOutcome.OtherTarget)
        : IsForAnother(rule, request) ? new RuleReport(rule, RuleOutcome.OtherParty)
        : null;

    // Who does not say who he is gets no permission that is for somebody, and is under every prohibition.
    private static bool IsForAnother(PolicyRule rule, UseRequest request) =>
        rule.Assignee is not null && rule.Assignee != request.Party && (request.Party is not null || rule is Permission);
}
