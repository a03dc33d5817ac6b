namespace DataExchange.Domain.Trading;

/// <summary>A book went over into another phase. What that led to is told by the facts that follow.</summary>
/// <param name="Product">The product.</param>
/// <param name="Phase">The new phase.</param>
/// <param name="IsCalled">Whether the venue called it; otherwise a halt ended by itself.</param>
[EventName("book_phase_changed")]
public sealed record BookPhaseChanged(ProductId Product, TradingPhase Phase, bool IsCalled) : Event;

/// <summary>Calls a phase of the trading day. What gathered orders ends with an auction at one price.</summary>
/// <param name="Product">The product.</param>
/// <param name="Phase">The phase, another than the present one.</param>
public sealed record CallPhase(ProductId Product, TradingPhase Phase) : BookCommand(Product)
{
    internal Decision Decide(OrderBook state) =>
        BookDecider.Unavailable(state) is { } reason ? Decision.Reject(reason)
        : state.IsSuspended ? Decision.Reject(Rejection.ProductSuspended)
        : At >= state.ValidUntil ? Decision.Reject(Rejection.CertificateExpired)
        : state.Phase == Phase ? Decision.Reject(Rejection.PhaseForbids)
        : Decision.Accept(new BookPhaseChanged(Product, Phase, true) { At = At, By = By });
}

/// <summary>A trade outside the price band was about to happen: the book is halted. The halt ends by itself, with an auction.</summary>
/// <param name="Product">The product.</param>
/// <param name="PriceFen">The price that was about to trade.</param>
/// <param name="Until">When the halt ends.</param>
[EventName("book_halted")]
public sealed record BookHalted(ProductId Product, long PriceFen, SimulatedTime Until) : Event;

/// <summary>An auction found its price; the trades follow.</summary>
/// <param name="Product">The product.</param>
/// <param name="PriceFen">The price of all its trades.</param>
/// <param name="Quantity">Packs traded in it.</param>
[EventName("book_uncrossed")]
public sealed record BookUncrossed(ProductId Product, long PriceFen, int Quantity) : Event;

/// <summary>Lets time pass in a book: orders whose time is over expire, a halt that is over ends.</summary>
/// <param name="Product">The product.</param>
public sealed record AdvanceOrderBook(ProductId Product) : BookCommand(Product)
{
    internal Decision Decide(OrderBook state) =>
        BookDecider.Unavailable(state) is { } reason ? Decision.Reject(reason)
        : Results.Count == 0 ? Decision.Reject(Rejection.NothingDue)
        : Decision.Accept();
}
