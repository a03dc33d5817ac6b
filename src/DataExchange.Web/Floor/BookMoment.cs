using System.Collections.Immutable;
using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Web.Floor;

/// <summary>
/// An order book of the store after some of its facts. It cannot be changed, so that the moments of a history share what they have in common. Of an order
/// that shows a part no more is told than that part.
/// </summary>
internal sealed record BookMoment
{
    /// <summary>Before the first fact.</summary>
    internal static readonly BookMoment Beginning = new();

    /// <summary>The book.</summary>
    internal OrderBook Book { get; private init; } = BookDecider.Initial;

    /// <summary>When the last fact was.</summary>
    internal SimulatedTime At { get; private init; }

    private ImmutableDictionary<BookOrderKey, int> Shown { get; init; } = ImmutableDictionary<BookOrderKey, int>.Empty;

    private ImmutableQueue<FloorTrade> Trades { get; init; } = [];

    private int TradesKept { get; init; }

    private SimulatedTime? HaltUntil { get; init; }

    /// <summary>The book after one more fact.</summary>
    /// <param name="fact">The fact.</param>
    /// <exception cref="ImpossibleHistoryException">It cannot follow.</exception>
    internal BookMoment Next(Event fact)
    {
        var book = BookDecider.Evolve(Book, fact);
        var next = this with
        {
            Book = book,
            At = fact.At,
            HaltUntil = fact is BookHalted halted ? halted.Until : book.Phase == TradingPhase.Halted ? HaltUntil : null,
        };
        return fact switch
        {
            BookOrderEntered { Terms.DisplayQuantity: > 0 } e => next with { Shown = Shown.SetItem(new(e.Party, e.Number), e.Terms.DisplayQuantity) },
            PacksTraded e => next.With(new FloorTrade(TextOf(e.At), e.PriceFen, e.Quantity, e.Taker?.ToString(), e.IsIssue)),
            BookOrderCancelled e => next with { Shown = Shown.Remove(new(e.Party, e.Number)) },
            BookOrderExpired e => next with { Shown = Shown.Remove(new(e.Party, e.Number)) },
            _ => next,
        };
    }

    /// <summary>The book as it is drawn.</summary>
    /// <param name="what">What just happened.</param>
    internal FloorFrame Frame(string what) => new()
    {
        Time = TextOf(At),
        Phase = Book.IsClosed ? "Ended" : Book.IsSuspended ? "Suspended" : Book.Phase.ToString(),
        Until = HaltUntil is { } until ? TextOf(until) : null,
        What = what,
        Bids = [.. Levels(BookSide.Buy).OrderByDescending(level => level.PriceFen).Take(FloorFrame.MostLevels)],
        // Those at any price trade first.
        Asks = [.. Levels(BookSide.Sell).OrderBy(level => level.PriceFen).Take(FloorFrame.MostLevels)],
        Trades = [.. Trades.Reverse()],
    };

    /// <summary>A moment as frames write it.</summary>
    /// <param name="at">The moment.</param>
    internal static string TextOf(SimulatedTime at) => at.ToString()[..19].Replace('T', ' ');

    private BookMoment With(FloorTrade trade) => this with
    {
        Trades = (TradesKept == FloorFrame.MostTrades ? Trades.Dequeue() : Trades).Enqueue(trade),
        TradesKept = Math.Min(TradesKept + 1, FloorFrame.MostTrades),
    };

    // Stop orders wait unseen.
    private IEnumerable<FloorLevel> Levels(BookSide side) => Book.Orders
        .Where(order => order.Value.Side == side && order.Value.Kind is BookOrderKind.Limit or BookOrderKind.Posted or BookOrderKind.Market)
        .GroupBy(order => order.Value.PriceFen)
        .Select(level => new FloorLevel(
            level.Key,
            level.Sum(order => (long)Math.Min(order.Value.Leaves, Shown.GetValueOrDefault(order.Key, int.MaxValue))),
            level.Count(),
            level.Where(order => order.Value.Supply == PackSupply.Issue).Sum(order => (long)order.Value.Leaves)));
}
