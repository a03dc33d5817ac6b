namespace DataExchange.Simulation.Agents.Strategies.BuiltIn;

/// <summary>
/// A firm with a budget for each month: it pays that in when the month begins, and of the offers that it looks at buys the one with the most value for its money, as often as
/// money is left and something is worth its price. What is left at the end of a month stays.
/// </summary>
[AgentStrategy("budgeted-buyer", "预算约束买方", "Buyer with a monthly budget, who looks for the most value for its money")]
[AgentParameter("budgetYuan", 1, 1e9, 10_000, "Budget of a calendar month, yuan", "月度预算（元）")]
public sealed class BudgetedBuyer : ShelfStrategy
{
    private int _funded;

    /// <inheritdoc />
    protected override double Factor(IAgentMarket market, ShelfOffer offer) => 1;

    /// <inheritdoc />
    protected override async ValueTask VisitAsync(IAgentMarket market, IReadOnlyList<(ShelfOffer Offer, long ValueFen)> seen)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(seen);
        var month = (market.Now.Date.Year * 12) + market.Now.Date.Month;
        if (_funded != month)
        {
            _funded = month;
            await market.DepositAsync((long)Math.Round(market.Parameter("budgetYuan") * 100)).ConfigureAwait(true);
        }

        // Fen are far below 2^53: the quotients are compared as they are on any machine.
        foreach (var (offer, value) in seen.Where(one => one.ValueFen >= one.Offer.PriceFen).OrderByDescending(one => one.ValueFen / (double)one.Offer.PriceFen))
        {
            if (offer.PriceFen <= market.FundsFen)
            {
                await market.BuyAsync(offer, 1, value).ConfigureAwait(true);
            }
        }
    }
}
