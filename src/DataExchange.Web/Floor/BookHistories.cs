using DataExchange.Web.Market;

namespace DataExchange.Web.Floor;

/// <summary>The histories that were looked at last; each is gone on with when its book has. What is asked for least goes when there are too many facts.</summary>
/// <param name="market">Where the facts are.</param>
internal sealed class BookHistories(IMarketSource market) : IDisposable
{
    /// <summary>Most facts that are kept, of all books together; one book is kept whatever its size.</summary>
    internal const int MostFacts = 300_000;

    private readonly SemaphoreSlim _reading = new(1);
    private readonly LinkedList<(string Product, BookHistory History)> _kept = [];

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    /// <summary>Asks something of a book's history.</summary>
    /// <param name="product">The product.</param>
    /// <param name="ask">The question; the history is not to be kept.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The answer; the type's default where there is no such book.</returns>
    internal async Task<T?> AskAsync<T>(string product, Func<BookHistory, T?> ask, CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var node = _kept.First;
            while (node is not null && node.Value.Product != product)
            {
                node = node.Next;
            }

            if (node is not null)
            {
                _kept.Remove(node);
            }

            // Out of the list while it is read: one that breaks off is begun again from the start.
            var history = node?.Value.History ?? new BookHistory(product);
            await foreach (var fact in market.BookFactsAsync(product, history.Count, cancellation).ConfigureAwait(false))
            {
                history.Take(fact);
            }

            if (history.Count == 0)
            {
                return default;
            }

            _kept.AddFirst((product, history));
            while (_kept.Count > 1 && _kept.Sum(one => (long)one.History.Count) > MostFacts)
            {
                _kept.RemoveLast();
            }

            return ask(history);
        }
        finally
        {
            _reading.Release();
        }
    }
}
