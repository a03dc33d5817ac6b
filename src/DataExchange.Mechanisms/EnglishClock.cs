namespace DataExchange.Mechanisms;

/// <summary>
/// English auction as an ascending clock: the price begins at the reserve and rises by the increment; a bidder stays while it is not above his bid. Who
/// is left alone gets it at the last price at which somebody else stayed, the reserve when there was nobody else. When the last ones leave together it is the
/// earliest of them (then the smallest id). Staying until one's value is a dominant strategy where values lie on the clock. Were the sale at the next
/// price instead, a bidder who leads by time would gain by leaving with the second. <see cref="AscendingAuction"/> is the same as a sequence of open bids.
/// </summary>
public sealed class EnglishClock : ProviderMechanism
{
    private readonly long _incrementFen;

    /// <summary>An ascending clock.</summary>
    /// <param name="incrementFen">How far the price rises at a time, fen, 1 to <see cref="Bid.MostFen"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The increment is out of range.</exception>
    public EnglishClock(long incrementFen)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(incrementFen, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(incrementFen, Bid.MostFen);
        _incrementFen = incrementFen;
    }

    /// <inheritdoc />
    public override string Name => "English (ascending clock)";

    /// <inheritdoc />
    protected override IReadOnlyList<Award> Award(AuctionTerms terms, IReadOnlyList<Bid> admitted)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(admitted);
        long LastStep(Bid bid) => (bid.AmountFen - terms.ReserveFen) / _incrementFen;
        // On the clock bids within one step are alike: who leads is then a matter of time, not of the amount.
        var last = LastStep(admitted[0]);
        var leader = admitted.TakeWhile(bid => LastStep(bid) == last).Order(Bid.EarliestFirst).First();
        return [new(leader.Bidder, terms.ReserveFen + (admitted.Count == 1 ? 0 : LastStep(admitted[1]) * _incrementFen))];
    }
}
