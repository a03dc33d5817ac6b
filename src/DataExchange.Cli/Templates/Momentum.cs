using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Agents.Strategies;

namespace MyAgents;

/// <summary>Follows the price of an order book: buys a pack when it rose over the last look, and sells one when it fell.</summary>
[AgentStrategy("Momentum", "追涨杀跌", "Buys when the price rose and sells when it fell")]
[AgentParameter("minutes", 1, 1_440, 30, "Minutes from look to look")]
[AgentParameter("mostPacks", 1, 1_000, 5, "Most packs that it holds")]
public sealed class Momentum : IAgent
{
    private long _seen;

    /// <inheritdoc />
    public async ValueTask<SimulatedTime?> ActAsync(IAgentMarket market)
    {
        // There may be no order book yet: look again on the next working day, half an hour after the opening.
        var tomorrow = SimulatedTime.On(market.WorkingDay(market.Now.Date, 1), market.Hours.Open + 1_800);
        if (market.Books.Count == 0)
        {
            return tomorrow;
        }

        var book = market.Books[0];
        if (book.Phase == TradingPhase.Continuous)
        {
            await TradeAsync(market, book);
            _seen = book.LastPriceFen;
        }

        // A draw of its own, so that not all members look at the same moment.
        var next = market.Now.AddSeconds((long)(market.Parameter("minutes") * 60) + market.Random.NextInt32(60));
        return next.Date == market.Now.Date && next.SecondOfDay < market.Hours.Close ? next : tomorrow;
    }

    private async ValueTask TradeAsync(IAgentMarket market, AgentBook book)
    {
        if (book.LastPriceFen > _seen && _seen > 0 && book.Held < market.Parameter("mostPacks") && book.Best(BookSide.Sell) is > 0 and var ask)
        {
            // Money must be there before the bid.
            await market.DepositAsync(ask - market.FundsFen);
            await market.OrderAsync(book, BookOrderTerms.Limit(BookSide.Buy, 1, ask, BookOrderLife.ImmediateOrCancel));
        }
        else if (book.LastPriceFen < _seen && book.Available > 0 && book.Best(BookSide.Buy) is > 0 and var bid)
        {
            await market.OrderAsync(book, BookOrderTerms.Limit(BookSide.Sell, 1, bid, BookOrderLife.ImmediateOrCancel));
        }
    }
}
