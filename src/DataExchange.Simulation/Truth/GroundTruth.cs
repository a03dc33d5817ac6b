namespace DataExchange.Simulation.Truth;

/// <summary>
/// What only the simulation knows: private values and needs. No event says any of it and no decision of the exchange rests on it; it is noted to measure how well the
/// market did. Same scenario and seed, same truth.
/// </summary>
/// <param name="isKept">Whether anything is noted at all: trials and runs that measure nothing of it keep nothing, as it grows with every look at a product.</param>
public sealed class GroundTruth(bool isKept = true)
{
    private readonly List<Opportunity> _opportunities = [];
    private readonly List<RequirementTruth> _requirements = [];
    private readonly List<SignalTruth> _signals = [];

    private readonly List<ManipulationTruth> _manipulations = [];

    /// <summary>The deals that were no business, in the order of simulated time.</summary>
    public IReadOnlyList<ManipulationTruth> Manipulations => _manipulations;

    /// <summary>Notes a deal that is no business.</summary>
    public void Note(ManipulationTruth manipulation)
    {
        ArgumentNullException.ThrowIfNull(manipulation);
        if (isKept)
        {
            _manipulations.Add(manipulation);
        }
    }

    /// <summary>Every look at a product with a value in mind, in the order of simulated time.</summary>
    public IReadOnlyList<Opportunity> Opportunities => _opportunities;

    /// <summary>The needs behind requirements, in the order in which these were answered.</summary>
    public IReadOnlyList<RequirementTruth> Requirements => _requirements;

    /// <summary>The products that were brought for requirements that had lapsed, in the order in which providers heard of them.</summary>
    public IReadOnlyList<SignalTruth> Signals => _signals;

    /// <summary>Notes the need behind a requirement.</summary>
    public void Note(RequirementTruth requirement)
    {
        ArgumentNullException.ThrowIfNull(requirement);
        if (isKept)
        {
            _requirements.Add(requirement);
        }
    }

    /// <summary>Notes a product that is brought for a requirement.</summary>
    public void Note(SignalTruth signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (isKept)
        {
            _signals.Add(signal);
        }
    }

    /// <summary>Notes an opportunity.</summary>
    public void Note(Opportunity opportunity)
    {
        ArgumentNullException.ThrowIfNull(opportunity);
        if (isKept)
        {
            _opportunities.Add(opportunity);
        }
    }
}
