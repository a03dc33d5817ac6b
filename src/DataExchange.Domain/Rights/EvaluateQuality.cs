namespace DataExchange.Domain.Rights;

/// <summary>An evaluator graded the data.</summary>
/// <param name="Product">The product.</param>
/// <param name="Completeness">0 to 100 points.</param>
/// <param name="Accuracy">0 to 100 points.</param>
/// <param name="Timeliness">0 to 100 points.</param>
/// <param name="Consistency">0 to 100 points.</param>
[EventName("quality_evaluated")]
public sealed record QualityEvaluated(ProductId Product, int Completeness, int Accuracy, int Timeliness, int Consistency) : Event
{
    /// <summary>The mean of the four grades, in points, rounded down.</summary>
    public static int Score(int completeness, int accuracy, int timeliness, int consistency) =>
        (completeness + accuracy + timeliness + consistency) / 4;
}

/// <summary>Grades the data.</summary>
/// <param name="Product">The product.</param>
/// <param name="Completeness">0 to 100 points.</param>
/// <param name="Accuracy">0 to 100 points.</param>
/// <param name="Timeliness">0 to 100 points.</param>
/// <param name="Consistency">0 to 100 points.</param>
public sealed record EvaluateQuality(ProductId Product, int Completeness, int Accuracy, int Timeliness, int Consistency)
    : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state)
    {
        if (state.Stage != RightsStage.CompliancePassed)
        {
            return Decision.Reject(RightsDecider.Forbidden(state.Stage));
        }

        return IsGrade(Completeness) && IsGrade(Accuracy) && IsGrade(Timeliness) && IsGrade(Consistency)
            ? Decision.Accept(new QualityEvaluated(Product, Completeness, Accuracy, Timeliness, Consistency) { At = At, By = By })
            : Decision.Reject(Rejection.QualityOutOfRange);
    }

    private static bool IsGrade(int points) => points is >= 0 and <= 100;
}
