namespace DataExchange.Estimation;

/// <summary>A figure that the model is held against.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">What was published or measured.</param>
/// <param name="StandardError">
/// How far the target may be off, above 0, in its unit. Null: the target is one market as random as the model's, so its error is the spread that the model itself
/// has from seed to seed.
/// </param>
public sealed record Moment(string Name, double Target, double? StandardError);

/// <summary>A parameter that is estimated.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Where the search begins, from <paramref name="From"/> to <paramref name="To"/>.</param>
/// <param name="From">The least value.</param>
/// <param name="To">The largest value, above the least.</param>
public sealed record FreeParameter(string Name, double Start, double From, double To)
{
    /// <summary>The value at a place of the range.</summary>
    /// <param name="place">0 to 1.</param>
    public double At(double place) => From + (place * (To - From));

    /// <summary>The place of a value in the range, 0 to 1.</summary>
    /// <param name="value">The value.</param>
    public double PlaceOf(double value) => (value - From) / (To - From);
}

/// <summary>
/// Runs the model: at each of some points once for each seed, the same seeds at every point, so that points differ by their parameters alone (common random numbers).
/// </summary>
/// <param name="points">The parameters' values at each point, in the order of the problem.</param>
/// <param name="cancellation">Stops it.</param>
/// <returns>Of each point, of each seed, the moments in the order of the problem; NaN where a moment has no value, and null for a point at which the model cannot run.</returns>
public delegate Task<IReadOnlyList<double[][]?>> Simulate(IReadOnlyList<double[]> points, CancellationToken cancellation);

/// <summary>Parameters to be estimated so that simulated moments come near to given ones.</summary>
/// <param name="Moments">The moments, one at least.</param>
/// <param name="Parameters">The parameters, one at least.</param>
/// <param name="Seeds">Seeds at each point, 2 or more.</param>
/// <param name="Simulate">The model.</param>
public sealed record MomentProblem(IReadOnlyList<Moment> Moments, IReadOnlyList<FreeParameter> Parameters, int Seeds, Simulate Simulate)
{
    /// <summary>Weights of the moments' deviations, symmetric, moments by moments; null for the inverse of the variances that they have at the starting values.</summary>
    public double[,]? Weights { get; init; }

    /// <summary>Most steps of the search, 0 or more: 0 looks at the starting values alone.</summary>
    public int MostSteps { get; init; } = 12;

    /// <summary>How far to both sides of a point derivatives look, as a part of the range, above 0 to 0.25. Moments that count things are steps: too near, nothing or too much happens.</summary>
    public double Reach { get; init; } = 0.05;

    /// <exception cref="ArgumentException">Something is not allowed; the message names it.</exception>
    internal void Check()
    {
        Require(Moments.Count > 0, "moments: one at least is required");
        Require(Parameters.Count > 0, "parameters: one at least is required");
        Require(Seeds >= 2, $"seeds = {Seeds}: 2 or more are required, as their spread is part of the uncertainty");
        Require(MostSteps >= 0, $"steps = {MostSteps}: 0 or more are required");
        Require(Reach is > 0 and <= 0.25, $"reach = {Reach}: above 0, at most 0.25, is required");
        foreach (var moment in Moments)
        {
            Require(double.IsFinite(moment.Target), $"moment {moment.Name}: target '{moment.Target}' is not allowed: a number");
            Require(moment.StandardError is not { } error || (double.IsFinite(error) && error > 0), $"moment {moment.Name}: standardError '{moment.StandardError}' is not allowed: above 0, or none");
        }

        foreach (var parameter in Parameters)
        {
            Require(double.IsFinite(parameter.From) && double.IsFinite(parameter.To) && parameter.From < parameter.To, $"parameter {parameter.Name}: to = {parameter.To} must be above from = {parameter.From}");
            Require(parameter.Start >= parameter.From && parameter.Start <= parameter.To, $"parameter {parameter.Name}: start = {parameter.Start} must be from {parameter.From} to {parameter.To}");
        }

        Require(
            Weights is null || (Weights.GetLength(0) == Moments.Count && Weights.GetLength(1) == Moments.Count),
            $"weights: {Weights?.GetLength(0)} by {Weights?.GetLength(1)} are not allowed: {Moments.Count} by {Moments.Count}, one for each moment");

        static void Require(bool condition, string message)
        {
            if (!condition)
            {
                throw new ArgumentException(message);
            }
        }
    }
}

/// <summary>The model gives nothing to estimate from.</summary>
/// <param name="message">Why.</param>
public sealed class EstimationException(string message) : Exception(message);
