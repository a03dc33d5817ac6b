namespace DataExchange.Domain.Trading;

/// <summary>Trading in a book is suspended; its orders are cancelled.</summary>
/// <param name="Product">The product.</param>
[EventName("book_suspended")]
public sealed record BookSuspended(ProductId Product) : Event;

/// <summary>Suspends a book with the product's listing: every order is cancelled.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue at which the product is suspended.</param>
public sealed record SuspendOrderBook(ProductId Product, VenueId Venue) : BookCommand(Product)
{
    internal Decision Decide(OrderBook state) =>
        BookDecider.Unavailable(state) is { } reason ? Decision.Reject(reason)
        : state.Venue != Venue ? Decision.Reject(Rejection.NoOrderBook)
        : state.IsSuspended ? Decision.Reject(Rejection.ProductSuspended)
        : Decision.Accept([.. BookDecider.CancelAll(state, Product, BookCancelCause.Suspended, At, By), new BookSuspended(Product) { At = At, By = By }]);
}

/// <summary>Trading in a book may go on.</summary>
/// <param name="Product">The product.</param>
[EventName("book_resumed")]
public sealed record BookResumed(ProductId Product) : Event;

/// <summary>Resumes a suspended book; it opens with its next session.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue at which the product is resumed.</param>
public sealed record ResumeOrderBook(ProductId Product, VenueId Venue) : BookCommand(Product)
{
    internal Decision Decide(OrderBook state) =>
        BookDecider.Unavailable(state) is { } reason ? Decision.Reject(reason)
        : state.Venue != Venue ? Decision.Reject(Rejection.NoOrderBook)
        : !state.IsSuspended ? Decision.Reject(Rejection.NotSuspended)
        : Decision.Accept(new BookResumed(Product) { At = At, By = By });
}

/// <summary>A book is closed for good; its orders are cancelled. Packs that were sold keep their calls.</summary>
/// <param name="Product">The product.</param>
[EventName("book_closed")]
public sealed record BookClosed(ProductId Product) : Event;

/// <summary>Closes a book for good.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue at which the product is no longer offered.</param>
public sealed record CloseOrderBook(ProductId Product, VenueId Venue) : BookCommand(Product)
{
    internal Decision Decide(OrderBook state) =>
        BookDecider.Unavailable(state) is { } reason ? Decision.Reject(reason)
        : state.Venue != Venue ? Decision.Reject(Rejection.NoOrderBook)
        : Decision.Accept([.. BookDecider.CancelAll(state, Product, BookCancelCause.BookClosed, At, By), new BookClosed(Product) { At = At, By = By }]);
}
