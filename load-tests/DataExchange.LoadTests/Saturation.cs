namespace DataExchange.LoadTests;

/// <summary>One step of a search for the limit.</summary>
/// <param name="Rate">Operations a second that were asked for.</param>
/// <param name="Achieved">Operations a second that ended well.</param>
/// <param name="P99">Latency that 99 of 100 did not exceed, nanoseconds.</param>
/// <param name="IsKept">Whether the objective was kept and the run was valid.</param>
/// <param name="Why">Why not; empty when it was.</param>
public sealed record SaturationStep(double Rate, double Achieved, long P99, bool IsKept, string Why);

/// <summary>Raises the rate until an objective breaks, and then looks for the knee between the last rate that kept it and the first that did not.</summary>
/// <param name="objective">What must be kept.</param>
/// <param name="run">Runs a rate.</param>
public sealed class Saturation(LoadThreshold objective, Func<double, CancellationToken, Task<LoadResult>> run)
{
    private const double Growth = 1.5;
    private const double Precision = 0.1;
    private const int MostSteps = 24;
    // Whoever does nearly all that is asked may be able to do more.
    private const double NearlyAll = 0.8;
    private const int MostDoublings = 6;

    /// <summary>Searches.</summary>
    /// <param name="from">The first rate, more than 0.</param>
    /// <param name="step">Hears of each step.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The steps in their order, and the highest rate that kept the objective; 0 when not even the first did.</returns>
    public async Task<(IReadOnlyList<SaturationStep> Steps, double Knee)> SearchAsync(double from, Action<SaturationStep> step, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(from, 0);
        ArgumentNullException.ThrowIfNull(step);
        var steps = new List<SaturationStep>();
        var (kept, broken, rate) = (0.0, double.PositiveInfinity, from);
        while (steps.Count < MostSteps && (double.IsInfinity(broken) || broken - kept > Precision * broken) && (kept > 0 || steps.Count == 0 || rate >= from / 64))
        {
            var result = await run(rate, cancellation).ConfigureAwait(false);
            var why = result.Problems.Count > 0 ? result.Problems[0]
                : !objective.IsKeptBy(result) ? $"{objective.Text} is broken"
                : !result.IsValid ? $"not valid: {result.Invalid[0]}"
                : result.Shed + result.Failed > 0 ? $"{result.Shed:N0} refused, {result.Failed:N0} failed" : "";
            steps.Add(new SaturationStep(rate, result.AchievedRate, result.At(99), why.Length == 0, why));
            step(steps[^1]);
            if (why.Length == 0)
            {
                kept = rate;
            }
            else
            {
                broken = Math.Min(broken, rate);
            }

            rate = double.IsInfinity(broken) ? rate * Growth : kept == 0 ? rate / 2 : (kept + broken) / 2;
        }

        return (steps, kept);
    }

    /// <summary>Runs a rate past what the target can do, as often doubled as it takes: what it does then is its throughput, and not what it was asked for.</summary>
    /// <param name="from">The first rate, more than 0.</param>
    /// <param name="run">Runs a rate.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The last run, and whether it was past capacity.</returns>
    public static async Task<(LoadResult Result, bool IsPast)> OverloadAsync(double from, Func<double, CancellationToken, Task<LoadResult>> run, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(from, 0);
        ArgumentNullException.ThrowIfNull(run);
        var result = await run(from, cancellation).ConfigureAwait(false);
        for (var doublings = 0; result.AchievedRate > NearlyAll * result.IntendedRate && doublings < MostDoublings; doublings++)
        {
            from *= 2;
            result = await run(from, cancellation).ConfigureAwait(false);
        }

        return (result, result.AchievedRate <= NearlyAll * result.IntendedRate);
    }
}
