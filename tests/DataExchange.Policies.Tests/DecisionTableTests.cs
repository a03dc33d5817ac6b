using DataExchange.Domain;
using static DataExchange.Policies.Tests.Given;

namespace DataExchange.Policies.Tests;

/// <summary>One use that is permitted, and what each single change makes of it.</summary>
public sealed class DecisionTableTests
{
    private static readonly Dictionary<string, (Policy Policy, UseRequest Request, PolicyState State, DecisionReason Reason, string? By)> Cases = new()
    {
        ["as agreed"] = (Agreement, Request, State, DecisionReason.Permitted, MayUse.Uid),
        ["the action of the rule itself"] = (Agreement, Request with { Action = "use" }, State, DecisionReason.Permitted, MayUse.Uid),
        ["included over two steps"] = (Agreement, Request with { Action = "display" }, State, DecisionReason.Permitted, MayUse.Uid),
        ["of the profile, included in use"] = (Agreement, Request with { Action = "dx:call" }, State, DecisionReason.Permitted, MayUse.Uid),
        ["another action"] = (Agreement, Request with { Action = "sell" }, State, DecisionReason.NothingPermits, null),
        ["a wider action than permitted"] = (Only(MayUse with { Action = "reproduce" }), Request with { Action = "use" }, State, DecisionReason.NothingPermits, null),
        ["a narrower action than permitted"] = (Only(MayUse with { Action = "reproduce" }), Request with { Action = "extract" }, State, DecisionReason.Permitted, MayUse.Uid),
        ["prohibited"] = (Agreement, Request with { Action = "distribute" }, State, DecisionReason.Prohibited, NoDistribution.Uid),
        ["prohibited by a wider rule"] = (With(NoDistribution with { Action = "use" }), Request, State, DecisionReason.Prohibited, NoDistribution.Uid),
        ["prohibited, permissions override"] =
            (Agreement with { Conflict = ConflictStrategy.Perm }, Request with { Action = "distribute" }, State, DecisionReason.Permitted, MayUse.Uid),
        ["prohibited, conflicts void the policy"] =
            (Agreement with { Conflict = ConflictStrategy.Invalid }, Request with { Action = "distribute" }, State, DecisionReason.PolicyVoid, NoDistribution.Uid),
        ["no conflict, conflicts void the policy"] = (Agreement with { Conflict = ConflictStrategy.Invalid }, Request, State, DecisionReason.Permitted, MayUse.Uid),
        ["prohibited for another party"] =
            (With(NoDistribution with { Assignee = Seller }), Request with { Action = "distribute" }, State, DecisionReason.Permitted, MayUse.Uid),
        ["prohibited elsewhere"] = (With(Abroad), Request with { Action = "distribute" }, State, DecisionReason.Permitted, MayUse.Uid),
        ["prohibited elsewhere, from nobody knows where"] =
            (With(Abroad), Request with { Action = "distribute", Region = null }, State, DecisionReason.Prohibited, NoDistribution.Uid),
        ["prohibited, nobody knows to whom"] = (Agreement, Request with { Action = "distribute", Party = null }, State, DecisionReason.Prohibited, NoDistribution.Uid),
        ["another asset"] = (Agreement, Request with { Target = "hdl:86.dex/product.P000002" }, State, DecisionReason.NothingPermits, null),
        ["another party"] = (Agreement, Request with { Party = Seller }, State, DecisionReason.NothingPermits, null),
        ["nobody knows who"] = (Agreement, Request with { Party = null }, State, DecisionReason.NothingPermits, null),
        ["for everybody"] = (Only(MayUse with { Assignee = null }), Request with { Party = null }, State, DecisionReason.Permitted, MayUse.Uid),
        ["another purpose"] = (Agreement, Request with { Purpose = "反欺诈" }, State, DecisionReason.ConditionNotMet, null),
        ["no purpose"] = (Agreement, Request with { Purpose = null }, State, DecisionReason.ConditionNotMet, null),
        ["another country"] = (Agreement, Request with { Region = "SG" }, State, DecisionReason.ConditionNotMet, null),
        ["a country whose code begins alike"] = (Agreement, Request with { Region = "CNX" }, State, DecisionReason.ConditionNotMet, null),
        ["the last second of the term"] = (Agreement, Request with { At = Noon.AddDays(30).AddSeconds(-1) }, State, DecisionReason.Permitted, MayUse.Uid),
        ["the term is over"] = (Agreement, Request with { At = Noon.AddDays(30) }, State, DecisionReason.Expired, null),
        ["the term is over, and the purpose is another"] =
            (Agreement, Request with { At = Noon.AddDays(31), Purpose = "反欺诈" }, State, DecisionReason.Expired, null),
        ["not yet begun"] =
            (Only(Constrained(LeftOperand.DateTime, ConstraintOperator.Gteq, Noon.AddDays(1).ToString())), Request, State, DecisionReason.ConditionNotMet, null),
        ["as many uses as are left"] = (Agreement, Request with { Uses = 7 }, State, DecisionReason.Permitted, MayUse.Uid),
        ["one use more than are left"] = (Agreement, Request with { Uses = 8 }, State, DecisionReason.UsedUp, null),
        ["more uses than a number holds"] = (Agreement, Request with { Uses = long.MaxValue }, State, DecisionReason.UsedUp, null),
        ["thirty days elapsed"] =
            (Only(Constrained(LeftOperand.ElapsedTime, ConstraintOperator.Lteq, "30")), Request with { At = Noon.AddDays(30) }, State, DecisionReason.Permitted, MayUse.Uid),
        ["a second more"] =
            (Only(Constrained(LeftOperand.ElapsedTime, ConstraintOperator.Lteq, "30")), Request with { At = Noon.AddDays(30).AddSeconds(1) }, State, DecisionReason.Expired, null),
        ["nobody knows since when"] =
            (Only(Constrained(LeftOperand.ElapsedTime, ConstraintOperator.Lteq, "30")), Request, State with { Since = null }, DecisionReason.Expired, null),
        ["the last copy"] = (Only(Constrained(LeftOperand.LicencesIssued, ConstraintOperator.Lteq, "3")), Request, State with { LicencesIssued = 2 }, DecisionReason.Permitted, MayUse.Uid),
        ["a copy too many"] = (Only(Constrained(LeftOperand.LicencesIssued, ConstraintOperator.Lteq, "3")), Request, State with { LicencesIssued = 3 }, DecisionReason.ConditionNotMet, null),
        ["admitted for the class"] =
            (Only(Constrained(LeftOperand.AdmittedFor, ConstraintOperator.Gteq, "Important")), Request, State with { AdmittedFor = SecurityClass.Core }, DecisionReason.Permitted, MayUse.Uid),
        ["not admitted for the class"] =
            (Only(Constrained(LeftOperand.AdmittedFor, ConstraintOperator.Gteq, "Important")), Request, State with { AdmittedFor = SecurityClass.General }, DecisionReason.ConditionNotMet, null),
        ["for a third party"] = (Only(Constrained(LeftOperand.Recipient, ConstraintOperator.Eq, Buyer)), Request with { Recipient = Seller }, State, DecisionReason.ConditionNotMet, null),
        ["one of several purposes"] =
            (Only(MayUse with { Constraints = [new(LeftOperand.Purpose, ConstraintOperator.IsAnyOf, ["反欺诈", "授信审批"])] }), Request, State, DecisionReason.Permitted, MayUse.Uid),
        ["none of several purposes"] =
            (Only(MayUse with { Constraints = [new(LeftOperand.Purpose, ConstraintOperator.IsNoneOf, ["反欺诈", "授信审批"])] }), Request, State, DecisionReason.ConditionNotMet, null),
        ["not paid"] = (Agreement, Request, State with { Fulfilled = null }, DecisionReason.DutyNotFulfilled, null),
        ["an offer"] = (Agreement with { Kind = PolicyKind.Offer }, Request, State, DecisionReason.OfferGrantsNothing, null),
        ["a set"] = (Agreement with { Kind = PolicyKind.Set }, Request, State, DecisionReason.Permitted, MayUse.Uid),
        ["no rules"] = (Agreement with { Permissions = [], Prohibitions = [] }, Request, State, DecisionReason.NothingPermits, null),
        ["an obligation is no condition"] = (Agreement with { Obligations = [Pay with { Uid = "urn:other" }] }, Request, State, DecisionReason.Permitted, MayUse.Uid),
        ["a constraint that is none"] = (Only(Constrained(LeftOperand.Count, ConstraintOperator.IsPartOf, "10")), Request, State, DecisionReason.ConditionNotMet, null),
        ["not registered"] = (Agreement, Request, State with { End = NotInForce.NotRegistered }, DecisionReason.NotRegistered, null),
        ["cancelled"] = (Agreement, Request, State with { End = NotInForce.DealTerminated }, DecisionReason.DealTerminated, null),
        ["refunded"] = (Agreement, Request, State with { End = NotInForce.DealRefunded }, DecisionReason.DealRefunded, null),
        ["charged back"] = (Agreement, Request, State with { End = NotInForce.DealChargedBack }, DecisionReason.DealChargedBack, null),
        ["licence revoked"] = (Agreement, Request, State with { End = NotInForce.LicenceRevoked }, DecisionReason.LicenceRevoked, null),
    };

