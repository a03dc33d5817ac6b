using System.Runtime.InteropServices;
using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Verification;

/// <summary>What accounts hold for orders in order books, less what the orders that rest there need. All of it cancels out.</summary>
internal sealed class OrderHolds
{
    private readonly Dictionary<(PartyId Party, ProductId Product, int Number), (long Held, long Needed)> _orders = [];
    private readonly HashSet<ProductId> _unknown = [];

    internal void Add(PartyId party, ProductId product, int number, long fen) => Change((party, product, number), fen, 0);

    /// <summary>Takes what is left in a book at the end of its stream; null when its stream is broken, and nobody knows.</summary>
    internal void TakeBook(string stream, OrderBook? book)
    {
        // A stream is named after its product; a book that never opened has no orders.
        var product = new ProductId(stream[(stream.IndexOf('/') + 1)..]);
        if (book is null)
        {
            _unknown.Add(product);
            return;
        }

        foreach (var (key, order) in book.Orders)
        {
            Change((key.Party, product, key.Number), 0, order.HeldFen);
        }
    }

    internal IEnumerable<(string Stream, string Detail)> Differences() => _orders
        .Where(order => order.Value.Held != order.Value.Needed && !_unknown.Contains(order.Key.Product))
        .OrderBy(order => order.Key.Party.Value, StringComparer.Ordinal).ThenBy(order => order.Key.Product.Value, StringComparer.Ordinal)
        .ThenBy(order => order.Key.Number)
        .Select(order => (StreamId.Account(order.Key.Party),
            $"{order.Value.Held} fen are held for order {order.Key.Number} in the book of {order.Key.Product}; it needs {order.Value.Needed} fen"));

    // Only what does not cancel out is kept: orders that are gone need no memory.
    private void Change((PartyId Party, ProductId Product, int Number) order, long held, long needed)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_orders, order, out _);
        entry = (entry.Held + held, entry.Needed + needed);
        if (entry is (0, 0))
        {
            _orders.Remove(order);
        }
    }
}
