using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents.Books;

/// <summary>Draws the terms of a firm's order in a book: kind, price, quantity, life.</summary>
internal sealed class OrderDraw
{
    /// <summary>Names of the kinds, as a scenario has them.</summary>
    private static readonly string[] Kinds = ["Limit", "Budget", "Iceberg", "FillOrKill", "Market", "Stop", "StopLimit", "GoodTillDate"];
    private readonly Market _market;
    private readonly BookDesk _desk;
    private readonly FairValue _fair;
    private readonly TraderSettings _settings;

    public OrderDraw(Market market, BookDesk desk, FairValue fair) =>
        (_market, _desk, _fair, _settings) = (market, desk, fair, market.Scenario.OrderBooks.Traders);

    /// <summary>Draws an order.</summary>
    /// <param name="party">Whose.</param>
    /// <param name="available">Packs that the party may sell; 0 for an order to buy.</param>
    /// <param name="random">Where it is drawn from.</param>
    public BookOrderTerms Draw(PartyId party, int available, RandomStream random)
    {
        var side = available > 0 ? BookSide.Sell : BookSide.Buy;
        var best = _desk.Picture.Best(side == BookSide.Buy ? BookSide.Sell : BookSide.Buy, party);
        // Nobody trades far from what a pack is worth (A85).
        best = best > _fair.Fen * 0.85 && best < _fair.Fen * 1.15 ? best : 0;
        var quantity = 1 + (int)Math.Min(random.NextExponential() * _settings.FurtherPacks.Value, 1_000);
        var kind = Kind(side, best > 0 && _desk.Picture.Phase == TradingPhase.Continuous, random);
        quantity = kind == "Iceberg" ? 3 * quantity : quantity;
        quantity = Math.Min(quantity, side == BookSide.Sell ? Math.Min(available, _desk.Series.Rules.LargestQuantity) : _desk.Series.Rules.LargestQuantity);
        var takes = random.NextBoolean(_settings.MarketableShare.Value) || kind == "FillOrKill";
        var policy = (SelfTradePolicy)random.NextInt32(4);
        var price = takes && best > 0 ? Taking(side, best) : Waiting(side, random);
        var plain = BookOrderTerms.Limit(side, quantity, price) with { SelfTrade = policy };
        return kind switch
        {
            "Budget" => plain with
            {
                Kind = BookOrderKind.Budget, Life = BookOrderLife.ImmediateOrCancel, Quantity = 0, PriceFen = 0,
                BudgetFen = (best * quantity) + (best * random.NextInt32(80) / 100),
            },
            "Iceberg" => plain with { DisplayQuantity = (quantity + 2) / 3 },
            "FillOrKill" => plain with { Life = BookOrderLife.FillOrKill },
            "Market" => plain with { Kind = BookOrderKind.Market, Life = BookOrderLife.ImmediateOrCancel, PriceFen = 0 },
            "Stop" or "StopLimit" => Stop(plain, kind == "StopLimit", random),
            "GoodTillDate" => plain with { Life = BookOrderLife.GoodTillDate, Until = Close(1 + random.NextInt32(9)) },
            _ => plain with { PostOnly = !takes && random.NextBoolean(_settings.PostOnly.Value) },
        };
    }

    private BookOrderTerms Stop(BookOrderTerms plain, bool hasLimit, RandomStream random)
    {
        var stop = Ticks(_fair.Fen * (0.88 + (0.08 * random.NextDouble())));
        return plain with
        {
            Kind = hasLimit ? BookOrderKind.StopLimit : BookOrderKind.Stop,
            Life = BookOrderLife.GoodTillDate,
            Until = Close(2 + random.NextInt32(14)),
            StopPriceFen = stop,
            PriceFen = hasLimit ? Ticks(stop * 0.96) : 0,
        };
    }

    private string Kind(BookSide side, bool canTrade, RandomStream random)
    {
        Span<double> weights = stackalloc double[Kinds.Length];
        var total = 0.0;
        for (var i = 0; i < Kinds.Length; i++)
        {
            var isPossible = Kinds[i] switch
            {
                "Budget" => canTrade && side == BookSide.Buy,
                "Market" => canTrade && side == BookSide.Sell,
                "FillOrKill" => canTrade,
                "Stop" or "StopLimit" => side == BookSide.Sell,
                _ => true,
            };
            weights[i] = isPossible && _settings.OrderKinds.TryGetValue(Kinds[i], out var weight) ? weight.Value : 0;
            total += weights[i];
        }

        return total > 0 ? Kinds[random.PickWeighted(weights)] : Kinds[0];
    }

    private SimulatedTime Close(int workingDays) => SimulatedTime.On(
        _market.Source.Calendar.AddWorkingDays(_market.Kernel.Now.Date, workingDays), _market.Scenario.OrderBooks.CloseMinute.Whole * 60);

    // A little beyond the best price, so that it trades though that moves.
    private long Taking(BookSide side, long best) => Ticks(best * (side == BookSide.Buy ? 1.01 : 0.99));

    private long Waiting(BookSide side, RandomStream random)
    {
        var away = _market.Scenario.OrderBooks.Makers.HalfSpreadBasisPoints.Value / 10_000 * (0.2 + (1.3 * random.NextDouble()));
        return Ticks(_fair.Fen * (side == BookSide.Buy ? 1 - away : 1 + away));
    }

    private long Ticks(double fen)
    {
        var rules = _desk.Series.Rules;
        return Math.Clamp((long)Math.Round(fen / rules.TickFen) * rules.TickFen, rules.TickFen, rules.HighestPriceFen);
    }
}
