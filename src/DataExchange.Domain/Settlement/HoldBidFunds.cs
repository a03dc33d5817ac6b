namespace DataExchange.Domain.Settlement;

/// <summary>Money is held for a bid in an auction, or for its deposit. Posts available to held.</summary>
/// <param name="Party">The bidder.</param>
/// <param name="Auction">The auction.</param>
/// <param name="Number">Which of the bidder's holds in the auction.</param>
/// <param name="AmountFen">Fen.</param>
[EventName("bid_funds_held")]
public sealed record BidFundsHeld(PartyId Party, AuctionId Auction, int Number, long AmountFen) : Event;

/// <summary>The bidder's funds did not cover a bid in an auction, or its deposit.</summary>
/// <param name="Party">The bidder.</param>
/// <param name="Auction">The auction.</param>
/// <param name="Number">Which of the bidder's holds it would have been.</param>
/// <param name="AmountFen">Fen asked for.</param>
/// <param name="Reason">Why.</param>
[EventName("bid_funds_refused")]
public sealed record BidFundsRefused(PartyId Party, AuctionId Auction, int Number, long AmountFen, Rejection Reason) : Event;

/// <summary>Holds money for a bid in an auction, before the bid counts.</summary>
/// <param name="Party">The bidder.</param>
/// <param name="Auction">The auction.</param>
/// <param name="Number">Which of the bidder's holds in the auction.</param>
/// <param name="AmountFen">Fen, above 0.</param>
public sealed record HoldBidFunds(PartyId Party, AuctionId Auction, int Number, long AmountFen) : AccountCommand(Party)
{
    internal Decision Decide(PartyAccount state) =>
        !Money.IsAmount(AmountFen) ? Decision.Reject(Rejection.AmountInvalid)
        : state.BidHolds.ContainsKey(new(Auction, Number)) ? Decision.Reject(Rejection.HoldExists)
        : state.Available.Fen < AmountFen ? Decision.Refuse(
            Rejection.InsufficientFunds,
            new BidFundsRefused(Party, Auction, Number, AmountFen, Rejection.InsufficientFunds) { At = At, By = By })
        : Decision.Accept(new BidFundsHeld(Party, Auction, Number, AmountFen) { At = At, By = By });
}

/// <summary>Money held for a bid in an auction is free again. Posts held to available.</summary>
/// <param name="Party">The bidder.</param>
/// <param name="Auction">The auction.</param>
/// <param name="Number">Which of the bidder's holds in the auction; all of it.</param>
/// <param name="AmountFen">Fen.</param>
[EventName("bid_funds_released")]
public sealed record BidFundsReleased(PartyId Party, AuctionId Auction, int Number, long AmountFen) : Event;

/// <summary>Frees the money of one bid: it was outbid, or not taken after all.</summary>
/// <param name="Party">The bidder.</param>
/// <param name="Auction">The auction.</param>
/// <param name="Number">Which of the bidder's holds in the auction.</param>
public sealed record ReleaseBidFunds(PartyId Party, AuctionId Auction, int Number) : AccountCommand(Party)
{
    internal Decision Decide(PartyAccount state) =>
        state.BidHolds.TryGetValue(new(Auction, Number), out var held)
            ? Decision.Accept(new BidFundsReleased(Party, Auction, Number, held) { At = At, By = By })
            : Decision.Reject(Rejection.NoSuchHold);
}

/// <summary>Frees all money that is held for a party's bids in an auction: it closed, and the party gets nothing.</summary>
/// <param name="Party">The bidder.</param>
/// <param name="Auction">The auction.</param>
public sealed record ReturnBidFunds(PartyId Party, AuctionId Auction) : AccountCommand(Party)
{
    internal Decision Decide(PartyAccount state) =>
        BidHolds.Released(state, Auction, this) is { Length: > 0 } released ? Decision.Accept(released) : Decision.Reject(Rejection.NoSuchHold);
}

/// <summary>
/// Allots the money of an award to its deal: all that is held for the party's bids in the auction is free, and the price is held for the deal, in one.
/// </summary>
/// <param name="Party">The bidder.</param>
/// <param name="Auction">The auction.</param>
/// <param name="Deal">The deal, for which nothing is held yet.</param>
/// <param name="AmountFen">The price, fen, above 0, at most what is held.</param>
public sealed record AllotBidFunds(PartyId Party, AuctionId Auction, DealId Deal, long AmountFen) : AccountCommand(Party)
{
    internal Decision Decide(PartyAccount state)
    {
        var released = BidHolds.Released(state, Auction, this);
        return !Money.IsAmount(AmountFen) ? Decision.Reject(Rejection.AmountInvalid)
            : state.Holds.ContainsKey(Deal) ? Decision.Reject(Rejection.HoldExists)
            : released.Sum(one => ((BidFundsReleased)one).AmountFen) < AmountFen ? Decision.Reject(Rejection.NoSuchHold)
            : Decision.Accept([.. released, new FundsHeld(Party, Deal, AmountFen) { At = At, By = By }]);
    }
}

/// <summary>A sealed bid was not opened in time: its deposit goes to the provider. Posts held to payable.</summary>
/// <param name="Party">The bidder.</param>
/// <param name="Auction">The auction.</param>
/// <param name="Number">Which of the bidder's holds in the auction; all of it.</param>
/// <param name="Provider">To whom it goes.</param>
/// <param name="AmountFen">Fen.</param>
[EventName("deposit_forfeited")]
public sealed record DepositForfeited(PartyId Party, AuctionId Auction, int Number, PartyId Provider, long AmountFen) : Event;

/// <summary>Gives the deposit of a bid that was not opened to the provider.</summary>
/// <param name="Party">The bidder.</param>
/// <param name="Auction">The auction.</param>
/// <param name="Number">Which of the bidder's holds in the auction is the deposit.</param>
/// <param name="Provider">To whom it goes.</param>
public sealed record ForfeitDeposit(PartyId Party, AuctionId Auction, int Number, PartyId Provider) : AccountCommand(Party)
{
    internal Decision Decide(PartyAccount state) =>
        state.BidHolds.TryGetValue(new(Auction, Number), out var held)
            ? Decision.Accept(new DepositForfeited(Party, Auction, Number, Provider, held) { At = At, By = By })
            : Decision.Reject(Rejection.NoSuchHold);
}

internal static class BidHolds
{
    // In the order of numbers: the same facts on every machine.
    internal static Event[] Released(PartyAccount state, AuctionId auction, AccountCommand command) =>
    [
        .. state.BidHolds.Where(hold => hold.Key.Auction == auction).OrderBy(hold => hold.Key.Number)
            .Select(hold => new BidFundsReleased(command.Party, auction, hold.Key.Number, hold.Value) { At = command.At, By = command.By }),
    ];
}
