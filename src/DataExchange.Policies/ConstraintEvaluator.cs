namespace DataExchange.Policies;

/// <summary>Evaluates one constraint.</summary>
internal static class ConstraintEvaluator
{
    /// <summary>Whether a constraint is met.</summary>
    /// <param name="constraint">The constraint. One that is no constraint (<see cref="Constraint.Problem"/>) is unknown.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="state">The state of the world.</param>
    internal static Truth Evaluate(Constraint constraint, UseRequest request, PolicyState state)
    {
        if (constraint.Problem is not null)
        {
            return Truth.Unknown;
        }

        return Vocabulary.TypeOf(constraint.Left) is ValueType.Text or ValueType.Place
            ? OfText(constraint, TextOf(constraint.Left, request))
            : OfNumber(constraint, NumberOf(constraint.Left, request, state));
    }

    private static string? TextOf(LeftOperand left, UseRequest request) => left switch
    {
        LeftOperand.Purpose => request.Purpose,
        LeftOperand.Spatial => request.Region,
        LeftOperand.Recipient => request.Recipient,
        _ => null,
    };

    private static Int128? NumberOf(LeftOperand left, UseRequest request, PolicyState state) => left switch
    {
        LeftOperand.DateTime => request.At.UnixSeconds,
        LeftOperand.Count => (Int128)state.UsesSoFar + request.Uses,
        // A day that has begun counts: after exactly thirty days thirty have elapsed, a second later thirty-one.
        LeftOperand.ElapsedTime => state.Since is { } since ? WholeDays((Int128)request.At.UnixSeconds - since.UnixSeconds) : null,
        LeftOperand.LicencesIssued => state.LicencesIssued is { } issued ? (Int128)issued + 1 : null,
        LeftOperand.AdmittedFor => state.AdmittedFor is { } @class ? (Int128)(int)@class : null,
        _ => null,
    };

    private static Int128 WholeDays(Int128 seconds) =>
        seconds <= 0 ? 0 : (seconds + Domain.SimulatedTime.SecondsPerDay - 1) / Domain.SimulatedTime.SecondsPerDay;

    private static Truth OfText(Constraint constraint, string? value) => value is null ? Truth.Unknown : Of(constraint.Operator switch
    {
        ConstraintOperator.Eq or ConstraintOperator.IsA => constraint.Right[0] == value,
        ConstraintOperator.Neq => constraint.Right[0] != value,
        ConstraintOperator.IsPartOf => IsWithin(value, constraint.Right[0]),
        ConstraintOperator.HasPart => IsWithin(constraint.Right[0], value),
        ConstraintOperator.IsAnyOf => constraint.Right.Contains(value),
        ConstraintOperator.IsAllOf => constraint.Right.All(right => right == value),
        _ => !constraint.Right.Contains(value),
    });

    private static Truth OfNumber(Constraint constraint, Int128? value)
    {
        if (value is not { } left)
        {
            return Truth.Unknown;
        }

        Int128 right = Constraint.NumberOf(constraint.Left, constraint.Right[0])!.Value;
        return Of(constraint.Operator switch
        {
            ConstraintOperator.Eq => left == right,
            ConstraintOperator.Neq => left != right,
            ConstraintOperator.Lt => left < right,
            ConstraintOperator.Lteq => left <= right,
            ConstraintOperator.Gt => left > right,
            _ => left >= right,
        });
    }

    // CN-33-01 is within CN-33, and that within CN.
    private static bool IsWithin(string place, string other) =>
        place.StartsWith(other, StringComparison.Ordinal) && (place.Length == other.Length || place[other.Length] == '-');

    private static Truth Of(bool met) => met ? Truth.Yes : Truth.No;
}
