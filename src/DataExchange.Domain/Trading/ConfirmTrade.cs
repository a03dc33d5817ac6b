namespace DataExchange.Domain.Trading;

/// <summary>A trade of an order book is a deal on the book's standard contract: nothing is left to negotiate.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="Seller">The seller.</param>
/// <param name="Quantity">Packs.</param>
/// <param name="Units">Calls in these packs.</param>
/// <param name="UnitPriceFen">Price of a pack, fen.</param>
/// <param name="AmountFen">Price of it all, fen.</param>
/// <param name="FeeBasisPoints">The venue's fee.</param>
/// <param name="VatBasisPoints">Value-added tax rate.</param>
/// <param name="Contributors">Upstream contributors and their shares.</param>
/// <param name="ProductVersion">Version of the product's content; not given for the first.</param>
[EventName("trade_confirmed")]
public sealed record TradeConfirmed(
    DealId Deal,
    ProductId Product,
    VenueId Venue,
    PartyId Buyer,
    PartyId Seller,
    int Quantity,
    int Units,
    long UnitPriceFen,
    long AmountFen,
    int FeeBasisPoints,
    int VatBasisPoints,
    IReadOnlyList<ContributorShare> Contributors,
    int? ProductVersion = null) : Event;

/// <summary>Opens the deal of a trade.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Trade">The trade.</param>
public sealed record ConfirmTrade(DealId Deal, PacksTraded Trade) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) =>
        state.Stage != DealStage.None ? Decision.Reject(Rejection.DealAlreadyExists)
        : !IsSound() ? Decision.Reject(Rejection.OrderInvalid)
        : Decision.Accept(new TradeConfirmed(
            Deal, Trade.Product, Trade.Venue, Trade.Buyer, Trade.Seller, Trade.Quantity, Trade.Units, Trade.PriceFen, Trade.AmountFen,
            Trade.FeeBasisPoints, Trade.VatBasisPoints, Trade.Contributors, Trade.ProductVersion) { At = At, By = By });

    private bool IsSound() =>
        Trade.Deal == Deal
        && Trade.Quantity >= 1
        && Trade.Units >= 1
        && Money.IsAmount(Trade.AmountFen)
        && (Int128)Trade.PriceFen * Trade.Quantity == Trade.AmountFen;
}
