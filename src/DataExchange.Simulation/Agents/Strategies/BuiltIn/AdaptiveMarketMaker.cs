using DataExchange.Domain.Trading;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents.Strategies.BuiltIn;

/// <summary>
/// A market maker that leans its quotes against what it holds, after M. Avellaneda and S. Stoikov, "High-frequency trading in a limit order book", Quantitative Finance 8 (2008), in
/// prices relative to the middle m, q packs above the stock it likes, and τ the rest of the day as a share of it:
/// <code>
/// reservation   r = m·(1 − q·γ·σ²·τ)            half spread   δ = γ·σ²·τ/2 + ln(1 + γ/κ)/γ            bid r − m·δ, ask r + m·δ
/// </code>
/// It adapts: m is a moving average of the prices that it sees traded, and σ² one of their squared relative changes, scaled to a day. γ is the aversion against risk, κ says how fast
/// orders get rarer away from the middle.
/// </summary>
[AgentStrategy("adaptive-market-maker", "自适应做市商", "Market maker with quotes skewed by inventory (after Avellaneda and Stoikov 2008)")]
[AgentParameter("riskAversion", 0.001, 100, 2, "Aversion against risk γ, per pack", "风险厌恶系数")]
[AgentParameter("depth", 0.1, 10_000, 40, "Decay of orders κ, per relative price: without risk the half spread is about 1/κ", "订单衰减系数")]
[AgentParameter("inventory", 0, 10_000, 10, "Packs that it likes to hold, and buys at first", "目标库存（包）")]
[AgentParameter("quotePacks", 1, 10_000, 3, "Packs of a quote", "每档报价包数")]
[AgentParameter("memory", 0.001, 1, 0.1, "Weight of the newest price in the averages", "移动平均权重")]
public sealed class AdaptiveMarketMaker : BookStrategy
{
    // Until it has seen some trades: two percent a day.
    private double _variance = 0.0004;
    private double _middle;
    private double _tradesPerDay;
    private int _tradesToday;

    /// <inheritdoc />
    public override void Observe(IAgentMarket market, BookNews news)
    {
        ArgumentNullException.ThrowIfNull(market);
        var number = (int)market.Parameter("book");
        if (!news.IsTrade || market.Books.Count < number || market.Books[number - 1].Product != news.Product)
        {
            return;
        }

        var weight = market.Parameter("memory");
        _tradesToday++;
        if (_middle > 0)
        {
            var change = (news.PriceFen / _middle) - 1;
            _variance += weight * ((change * change * Math.Max(1, _tradesPerDay)) - _variance);
            _variance = Math.Clamp(_variance, 1e-6, 0.25);
        }

        _middle = _middle > 0 ? _middle + (weight * (news.PriceFen - _middle)) : news.PriceFen;
    }

    /// <inheritdoc />
    protected override async ValueTask OpenAsync(IAgentMarket market, AgentBook book)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(book);
        _tradesPerDay += market.Parameter("memory") * (_tradesToday - _tradesPerDay);
        _tradesToday = 0;
        var wanted = (int)market.Parameter("inventory");
        if (market.Fills.Count == 0 && wanted > 0 && book.IsIssuing)
        {
            await OfferAsync(market, book, BookSide.Buy, Math.Min(wanted, book.Rules.LargestQuantity), book.PostedPriceFen).ConfigureAwait(true);
        }
    }

    /// <inheritdoc />
    protected override async ValueTask TradeAsync(IAgentMarket market, AgentBook book)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(book);
        await CancelAllAsync(market, book).ConfigureAwait(true);
        var (bid, ask) = Quotes(market, book);
        var packs = Math.Min((int)market.Parameter("quotePacks"), book.Rules.LargestQuantity);
        if (book.Held < 3 * Math.Max(1, (int)market.Parameter("inventory")) && bid > 0)
        {
            await OfferAsync(market, book, BookSide.Buy, packs, bid).ConfigureAwait(true);
        }

        if (book.Available > 0)
        {
            await OfferAsync(market, book, BookSide.Sell, Math.Min(packs, book.Available), ask).ConfigureAwait(true);
        }
    }

    private (long Bid, long Ask) Quotes(IAgentMarket market, AgentBook book)
    {
        var middle = _middle > 0 ? _middle : book.LastPriceFen > 0 ? book.LastPriceFen : book.PostedPriceFen;
        var (aversion, depth) = (market.Parameter("riskAversion"), market.Parameter("depth"));
        var rest = Math.Clamp((market.Hours.Close - market.Now.SecondOfDay) / (double)(market.Hours.Close - market.Hours.Open), 0, 1);
        var risk = aversion * _variance * rest;
        var reservation = 1 - ((book.Held - market.Parameter("inventory")) * risk);
        var half = (risk / 2) + (DeterministicMath.Log(1 + (aversion / depth)) / aversion);
        // Nobody buys above the price at which new packs are issued.
        var most = book.IsIssuing ? book.PostedPriceFen - book.Rules.TickFen : book.Rules.HighestPriceFen;
        var ask = Math.Clamp(book.OnTick(middle * (reservation + half), down: false), book.Rules.TickFen, Math.Max(book.Rules.TickFen, most));
        var bid = Math.Min(book.OnTick(Math.Max(0, middle * (reservation - half)), down: true), ask - book.Rules.TickFen);
        return (bid, ask);
    }
}
