namespace DataExchange.Domain.Trading;

/// <summary>An order, or the rest of it, left the book untraded.</summary>
/// <param name="Product">The product.</param>
/// <param name="Party">Whose order it was.</param>
/// <param name="Number">The party's number of the order.</param>
/// <param name="Cause">Why.</param>
/// <param name="Quantity">Packs not traded; 0 for a budget order.</param>
/// <param name="ReleasedFen">Money that was held for it and is free again.</param>
[EventName("book_order_cancelled")]
public sealed record BookOrderCancelled(ProductId Product, PartyId Party, int Number, BookCancelCause Cause, int Quantity, long ReleasedFen) : Event;

/// <summary>Cancels an order.</summary>
/// <param name="Product">The product.</param>
/// <param name="Party">Whose order it is.</param>
/// <param name="Number">The party's number of the order.</param>
public sealed record CancelBookOrder(ProductId Product, PartyId Party, int Number) : BookCommand(Product)
{
    internal Decision Decide(OrderBook state) =>
        BookDecider.Unavailable(state) is { } reason ? Decision.Reject(reason)
        : !state.Orders.TryGetValue(new(Party, Number), out var order) ? Decision.Reject(Rejection.OrderNotFound)
        : Decision.Accept(new BookOrderCancelled(Product, Party, Number, BookCancelCause.Requested, order.Leaves, order.HeldFen) { At = At, By = By });
}

/// <summary>The time of an order was over.</summary>
/// <param name="Product">The product.</param>
/// <param name="Party">Whose order it was.</param>
/// <param name="Number">The party's number of the order.</param>
/// <param name="Quantity">Packs not traded.</param>
/// <param name="ReleasedFen">Money that was held for it and is free again.</param>
[EventName("book_order_expired")]
public sealed record BookOrderExpired(ProductId Product, PartyId Party, int Number, int Quantity, long ReleasedFen) : Event;

/// <summary>An order is smaller and keeps its place.</summary>
/// <param name="Product">The product.</param>
/// <param name="Party">Whose order it is.</param>
/// <param name="Number">The party's number of the order.</param>
/// <param name="Cause">Why: requested, or a trade with itself that was prevented.</param>
/// <param name="Quantity">Packs taken off.</param>
/// <param name="ReleasedFen">Money that was held for them and is free again.</param>
[EventName("book_order_reduced")]
public sealed record BookOrderReduced(ProductId Product, PartyId Party, int Number, BookCancelCause Cause, int Quantity, long ReleasedFen) : Event;

/// <summary>Makes a limit order smaller; it keeps its place.</summary>
/// <param name="Product">The product.</param>
/// <param name="Party">Whose order it is.</param>
/// <param name="Number">The party's number of the order.</param>
/// <param name="Leaves">Packs that are left of it, above 0 and below what is left now.</param>
public sealed record ReduceBookOrder(ProductId Product, PartyId Party, int Number, int Leaves) : BookCommand(Product)
{
    internal Decision Decide(OrderBook state)
    {
        if (BookDecider.Unavailable(state) is { } reason)
        {
            return Decision.Reject(reason);
        }

        if (!state.Orders.TryGetValue(new(Party, Number), out var order))
        {
            return Decision.Reject(Rejection.OrderNotFound);
        }

        if (state.Phase == TradingPhase.Closed)
        {
            return Decision.Reject(Rejection.PhaseForbids);
        }

        if (order.Kind != BookOrderKind.Limit || Leaves < 1 || Leaves >= order.Leaves)
        {
            return Decision.Reject(Rejection.OrderInvalid);
        }

        var taken = order.Leaves - Leaves;
        return Decision.Accept(new BookOrderReduced(
            Product, Party, Number, BookCancelCause.Requested, taken, order.Side == BookSide.Buy ? order.PriceFen * taken : 0) { At = At, By = By });
    }
}
