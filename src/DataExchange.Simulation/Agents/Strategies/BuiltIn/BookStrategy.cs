using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Simulation.Agents.Strategies.BuiltIn;

/// <summary>What strategies for order books have in common: the day in one book, from the orders that gather to the close.</summary>
[AgentParameter("book", 1, 1_000, 1, "Number of the order book, in the order of opening", "订单簿序号")]
[AgentParameter("ordersPerDay", 0.1, 10_000, 20, "Times a trading day that a member thinks of its orders, on average (exponential between them)", "每日下单次数")]
public abstract class BookStrategy : IAgent
{
    private DateOnly _day;

    /// <inheritdoc />
    public async ValueTask<SimulatedTime?> ActAsync(IAgentMarket market)
    {
        ArgumentNullException.ThrowIfNull(market);
        var today = market.Now.Date;
        var number = (int)market.Parameter("book");
        if (market.Books.Count < number)
        {
            return PreOpen(market, market.WorkingDay(today, 1));
        }

        var book = market.Books[number - 1];
        if (book.IsClosed)
        {
            return null;
        }

        var trading = market.WorkingDay(today, 0);
        if (trading != today || market.Now.SecondOfDay < market.Hours.PreOpen)
        {
            return PreOpen(market, trading);
        }

        if (_day != today && book.Phase == TradingPhase.PreOpen)
        {
            _day = today;
            await OpenAsync(market, book).ConfigureAwait(true);
        }

        if (book.Phase == TradingPhase.Continuous)
        {
            await TradeAsync(market, book).ConfigureAwait(true);
        }

        var pause = (market.Hours.Close - market.Hours.Open) / market.Parameter("ordersPerDay") * market.Random.NextExponential();
        var second = Math.Max(market.Now.SecondOfDay, market.Hours.Open) + 1 + Math.Min(pause, SimulatedTime.SecondsPerDay);
        return second < market.Hours.Close ? SimulatedTime.On(today, (int)second) : PreOpen(market, market.WorkingDay(today, 1));
    }

    /// <inheritdoc />
    public virtual void Observe(IAgentMarket market, BookNews news)
    {
    }

    /// <summary>Prepares for a day, while orders gather for the opening auction.</summary>
    /// <param name="market">The market.</param>
    /// <param name="book">The book.</param>
    protected virtual ValueTask OpenAsync(IAgentMarket market, AgentBook book) => ValueTask.CompletedTask;

    /// <summary>Thinks of its orders, in continuous trading.</summary>
    /// <param name="market">The market.</param>
    /// <param name="book">The book.</param>
    protected abstract ValueTask TradeAsync(IAgentMarket market, AgentBook book);

    /// <summary>Enters a limit order for the day, and pays in what a bid lacks.</summary>
    /// <param name="market">The market.</param>
    /// <param name="book">The book.</param>
    /// <param name="side">Side.</param>
    /// <param name="packs">Packs.</param>
    /// <param name="priceFen">Limit, on the tick.</param>
    protected static async ValueTask<OrderAnswer> OfferAsync(IAgentMarket market, AgentBook book, BookSide side, int packs, long priceFen)
    {
        ArgumentNullException.ThrowIfNull(market);
        var terms = BookOrderTerms.Limit(side, packs, priceFen);
        if (terms.NeedFen > market.FundsFen)
        {
            // Whole thousands of yuan, for this order and some to come.
            await market.DepositAsync((((terms.NeedFen - market.FundsFen) / 100_000) + 2) * 100_000).ConfigureAwait(true);
        }

        return await market.OrderAsync(book, terms).ConfigureAwait(true);
    }

    /// <summary>Cancels all its orders in a book.</summary>
    /// <param name="market">The market.</param>
    /// <param name="book">The book.</param>
    protected static async ValueTask CancelAllAsync(IAgentMarket market, AgentBook book)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(book);
        foreach (var order in book.Orders)
        {
            await market.CancelAsync(book, order.Number).ConfigureAwait(true);
        }
    }

    // After the provider has posted what it issues, in the first third.
    private static SimulatedTime PreOpen(IAgentMarket market, DateOnly day)
    {
        var gathers = Math.Max(3, market.Hours.Open - market.Hours.PreOpen);
        return SimulatedTime.On(day, market.Hours.PreOpen + (gathers / 3) + 1 + market.Random.NextInt32(gathers / 3));
    }
}
