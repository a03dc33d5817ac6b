namespace DataExchange.Domain.Trading;

/// <summary>
/// Keeps an order book's ledger: who may trade, what rests, who holds packs. Which orders meet, the matching core says; nothing it says is
/// taken that does not follow from what stands in the book.
/// </summary>
public sealed class BookDecider : IDecider<BookCommand, OrderBook>
{
    private BookDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "book";

    /// <inheritdoc />
    public static string Capability => "Trading";

    /// <inheritdoc />
    public static OrderBook Initial { get; } = new();

    /// <inheritdoc />
    public static Decision Decide(BookCommand command, OrderBook state)
    {
        var decision = command switch
        {
            OpenOrderBook c => c.Decide(state),
            ExtendOrderBook c => c.Decide(state),
            SuspendOrderBook c => c.Decide(state),
            ResumeOrderBook c => c.Decide(state),
            CloseOrderBook c => c.Decide(state),
            CallPhase c => c.Decide(state),
            AdvanceOrderBook c => c.Decide(state),
            EnterBookOrder c => c.Decide(state),
            CancelBookOrder c => c.Decide(state),
            ReduceBookOrder c => c.Decide(state),
            RedeemPacks c => c.Decide(state),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no rule for this command"),
        };
        return decision.Rejection is null && command.Results.Count > 0
            ? new Decision([.. decision.Events, .. command.Results], command.Results.OfType<BookOrderRefused>().FirstOrDefault()?.Reason)
            : decision;
    }

    /// <inheritdoc />
    public static OrderBook Evolve(OrderBook state, Event @event)
    {
        if (@event is BookOpened opened)
        {
            return state.Exists || !opened.Rules.CanTrade(opened.UnitsPerPack, opened.ReferencePriceFen) ? throw Impossible(state, @event) : Open(opened);
        }

        // Packs that were sold keep their calls when the book is closed for good.
        return state.Exists && (!state.IsClosed || @event is PacksRedeemed) ? Next(state, @event) : throw Impossible(state, @event);
    }

    /// <inheritdoc />
    public static bool IsTerminal(OrderBook state) => false;

    /// <summary>Why nothing can be done with a book; null when it is there.</summary>
    internal static Rejection? Unavailable(OrderBook state) =>
        !state.Exists ? Rejection.NoOrderBook
        : state.IsClosed ? Rejection.OrderBookClosed
        : null;

    /// <summary>All orders leave the book, in the order in which they entered.</summary>
    internal static IEnumerable<Event> CancelAll(OrderBook state, ProductId product, BookCancelCause cause, SimulatedTime at, PartyId by) =>
        state.Orders.OrderBy(order => order.Value.Sequence).Select(order => new BookOrderCancelled(
            product, order.Key.Party, order.Key.Number, cause, order.Value.Leaves, order.Value.HeldFen) { At = at, By = by });

    private static OrderBook Open(BookOpened e) => new()
    {
        Exists = true,
        Venue = e.Venue,
        Provider = e.Provider,
        SecurityClass = e.SecurityClass,
        ValidUntil = e.ValidUntil,
        Packs = e.Packs,
        UnitsPerPack = e.UnitsPerPack,
        Rules = e.Rules,
        Contributors = e.Contributors,
        ProductVersion = ProductVersions.Of(e.ProductVersion),
    };

    private static OrderBook Next(OrderBook state, Event @event) => @event switch
    {
        BookExtended e => state with { ValidUntil = e.ValidUntil },
        BookSuspended when !state.IsSuspended && state.Orders.IsEmpty => state with { IsSuspended = true, Phase = TradingPhase.Closed },
        BookResumed when state.IsSuspended => state with { IsSuspended = false },
        BookClosed when state.Orders.IsEmpty => state with { IsClosed = true, Phase = TradingPhase.Closed },
        BookPhaseChanged e when !state.IsSuspended && e.Phase != state.Phase => state with { Phase = e.Phase },
        BookHalted when state.Phase == TradingPhase.Continuous => state with { Phase = TradingPhase.Halted },
        BookUncrossed e when !state.IsSuspended && e.Quantity > 0 => state,
        PacksRedeemed e when e.Quantity > 0 && state.AvailableTo(e.Party) >= e.Quantity =>
            Hold(state, e.Party, -e.Quantity) with { Redeemed = state.Redeemed + e.Quantity },
        BookOrderEntered e when !state.IsSuspended && e.At < state.ValidUntil && e.Number > state.Numbers.GetValueOrDefault(e.Party)
            && e.Terms.FitInto(state.Rules!) && e.HeldFen == e.Terms.NeedFen => Enter(state, e),
        PacksTraded e when BookTrade.CanFollow(state, e) => BookTrade.Follow(state, e),
        _ => WithOrder(state, @event),
    };

    private static OrderBook Enter(OrderBook state, BookOrderEntered e)
    {
        var order = new BookOrder(state.Entered + 1, e.Terms.Side, e.Terms.Kind, e.Terms.Supply, e.Terms.PriceFen, e.Terms.Quantity, e.HeldFen);
        return state with
        {
            Entered = state.Entered + 1,
            Numbers = state.Numbers.SetItem(e.Party, e.Number),
            Orders = state.Orders.Add(new(e.Party, e.Number), order),
        };
    }

