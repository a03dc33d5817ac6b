namespace DataExchange.Domain.Settlement;

/// <summary>Money is held for an order in an order book. Posts available to held.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Product">The product whose packs it wants.</param>
/// <param name="Number">The buyer's number of the order.</param>
/// <param name="AmountFen">Fen.</param>
[EventName("order_funds_held")]
public sealed record OrderFundsHeld(PartyId Party, ProductId Product, int Number, long AmountFen) : Event;

/// <summary>The buyer's funds did not cover an order in an order book.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Product">The product whose packs it wants.</param>
/// <param name="Number">The buyer's number of the order.</param>
/// <param name="AmountFen">Fen asked for.</param>
/// <param name="Reason">Why.</param>
[EventName("order_funds_refused")]
public sealed record OrderFundsRefused(PartyId Party, ProductId Product, int Number, long AmountFen, Rejection Reason) : Event;

/// <summary>Holds money for an order in an order book, before the order enters it.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Product">The product whose packs it wants.</param>
/// <param name="Number">The buyer's number of the order.</param>
/// <param name="AmountFen">Fen, above 0.</param>
public sealed record HoldOrderFunds(PartyId Party, ProductId Product, int Number, long AmountFen) : AccountCommand(Party)
{
    internal Decision Decide(PartyAccount state) =>
        !Money.IsAmount(AmountFen) ? Decision.Reject(Rejection.AmountInvalid)
        : state.OrderHolds.ContainsKey(new(Product, Number)) ? Decision.Reject(Rejection.HoldExists)
        : state.Available.Fen < AmountFen ? Decision.Refuse(
            Rejection.InsufficientFunds,
            new OrderFundsRefused(Party, Product, Number, AmountFen, Rejection.InsufficientFunds) { At = At, By = By })
        : Decision.Accept(new OrderFundsHeld(Party, Product, Number, AmountFen) { At = At, By = By });
}

/// <summary>Money held for an order in an order book is free again. Posts held to available.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Product">The product.</param>
/// <param name="Number">The buyer's number of the order.</param>
/// <param name="AmountFen">Fen.</param>
[EventName("order_funds_released")]
public sealed record OrderFundsReleased(PartyId Party, ProductId Product, int Number, long AmountFen) : Event;

/// <summary>Frees money that an order in an order book needs no more.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Product">The product.</param>
/// <param name="Number">The buyer's number of the order.</param>
/// <param name="AmountFen">Fen, above 0, at most what is held.</param>
public sealed record ReleaseOrderFunds(PartyId Party, ProductId Product, int Number, long AmountFen) : AccountCommand(Party)
{
    internal Decision Decide(PartyAccount state) =>
        AmountFen <= 0 ? Decision.Reject(Rejection.AmountInvalid)
        : state.OrderHolds.GetValueOrDefault(new(Product, Number)) < AmountFen ? Decision.Reject(Rejection.NoSuchHold)
        : Decision.Accept(new OrderFundsReleased(Party, Product, Number, AmountFen) { At = At, By = By });
}

/// <summary>An order traded: of the money held for it, the price of the trade is held for the deal from now on. Nothing is posted.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Product">The product.</param>
/// <param name="Number">The buyer's number of the order.</param>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">Fen.</param>
[EventName("order_funds_allotted")]
public sealed record OrderFundsAllotted(PartyId Party, ProductId Product, int Number, DealId Deal, long AmountFen) : Event;

/// <summary>Allots money held for an order to the deal of its trade, and frees what the limit price was above the price.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Product">The product.</param>
/// <param name="Number">The buyer's number of the order.</param>
/// <param name="Deal">The deal, for which nothing is held yet.</param>
/// <param name="AmountFen">Price of the trade, fen, above 0.</param>
/// <param name="ReleasedFen">What is free again, fen, 0 or more.</param>
public sealed record AllotOrderFunds(PartyId Party, ProductId Product, int Number, DealId Deal, long AmountFen, long ReleasedFen) : AccountCommand(Party)
{
    internal Decision Decide(PartyAccount state)
    {
        if (!Money.IsAmount(AmountFen) || ReleasedFen < 0)
        {
            return Decision.Reject(Rejection.AmountInvalid);
        }

        if (state.Holds.ContainsKey(Deal))
        {
            return Decision.Reject(Rejection.HoldExists);
        }

        if (ReleasedFen > state.OrderHolds.GetValueOrDefault(new(Product, Number)) - AmountFen)
        {
            return Decision.Reject(Rejection.NoSuchHold);
        }

        var allotted = new OrderFundsAllotted(Party, Product, Number, Deal, AmountFen) { At = At, By = By };
        return ReleasedFen == 0
            ? Decision.Accept(allotted)
            : Decision.Accept(allotted, new OrderFundsReleased(Party, Product, Number, ReleasedFen) { At = At, By = By });
    }
}
