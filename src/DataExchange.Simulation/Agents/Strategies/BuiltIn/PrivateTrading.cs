using DataExchange.Domain.Trading;

namespace DataExchange.Simulation.Agents.Strategies.BuiltIn;

/// <summary>What the members of a group know of each other: the accounts that one hand leads.</summary>
public sealed class SharedAccounts
{
    internal SortedDictionary<int, IAgentMarket> ByNumber { get; } = [];
}

/// <summary>
/// Trades within a circle of accounts that one hand leads: one asks within the spread, and before anybody else can answer the next one bids the same price. Only what looks like a trade
/// comes of it; all packs stay in the circle.
/// </summary>
[AgentParameter("stock", 1, 10_000, 4, "Packs that the first account buys from the provider, at the posted price; without an issue it buys the best ask", "初始持仓（包）")]
[AgentParameter("packs", 1, 1_000, 2, "Packs of a trade within the circle", "每次对倒包数")]
public abstract class PrivateTrading : BookStrategy
{
    private int _turn;

    /// <summary>The accounts of the circle that an account belongs to, by number; the first one leads.</summary>
    /// <param name="market">The market.</param>
    protected abstract IReadOnlyList<int> Circle(IAgentMarket market);

    /// <summary>The price of the next trade, fen, before it is put within the spread.</summary>
    /// <param name="market">The market.</param>
    /// <param name="book">The book.</param>
    protected abstract double PriceFen(IAgentMarket market, AgentBook book);

    /// <inheritdoc />
    protected override async ValueTask OpenAsync(IAgentMarket market, AgentBook book)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(book);
        market.Shared<SharedAccounts>().ByNumber[market.Number] = market;
        var missing = (int)market.Parameter("stock") - book.Held;
        if (market.Number == Circle(market)[0] && market.Fills.Count == 0 && missing > 0 && book.IsIssuing)
        {
            await OfferAsync(market, book, BookSide.Buy, Math.Min(missing, book.Rules.LargestQuantity), book.PostedPriceFen).ConfigureAwait(true);
        }
    }

    /// <inheritdoc />
    protected override async ValueTask TradeAsync(IAgentMarket market, AgentBook book)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(book);
        var circle = Circle(market);
        var accounts = market.Shared<SharedAccounts>().ByNumber;
        accounts[market.Number] = market;
        if (market.Number != circle[0] || circle.Count < 2 || !circle.All(accounts.ContainsKey))
        {
            return;
        }

        // Who holds packs sells to the next one; where several do, in turn.
        var places = Enumerable.Range(0, circle.Count).Select(i => (_turn + i) % circle.Count).Where(i => Of(accounts[circle[i]], book).Available > 0).ToArray();
        if (places.Length == 0)
        {
            if (market.Fills.Count == 0 && book.Best(BookSide.Sell) is > 0 and var ask)
            {
                await OfferAsync(market, book, BookSide.Buy, (int)market.Parameter("stock"), ask).ConfigureAwait(true);
            }

            return;
        }

        var (seller, buyer) = (accounts[circle[places[0]]], accounts[circle[(places[0] + 1) % circle.Count]]);
        _turn = (places[0] + 1) % circle.Count;
        await PassAsync(seller, buyer, book, PriceFen(market, book)).ConfigureAwait(true);
    }

    private static async ValueTask PassAsync(IAgentMarket seller, IAgentMarket buyer, AgentBook book, double wanted)
    {
        var (from, to) = (Of(seller, book), Of(buyer, book));
        await CancelAllAsync(seller, from).ConfigureAwait(true);
        await CancelAllAsync(buyer, to).ConfigureAwait(true);
        var (bid, ask, tick) = (from.Best(BookSide.Buy), to.Best(BookSide.Sell), book.Rules.TickFen);
        var price = book.OnTick(wanted, down: true);
        price = ask > 0 ? Math.Min(price, ask - tick) : price;
        price = Math.Max(price, bid + tick);
        if (price < tick || price > book.Rules.HighestPriceFen || (ask > 0 && price >= ask))
        {
            return;
        }

        var packs = Math.Min((int)seller.Parameter("packs"), from.Available);
        var (number, refused) = await OfferAsync(seller, from, BookSide.Sell, packs, price).ConfigureAwait(true);
        if (refused is null)
        {
            await OfferAsync(buyer, to, BookSide.Buy, packs, price).ConfigureAwait(true);
            await CancelAllAsync(buyer, to).ConfigureAwait(true);
            await seller.CancelAsync(from, number).ConfigureAwait(true);
        }
    }

    // The same book with the eyes of another account.
    private static AgentBook Of(IAgentMarket account, AgentBook book) => account.Books[book.Number - 1];
}

/// <summary>A ring that marks a product up: its members pass the same packs round at rising prices (拉抬). All members are one ring.</summary>
[AgentStrategy("colluding-ring", "合谋拉抬团伙", "A ring that passes packs round at rising prices", FewestMembers = 3, IsManipulation = true)]
[AgentParameter("step", 0, 1, 0.01, "By which each trade is above the one before, as a share", "每次抬价幅度")]
public sealed class ColludingRing : PrivateTrading
{
    /// <inheritdoc />
    protected override IReadOnlyList<int> Circle(IAgentMarket market)
    {
        ArgumentNullException.ThrowIfNull(market);
        return [.. Enumerable.Range(1, market.Members.Count)];
    }

    /// <inheritdoc />
    protected override double PriceFen(IAgentMarket market, AgentBook book)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(book);
        return (book.LastPriceFen > 0 ? book.LastPriceFen : book.PostedPriceFen) * (1 + market.Parameter("step"));
    }
}

/// <summary>A trader on both sides (对倒): two accounts of one owner pass the same packs to and fro at about the last price. Members 1 and 2 are one owner, 3 and 4 the next; a last odd one does nothing.</summary>
[AgentStrategy("wash-trader", "对倒交易者", "Two accounts of one owner that trade with each other", FewestMembers = 2, IsManipulation = true)]
public sealed class WashTrader : PrivateTrading
{
    /// <inheritdoc />
    protected override IReadOnlyList<int> Circle(IAgentMarket market)
    {
        ArgumentNullException.ThrowIfNull(market);
        var first = market.Number % 2 == 1 ? market.Number : market.Number - 1;
        return first + 1 <= market.Members.Count ? [first, first + 1] : [first];
    }

    /// <inheritdoc />
    protected override double PriceFen(IAgentMarket market, AgentBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        return book.LastPriceFen > 0 ? book.LastPriceFen : book.PostedPriceFen;
    }
}