    private static OrderBook WithOrder(OrderBook state, Event @event)
    {
        var key = @event switch
        {
            BookOrderRefused e => new BookOrderKey(e.Party, e.Number),
            BookOrderCancelled e => new(e.Party, e.Number),
            BookOrderExpired e => new(e.Party, e.Number),
            BookOrderReduced e => new(e.Party, e.Number),
            BookOrderTriggered e => new(e.Party, e.Number),
            _ => throw Impossible(state, @event),
        };
        if (!state.Orders.TryGetValue(key, out var order))
        {
            throw Impossible(state, @event);
        }

        return @event switch
        {
            BookOrderRefused e when e.ReleasedFen == order.HeldFen => Without(state, key),
            BookOrderCancelled e when (e.Quantity, e.ReleasedFen) == (order.Leaves, order.HeldFen) => Without(state, key),
            BookOrderExpired e when (e.Quantity, e.ReleasedFen) == (order.Leaves, order.HeldFen) => Without(state, key),
            BookOrderReduced e when e.Quantity > 0 && e.Quantity < order.Leaves && e.ReleasedFen == (order.Side == BookSide.Buy ? order.PriceFen * e.Quantity : 0) =>
                With(state, key, order with { Leaves = order.Leaves - e.Quantity, HeldFen = order.HeldFen - e.ReleasedFen }),
            BookOrderTriggered when order.Kind == BookOrderKind.Stop => With(state, key, order with { Kind = BookOrderKind.Market }),
            BookOrderTriggered when order.Kind == BookOrderKind.StopLimit => With(state, key, order with { Kind = BookOrderKind.Limit }),
            _ => throw Impossible(state, @event),
        };
    }

    private static OrderBook Without(OrderBook state, BookOrderKey key) => state with { Orders = state.Orders.Remove(key) };

    private static OrderBook With(OrderBook state, BookOrderKey key, BookOrder order) => state with { Orders = state.Orders.SetItem(key, order) };

    internal static OrderBook Hold(OrderBook state, PartyId party, int change)
    {
        var held = state.Holdings.GetValueOrDefault(party) + change;
        return state with { Holdings = held == 0 ? state.Holdings.Remove(party) : state.Holdings.SetItem(party, held) };
    }

    private static ImpossibleHistoryException Impossible(OrderBook state, Event @event) =>
        new(@event, !state.Exists ? "no book" : state.IsClosed ? "closed" : state.IsSuspended ? "suspended" : state.Phase);
}

/// <summary>What a trade does to a book.</summary>
internal static class BookTrade
{
    /// <summary>Whether both orders are there, with enough left, at prices that they allow, and the packs too.</summary>
    internal static bool CanFollow(OrderBook state, PacksTraded e) =>
        !state.IsSuspended
        && e.At < state.ValidUntil
        && e.Deal == OrderBook.DealOf(e.Product, state.Trades + 1)
        && (e.Venue, e.FeeBasisPoints, e.VatBasisPoints) == (state.Venue, state.Rules!.FeeBasisPoints, state.Rules.VatBasisPoints)
        && e.Quantity > 0 && e.Quantity <= state.Rules.LargestQuantity
        && e.PriceFen > 0 && e.PriceFen <= state.Rules.HighestPriceFen && e.PriceFen % state.Rules.TickFen == 0
        && e.AmountFen == e.PriceFen * e.Quantity
        && e.Units == state.UnitsPerPack * e.Quantity
        && state.Orders.TryGetValue(new(e.Buyer, e.BuyNumber), out var bid) && CanBuy(bid, e)
        && state.Orders.TryGetValue(new(e.Seller, e.SellNumber), out var ask) && CanSell(state, ask, e);

    internal static OrderBook Follow(OrderBook state, PacksTraded e)
    {
        var next = Fill(Fill(state, new(e.Buyer, e.BuyNumber), e.Quantity, e.AmountFen + e.ReleasedFen), new(e.Seller, e.SellNumber), e.Quantity, 0);
        next = e.IsIssue ? next with { Issued = next.Issued + e.Quantity } : BookDecider.Hold(next, e.Seller, -e.Quantity);
        return BookDecider.Hold(next, e.Buyer, e.Quantity) with { Trades = state.Trades + 1 };
    }

    private static bool CanBuy(BookOrder bid, PacksTraded e) =>
        bid.Side == BookSide.Buy
        && (bid.PriceFen == 0 || e.PriceFen <= bid.PriceFen)
        && e.ReleasedFen <= bid.HeldFen - e.AmountFen
        && (bid.Kind == BookOrderKind.Budget
            ? e.ReleasedFen == 0
            : e.Quantity <= bid.Leaves && e.ReleasedFen == (bid.PriceFen - e.PriceFen) * e.Quantity);

    private static bool CanSell(OrderBook state, BookOrder ask, PacksTraded e) =>
        ask.Side == BookSide.Sell
        && e.Quantity <= ask.Leaves
        && e.PriceFen >= ask.PriceFen
        && e.IsIssue == (ask.Supply == PackSupply.Issue)
        && (e.IsIssue
            ? e.Seller == state.Provider && e.Quantity <= state.Packs - state.Issued && e.Contributors.SequenceEqual(state.Contributors)
            : state.Holdings.GetValueOrDefault(e.Seller) >= e.Quantity && e.Contributors.Count == 0);

    // An order with nothing left is gone; a budget order stays until it is cancelled.
    private static OrderBook Fill(OrderBook state, BookOrderKey key, int quantity, long spentFen)
    {
        var order = state.Orders[key];
        var left = order.Kind == BookOrderKind.Budget ? 0 : order.Leaves - quantity;
        return state with
        {
            Orders = left == 0 && order.Kind != BookOrderKind.Budget
                ? state.Orders.Remove(key)
                : state.Orders.SetItem(key, order with { Leaves = left, HeldFen = order.HeldFen - spentFen }),
        };
    }
}
