namespace DataExchange.Domain.Trading;

/// <summary>A holder used packs: their calls are taken up.</summary>
/// <param name="Product">The product.</param>
/// <param name="Party">The holder.</param>
/// <param name="Quantity">Packs.</param>
[EventName("packs_redeemed")]
public sealed record PacksRedeemed(ProductId Product, PartyId Party, int Quantity) : Event;

/// <summary>Redeems packs for their calls, also after the book has closed.</summary>
/// <param name="Product">The product.</param>
/// <param name="Party">The holder.</param>
/// <param name="Quantity">Packs, 1 or more, none of them offered for sale.</param>
public sealed record RedeemPacks(ProductId Product, PartyId Party, int Quantity) : BookCommand(Product)
{
    internal Decision Decide(OrderBook state) =>
        !state.Exists ? Decision.Reject(Rejection.NoOrderBook)
        : Quantity < 1 ? Decision.Reject(Rejection.OrderInvalid)
        : state.AvailableTo(Party) < Quantity ? Decision.Reject(Rejection.InsufficientPacks)
        : Decision.Accept(new PacksRedeemed(Product, Party, Quantity) { At = At, By = By });
}
