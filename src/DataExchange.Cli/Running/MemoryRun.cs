using DataExchange.EventStore;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Reports.ReadModels;
using DataExchange.Scenarios;
using DataExchange.Services;
using DataExchange.Simulation;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Truth;
using DataExchange.Trust;

namespace DataExchange.Cli.Running;

/// <summary>What a run in memory came to.</summary>
/// <param name="Calibrated">The scenario that was run, with what was solved.</param>
/// <param name="Events">Events recorded.</param>
/// <param name="Digest">The digest of all of them, the same as that of a store.</param>
/// <param name="Models">The read models.</param>
/// <param name="Deals">The deal register.</param>
/// <param name="Truth">What only the simulation knows.</param>
internal sealed record MemoryRunResult(CalibratedScenario Calibrated, long Events, string Digest, ReadModelSet Models, IReadOnlyList<DealEntry> Deals, GroundTruth Truth);

/// <summary>A whole run that stores nothing: the same engine, the same facts, the same digest, kept in memory until they are counted.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="seed">The seed.</param>
/// <param name="scale">Its size; some 1.6 million events at 1, all in memory.</param>
internal sealed class MemoryRun(LoadedScenario scenario, ulong seed, double scale)
{
    /// <summary>Runs it.</summary>
    /// <param name="source">The population.</param>
    /// <param name="progress">Hears how far it is, 0 to 1, and at which trial run and day; the last trial is the run itself.</param>
    /// <param name="cancellation">Stops it within a simulated day.</param>
    /// <param name="known">What was solved for the same seed and scale and a scenario that differs by levers and shocks alone; null to solve it.</param>
    /// <exception cref="Commands.WrongInputException">The scenario names strategies that are not there.</exception>
    public async Task<MemoryRunResult> ExecuteAsync(
        PopulationSource source, Action<double, int, DateOnly> progress, CancellationToken cancellation, CalibratedScenario? known = null)
    {
        AgentAssembly.EnsureServe(source.Strategies, scenario.Scenario, scenario.Origin);
        using var keys = VenueKeys.Derive(scenario.Scenario.Name, seed, scale);
        var trials = 0;
        var calibrated = known is not null ? Calibrator.Transfer(known, Parameters.Scale(scenario.Scenario, scale)) : await Calibrator.SolveScaledAsync(
            scenario.Scenario, scale, async (trial, stop) =>
            {
                trials++;
                var measurement = new Measurement();
                await SimulationRun.ExecuteAsync(trial, source, seed, new InProcessExchange(new MeasuringSink(measurement)), Told, stop, keepsTruth: false).ConfigureAwait(false);
                return measurement;
            }, cancellation).ConfigureAwait(false);
        trials++;
        var market = new InMemoryMarket(keys);
        var truth = await SimulationRun.ExecuteAsync(calibrated.Scenario, source, seed, market, Told, cancellation).ConfigureAwait(false);
        var deals = new List<DealEntry>();
        var models = new ReadModelFold(deals.Add);
        foreach (var fact in market.Facts)
        {
            models.Apply(fact.Stream, (int)fact.Version, fact.Data);
        }

        return new MemoryRunResult(calibrated, market.Facts.Count, DigestOf(market.Facts), models.Complete(), deals, truth);

        void Told(DateOnly day)
        {
            var from = scenario.Scenario.Venues.Min(venue => venue.Opens).DayNumber;
            // Most happens late: a power of the elapsed share is nearer to the share of the work.
            var share = Math.Pow(Math.Clamp((day.DayNumber - from) / (double)(scenario.Scenario.Until.DayNumber - from + 1), 0, 1), 4);
            progress(share, trials, day);
        }
    }

    private static string DigestOf(IReadOnlyList<RecordedEvent> facts)
    {
        using var digest = new StoreDigest();
        foreach (var stream in facts.GroupBy(fact => fact.Stream).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            digest.BeginStream(stream.Key);
            foreach (var fact in stream.OrderBy(fact => fact.Version))
            {
                digest.Append(EventRegistry.NameOf(fact.Data), EventJson.Write(fact.Data));
            }
        }

        return digest.Finish();
    }
}
