namespace DataExchange.Domain.Trading;

/// <summary>
/// Keeps an auction's rules: who bids, when, how much at least, what a commitment opens to. Who gets a licence at what price is found by the mechanism
/// behind it, whose answer is in the command to close.
/// </summary>
public sealed class AuctionDecider : IDecider<AuctionCommand, Auction>
{
    private AuctionDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "auction";

    /// <inheritdoc />
    public static string Capability => "Trading";

    /// <inheritdoc />
    public static Auction Initial { get; } = new();

    /// <inheritdoc />
    public static Decision Decide(AuctionCommand command, Auction state) => command switch
    {
        OpenAuction c => c.Decide(state),
        CommitBid c => c.Decide(state),
        RevealBid c => c.Decide(state),
        PlaceBid c => c.Decide(state),
        CloseAuction c => c.Decide(state),
        CancelAuction c => c.Decide(state),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no rule for this command"),
    };

    /// <inheritdoc />
    public static Auction Evolve(Auction state, Event @event) => @event switch
    {
        AuctionOpened e when state.Stage == AuctionStage.None && e.Rules.IsSound(e.At) => state with
        {
            Stage = AuctionStage.Open,
            Id = e.Auction,
            Product = e.Product,
            Venue = e.Venue,
            Provider = e.Provider,
            SecurityClass = e.SecurityClass,
            Rules = e.Rules,
            OpenedAt = e.At,
            BidUntil = e.Rules.BidUntil,
        },
        BidCommitted e when state.Bars(e.Bidder, e.AdmittedFor, isSealed: true, e.At) is null && !state.Bids.ContainsKey(e.Bidder.Value) && e.DepositFen >= state.Rules!.DepositFen =>
            state with { Bids = state.Bids.Add(e.Bidder.Value, new(e.Bidder, e.AdmittedFor, e.Commitment, e.At, e.DepositFen, null)) },
        BidRevealed e when RevealBid.Problem(state, e.Bidder, e.AmountFen, e.Nonce, e.At) is null => state with
        {
            Bids = state.Bids.SetItem(e.Bidder.Value, state.Bids[e.Bidder.Value] with { AmountFen = e.AmountFen }),
        },
        BidPlaced e when state.Bars(e.Bidder, e.AdmittedFor, isSealed: false, e.At) is null && PlaceBid.Problem(state, e.AmountFen, e.At) is null
            && e.Number > state.Numbers.GetValueOrDefault(e.Bidder) && e.HeldFen >= e.AmountFen && e.Outbid == OutbidBid.Of(state.Standing) => state with
            {
                Standing = new(e.Bidder, e.Number, e.AdmittedFor, e.AmountFen, e.HeldFen, e.At),
                Numbers = state.Numbers.SetItem(e.Bidder, e.Number),
                BidUntil = Later(state.BidUntil, e.At.AddSeconds(state.Rules!.QuietSeconds ?? 0)),
            },
        AuctionClosed e when state.Stage == AuctionStage.Open && state.IsOver(e.At) && e.IsOf(state) => state with { Stage = AuctionStage.Closed },
        AuctionCancelled when state is { Stage: AuctionStage.Open, HasBids: false } => state with { Stage = AuctionStage.Cancelled },
        _ => throw new ImpossibleHistoryException(@event, state.Stage),
    };

    /// <inheritdoc />
    public static bool IsTerminal(Auction state) => state.Stage is AuctionStage.Closed or AuctionStage.Cancelled;

    // A bid near the close moves it, so that nobody is cut off.
    private static SimulatedTime Later(SimulatedTime one, SimulatedTime other) => one > other ? one : other;
}
