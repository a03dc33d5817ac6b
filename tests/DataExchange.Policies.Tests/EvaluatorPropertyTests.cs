using CsCheck;
using static DataExchange.Policies.Tests.Given;

namespace DataExchange.Policies.Tests;

/// <summary>What holds of every policy and every request.</summary>
public sealed class EvaluatorPropertyTests
{
    private static readonly Gen<Constraint> Constraints = Gen.OneOf(
        Gen.Select(Pick("a", "b"), Pick(ConstraintOperator.Eq, ConstraintOperator.Neq), (purpose, by) => new Constraint(LeftOperand.Purpose, by, purpose)),
        Pick("CN", "CN-33", "SG").Select(place => new Constraint(LeftOperand.Spatial, ConstraintOperator.IsPartOf, place)),
        Gen.Select(Gen.Int[0, 3], Pick(ConstraintOperator.Lt, ConstraintOperator.Gteq), (day, by) => new Constraint(LeftOperand.DateTime, by, Noon.AddDays(day).ToString())),
        Gen.Int[0, 4].Select(count => new Constraint(LeftOperand.Count, ConstraintOperator.Lteq, $"{count}")));

    private static readonly Gen<string?> Parties = Pick<string?>(null, Buyer, Seller);
    private static readonly Gen<string> Targets = Pick(Asset, Asset, Asset, Asset + "0");

    private static readonly Gen<Permission> Permissions = Gen.Select(
        Pick(NaiveEvaluator.Actions), Targets, Parties, Constraints.Array[0, 2], Pick("urn:paid", "urn:told").Array[0, 2], Gen.Int[0, 99_999],
        (action, target, party, constraints, duties, number) => new Permission(
            $"urn:permission:{number}", action, target, Seller, party, constraints, [.. duties.Select(duty => Pay with { Uid = duty })]));

    private static readonly Gen<Prohibition> Prohibitions = Gen.Select(
        Pick(NaiveEvaluator.Actions), Targets, Parties, Constraints.Array[0, 2], Gen.Int[0, 99_999],
        (action, target, party, constraints, number) => new Prohibition($"urn:prohibition:{number}", action, target, Seller, party, constraints));

    private static readonly Gen<Policy> Policies = Gen.Select(
        Pick(PolicyKind.Set, PolicyKind.Agreement, PolicyKind.Agreement, PolicyKind.Offer), Gen.Enum<ConflictStrategy>(), Permissions.Array[0, 4], Prohibitions.Array[0, 2],
        (kind, conflict, permissions, prohibitions) => new Policy(Uid, kind, conflict, [], permissions, prohibitions, []));

    private static readonly Gen<(UseRequest, PolicyState)> Situations = Gen.Select(
        Pick(NaiveEvaluator.Actions), Parties, Gen.Int[0, 3], Pick<string?>(null, "a", "b", "c"), Pick<string?>(null, "CN", "CN-33", "CN-33-01", "CNX", "SG"), Gen.Int[1, 3],
        Gen.Select(Gen.Int[0, 3], Pick("urn:paid", "urn:told").Array[0, 2], Pick<NotInForce?>(null, null, null, null, null, null, NotInForce.LicenceRevoked)),
        (action, party, day, purpose, region, uses, world) => (
            new UseRequest(action, Asset, party, Noon.AddDays(day), purpose, region, uses),
            new PolicyState(world.Item1, Noon, world.Item2, world.Item3)));

    [Fact]
    public void It_says_what_a_naive_evaluator_says()
    {
        var permitted = 0;
        Gen.Select(Policies, Situations).Sample((policy, situation) =>
        {
            var decision = PolicyEvaluator.Evaluate(policy, situation.Item1, situation.Item2);
            if (decision.Verdict == Verdict.Permit)
            {
                Interlocked.Increment(ref permitted);
            }

            return (decision.Verdict == Verdict.Permit) == NaiveEvaluator.Permits(policy, situation.Item1, situation.Item2);
        }, iter: 200_000);
        Assert.InRange(permitted, 2_000, 150_000);
    }

    [Fact]
    public void One_prohibition_more_never_makes_a_permit_of_a_deny() => Gen.Select(Policies, Prohibitions, Situations).Sample((policy, more, situation) =>
        Permits(policy, situation) || !Permits(policy with { Prohibitions = [.. policy.Prohibitions, more] }, situation));

    [Fact]
    public void One_permission_more_never_makes_a_deny_of_a_permit() => Gen.Select(Policies, Permissions, Situations).Sample(
        (policy, more, situation) => !Permits(policy, situation) || Permits(policy with { Permissions = [.. policy.Permissions, more] }, situation));

    [Fact]
    public void One_constraint_more_on_a_permission_never_makes_a_permit_of_a_deny() => Gen.Select(Policies, Constraints, Situations).Sample((policy, more, situation) =>
        Permits(policy, situation)
        || !Permits(policy with { Permissions = [.. policy.Permissions.Select(rule => rule with { Constraints = [.. rule.Constraints, more] })] }, situation));

    [Fact]
    public void More_uses_before_never_make_a_permit_of_a_deny() => Gen.Select(Policies, Situations, Gen.Int[1, 3]).Sample((policy, situation, more) =>
        Permits(policy with { Prohibitions = [] }, situation)
        || !Permits(policy with { Prohibitions = [] }, (situation.Item1, situation.Item2 with { UsesSoFar = situation.Item2.UsesSoFar + more })));

    [Fact]
    public void What_is_not_said_never_helps() => Gen.Select(Policies, Situations).Sample((policy, situation) =>
        Permits(policy, situation)
        || (!Permits(policy, (situation.Item1 with { Purpose = null }, situation.Item2))
            && !Permits(policy, (situation.Item1 with { Region = null }, situation.Item2))
            && !Permits(policy, (situation.Item1 with { Party = null }, situation.Item2))));

    [Fact]
    public void The_order_of_rules_does_not_matter() => Gen.Select(Policies, Situations).Sample((policy, situation) =>
    {
        var turned = policy with { Permissions = [.. policy.Permissions.Reverse()], Prohibitions = [.. policy.Prohibitions.Reverse()] };
        var (one, other) = (PolicyEvaluator.Evaluate(policy, situation.Item1, situation.Item2), PolicyEvaluator.Evaluate(turned, situation.Item1, situation.Item2));
        return (one.Verdict, one.Reason, one.DecidedBy?.Uid) == (other.Verdict, other.Reason, other.DecidedBy?.Uid);
    });

    [Fact]
    public void A_policy_that_is_written_and_read_is_the_same() => Policies.Where(policy => policy.Permissions.Count + policy.Prohibitions.Count > 0).Sample(policy =>
    {
        // Rules of an agreement name their parties and each rule has a name of its own.
        var sound = policy with
        {
            Permissions = [.. policy.Permissions.Select((rule, index) => rule with { Uid = $"urn:p:{index}", Assignee = rule.Assignee ?? Buyer, Duties = [.. rule.Duties.Select((duty, number) => duty with { Uid = $"urn:d:{index}:{number}" })] })],
            Prohibitions = [.. policy.Prohibitions.Select((rule, index) => rule with { Uid = $"urn:n:{index}", Assignee = rule.Assignee ?? Buyer })],
        };
        var text = PolicyWriter.Write(sound);
        return PolicyWriter.Write(PolicyReader.Read(text)) == text;
    }, iter: 2_000);

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static bool Permits(Policy policy, (UseRequest Request, PolicyState State) situation) =>
        PolicyEvaluator.Evaluate(policy, situation.Request, situation.State).Verdict == Verdict.Permit;
}
