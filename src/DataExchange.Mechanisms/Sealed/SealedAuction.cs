using System.Collections.Immutable;

namespace DataExchange.Mechanisms.Sealed;

/// <summary>A bid in a sealed auction.</summary>
/// <param name="Commitment">What it committed to.</param>
/// <param name="CommittedAt">When: this breaks ties, not when it was opened.</param>
/// <param name="DepositFen">Its deposit, fen.</param>
/// <param name="AmountFen">Its amount, fen; null until it is opened.</param>
public sealed record SealedBid(BidCommitment Commitment, long CommittedAt, long DepositFen, long? AmountFen);

/// <summary>What a step led to.</summary>
/// <param name="Auction">The auction after it; as before when it was refused.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
public readonly record struct SealedStep(SealedAuction Auction, SealedRefusal? Refusal);

/// <summary>
/// An auction by commit and reveal: first every bidder publishes a <see cref="BidCommitment"/> and pays his deposit; when no more bids are taken each opens
/// his own; then a mechanism is run over those that were opened. It cannot be changed: each step gives another one.
/// </summary>
/// <remarks>
/// A bid that is not opened in time by its amount and nonce, with the funds for it, forfeits its deposit to the provider. A wrong opening is refused and may be
/// repeated until the last moment: a slip costs nothing, and as the commitment binds, trying again gains nothing. If backing out were free, a bidder could
/// commit and decide after he saw others' bids, so the deposit is the price of that. Decision 0027.
/// </remarks>
public sealed record SealedAuction
{
    private SealedAuction(SealedTerms terms) => Terms = terms;

    /// <summary>The rules.</summary>
    public SealedTerms Terms { get; }

    /// <summary>The bids, by bidder.</summary>
    public ImmutableSortedDictionary<string, SealedBid> Bids { get; private init; } = ImmutableSortedDictionary.Create<string, SealedBid>(StringComparer.Ordinal);

    /// <summary>What it came to; null until it is closed.</summary>
    public MechanismResult? Result { get; private init; }

    /// <summary>Bidders whose bids were not opened in time, in the order of their ids; empty until it is closed.</summary>
    public IReadOnlyList<string> Unrevealed { get; private init; } = [];

    /// <summary>Opens an auction.</summary>
    /// <param name="terms">Its rules.</param>
    public static SealedAuction Open(SealedTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms);
    }

    /// <summary>Takes a commitment. The same one again from the same bidder changes nothing and is no error.</summary>
    /// <param name="bidder">Who bids.</param>
    /// <param name="commitment">To what.</param>
    /// <param name="depositFen">The deposit that came with it, fen.</param>
    /// <param name="at">When.</param>
    public SealedStep Commit(string bidder, BidCommitment commitment, long depositFen, long at) =>
        Result is not null ? Refuse(SealedRefusal.Closed)
        : string.IsNullOrEmpty(bidder) ? Refuse(SealedRefusal.BidderMissing)
        : Bids.TryGetValue(bidder, out var bid) ? bid.Commitment == commitment ? new(this, null) : Refuse(SealedRefusal.AlreadyCommitted)
        : at > Terms.CommitUntil ? Refuse(SealedRefusal.LateBid)
        : depositFen < Terms.Sale.DepositFen ? Refuse(SealedRefusal.DepositMissing)
        : new(this with { Bids = Bids.Add(bidder, new(commitment, at, depositFen, null)) }, null);

    /// <summary>Opens a bid.</summary>
    /// <param name="bidder">Whose.</param>
    /// <param name="amountFen">What he committed to, fen.</param>
    /// <param name="nonce">His nonce.</param>
    /// <param name="fundsFen">What he can pay, his deposit included, fen.</param>
    /// <param name="at">When.</param>
    public SealedStep Reveal(string bidder, long amountFen, ReadOnlySpan<byte> nonce, long fundsFen, long at)
    {
        var refusal =
            Result is not null ? SealedRefusal.Closed
            : string.IsNullOrEmpty(bidder) ? SealedRefusal.BidderMissing
            : at <= Terms.CommitUntil ? SealedRefusal.RevealTooEarly
            : at > Terms.RevealUntil ? SealedRefusal.RevealTooLate
            : !Bids.TryGetValue(bidder, out var bid) ? SealedRefusal.NotCommitted
            : bid.AmountFen is not null ? SealedRefusal.AlreadyRevealed
            : amountFen is < 1 or > Bid.MostFen || nonce.Length != BidCommitment.Bytes ? SealedRefusal.ValueNotAllowed
            : BidCommitment.Of(Terms.Auction, bidder, amountFen, nonce) != bid.Commitment ? SealedRefusal.ValueDiffers
            : fundsFen < amountFen ? SealedRefusal.Insolvent
            : (SealedRefusal?)null;
        return refusal is { } reason ? Refuse(reason) : new(this with { Bids = Bids.SetItem(bidder, Bids[bidder] with { AmountFen = amountFen }) }, null);
    }

    /// <summary>
    /// Closes the auction: runs a mechanism over the bids that were opened. The others forfeit their deposits, also when nothing was sold.
    /// </summary>
    /// <param name="mechanism">Which; it must have been announced before the first bid.</param>
    /// <param name="at">When: after the last moment at which a bid is opened, or as soon as all are open and no more are taken.</param>
    public SealedStep Close(IMechanism mechanism, long at)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        if (Result is not null)
        {
            return Refuse(SealedRefusal.Closed);
        }

        if (at <= Terms.CommitUntil || (at <= Terms.RevealUntil && Bids.Values.Any(bid => bid.AmountFen is null)))
        {
            return Refuse(SealedRefusal.NotOver);
        }

        var result = mechanism.Run(Terms.Sale,
        [
            .. Bids.Where(one => one.Value.AmountFen is not null)
                .Select(one => new Bid(one.Key, one.Value.AmountFen!.Value, one.Value.CommittedAt, one.Value.DepositFen)),
        ]);
        var unrevealed = Bids.Where(one => one.Value.AmountFen is null).ToArray();
        var forfeited = unrevealed.Where(one => one.Value.DepositFen > 0).Select(one => new DepositUse(one.Key, 0, 0, one.Value.DepositFen));
        return new(
            this with
            {
                Result = result with { Deposits = [.. result.Deposits.Concat(forfeited).OrderBy(use => use.Bidder, StringComparer.Ordinal)] },
                Unrevealed = [.. unrevealed.Select(one => one.Key)],
            },
            null);
    }

    private SealedStep Refuse(SealedRefusal reason) => new(this, reason);
}
