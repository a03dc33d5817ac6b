using System.Globalization;
using DataExchange.Domain;

namespace DataExchange.Policies.Tests;

/// <summary>The same semantics, written once more as plainly as can be: only whether a use is permitted.</summary>
internal static class NaiveEvaluator
{
    private static readonly Dictionary<string, string[]> Wider = new()
    {
        ["use"] = ["use"],
        ["read"] = ["read", "use"],
        ["play"] = ["play", "use"],
        ["display"] = ["display", "play", "use"],
        ["distribute"] = ["distribute", "use"],
        ["dx:call"] = ["dx:call", "use"],
        ["transfer"] = ["transfer"],
        ["sell"] = ["sell", "transfer"],
    };

    internal static readonly string[] Actions = [.. Wider.Keys];

    internal static bool Permits(Policy policy, UseRequest request, PolicyState state)
    {
        if (policy.Kind == PolicyKind.Offer || state.End != null)
        {
            return false;
        }

        var allowed = false;
        foreach (var rule in policy.Permissions)
        {
            var met = Wider[request.Action].Contains(rule.Action) && rule.Target == request.Target && (rule.Assignee == null || rule.Assignee == request.Party);
            foreach (var constraint in rule.Constraints)
            {
                met = met && IsMet(constraint, request, state) == true;
            }

            foreach (var duty in rule.Duties)
            {
                met = met && state.Fulfilled != null && state.Fulfilled.Contains(duty.Uid);
            }

            allowed = allowed || met;
        }

        var forbidden = false;
        foreach (var rule in policy.Prohibitions)
        {
            var met = Wider[request.Action].Contains(rule.Action) && rule.Target == request.Target
                && (rule.Assignee == null || request.Party == null || rule.Assignee == request.Party);
            foreach (var constraint in rule.Constraints)
            {
                met = met && IsMet(constraint, request, state) != false;
            }

            forbidden = forbidden || met;
        }

        return allowed && (!forbidden || policy.Conflict == ConflictStrategy.Perm);
    }

    private static bool? IsMet(Constraint constraint, UseRequest request, PolicyState state)
    {
        var right = constraint.Right[0];
        switch (constraint.Left)
        {
            case LeftOperand.Purpose when request.Purpose == null:
            case LeftOperand.Spatial when request.Region == null:
                return null;
            case LeftOperand.Purpose:
                return constraint.Operator == ConstraintOperator.Eq ? request.Purpose == right : request.Purpose != right;
            case LeftOperand.Spatial:
                return request.Region == right || request.Region!.StartsWith(right + "-", StringComparison.Ordinal);
            case LeftOperand.DateTime:
                return constraint.Operator == ConstraintOperator.Lt ? request.At < SimulatedTime.Parse(right) : request.At >= SimulatedTime.Parse(right);
            default:
                return state.UsesSoFar + request.Uses <= int.Parse(right, CultureInfo.InvariantCulture);
        }
    }
}
