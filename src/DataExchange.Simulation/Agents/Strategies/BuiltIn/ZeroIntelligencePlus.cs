using DataExchange.Domain.Trading;

namespace DataExchange.Simulation.Agents.Strategies.BuiltIn;

/// <summary>
/// ZIP traders (D. Cliff, J. Bruten, "Minimal-Intelligence Agents for Bargaining Behaviors in Market-Based Environments", HP Laboratories HPL-97-91, 1997). A trader asks
/// p = λ(1 + μ) for a pack with limit λ; its margin μ (0 or more for a seller, from −1 to 0 for a buyer) follows what others shout at price q:
/// <code>
/// trade at q:             a seller with p ≤ q raises its margin, a buyer with p ≥ q too
/// trade, the taker bid:   an active seller with p ≥ q lowers it          trade, the taker asked: an active buyer with p ≤ q
/// no trade, q an ask:     an active seller with p ≥ q lowers it          no trade, q a bid:      an active buyer with p ≤ q
/// target   τ = R·q + A         R from 1 to 1.05 and A from 0 to 0.05 u where the price is to rise; from 0.95 to 1 and −0.05 u to 0 where it is to fall
/// Widrow and Hoff   Δ = β·(τ − p);   Γ ← γ·Γ + (1 − γ)·Δ;   μ ← (p + Γ)/λ − 1
/// </code>
/// β is uniform from 0.1 to 0.5, γ from 0 to 0.1, the first margin from 0.05 to 0.35, each drawn once for a trader. The unit u is a hundredth of the posted price: the original's prices
/// are some units large.
/// </summary>
[AgentStrategy("zip", "ZIP 交易者", "ZIP traders, who learn their margin (Cliff and Bruten 1997)", FewestMembers = 2)]
[AgentParameter("leastLearning", 0, 1, 0.1, "Smallest learning rate β", "学习率下限")]
[AgentParameter("mostLearning", 0, 1, 0.5, "Largest learning rate β", "学习率上限")]
[AgentParameter("mostMomentum", 0, 0.99, 0.1, "Largest momentum γ", "动量上限")]
public sealed class ZeroIntelligencePlus : InducedTrader
{
    private double? _margin;
    private double _learning;
    private double _momentum;
    private double _change;
    private double _limit;

    /// <inheritdoc />
    public override void Observe(IAgentMarket market, BookNews news)
    {
        ArgumentNullException.ThrowIfNull(market);
        var number = (int)market.Parameter("book");
        if (market.Books.Count < number || market.Books[number - 1] is not { Phase: TradingPhase.Continuous } book || book.Product != news.Product || _margin is null)
        {
            return;
        }

        var sells = Sells(market);
        var limit = LimitFen(market, book);
        var active = limit is not null;
        if (limit is { } known)
        {
            _limit = known;
        }

        if (_limit == 0)
        {
            return;
        }

        var (price, q) = (PriceFen(sells), news.PriceFen);
        var raises = news.IsTrade && (sells ? price <= q : price >= q);
        var lowers = active && (sells
            ? price >= q && news.Side == (news.IsTrade ? BookSide.Buy : BookSide.Sell)
            : price <= q && news.Side == (news.IsTrade ? BookSide.Sell : BookSide.Buy));
        if (raises || lowers)
        {
            // A seller's price rises with its margin, a buyer's falls.
            Learn(market, book, price, q, up: raises == sells, sells);
        }
    }

    /// <inheritdoc />
    protected override async ValueTask TradeAsync(IAgentMarket market, AgentBook book)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(book);
        var sells = Sells(market);
        if (_margin is null)
        {
            var least = market.Parameter("leastLearning");
            _learning = least + (Math.Max(0, market.Parameter("mostLearning") - least) * market.Random.NextDouble());
            _momentum = market.Parameter("mostMomentum") * market.Random.NextDouble();
            _margin = (0.05 + (0.3 * market.Random.NextDouble())) * (sells ? 1 : -1);
        }

        if (LimitFen(market, book) is not { } limit)
        {
            await CancelAllAsync(market, book).ConfigureAwait(true);
            return;
        }

        _limit = limit;
        var price = book.OnTick(PriceFen(sells), down: !sells);
        // Shouted again though it is the same: those who hear that nobody takes it learn from it.
        await CancelAllAsync(market, book).ConfigureAwait(true);
        await OfferAsync(market, book, sells ? BookSide.Sell : BookSide.Buy, 1, price).ConfigureAwait(true);
    }

    private double PriceFen(bool sells) => _limit * (1 + (sells ? Math.Max(0, _margin!.Value) : Math.Clamp(_margin!.Value, -1, 0)));

    private void Learn(IAgentMarket market, AgentBook book, double price, double q, bool up, bool sells)
    {
        var unit = book.PostedPriceFen / 100.0;
        var (relative, absolute) = (0.05 * market.Random.NextDouble(), 0.05 * unit * market.Random.NextDouble());
        var target = up ? (q * (1 + relative)) + absolute : (q * (1 - relative)) - absolute;
        _change = (_momentum * _change) + ((1 - _momentum) * _learning * (target - price));
        var margin = ((price + _change) / _limit) - 1;
        _margin = sells ? Math.Max(0, margin) : Math.Clamp(margin, -1, 0);
    }
}
