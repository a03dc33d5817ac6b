namespace DataExchange.Domain.Trading;

/// <summary>A series of call packs was set aside for an order book: so many may be issued there, and sold on from buyer to buyer.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Provider">Who may issue.</param>
/// <param name="SecurityClass">How sensitive the data are.</param>
/// <param name="ValidUntil">First moment at which the certificate is no longer valid.</param>
/// <param name="Packs">Packs that may be issued in the book.</param>
/// <param name="UnitsPerPack">Calls in one pack.</param>
/// <param name="PackPriceFen">Price of a pack on the shelf, fen: the book's first reference price.</param>
/// <param name="Rules">How the book trades.</param>
/// <param name="Contributors">Upstream contributors and their shares.</param>
/// <param name="ProductVersion">Version of the product's content; not given for the first.</param>
[EventName("packs_allotted")]
public sealed record PacksAllotted(
    ProductId Product,
    VenueId Venue,
    PartyId Provider,
    SecurityClass SecurityClass,
    SimulatedTime ValidUntil,
    int Packs,
    int UnitsPerPack,
    long PackPriceFen,
    BookRules Rules,
    IReadOnlyList<ContributorShare> Contributors,
    int? ProductVersion = null) : Event;

/// <summary>Sets a series of call packs aside for an order book, once for each product.</summary>
/// <param name="Product">The product: offered at the venue as call packs that may be sold on.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Packs">Packs, 1 to 1,000,000.</param>
/// <param name="Rules">How the book trades.</param>
public sealed record AllotPacks(ProductId Product, VenueId Venue, int Packs, BookRules Rules) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) =>
        state.Trial is { IsClosed: false } ? Decision.Reject(Rejection.NoOrderBookInSandbox)
        : state.HasOrderBook ? Decision.Reject(Rejection.OrderBookExists)
        : state.At(Venue) == OfferStatus.Suspended ? Decision.Reject(Rejection.ProductSuspended)
        : state.At(Venue) != OfferStatus.Open ? Decision.Reject(Rejection.NotOffered)
        : At >= state.ValidUntil ? Decision.Reject(Rejection.CertificateExpired)
        : state.Terms is not { Licence: LicenceKind.CallPack, ResaleAllowed: true } terms ? Decision.Reject(Rejection.NotTradable)
        : Packs is < 1 or > 1_000_000 || !terms.CanSell(1) || !Rules.CanTrade(terms.UnitsPerPack, terms.RegularAmount().Fen)
            ? Decision.Reject(Rejection.OrderInvalid)
        : Decision.Accept(new PacksAllotted(
            Product, Venue, state.Provider, state.SecurityClass, state.ValidUntil, Packs, terms.UnitsPerPack, terms.RegularAmount().Fen, Rules,
            state.Contributors, ProductVersions.Recorded(state.ProductVersion)) { At = At, By = By });
}

/// <summary>An order book opened. It begins closed for the day.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Provider">Who may issue.</param>
/// <param name="SecurityClass">How sensitive the data are.</param>
/// <param name="ValidUntil">First moment at which the certificate is no longer valid.</param>
/// <param name="Packs">Packs that may be issued.</param>
/// <param name="UnitsPerPack">Calls in one pack.</param>
/// <param name="ReferencePriceFen">First reference price of a pack, fen.</param>
/// <param name="Rules">How the book trades.</param>
/// <param name="Contributors">Upstream contributors and their shares.</param>
/// <param name="ProductVersion">Version of the product's content; not given for the first.</param>
[EventName("book_opened")]
public sealed record BookOpened(
    ProductId Product,
    VenueId Venue,
    PartyId Provider,
    SecurityClass SecurityClass,
    SimulatedTime ValidUntil,
    int Packs,
    int UnitsPerPack,
    long ReferencePriceFen,
    BookRules Rules,
    IReadOnlyList<ContributorShare> Contributors,
    int? ProductVersion = null) : Event;

/// <summary>Opens the order book of a series that was set aside.</summary>
/// <param name="Series">The series.</param>
public sealed record OpenOrderBook(PacksAllotted Series) : BookCommand(Series.Product)
{
    internal Decision Decide(OrderBook state) =>
        state.Exists ? Decision.Reject(Rejection.OrderBookExists)
        : Series.Packs is < 1 or > 1_000_000 || !Series.Rules.CanTrade(Series.UnitsPerPack, Series.PackPriceFen) ? Decision.Reject(Rejection.OrderInvalid)
        : Decision.Accept(new BookOpened(
            Product, Series.Venue, Series.Provider, Series.SecurityClass, Series.ValidUntil, Series.Packs, Series.UnitsPerPack,
            Series.PackPriceFen, Series.Rules, Series.Contributors, Series.ProductVersion) { At = At, By = By });
}

/// <summary>The certificate was renewed, so the book may go on longer.</summary>
/// <param name="Product">The product.</param>
/// <param name="ValidUntil">First moment at which the certificate is no longer valid.</param>
[EventName("book_extended")]
public sealed record BookExtended(ProductId Product, SimulatedTime ValidUntil) : Event;

/// <summary>Tells a book that the certificate was renewed.</summary>
/// <param name="Product">The product.</param>
/// <param name="ValidUntil">First moment at which the certificate is no longer valid, after the present one.</param>
public sealed record ExtendOrderBook(ProductId Product, SimulatedTime ValidUntil) : BookCommand(Product)
{
    internal Decision Decide(OrderBook state) =>
        BookDecider.Unavailable(state) is { } reason ? Decision.Reject(reason)
        : ValidUntil <= state.ValidUntil ? Decision.Reject(Rejection.TermInvalid)
        : Decision.Accept(new BookExtended(Product, ValidUntil) { At = At, By = By });
}
