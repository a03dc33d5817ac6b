namespace DataExchange.Domain.Trading;

/// <summary>An open bid that another one took the place of.</summary>
/// <param name="Bidder">Whose it was.</param>
/// <param name="Number">The bidder's number of it.</param>
/// <param name="HeldFen">Money that was held for it and is free again, fen.</param>
public sealed record OutbidBid(PartyId Bidder, int Number, long HeldFen)
{
    internal static OutbidBid? Of(StandingBid? standing) => standing is null ? null : new(standing.Bidder, standing.Number, standing.HeldFen);
}

/// <summary>An open bid was made (加价, 应价).</summary>
/// <param name="Auction">The auction.</param>
/// <param name="Bidder">Whose bid it is.</param>
/// <param name="Number">The bidder's number of it.</param>
/// <param name="AdmittedFor">Highest class the bidder is admitted for.</param>
/// <param name="AmountFen">What it comes to, fen: in a Dutch auction the price on the clock.</param>
/// <param name="HeldFen">Money held for it, fen.</param>
/// <param name="Outbid">The bid whose place it took; null for the first one.</param>
/// <param name="Ends">True where it ends the auction, as in a Dutch one; not given otherwise.</param>
[EventName("bid_placed")]
public sealed record BidPlaced(
    AuctionId Auction, PartyId Bidder, int Number, SecurityClass? AdmittedFor, long AmountFen, long HeldFen, OutbidBid? Outbid, bool? Ends = null) : Event;

/// <summary>Makes an open bid: above the standing one in an English auction, for the price on the clock in a Dutch one. Its money is held first.</summary>
/// <param name="Auction">The auction.</param>
/// <param name="Bidder">Whose bid it is.</param>
/// <param name="Number">The bidder's number of it, larger than all it used in this auction: a bid sent twice counts once.</param>
/// <param name="AdmittedFor">Highest class the bidder is admitted for (read from Trading's own buyer stream); null when not admitted.</param>
/// <param name="AmountFen">What the bidder pays at most, fen, 1 to <see cref="AuctionRules.MostBidFen"/>: a clock that stands lower takes no more than it shows.</param>
public sealed record PlaceBid(AuctionId Auction, PartyId Bidder, int Number, SecurityClass? AdmittedFor, long AmountFen) : AuctionCommand(Auction)
{
    internal static Rejection? Problem(Auction state, long amountFen, SimulatedTime at) =>
        !AuctionRules.IsBid(amountFen) ? Rejection.BidInvalid
        : amountFen < LeastFen(state, at) ? Rejection.BidBelowReserve
        : state.Standing is { } standing && amountFen - standing.AmountFen < state.Rules!.StepFen ? Rejection.BidBelowIncrement
        : null;

    internal Decision Decide(Auction state)
    {
        if ((state.Bars(Bidder, AdmittedFor, isSealed: false, At) ?? Problem(state, AmountFen, At)) is { } reason)
        {
            return Decision.Reject(reason);
        }

        var isDutch = state.Rules!.Format == AuctionFormat.Dutch;
        return Number <= state.Numbers.GetValueOrDefault(Bidder)
            ? Decision.Reject(Rejection.BidNumberUsed)
            : Decision.Accept(new BidPlaced(
                Auction, Bidder, Number, AdmittedFor, isDutch ? LeastFen(state, At) : AmountFen, AmountFen, OutbidBid.Of(state.Standing), isDutch ? true : null)
            { At = At, By = By });
    }

    private static long LeastFen(Auction state, SimulatedTime at) =>
        state.Rules!.Format == AuctionFormat.Dutch ? state.Rules.ClockFen(state.OpenedAt, at) : state.Rules.ReserveFen;
}
