using DataExchange.Cli.Commands;
using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Cli.Running;

/// <summary>Orders of one side at one price.</summary>
/// <param name="PriceFen">The price, fen a pack; 0 for orders at any price, which wait for an auction.</param>
/// <param name="Packs">Packs not traded yet, those that an iceberg order does not show included.</param>
/// <param name="Orders">Orders.</param>
/// <param name="PacksToIssue">Of the packs, those that would be issued (primary market).</param>
internal sealed record BookLevel(long PriceFen, long Packs, int Orders, long PacksToIssue);

/// <summary>An order book as its stream tells it, up to a moment.</summary>
internal sealed class BookSnapshot
{
    private readonly List<PacksTraded> _trades = [];

    /// <summary>A book that has just opened; <see cref="Apply"/> takes its opening first.</summary>
    /// <param name="opened">How it opened.</param>
    public BookSnapshot(BookOpened opened) => Opened = opened;

    /// <summary>How it opened.</summary>
    public BookOpened Opened { get; }

    /// <summary>Where it stands.</summary>
    public OrderBook State { get; private set; } = BookDecider.Initial;

    /// <summary>When the last event was that is counted.</summary>
    public SimulatedTime LastAt { get; private set; }

    /// <summary>When a halt ends; null when there is none.</summary>
    public SimulatedTime? HaltUntil { get; private set; }

    /// <summary>The trades, in order.</summary>
    public IReadOnlyList<PacksTraded> Trades => _trades;

    /// <summary>Depth of the bids, the highest price first.</summary>
    public IReadOnlyList<BookLevel> Bids => [.. Levels(BookSide.Buy).OrderByDescending(level => level.PriceFen)];

    /// <summary>Depth of the asks, the lowest price first; those at any price before all.</summary>
    public IReadOnlyList<BookLevel> Asks => [.. Levels(BookSide.Sell).OrderBy(level => level.PriceFen)];

    /// <summary>Highest price asked for by a buyer, fen; null without one.</summary>
    public long? BestBidFen => Bids is [var best, ..] ? best.PriceFen : null;

    /// <summary>Lowest price asked for by a seller, fen; null without one.</summary>
    public long? BestAskFen => Asks.FirstOrDefault(level => level.PriceFen > 0)?.PriceFen;

    /// <summary>Stop orders that wait for their price.</summary>
    public int WaitingStops => State.Orders.Count(order => order.Value.Kind is BookOrderKind.Stop or BookOrderKind.StopLimit);

    /// <summary>Rebuilds a book.</summary>
    /// <param name="stream">The events of its stream, in order.</param>
    /// <param name="until">What happened later is left out; null for all.</param>
    /// <returns>The book; null when it was not open by then.</returns>
    /// <exception cref="CommandFailedException">The stream was altered: an event cannot be read, or cannot follow what was before.</exception>
    public static async Task<BookSnapshot?> OfAsync(IAsyncEnumerable<StoredEvent> stream, SimulatedTime? until)
    {
        BookSnapshot? book = null;
        await foreach (var stored in stream.ConfigureAwait(false))
        {
            var data = stored.Data
                ?? throw new CommandFailedException($"event {stored.Version} of {stored.Stream} cannot be read, so the book cannot be rebuilt; see ./dx verify.");
            if (until is { } end && data.At > end)
            {
                break;
            }

            try
            {
                book ??= data is BookOpened opened ? new BookSnapshot(opened) : throw new ImpossibleHistoryException(data, "no book");
                book.Apply(data);
            }
            catch (ImpossibleHistoryException impossible)
            {
                throw new CommandFailedException(
                    $"event {stored.Version} of {stored.Stream} cannot follow those before it, so the book cannot be rebuilt; see ./dx verify. {impossible.Message}",
                    impossible);
            }
        }

        return book;
    }

    /// <summary>Takes the next fact of the book's stream.</summary>
    /// <param name="data">The fact.</param>
    /// <exception cref="ImpossibleHistoryException">It cannot follow those before it.</exception>
    public void Apply(Event data)
    {
        State = BookDecider.Evolve(State, data);
        LastAt = data.At;
        HaltUntil = data switch
        {
            BookHalted halted => halted.Until,
            _ when State.Phase != TradingPhase.Halted => null,
            _ => HaltUntil,
        };
        if (data is PacksTraded trade)
        {
            _trades.Add(trade);
        }
    }

    private IEnumerable<BookLevel> Levels(BookSide side) => State.Orders.Values
        .Where(order => order.Side == side && order.Kind is BookOrderKind.Limit or BookOrderKind.Posted or BookOrderKind.Market)
        .GroupBy(order => order.PriceFen)
        .Select(level => new BookLevel(
            level.Key, level.Sum(order => (long)order.Leaves), level.Count(),
            level.Where(order => order.Supply == PackSupply.Issue).Sum(order => (long)order.Leaves)));
}