    public static TheoryData<string> Rows => [.. Cases.Keys];

    private static Prohibition Abroad => NoDistribution with { Constraints = [new Constraint(LeftOperand.Spatial, ConstraintOperator.Neq, "CN-33")] };

    [Theory, MemberData(nameof(Rows))]
    public void A_use_is_permitted_or_denied_with_the_rule_that_decided(string row)
    {
        var (policy, request, state, reason, by) = Cases[row];

        var decision = PolicyEvaluator.Evaluate(policy, request, state);

        Assert.Equal(reason, decision.Reason);
        Assert.Equal(by, decision.DecidedBy?.Uid);
        Assert.Equal(reason == DecisionReason.Permitted ? Verdict.Permit : Verdict.Deny, decision.Verdict);
    }

    [Fact]
    public void Every_reason_has_its_row() =>
        Assert.Equal(Enum.GetValues<DecisionReason>(), Cases.Values.Select(row => row.Reason).Distinct().Order());

    [Fact]
    public void Of_every_rule_it_is_said_why_it_does_not_apply()
    {
        var unpaid = Decide(state: State with { Fulfilled = null });
        Assert.Equal([(MayUse.Uid, RuleOutcome.DutyNotFulfilled), (NoDistribution.Uid, RuleOutcome.OtherAction)], unpaid.Rules.Select(report => (report.Rule.Uid, report.Outcome)));
        Assert.Same(Pay, unpaid.Rules[0].Duty);
        Assert.Same(unpaid.Rules[0], unpaid.Nearest);

        var elsewhere = Decide(request: Request with { Region = "SG" });
        Assert.Equal(LeftOperand.Spatial, elsewhere.Nearest!.Failed!.Left);
        Assert.True(elsewhere.Nearest.Known);
        Assert.False(Decide(request: Request with { Region = null }).Nearest!.Known);
    }

    [Theory]
    [InlineData("extract", "reproduce", true)]
    [InlineData("extract", "use", true)]
    [InlineData("display", "use", true)]
    [InlineData("sell", "transfer", true)]
    [InlineData("give", "transfer", true)]
    [InlineData("sell", "use", false)]
    [InlineData("use", "sell", false)]
    [InlineData("use", "read", false)]
    [InlineData("distribute", "use", true)]
    [InlineData("dx:internal-analysis", "use", true)]
    [InlineData("dx:internal-analysis", "transfer", false)]
    public void Actions_are_included_in_others_as_in_the_vocabulary(string action, string other, bool included) =>
        Assert.Equal(included, PolicyAction.IsIncludedIn(action, other));

    private static Permission Constrained(LeftOperand left, ConstraintOperator @operator, string right) => MayUse with { Constraints = [new(left, @operator, right)] };

    private static Policy Only(Permission permission) => Agreement with { Permissions = [permission], Prohibitions = [] };

    private static Policy With(Prohibition prohibition) => Agreement with { Prohibitions = [prohibition] };
}
