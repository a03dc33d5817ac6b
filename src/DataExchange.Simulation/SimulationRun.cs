using DataExchange.Domain;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Kernel;
using DataExchange.Simulation.Scenarios;
using DataExchange.Simulation.Truth;

namespace DataExchange.Simulation;

/// <summary>One run of a scenario against an exchange.</summary>
public static class SimulationRun
{
    /// <summary>Simulates the whole history.</summary>
    /// <param name="scenario">The scenario, calibrated and scaled.</param>
    /// <param name="source">What the population is made from.</param>
    /// <param name="seed">Seed of every random stream.</param>
    /// <param name="exchange">The market.</param>
    /// <param name="onDay">Called at each new simulated day; null for none.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <param name="keepsTruth">Whether what only the simulation knows is kept; it grows with every look at a product.</param>
    /// <returns>What only the simulation knows of it; empty where it is not kept.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<GroundTruth> ExecuteAsync(
        Scenario scenario, PopulationSource source, ulong seed, IExchange exchange, Action<DateOnly>? onDay, CancellationToken cancellation, bool keepsTruth = true)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var kernel = new EventKernel(exchange, SimulatedTime.On(scenario.Until.AddDays(1)));
        var market = new Market(kernel, scenario, source, seed, keepsTruth);
        new PopulationBuilder(market).Populate();
        await kernel.RunAsync(onDay, cancellation).ConfigureAwait(false);
        return market.Truth;
    }
}
