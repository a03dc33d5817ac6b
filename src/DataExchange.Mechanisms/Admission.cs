namespace DataExchange.Mechanisms;

/// <summary>Which bids take part: decided before any mechanism looks at an amount but its own bid's, the same for all of them.</summary>
internal sealed class Admission
{
    private readonly List<Bid> _admitted;
    private readonly List<RefusedBid> _refused = [];
    private readonly bool _isEmpty;

    internal Admission(AuctionTerms terms, IReadOnlyList<Bid> bids)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(bids);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bids.Count, Bid.MostBids, nameof(bids));
        _isEmpty = bids.Count == 0;
        _admitted = new(bids.Count);
        Bid[] inOrder = [.. bids];
        Array.Sort(inOrder, Bid.EarliestFirst);
        var seen = new HashSet<string>(bids.Count, StringComparer.Ordinal);
        foreach (var bid in inOrder)
        {
            if (Refusal(terms, bid, seen) is { } reason)
            {
                _refused.Add(new(bid, reason));
            }
            else
            {
                _admitted.Add(bid);
            }
        }

        _admitted.Sort(Bid.HighestFirst);
    }

    /// <summary>Highest first.</summary>
    internal IReadOnlyList<Bid> Admitted => _admitted;

    internal MechanismResult Result(IReadOnlyList<Award> awards)
    {
        NoSaleReason? none = awards.Count > 0 ? null
            : _isEmpty ? NoSaleReason.NoBids
            : _admitted.Count > 0 ? NoSaleReason.PriceAboveAllBids
            : _refused.TrueForAll(refused => refused.Reason == BidRefusal.BelowReserve) ? NoSaleReason.ReserveAboveAllBids
            : NoSaleReason.NoBidAdmitted;
        return new(awards, none, _refused, Deposits(awards));
    }

    private static BidRefusal? Refusal(AuctionTerms terms, Bid bid, HashSet<string> seen) =>
        string.IsNullOrEmpty(bid.Bidder) ? BidRefusal.BidderMissing
        : bid.At > terms.ClosesAt ? BidRefusal.Late
        : bid.AmountFen is < 1 or > Bid.MostFen ? BidRefusal.AmountNotAllowed
        : bid.DepositFen < terms.DepositFen ? BidRefusal.DepositMissing
        : bid.FundsFen < bid.AmountFen ? BidRefusal.Insolvent
        : bid.AmountFen < terms.ReserveFen ? BidRefusal.BelowReserve
        // Last: a refused bid does not use up the one that its bidder has.
        : !seen.Add(bid.Bidder) ? BidRefusal.SecondBid
        : null;

    private List<DepositUse> Deposits(IReadOnlyList<Award> awards)
    {
        var paid = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var bid in _admitted.Concat(_refused.Select(refused => refused.Bid)).Where(bid => bid.DepositFen > 0))
        {
            paid[bid.Bidder ?? ""] = paid.GetValueOrDefault(bid.Bidder ?? "") + bid.DepositFen;
        }

        if (paid.Count == 0)
        {
            return [];
        }

        var prices = awards.ToDictionary(award => award.Bidder, award => award.PriceFen, StringComparer.Ordinal);
        return
        [
            .. paid.Select(one =>
            {
                var toPrice = Math.Min(one.Value, prices.GetValueOrDefault(one.Key));
                return new DepositUse(one.Key, toPrice, one.Value - toPrice, 0);
            }),
        ];
    }
}

/// <summary>A mechanism in which one provider sells: bids are admitted, then a rule says who gets a copy.</summary>
public abstract class ProviderMechanism : IMechanism
{
    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public MechanismResult Run(AuctionTerms terms, IReadOnlyList<Bid> bids)
    {
        var admission = new Admission(terms, bids);
        return admission.Result(admission.Admitted.Count == 0 ? [] : Award(terms, admission.Admitted));
    }

    /// <summary>The rule.</summary>
    /// <param name="terms">Reserve, deposit and close.</param>
    /// <param name="admitted">At least one bid, none below the reserve, one for each bidder, ordered by <see cref="Bid.HighestFirst"/>.</param>
    protected abstract IReadOnlyList<Award> Award(AuctionTerms terms, IReadOnlyList<Bid> admitted);
}
