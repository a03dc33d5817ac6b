namespace DataExchange.LoadTests;

/// <summary>Runs scenarios.</summary>
public interface ILoadRunner
{
    /// <summary>Runs a scenario: makes what it needs, loads the target, verifies.</summary>
    /// <param name="scenario">The scenario; it is not disposed of.</param>
    /// <param name="profile">When operations begin.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Hears of each second; null for nobody.</param>
    /// <param name="cancellation">Ends the run early; what was measured by then is the result.</param>
    Task<LoadResult> RunAsync(LoadScenario scenario, LoadProfile profile, RunnerOptions options, IProgress<LoadSecond>? progress = null, CancellationToken cancellation = default);
}
