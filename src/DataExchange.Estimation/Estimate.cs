namespace DataExchange.Estimation;

/// <summary>How well a parameter is known.</summary>
public enum Standing
{
    /// <summary>Its interval says more than its range did.</summary>
    Identified,

    /// <summary>Its interval is wider than what a parameter somewhere in its range would have: the moments say less about it than the range.</summary>
    Weak,

    /// <summary>It can be moved, together with others, without the moments telling.</summary>
    Unidentified,

    /// <summary>Over the whole of its range the moments that tell it from noise move by less than one standard error in all.</summary>
    WithoutMoment,

    /// <summary>The search ended at an end of its range: the range decides, and there is no interval.</summary>
    AtItsBound,
}

/// <summary>A moment's part in a parameter.</summary>
/// <param name="Slope">Change of the moment for each unit of the parameter.</param>
/// <param name="SlopeError">Its standard error over the seeds.</param>
/// <param name="Elasticity">Relative change of the moment for a relative change of the parameter; null where one of them is 0.</param>
/// <param name="Errors">How many standard errors of the moment it moves over the whole of the parameter's range.</param>
/// <param name="Share">Which part of the estimate's variance comes from the moment's (after Andrews, Gentzkow and Shapiro 2017), 0 to 1; null without an interval.</param>
public sealed record Influence(double Slope, double SlopeError, double? Elasticity, double Errors, double? Share);

/// <summary>A parameter as estimated.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Value">Its estimate.</param>
/// <param name="StandardError">Its standard error; null when it is unidentified or at its bound.</param>
/// <param name="Low">Lower end of the 95 % interval, within the range, by Student's t as far as the error was measured from the seeds; null without a standard error.</param>
/// <param name="High">Upper end.</param>
/// <param name="Standing">How well it is known.</param>
/// <param name="Influences">Of each moment, in their order.</param>
public sealed record ParameterEstimate(
    FreeParameter Parameter, double Value, double? StandardError, double? Low, double? High, Standing Standing, IReadOnlyList<Influence> Influences);

/// <summary>A moment as reached.</summary>
/// <param name="Moment">The moment.</param>
/// <param name="Reached">Mean over the seeds.</param>
/// <param name="Spread">Standard deviation from seed to seed.</param>
/// <param name="StandardError">Of the deviation: the target's and the simulation's together.</param>
/// <param name="Errors">The deviation in these errors.</param>
public sealed record MomentFit(Moment Moment, double Reached, double Spread, double StandardError, double Errors);

/// <summary>A direction in which all parameters move together, from the best known to the least.</summary>
/// <param name="SingularValue">How many standard errors the moments move in all when the parameters move by a whole range in this direction; slopes that the seeds do not tell from noise are left out.</param>
/// <param name="Noise">The standard error of the moments' moves over the seeds, in all.</param>
/// <param name="Parts">Of each parameter, in their order, how far it moves, in its ranges; the squares sum to 1.</param>
/// <param name="IsIdentified">Whether the moments tell a move in this direction of less than a range.</param>
public sealed record Direction(double SingularValue, double Noise, IReadOnlyList<double> Parts, bool IsIdentified);

/// <summary>The test of what moments beyond the number of parameters say (Hansen's J).</summary>
/// <param name="Statistic">The statistic.</param>
/// <param name="DegreesOfFreedom">Moments less parameters that are identified.</param>
/// <param name="PValue">How likely as much or more is when the model is right.</param>
/// <param name="IsDiagonal">Whether moments were taken to err independently, as too few seeds say how they go together.</param>
public sealed record OveridentificationTest(double Statistic, int DegreesOfFreedom, double PValue, bool IsDiagonal);

/// <summary>What came of an estimation.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="Moments">The moments.</param>
/// <param name="Objective">g'Wg at the estimate.</param>
/// <param name="ObjectiveAtStart">The same at the starting values.</param>
/// <param name="Test">Null when there are no more moments than identified parameters.</param>
/// <param name="Directions">Directions, the best known first, of the parameters that are not at a bound.</param>
/// <param name="ConditionNumber">Largest by smallest singular value; null when the smallest is 0.</param>
/// <param name="Steps">Steps of the search.</param>
/// <param name="IsSettled">Whether it ended because nothing near was better.</param>
/// <param name="Points">Points at which the model was run, with every seed.</param>
public sealed record Estimate(
    IReadOnlyList<ParameterEstimate> Parameters, IReadOnlyList<MomentFit> Moments, double Objective, double ObjectiveAtStart, OveridentificationTest? Test,
    IReadOnlyList<Direction> Directions, double? ConditionNumber, int Steps, bool IsSettled, int Points);
