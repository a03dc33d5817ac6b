using DataExchange.Domain;
using DataExchange.Domain.Pricing;
using DataExchange.Simulation.Agents.Books;
using DataExchange.Simulation.Agents.Shocks;
using DataExchange.Simulation.Agents.Strategies;
using DataExchange.Simulation.Kernel;
using DataExchange.Simulation.Population;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;
using DataExchange.Simulation.Truth;

namespace DataExchange.Simulation.Agents;

/// <summary>What the population is made from.</summary>
/// <param name="Graph">The industry chain graph.</param>
/// <param name="Calendar">Working days.</param>
/// <param name="Words">Names and titles.</param>
public sealed record PopulationSource(IndustryChainGraph Graph, WorkCalendar Calendar, Vocabulary Words)
{
    /// <summary>The strategies that a scenario's agents may follow.</summary>
    public StrategyCatalogue Strategies { get; init; } = StrategyCatalogue.BuiltIn;
}

/// <summary>The surroundings that all agents share: time, calendar, scenario, the public view of the shelves.</summary>
public sealed class Market
{
    private const int OfficeOpens = 9 * 3_600;
    private const int OfficeHours = 8 * 3_600;

    /// <summary>Makes the surroundings of one run.</summary>
    public Market(EventKernel kernel, Scenario scenario, PopulationSource source, ulong seed, bool keepsTruth = true)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(source);
        (Kernel, Scenario, Source, Seed) = (kernel, scenario, source, seed);
        Truth = new GroundTruth(keepsTruth);
        Shelf = new ShelfView(source.Graph);
        Asked = new ShelfView(source.Graph);
        Shocks = new MarketShocks(this);
    }

    /// <summary>Time and the way to the exchange.</summary>
    public EventKernel Kernel { get; }

    /// <summary>The scenario, with calibrated and scaled parameters, as it is now: a policy may change settings on a day.</summary>
    public Scenario Scenario { get; private set; }

    /// <summary>What happens on certain days.</summary>
    public MarketShocks Shocks { get; }

    /// <summary>Graph, calendar and words.</summary>
    public PopulationSource Source { get; }

    /// <summary>Seed of the run.</summary>
    public ulong Seed { get; }

    /// <summary>What everybody can see on the shelves.</summary>
    public ShelfView Shelf { get; }

    /// <summary>
    /// The part of the shelves with the products that were brought for requirements: in sight of those who post some, and apart, so that they shift
    /// no draw over the others.
    /// </summary>
    public ShelfView Asked { get; }

    /// <summary>The part of the shelves that a product stands in.</summary>
    public ShelfView ShelfOf(ProductPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.IsAsked ? Asked : Shelf;
    }

    /// <summary>What everybody can see in the venues' registers.</summary>
    public DealRegister Register { get; } = new();

    /// <summary>The order books that were opened so far.</summary>
    public OpenBooks Books { get; } = new();

    /// <summary>What only the simulation knows.</summary>
    public GroundTruth Truth { get; }

    /// <summary>Takes settings that a policy changes.</summary>
    /// <param name="after">The scenario as it is from now on.</param>
    public void Change(Scenario after) => Scenario = PolicyChange.Apply(Scenario, after);

    /// <summary>What a product is compared by.</summary>
    public ProductTraits TraitsOf(ProductPlan plan, LicenceKind licence)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(Source.Graph.SubTracks[plan.SubTrack].Id, plan.Category, plan.Form, licence, Register.QualityOf(plan.Product));
    }

    /// <summary>The stream of an agent: its draws depend on the seed and its name alone.</summary>
    public RandomStream StreamOf(string agent) => new(Seed, agent);

    /// <summary>A moment in office hours on the working day so many working days after now.</summary>
    public SimulatedTime Office(RandomStream random, int workingDays) => OfficeAt(random, Kernel.Now.Date, workingDays);

    /// <summary>A moment in office hours on the working day so many working days after (or before) a day.</summary>
    public SimulatedTime OfficeAt(RandomStream random, DateOnly day, int workingDays)
    {
        ArgumentNullException.ThrowIfNull(random);
        var worked = Source.Calendar.AddWorkingDays(day, workingDays);
        return SimulatedTime.On(worked, OfficeOpens + random.NextInt32(OfficeHours));
    }
}

/// <summary>One who acts: a party with its own random stream.</summary>
/// <param name="market">The surroundings.</param>
/// <param name="party">Who it is on the market.</param>
public abstract class Agent(Market market, PartyId party)
{
    /// <summary>The surroundings.</summary>
    protected Market Market { get; } = market;

    /// <summary>Who it is on the market.</summary>
    public PartyId Party { get; } = party;

    /// <summary>Its random stream.</summary>
    protected RandomStream Random { get; } = market.StreamOf(party.Value);

    /// <summary>Time and the way to the exchange.</summary>
    protected EventKernel Kernel => Market.Kernel;

    /// <summary>The present moment.</summary>
    protected SimulatedTime Now => Market.Kernel.Now;
}
