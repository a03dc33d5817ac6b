using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.Figures;

/// <summary>How narrow and how deep an order book was while it traded continuously, weighted by time.</summary>
/// <param name="Product">The product.</param>
/// <param name="Hours">Hours of continuous trading.</param>
/// <param name="TwoSidedShare">Share of them with a price on both sides, 0 to 1.</param>
/// <param name="SpreadBasisPoints">Quoted spread over the midpoint of bid and ask, 1/10,000, while there were both; null where there never were.</param>
/// <param name="BidPacks">Packs at the best bid, while there were both; null where there never were.</param>
/// <param name="AskPacks">Packs at the best ask, the same.</param>
public sealed record BookLiquidity(string Product, double Hours, double TwoSidedShare, double? SpreadBasisPoints, double? BidPacks, double? AskPacks);

/// <summary>Measures spread and depth from the facts of order books, each book's in their order.</summary>
public sealed class LiquidityBuilder
{
    private readonly SortedDictionary<string, Book> _books = new(StringComparer.Ordinal);

    /// <summary>Takes a fact of a book.</summary>
    /// <param name="product">The product.</param>
    /// <param name="fact">The next fact of its book's stream.</param>
    /// <exception cref="ImpossibleHistoryException">It cannot follow the facts before it.</exception>
    public void Take(ProductId product, Event fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (!_books.TryGetValue(product.Value, out var book))
        {
            _books.Add(product.Value, book = new());
        }

        book.Take(fact);
    }

    /// <summary>By product.</summary>
    public IReadOnlyList<BookLiquidity> Complete() => [.. _books.Select(book => book.Value.Measured(book.Key))];

    private sealed class Book
    {
        private OrderBook _state = BookDecider.Initial;
        private SimulatedTime _since;
        private long _seconds;
        private long _twoSided;
        private double _spread;
        private double _bid;
        private double _ask;

        // What stood until now counts for as long as it stood. Several facts of one moment are one change.
        public void Take(Event fact)
        {
            var seconds = fact.At.UnixSeconds - _since.UnixSeconds;
            if (_state.Phase == TradingPhase.Continuous && seconds > 0)
            {
                _seconds += seconds;
                Weigh(seconds);
            }

            _since = fact.At;
            _state = BookDecider.Evolve(_state, fact);
        }

        public BookLiquidity Measured(string product) => new(
            product, _seconds / 3_600.0, _seconds == 0 ? 0 : (double)_twoSided / _seconds, Mean(_spread), Mean(_bid), Mean(_ask));

        private double? Mean(double sum) => _twoSided == 0 ? null : sum / _twoSided;

        private void Weigh(long seconds)
        {
            var (bid, ask, bidPacks, askPacks) = (0L, 0L, 0L, 0L);
            foreach (var order in _state.Orders.Values)
            {
                if (order.Kind is not (BookOrderKind.Limit or BookOrderKind.Posted))
                {
                    continue;
                }

                if (order.Side == BookSide.Buy)
                {
                    (bid, bidPacks) = order.PriceFen > bid ? (order.PriceFen, order.Leaves) : order.PriceFen == bid ? (bid, bidPacks + order.Leaves) : (bid, bidPacks);
                }
                else
                {
                    (ask, askPacks) = ask == 0 || order.PriceFen < ask ? (order.PriceFen, order.Leaves) : order.PriceFen == ask ? (ask, askPacks + order.Leaves) : (ask, askPacks);
                }
            }

            if (bid > 0 && ask > 0)
            {
                _twoSided += seconds;
                _spread += seconds * 10_000.0 * (ask - bid) / ((ask + bid) / 2.0);
                _bid += seconds * (double)bidPacks;
                _ask += seconds * (double)askPacks;
            }
        }
    }
}
