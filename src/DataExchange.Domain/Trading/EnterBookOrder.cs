namespace DataExchange.Domain.Trading;

/// <summary>An order entered a book. What became of it at once is told by the facts that follow.</summary>
/// <param name="Product">The product.</param>
/// <param name="Party">Whose order it is.</param>
/// <param name="Number">The party's number of the order.</param>
/// <param name="AdmittedFor">Highest class the party is admitted for; null when it is not admitted.</param>
/// <param name="Terms">What it asks for.</param>
/// <param name="HeldFen">Money held for it.</param>
[EventName("book_order_entered")]
public sealed record BookOrderEntered(
    ProductId Product, PartyId Party, int Number, SecurityClass? AdmittedFor, BookOrderTerms Terms, long HeldFen) : Event;

/// <summary>The book did not take an order.</summary>
/// <param name="Product">The product.</param>
/// <param name="Party">Whose order it is.</param>
/// <param name="Number">The party's number of the order.</param>
/// <param name="Reason">Why.</param>
/// <param name="ReleasedFen">Money that was held for it and is free again.</param>
[EventName("book_order_refused")]
public sealed record BookOrderRefused(ProductId Product, PartyId Party, int Number, Rejection Reason, long ReleasedFen) : Event;

/// <summary>Enters an order into a book. Its money is held first.</summary>
/// <param name="Product">The product.</param>
/// <param name="Party">Whose order it is.</param>
/// <param name="Number">The party's number of the order, larger than all it used in this book: an order sent twice counts once.</param>
/// <param name="AdmittedFor">Highest class the party is admitted for (read from Trading's own buyer stream); null when not admitted.</param>
/// <param name="Terms">What it asks for.</param>
public sealed record EnterBookOrder(ProductId Product, PartyId Party, int Number, SecurityClass? AdmittedFor, BookOrderTerms Terms) : BookCommand(Product)
{
    internal Decision Decide(OrderBook state) =>
        BookDecider.Unavailable(state) is { } reason ? Decision.Reject(reason)
        : state.IsSuspended ? Decision.Reject(Rejection.ProductSuspended)
        : At >= state.ValidUntil ? Decision.Reject(Rejection.CertificateExpired)
        : Number <= state.Numbers.GetValueOrDefault(Party) ? Decision.Reject(Rejection.OrderNumberUsed)
        : !Terms.FitInto(state.Rules!) ? Decision.Reject(Rejection.OrderInvalid)
        : Decision.Accept(new BookOrderEntered(Product, Party, Number, AdmittedFor, Terms, Terms.NeedFen) { At = At, By = By });
}

/// <summary>A stop order came to life: the last price reached its stop price.</summary>
/// <param name="Product">The product.</param>
/// <param name="Party">Whose order it is.</param>
/// <param name="Number">The party's number of the order.</param>
[EventName("book_order_triggered")]
public sealed record BookOrderTriggered(ProductId Product, PartyId Party, int Number) : Event;

/// <summary>Two orders traded in a book (成交). Its deal follows.</summary>
/// <param name="Product">The product.</param>
/// <param name="Deal">The deal that follows.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="BuyNumber">The buyer's number of its order.</param>
/// <param name="Seller">The seller: the provider when packs are issued, otherwise who held them.</param>
/// <param name="SellNumber">The seller's number of its order.</param>
/// <param name="Taker">Side of the incoming order; null in an auction.</param>
/// <param name="IsIssue">Whether the packs are issued with the trade (primary market).</param>
/// <param name="Quantity">Packs.</param>
/// <param name="Units">Calls in these packs.</param>
/// <param name="PriceFen">Price of a pack, fen.</param>
/// <param name="AmountFen">Price of it all, fen.</param>
/// <param name="ReleasedFen">Of the money held for these packs, what the buyer's limit was above the price.</param>
/// <param name="FeeBasisPoints">The venue's fee.</param>
/// <param name="VatBasisPoints">Value-added tax rate.</param>
/// <param name="Contributors">Upstream contributors and their shares; none when packs change hands.</param>
/// <param name="ProductVersion">Version of the product's content; not given for the first.</param>
[EventName("packs_traded")]
public sealed record PacksTraded(
    ProductId Product,
    DealId Deal,
    VenueId Venue,
    PartyId Buyer,
    int BuyNumber,
    PartyId Seller,
    int SellNumber,
    BookSide? Taker,
    bool IsIssue,
    int Quantity,
    int Units,
    long PriceFen,
    long AmountFen,
    long ReleasedFen,
    int FeeBasisPoints,
    int VatBasisPoints,
    IReadOnlyList<ContributorShare> Contributors,
    int? ProductVersion = null) : Event;
