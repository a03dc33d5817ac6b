using DataExchange.Domain;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents.Strategies.BuiltIn;

/// <summary>
/// What strategies for the shelf have in common: visits at random times, a look at some of the offers, a value for each. What is usual is the median price of those
/// offers of the same licence that it ever looked at; a value is usual · f · exp(σ·Z), with f the strategy's.
/// </summary>
[AgentParameter("visitsPerMonth", 0.01, 1_000, 2, "Visits to the shelf in thirty days, on average (exponential between them)", "每月访问货架次数")]
[AgentParameter("looks", 1, 1_000, 10, "Offers that it looks at in a visit", "每次查看的产品数")]
[AgentParameter("valueSigma", 0, 3, 0.8, "Standard deviation of the logarithm of what an offer is worth to it", "估值对数标准差")]
public abstract class ShelfStrategy : IAgent
{
    private const int FewestForMedian = 3;
    private readonly Dictionary<LicenceKind, List<long>> _prices = [];
    private bool _isStarted;

    /// <inheritdoc />
    public async ValueTask<SimulatedTime?> ActAsync(IAgentMarket market)
    {
        ArgumentNullException.ThrowIfNull(market);
        if (_isStarted)
        {
            await VisitAsync(market, Look(market)).ConfigureAwait(true);
        }

        _isStarted = true;
        var days = 30 / market.Parameter("visitsPerMonth") * market.Random.NextExponential();
        return market.Now.AddSeconds(1 + (long)Math.Min(days * SimulatedTime.SecondsPerDay, int.MaxValue));
    }

    /// <summary>Decides what to buy.</summary>
    /// <param name="market">The market.</param>
    /// <param name="seen">The offers it looks at, with what they are worth to it, fen.</param>
    protected abstract ValueTask VisitAsync(IAgentMarket market, IReadOnlyList<(ShelfOffer Offer, long ValueFen)> seen);

    /// <summary>What an offer is worth in the middle, of the usual price.</summary>
    /// <param name="market">The market.</param>
    /// <param name="offer">The offer.</param>
    protected abstract double Factor(IAgentMarket market, ShelfOffer offer);

    private List<(ShelfOffer Offer, long ValueFen)> Look(IAgentMarket market)
    {
        var offers = market.Shelf.ToArray();
        var seen = new List<(ShelfOffer, long)>();
        for (var i = 0; i < Math.Min((int)market.Parameter("looks"), offers.Length); i++)
        {
            // The first places of a random order.
            var other = i + market.Random.NextInt32(offers.Length - i);
            (offers[i], offers[other]) = (offers[other], offers[i]);
            var usual = Usual(offers[i]) * Factor(market, offers[i]) * DeterministicMath.Exp(market.Parameter("valueSigma") * market.Random.NextNormal());
            seen.Add((offers[i], (long)Math.Clamp(Math.Round(usual), 0, 1e13)));
        }

        return seen;
    }

    private double Usual(ShelfOffer offer)
    {
        if (!_prices.TryGetValue(offer.Licence, out var prices))
        {
            _prices.Add(offer.Licence, prices = []);
        }

        var place = prices.BinarySearch(offer.PriceFen);
        prices.Insert(place < 0 ? ~place : place, offer.PriceFen);
        return prices.Count < FewestForMedian ? offer.PriceFen : prices[prices.Count / 2];
    }
}
