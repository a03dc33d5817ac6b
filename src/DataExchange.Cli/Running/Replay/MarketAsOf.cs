using DataExchange.Cli.Commands;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Accounts;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Cli.Running.Replay;

/// <summary>Deals of a venue at a stage.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Deals">How many.</param>
internal sealed record StagedDeals(string Venue, DealStage Stage, long Deals);

/// <summary>An order book as it stands at a moment; prices in fen a pack.</summary>
/// <param name="Product">Its product.</param>
/// <param name="Venue">Its venue.</param>
/// <param name="Phase">The phase.</param>
/// <param name="IsSuspended">Whether the product is suspended.</param>
/// <param name="IsClosed">Whether it is closed for good.</param>
/// <param name="BestBidFen">Highest price asked for by a buyer; null without one.</param>
/// <param name="BestAskFen">Lowest price asked for by a seller; null without one.</param>
/// <param name="LastPriceFen">Price of the last trade; null without one.</param>
/// <param name="Trades">Trades so far.</param>
/// <param name="Orders">Orders in it, stop orders that wait included.</param>
internal sealed record BookAsOf(
    string Product, string Venue, TradingPhase Phase, bool IsSuspended, bool IsClosed, long? BestBidFen, long? BestAskFen, long? LastPriceFen, long Trades, long Orders);

/// <summary>A market as its events up to a moment tell it.</summary>
/// <param name="Products">Products on a shelf; one on two counts once.</param>
/// <param name="Venues">Each venue's figures since it opened.</param>
/// <param name="OnShelf">Products that stand on each venue's shelf, suspended ones included.</param>
/// <param name="Deals">Deals by venue and stage, by venue, then stage.</param>
/// <param name="Refusals">Refusals by what and why.</param>
/// <param name="Totals">The ledger's totals.</param>
/// <param name="Money">The ledger's money by groups of accounts.</param>
/// <param name="Books">The order books by product.</param>
internal sealed record MarketPicture(
    int Products,
    IReadOnlyList<VenueYear> Venues,
    IReadOnlyDictionary<string, int> OnShelf,
    IReadOnlyList<StagedDeals> Deals,
    IReadOnlyList<ReasonCount> Refusals,
    LedgerTotals Totals,
    IReadOnlyList<LedgerGroup> Money,
    IReadOnlyList<BookAsOf> Books);

/// <summary>The state of a market, folded from its events in the order of commits: read models, ledger, order books.</summary>
internal sealed class MarketAsOf
{
    private readonly SortedDictionary<(string Venue, DealStage Stage), long> _deals = [];
    private readonly SortedDictionary<string, BookSnapshot> _books = new(StringComparer.Ordinal);
    private readonly HashSet<(string Venue, string Product)> _listed = [];
    private readonly MarketLedger _ledger = new();
    private readonly ReadModelFold _models;

    /// <summary>Begins before the first event.</summary>
    public MarketAsOf() => _models = new ReadModelFold(deal =>
        _deals[(deal.Venue, deal.Status)] = _deals.GetValueOrDefault((deal.Venue, deal.Status)) + 1);

    /// <summary>Takes the next event.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="data">It, read.</param>
    /// <returns>Whether it is the first time that a product comes on a venue's shelf.</returns>
    /// <exception cref="CommandFailedException">It cannot follow those before it.</exception>
    public bool Take(in StoredPlace stored, Event data)
    {
        _models.Apply(stored.Stream, (int)stored.Version, data);
        if (_ledger.Take(stored.Sequence, stored.Stream, (int)stored.Version, data) is { } defect)
        {
            throw new CommandFailedException($"The stored events do not fit the ledger: {defect}. './dx verify' names everything that is off.");
        }

        if (stored.Stream.StartsWith("book/", StringComparison.Ordinal))
        {
            TakeOfBook(stored, data);
        }

        return data is ProductListed listed && _listed.Add((listed.Venue.Value, listed.Product.Value));
    }

    /// <summary>The state after the events taken. The fold is used up then.</summary>
    public MarketPicture Complete()
    {
        var models = _models.Complete();
        return new MarketPicture(
            models.Shelf.Select(entry => entry.Product).Distinct().Count(),
            StoreStatistics.Venues(models.VenueDays),
            models.Shelf.Where(entry => entry.Status != ShelfStatus.Delisted).GroupBy(entry => entry.Venue).ToDictionary(group => group.Key, group => group.Count()),
            [.. _deals.Select(pair => new StagedDeals(pair.Key.Venue, pair.Key.Stage, pair.Value))],
            StoreStatistics.Refusals([.. models.VenueDays]),
            LedgerTotals.Of(_ledger),
            LedgerGroups.Of(_ledger),
            [.. _books.Values.Select(Of)]);
    }

    private void TakeOfBook(in StoredPlace stored, Event data)
    {
        try
        {
            if (!_books.TryGetValue(stored.Stream, out var book))
            {
                book = data is BookOpened opened ? new BookSnapshot(opened) : throw new ImpossibleHistoryException(data, "no book");
                _books.Add(stored.Stream, book);
            }

            book.Apply(data);
        }
        catch (ImpossibleHistoryException impossible)
        {
            throw new CommandFailedException(
                $"event {stored.Version} of {stored.Stream} cannot follow those before it: {impossible.Message} './dx verify' names everything that is off.", impossible);
        }
    }

    private static BookAsOf Of(BookSnapshot book) => new(
        book.Opened.Product.Value, book.State.Venue.Value, book.State.Phase, book.State.IsSuspended, book.State.IsClosed, book.BestBidFen, book.BestAskFen,
        book.Trades.Count > 0 ? book.Trades[^1].PriceFen : null, book.State.Trades, book.State.Orders.Count);
}

/// <summary>Where an event is stored.</summary>
/// <param name="Sequence">Its place in the order of commits, from 1.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its place there, from 1.</param>
internal readonly record struct StoredPlace(long Sequence, string Stream, long Version);
