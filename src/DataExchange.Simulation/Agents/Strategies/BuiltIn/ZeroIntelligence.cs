using DataExchange.Domain.Trading;

namespace DataExchange.Simulation.Agents.Strategies.BuiltIn;

/// <summary>
/// Zero-intelligence traders under a budget constraint, ZI-C (D. K. Gode, S. Sunder, "Allocative Efficiency of Markets with Zero-Intelligence Traders", Journal of Political Economy
/// 101, 1993): a bid is uniform from nothing to the value, an ask uniform from the cost to a ceiling; here lowest + highest, so that both sides are alike. They learn nothing; the
/// constraint alone makes most of the possible surplus real. Each time the earlier order is replaced.
/// </summary>
[AgentStrategy("zero-intelligence", "零智能交易者（ZI-C）", "Zero-intelligence traders with a budget constraint (Gode and Sunder 1993)", FewestMembers = 2)]
public sealed class ZeroIntelligence : InducedTrader
{
    /// <inheritdoc />
    protected override async ValueTask TradeAsync(IAgentMarket market, AgentBook book)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(book);
        await CancelAllAsync(market, book).ConfigureAwait(true);
        if (LimitFen(market, book) is not { } limit)
        {
            return;
        }

        var sells = Sells(market);
        var ceiling = Math.Max(limit, book.PostedPriceFen * (market.Parameter("lowest") + market.Parameter("highest")));
        var drawn = sells ? limit + ((ceiling - limit) * market.Random.NextDouble()) : limit * market.Random.NextDouble();
        await OfferAsync(market, book, sells ? BookSide.Sell : BookSide.Buy, 1, book.OnTick(drawn, down: !sells)).ConfigureAwait(true);
    }
}
