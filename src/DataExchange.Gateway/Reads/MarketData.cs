using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Gateway.Reads;

/// <summary>
/// An order book as everybody may see it, from the facts of its stream: prices and quantities, and whose they are never. Of an order that shows a part
/// no more is told than that part.
/// </summary>
/// <param name="product">The product.</param>
internal sealed class MarketData(string product)
{
    private readonly Dictionary<BookOrderKey, int> _shown = [];
    private OrderBook _book = BookDecider.Initial;
    private SimulatedTime _at;

    /// <summary>Whether there is a book.</summary>
    internal bool Exists => _book.Exists;

    /// <summary>Version of the stream as far as it was taken.</summary>
    internal int Version { get; private set; }

    /// <summary>The last trade; null before the first.</summary>
    internal JsonObject? LastTrade { get; private set; }

    /// <summary>Takes the stream's next fact.</summary>
    /// <returns>The trade, where it is one.</returns>
    internal JsonObject? Take(Event fact)
    {
        _book = BookDecider.Evolve(_book, fact);
        (_at, Version) = (fact.At, Version + 1);
        switch (fact)
        {
            case BookOrderEntered { Terms.DisplayQuantity: > 0 } e:
                _shown[new BookOrderKey(e.Party, e.Number)] = e.Terms.DisplayQuantity;
                return null;
            case PacksTraded e:
                return LastTrade = new JsonObject
                {
                    ["priceFen"] = e.PriceFen, ["quantity"] = e.Quantity, ["amountFen"] = e.AmountFen, ["taker"] = e.Taker?.ToString(), ["isIssue"] = e.IsIssue, ["at"] = e.At.ToString(),
                };
            default:
                return null;
        }
    }

    /// <summary>An event of the stream of market data.</summary>
    internal JsonObject Event(string kind, JsonNode content) => new() { ["product"] = product, ["version"] = Version, ["at"] = _at.ToString(), [kind] = content };

    /// <summary>Best prices of both sides.</summary>
    internal JsonObject Top()
    {
        var (bid, ask) = (Levels(BookSide.Buy).FirstOrDefault(), Levels(BookSide.Sell).FirstOrDefault());
        return new JsonObject { ["bidFen"] = bid?.PriceFen, ["bidQuantity"] = bid?.Quantity, ["askFen"] = ask?.PriceFen, ["askQuantity"] = ask?.Quantity };
    }

    /// <summary>Both sides, the best prices first.</summary>
    /// <param name="levels">Most prices of a side.</param>
    internal JsonObject Depth(int levels) => new()
    {
        ["phase"] = _book.Phase.ToString(),
        ["isSuspended"] = _book.IsSuspended,
        ["isClosed"] = _book.IsClosed,
        ["bids"] = Side(BookSide.Buy, levels),
        ["asks"] = Side(BookSide.Sell, levels),
    };

    private JsonArray Side(BookSide side, int levels) => new([.. Levels(side).Take(levels)
        .Select(level => (JsonNode)new JsonObject { ["priceFen"] = level.PriceFen, ["quantity"] = level.Quantity, ["orders"] = level.Orders })]);

    // Orders at any price have none to show, stop orders wait unseen.
    private IEnumerable<Level> Levels(BookSide side)
    {
        var levels = _book.Orders.Where(order => order.Value.Side == side && order.Value.Kind is BookOrderKind.Limit or BookOrderKind.Posted)
            .GroupBy(order => order.Value.PriceFen)
            .Select(level => new Level(level.Key, level.Sum(order => (long)Math.Min(order.Value.Leaves, _shown.GetValueOrDefault(order.Key, int.MaxValue))), level.Count()));
        return side == BookSide.Buy ? levels.OrderByDescending(level => level.PriceFen) : levels.OrderBy(level => level.PriceFen);
    }

    private sealed record Level(long PriceFen, long Quantity, int Orders);
}
