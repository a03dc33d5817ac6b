using System.Collections.Immutable;

namespace DataExchange.Domain.Trading;

/// <summary>How far an auction has come.</summary>
public enum AuctionStage
{
    /// <summary>No such auction.</summary>
    None,
    /// <summary>Bids are made or opened, or it waits to be closed.</summary>
    Open,
    /// <summary>Closed, with awards or without. Terminal.</summary>
    Closed,
    /// <summary>Cancelled before any bid. Terminal.</summary>
    Cancelled,
}

/// <summary>A sealed bid.</summary>
/// <param name="Bidder">Whose it is.</param>
/// <param name="AdmittedFor">Highest class the bidder is admitted for.</param>
/// <param name="Commitment">What it committed to.</param>
/// <param name="At">When: this breaks ties, not when it was opened.</param>
/// <param name="DepositFen">Its deposit, fen.</param>
/// <param name="AmountFen">Its amount, fen; null until it is opened.</param>
public sealed record SealedBid(PartyId Bidder, SecurityClass? AdmittedFor, string Commitment, SimulatedTime At, long DepositFen, long? AmountFen)
{
    /// <summary>Money held for it, fen.</summary>
    public long HeldFen => Math.Max(DepositFen, AmountFen ?? 0);
}

/// <summary>The open bid that stands.</summary>
/// <param name="Bidder">Whose it is.</param>
/// <param name="Number">The bidder's number of the bid.</param>
/// <param name="AdmittedFor">Highest class the bidder is admitted for.</param>
/// <param name="AmountFen">What it comes to, fen.</param>
/// <param name="HeldFen">Money held for it, fen; more than the amount where the clock stood lower than its bidder would have paid.</param>
/// <param name="At">When.</param>
public sealed record StandingBid(PartyId Bidder, int Number, SecurityClass? AdmittedFor, long AmountFen, long HeldFen, SimulatedTime At);

/// <summary>An auction of licences of one product, as its stream tells it.</summary>
public sealed record Auction
{
    /// <summary>The most bidders that commit to a sealed bid.</summary>
    public const int MostBidders = 1_000;

    /// <summary>How far it has come.</summary>
    public AuctionStage Stage { get; init; }

    /// <summary>Its identity.</summary>
    public AuctionId Id { get; init; }

    /// <summary>The product.</summary>
    public ProductId Product { get; init; }

    /// <summary>The venue.</summary>
    public VenueId Venue { get; init; }

    /// <summary>Who sells.</summary>
    public PartyId Provider { get; init; }

    /// <summary>How sensitive the data are.</summary>
    public SecurityClass SecurityClass { get; init; }

    /// <summary>Its rules; null before it opens.</summary>
    public AuctionRules? Rules { get; init; }

    /// <summary>When it opened.</summary>
    public SimulatedTime OpenedAt { get; init; }

    /// <summary>The last moment of a bid, as it is now.</summary>
    public SimulatedTime BidUntil { get; init; }

    /// <summary>Sealed bids, by bidder.</summary>
    public ImmutableSortedDictionary<string, SealedBid> Bids { get; init; } = ImmutableSortedDictionary.Create<string, SealedBid>(StringComparer.Ordinal);

    /// <summary>The open bid that stands; null for none.</summary>
    public StandingBid? Standing { get; init; }

    /// <summary>The last number that each bidder used for an open bid.</summary>
    public ImmutableDictionary<PartyId, int> Numbers { get; init; } = ImmutableDictionary<PartyId, int>.Empty;

    /// <summary>Whether anybody bid.</summary>
    public bool HasBids => Bids.Count > 0 || Standing is not null;

    /// <summary>First moment at which it is closed whatever its bidders do; for random sampling without its coin.</summary>
    public SimulatedTime ClosesAt => Rules switch
    {
        { Format: AuctionFormat.RandomSampling, RevealUntil: { } until } => until.AddSeconds(AuctionRules.CoinSeconds + 1),
        { RevealUntil: { } until } => until.AddSeconds(1),
        _ => BidUntil.AddSeconds(1),
    };

    /// <summary>Whether no bid can be made or opened any more: the time is over, or everybody has done what he can.</summary>
    /// <param name="at">When.</param>
    public bool IsOver(SimulatedTime at) =>
        Rules is { IsSealed: true } rules ? at > rules.RevealUntil || (at > BidUntil && Bids.Values.All(bid => bid.AmountFen is not null))
        : at > BidUntil || (Rules is { Format: AuctionFormat.Dutch } && Standing is not null);

    /// <summary>What a bidder's money is held for, fen, while the auction is open; 0 when it is over.</summary>
    /// <param name="bidder">The bidder.</param>
    public long HeldFor(PartyId bidder) =>
        Stage != AuctionStage.Open ? 0
        : Bids.TryGetValue(bidder.Value, out var bid) ? bid.HeldFen
        : Standing is { } standing && standing.Bidder == bidder ? standing.HeldFen
        : 0;

    /// <summary>Why nothing can be done about it; null when something can.</summary>
    internal Rejection? Unavailable => Stage switch
    {
        AuctionStage.None => Rejection.AuctionNotFound,
        AuctionStage.Open => null,
        _ => Rejection.AuctionOver,
    };

    /// <summary>Why somebody may not bid; null when he may.</summary>
    internal Rejection? Bars(PartyId bidder, SecurityClass? admittedFor, bool isSealed, SimulatedTime at) =>
        Unavailable is { } reason ? reason
        : Rules!.IsSealed != isSealed ? Rejection.WrongAuctionFormat
        : bidder == Provider ? Rejection.OwnAuction
        : admittedFor is null || admittedFor < SecurityClass ? Rejection.BuyerNotAdmitted
        : at > BidUntil || (!isSealed && IsOver(at)) ? Rejection.LateBid
        : null;
}

/// <summary>A command to Trading about one auction.</summary>
/// <param name="Auction">The auction.</param>
public abstract record AuctionCommand(AuctionId Auction) : Command
{
    /// <inheritdoc />
    public sealed override string Stream => StreamId.Auction(Auction);
}
