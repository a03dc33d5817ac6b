using DataExchange.Domain;

namespace DataExchange.Policies.Tests;

/// <summary>A policy with a rule of each kind, and a request that it permits: tests change one thing at a time.</summary>
internal static class Given
{
    internal const string Asset = "hdl:86.dex/product.P000001";
    internal const string Seller = "hdl:86.dex/party.provider-0001";
    internal const string Buyer = "hdl:86.dex/party.firm-0001";
    internal const string Uid = "hdl:86.dex/deal.D1#policy";

    internal static readonly SimulatedTime Noon = SimulatedTime.Parse("2024-03-01T12:00:00+08:00");

    internal static readonly Duty Pay = new(Uid + "-pay", "compensate", null, Seller, Buyer, [new Constraint(LeftOperand.PayAmount, ConstraintOperator.Eq, "100000")]);

    internal static readonly Permission MayUse = new(
        Uid + "-use", "use", Asset, Seller, Buyer,
        [
            new Constraint(LeftOperand.Purpose, ConstraintOperator.Eq, "授信审批"),
            new Constraint(LeftOperand.Spatial, ConstraintOperator.IsPartOf, "CN"),
            new Constraint(LeftOperand.DateTime, ConstraintOperator.Lt, Noon.AddDays(30).ToString()),
            new Constraint(LeftOperand.Count, ConstraintOperator.Lteq, "10"),
        ],
        [Pay]);

    internal static readonly Prohibition NoDistribution = new(Uid + "-no-distribute", "distribute", Asset, Seller, Buyer, []);

    internal static readonly Policy Agreement = new(
        Uid, PolicyKind.Agreement, ConflictStrategy.Prohibit, [Vocabulary.Profile], [MayUse], [NoDistribution], []);

    internal static readonly UseRequest Request = new("read", Asset, Buyer, Noon, "授信审批", "CN-33");

    internal static readonly PolicyState State = new(UsesSoFar: 3, Since: Noon, Fulfilled: [Pay.Uid]);

    internal static PolicyDecision Decide(Policy? policy = null, UseRequest? request = null, PolicyState? state = null) =>
        PolicyEvaluator.Evaluate(policy ?? Agreement, request ?? Request, state ?? State);
}
