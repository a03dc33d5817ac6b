using DataExchange.Domain;
using DataExchange.Policies;
using DataExchange.Reports.Words;

namespace DataExchange.Cli.Running;

/// <summary>Policies and decisions in words.</summary>
internal static class PolicyWords
{
    private static readonly Dictionary<string, Text> Actions = new()
    {
        ["use"] = new("使用", "use"),
        ["transfer"] = new("转让", "transfer"),
        ["sell"] = new("转售", "sell on"),
        ["distribute"] = new("向第三方提供数据", "distribute the data"),
        ["grantUse"] = new("再许可", "sub-license"),
        ["compensate"] = new("付款", "pay"),
        ["dx:call"] = new("调用接口", "call the interface"),
    };

    public static Text Of(PolicyKind kind) => kind switch
    {
        PolicyKind.Offer => new("要约", "Offer"),
        PolicyKind.Agreement => new("协议", "Agreement"),
        _ => new("策略", "Set"),
    };

    public static Text OfAction(string action) => Actions.TryGetValue(action, out var words) ? words : new(action, action);

    public static Text Of(PolicyRule rule) => rule switch
    {
        Permission => new("允许", "permission"),
        Prohibition => new("禁止", "prohibition"),
        _ => new("义务", "duty"),
    };

    public static Text Of(DecisionReason reason) => reason switch
    {
        DecisionReason.Permitted => new("有规则允许", "a rule permits it"),
        DecisionReason.Prohibited => new("被规则禁止", "a rule prohibits it"),
        DecisionReason.PolicyVoid => new("规则冲突，策略无效", "rules conflict, which voids the policy"),
        DecisionReason.OfferGrantsNothing => new("要约不授予权利", "an offer grants nothing"),
        DecisionReason.Expired => new("期限已过", "the term is over"),
        DecisionReason.UsedUp => new("次数已用完", "the uses are used up"),
        DecisionReason.ConditionNotMet => new("不满足条件", "a condition is not met"),
        DecisionReason.DutyNotFulfilled => new("义务未履行", "a duty is not fulfilled"),
        DecisionReason.NothingPermits => new("没有规则允许", "nothing permits it"),
        DecisionReason.NotRegistered => new("交易尚未登记", "the transaction is not registered yet"),
        DecisionReason.DealTerminated => new("交易已终止", "the deal was terminated"),
        DecisionReason.DealRefunded => new("交易已退款", "the deal was refunded"),
        DecisionReason.DealChargedBack => new("交易已追索退款", "the deal was charged back"),
        DecisionReason.LicenceRevoked => new("许可已收回", "the licence was revoked"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "unknown reason"),
    };

    /// <summary>Why a rule applies or not.</summary>
    public static Text Of(RuleReport report) => report.Outcome switch
    {
        RuleOutcome.Applies => new("适用", "applies"),
        RuleOutcome.OtherAction => new("针对其他行为", "is about another action"),
        RuleOutcome.OtherTarget => new("针对其他产品", "is about another product"),
        RuleOutcome.OtherParty => new("针对其他主体", "is for another party"),
        RuleOutcome.DutyNotFulfilled => new($"义务未履行：{OfAction(report.Duty!.Action).Zh}", $"duty not fulfilled: {OfAction(report.Duty.Action).En}"),
        _ => Condition(report),
    };

    public static Text Of(Constraint constraint)
    {
        var operand = constraint.Left switch
        {
            LeftOperand.Purpose => new Text("用途", "purpose"),
            LeftOperand.Spatial => new Text("地域", "region"),
            LeftOperand.DateTime => new Text("时间", "time"),
            LeftOperand.Count => new Text("次数", "uses"),
            LeftOperand.ElapsedTime => new Text("天数", "days"),
            LeftOperand.Recipient => new Text("接收方", "recipient"),
            LeftOperand.PayAmount => new Text("金额（元）", "amount in yuan"),
            LeftOperand.LicencesIssued => new Text("发放份数", "licences issued"),
            _ => new Text("准入等级", "admitted for"),
        };
        var by = constraint.Operator switch
        {
            ConstraintOperator.Eq => "=",
            ConstraintOperator.Neq => "≠",
            ConstraintOperator.Lt => "<",
            ConstraintOperator.Lteq => "≤",
            ConstraintOperator.Gt => ">",
            ConstraintOperator.Gteq => "≥",
            ConstraintOperator.IsPartOf => "⊆",
            ConstraintOperator.HasPart => "⊇",
            _ => Vocabulary.NameOf(constraint.Operator),
        };
        var right = string.Join(", ", constraint.Right.Select(value => constraint.Left == LeftOperand.PayAmount && long.TryParse(value, out var fen) ? new Money(fen).ToString() : value));
        return new Text($"{operand.Zh} {by} {right}", $"{operand.En} {by} {right}");
    }

    private static Text Condition(RuleReport report)
    {
        var words = Of(report.Failed!);
        return report.Known
            ? new Text($"不满足：{words.Zh}", $"not met: {words.En}")
            : new Text($"未说明，无法判断：{words.Zh}", $"not told, so not met: {words.En}");
    }
}
