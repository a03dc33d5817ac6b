using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents.Strategies.BuiltIn;

/// <summary>
/// A firm to which good data are worth more: f = (quality/85)^elasticity, 85 being a usual score, and nothing below its least quality. In a visit it buys the one offer that leaves it most, if any
/// is worth its price, and pays in for it.
/// </summary>
[AgentStrategy("quality-sensitive-buyer", "质量敏感买方", "Buyer to whom value rises with the quality score")]
[AgentParameter("elasticity", 0, 50, 4, "Elasticity of value by quality", "质量弹性")]
[AgentParameter("leastQuality", 0, 100, 75, "Least score that it buys, of 100", "最低质量分")]
public sealed class QualitySensitiveBuyer : ShelfStrategy
{
    private const double UsualQuality = 85;

    /// <inheritdoc />
    protected override double Factor(IAgentMarket market, ShelfOffer offer)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(offer);
        return offer.Quality < market.Parameter("leastQuality") || offer.Quality <= 0 ? 0 : DeterministicMath.Pow(offer.Quality / UsualQuality, market.Parameter("elasticity"));
    }

    /// <inheritdoc />
    protected override async ValueTask VisitAsync(IAgentMarket market, IReadOnlyList<(ShelfOffer Offer, long ValueFen)> seen)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(seen);
        var (offer, value) = seen.Where(one => one.ValueFen >= one.Offer.PriceFen).OrderByDescending(one => one.ValueFen - one.Offer.PriceFen).FirstOrDefault();
        if (offer is not null)
        {
            await market.DepositAsync(offer.PriceFen - market.FundsFen).ConfigureAwait(true);
            await market.BuyAsync(offer, 1, value).ConfigureAwait(true);
        }
    }
}
