namespace DataExchange.Simulation.Truth;

/// <summary>
/// What only the simulation knows: private values and needs. No event says any of it and no decision of the exchange rests on it; it is noted to measure how well the
/// market did. Same scenario and seed, same truth.
/// </summary>
public sealed class GroundTruth
{
    private readonly List<Opportunity> _opportunities = [];

    /// <summary>Every look at a product with a value in mind, in the order of simulated time.</summary>
    public IReadOnlyList<Opportunity> Opportunities => _opportunities;

    /// <summary>Notes an opportunity.</summary>
    public void Note(Opportunity opportunity)
    {
        ArgumentNullException.ThrowIfNull(opportunity);
        _opportunities.Add(opportunity);
    }
}
