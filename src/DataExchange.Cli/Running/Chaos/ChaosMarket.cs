using DataExchange.Domain;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Population;
using DataExchange.Services;
using DataExchange.Simulation;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Scenarios;
using DataExchange.Trust;

namespace DataExchange.Cli.Running.Chaos;

/// <summary>
/// The market that faults are made in: the Hangzhou scenario with a handful of products, not calibrated; and what it comes to where nothing goes wrong.
/// </summary>
internal sealed class ChaosMarket
{
    public const string Name = "hangzhou-2025";
    public const ulong Seed = 20250531;

    /// <summary>The factor on products, firms and volume.</summary>
    public const double Scale = 0.004;

    private readonly string?[] _lines;

    private ChaosMarket(Scenario scenario, PopulationSource source, InMemoryMarket made, bool isLateHalf)
    {
        (Scenario, Source, Facts, Commands) = (scenario, source, made.Facts, made.Commands);
        _lines = new string?[Facts.Count];
        var first = isLateHalf ? made.Eventful.Count / 2 : 0;
        Eventful = [.. made.Eventful.Skip(first)];
        (CommandsBefore, FactsBefore) = isLateHalf ? (Eventful[0] - 1, made.FactsBefore[first]) : (0, 0);
    }

    public Scenario Scenario { get; }

    public PopulationSource Source { get; }

    /// <summary>The facts in the order in which one process records them.</summary>
    public IReadOnlyList<RecordedEvent> Facts { get; }

    /// <summary>Commands of the whole market.</summary>
    public long Commands { get; }

    /// <summary>How many of the commands are given before the services begin.</summary>
    public long CommandsBefore { get; }

    /// <summary>How many of the facts are in the store before the services begin.</summary>
    public int FactsBefore { get; }

    /// <summary>Numbers of the commands to the services, from 1, of which something came: most of the others look at logs in months when little happens.</summary>
    public IReadOnlyList<long> Eventful { get; }

    /// <summary>A fact as it is compared.</summary>
    public static string Line(string stream, long version, Event fact) =>
        $"{stream} {version} {EventRegistry.NameOf(fact)} {System.Text.Encoding.UTF8.GetString(EventJson.Write(fact))}";

    /// <summary>A fact of <see cref="Facts"/> as it is compared.</summary>
    /// <param name="index">Its place, from 0.</param>
    public string LineOf(int index) => _lines[index] ??= Line(Facts[index].Stream, Facts[index].Version, Facts[index].Data);

    /// <summary>The venues' keys.</summary>
    public static VenueKeys Keys() => VenueKeys.Derive(Name, Seed, Scale);

    /// <summary>Simulates it in this process.</summary>
    /// <param name="isLateHalf">Whether services do the later half of it alone, and find the rest in the store.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ChaosMarket> MakeAsync(bool isLateHalf, CancellationToken cancellation)
    {
        var scenario = Parameters.Scale(ScenarioCatalogue.Load(Name).Scenario, Scale);
        scenario = scenario with { Until = scenario.Venues.Max(venue => venue.Opens).AddDays(360) };
        var population = PopulationData.Load();
        var source = new PopulationSource(population.Graph, population.Calendar, population.Vocabulary);
        using var keys = Keys();
        var made = new InMemoryMarket(keys);
        await SimulationRun.ExecuteAsync(scenario, source, Seed, made, null, cancellation).ConfigureAwait(false);
        return new ChaosMarket(scenario, source, made, isLateHalf);
    }
}
