using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace DataExchange.LoadTests.NBomber;

/// <summary>
/// Runs a scenario with NBomber (6.x), which also writes its own reports into <c>nbomber-reports</c>. Written against NBomber's documentation; everything that
/// can be tested without it is in <see cref="StepRecorder"/>.
/// </summary>
public sealed class NBomberRunnerAdapter : ILoadRunner
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async Task<LoadResult> RunAsync(
        LoadScenario scenario, LoadProfile profile, RunnerOptions options, IProgress<LoadSecond>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(profile);
        if (profile.HasInstants)
        {
            throw new NotSupportedException($"{scenario.Name} has times of its own for its operations, and NBomber knows rates alone: run it with the built-in runner");
        }

        await scenario.InitAsync(profile, cancellation).ConfigureAwait(false);
        var recorder = new StepRecorder(scenario, profile);
        var props = Scenario.Create(scenario.Name, async _ => await recorder.NextAsync(cancellation).ConfigureAwait(false) switch
        {
            null or { Status: StepStatus.Ok } => Response.Ok(),
            { Kind: var kind } => Response.Fail(statusCode: kind),
        })
        // NBomber stops a test at 5,000 failures unless it is told otherwise; what is shed past capacity is a failure to it.
        .WithMaxFailCount(int.MaxValue).WithoutWarmUp().WithLoadSimulations([.. profile.Phases.Select(SimulationOf)]);
        NBomberRunner.RegisterScenarios(props).WithReportFolder("nbomber-reports").WithReportFormats(ReportFormat.Html, ReportFormat.Csv, ReportFormat.Md).Run();
        var problems = cancellation.IsCancellationRequested ? [] : await scenario.VerifyAsync(cancellation).ConfigureAwait(false);
        return recorder.Result("nbomber", problems);
    }

    // NBomber's rates are whole numbers for an interval of a second.
    private static LoadSimulation SimulationOf(LoadPhase phase) => phase.From == phase.To
        ? Simulation.Inject(rate: (int)Math.Ceiling(phase.To), interval: Second, during: phase.Duration)
        : Simulation.RampingInject(rate: (int)Math.Ceiling(phase.To), interval: Second, during: phase.Duration);
}
