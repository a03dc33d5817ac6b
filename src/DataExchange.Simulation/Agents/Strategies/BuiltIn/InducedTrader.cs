using DataExchange.Domain.Trading;

namespace DataExchange.Simulation.Agents.Strategies.BuiltIn;

/// <summary>
/// Traders with induced values (Smith 1962): each buyer is told what a pack is worth to it, each seller what it costs it to part with one; a few packs a day, all alike. The values
/// of the members of a group lie evenly in a range, so that theoretical supply and demand cross in its middle. Buyers use at night what they bought; sellers stock up from the
/// provider, at the posted price, which is sunk. One order of one pack at a time.
/// </summary>
[AgentParameter("sellerShare", 0, 1, 0.5, "Share of members that sell: those with the lower numbers", "卖方占比")]
[AgentParameter("unitsPerDay", 1, 100, 2, "Packs that a member may trade a day", "每日可交易包数")]
[AgentParameter("lowest", 0.01, 10, 0.5, "Lowest value and cost, of the posted price", "最低估值（挂牌价倍数）")]
[AgentParameter("highest", 0.01, 10, 0.95, "Highest value and cost, of the posted price; above `lowest`", "最高估值（挂牌价倍数）")]
[AgentParameter("stockDays", 1, 10_000, 20, "Days of selling that a seller stocks up for", "备货天数")]
public abstract class InducedTrader : BookStrategy
{
    /// <summary>Whether it sells.</summary>
    /// <param name="market">The market.</param>
    protected static bool Sells(IAgentMarket market)
    {
        ArgumentNullException.ThrowIfNull(market);
        return market.Number <= SellersOf(market);
    }

    /// <summary>What its next pack today is worth to it, or costs it, fen; null when it has traded all it may.</summary>
    /// <param name="market">The market.</param>
    /// <param name="book">The book.</param>
    protected static double? LimitFen(IAgentMarket market, AgentBook book)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(book);
        var (sells, units) = (Sells(market), (int)market.Parameter("unitsPerDay"));
        var (traded, today) = (0, market.Now.Date);
        for (var i = market.Fills.Count - 1; i >= 0 && market.Fills[i].At.Date == today; i--)
        {
            var fill = market.Fills[i];
            traded += fill.Product == book.Product && fill.Side == (sells ? BookSide.Sell : BookSide.Buy) ? fill.Packs : 0;
        }

        if (traded >= units || (sells && book.Held == 0))
        {
            return null;
        }

        var sellers = SellersOf(market);
        var (place, side) = sells ? (market.Number - 1, sellers) : (market.Number - 1 - sellers, market.Members.Count - sellers);
        return book.PostedPriceFen * ValueOf(place, side, market.Parameter("lowest"), market.Parameter("highest"), sells);
    }

    /// <summary>The induced value or cost of a pack, of the posted price: the first seller has the lowest cost, the first buyer the highest value.</summary>
    /// <param name="place">The member's place among those of its side, from 0.</param>
    /// <param name="side">How many there are.</param>
    /// <param name="lowest">Lowest value.</param>
    /// <param name="highest">Highest value.</param>
    /// <param name="sells">Whether it sells.</param>
    public static double ValueOf(int place, int side, double lowest, double highest, bool sells)
    {
        var rank = (place + 0.5) / side;
        return sells ? lowest + ((highest - lowest) * rank) : highest - ((highest - lowest) * rank);
    }

    /// <inheritdoc />
    protected override async ValueTask OpenAsync(IAgentMarket market, AgentBook book)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(book);
        if (!Sells(market))
        {
            await market.RedeemAsync(book, book.Available).ConfigureAwait(true);
            return;
        }

        var wanted = (int)market.Parameter("unitsPerDay") * (int)market.Parameter("stockDays");
        if (book.Held < (int)market.Parameter("unitsPerDay") && book.IsIssuing)
        {
            await OfferAsync(market, book, BookSide.Buy, Math.Min(wanted - book.Held, book.Rules.LargestQuantity), book.PostedPriceFen).ConfigureAwait(true);
        }
    }

    private static int SellersOf(IAgentMarket market) =>
        Math.Clamp((int)Math.Round(market.Parameter("sellerShare") * market.Members.Count, MidpointRounding.AwayFromZero), 0, market.Members.Count);
}
