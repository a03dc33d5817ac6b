namespace DataExchange.Mechanisms;

/// <summary>
/// Dutch auction: the price begins high and falls by the decrement until somebody takes it; it does not fall below the reserve. A bid is the price at
/// which its bidder stops the clock: he takes the first price that is not above it. Among those who would stop it at the same price, the earliest bid
/// (then the smallest id) was quickest. Strategically it is <see cref="FirstPrice"/>.
/// </summary>
public sealed class DutchClock : ProviderMechanism
{
    private readonly long _startFen;
    private readonly long _decrementFen;

    /// <summary>A falling clock.</summary>
    /// <param name="startFen">The first price, fen, 1 to <see cref="Bid.MostFen"/>. Below the reserve nothing is sold.</param>
    /// <param name="decrementFen">How far the price falls at a time, fen, 1 to <see cref="Bid.MostFen"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Start or decrement are out of range.</exception>
    public DutchClock(long startFen, long decrementFen)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(startFen, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(startFen, Bid.MostFen);
        ArgumentOutOfRangeException.ThrowIfLessThan(decrementFen, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decrementFen, Bid.MostFen);
        (_startFen, _decrementFen) = (startFen, decrementFen);
    }

    /// <inheritdoc />
    public override string Name => "Dutch (descending clock)";

    /// <summary>The price after so many steps of the clock, fen; below 1 it has run out.</summary>
    /// <param name="step">0 or more.</param>
    /// <exception cref="OverflowException">The step is beyond any clock.</exception>
    public long PriceAfter(long step) => _startFen - (step * _decrementFen);

    /// <inheritdoc />
    protected override IReadOnlyList<Award> Award(AuctionTerms terms, IReadOnlyList<Bid> admitted)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(admitted);
        // The first step whose price is not above the bid.
        long Step(Bid bid) => Math.Max(0, (_startFen - bid.AmountFen + _decrementFen - 1) / _decrementFen);
        var step = Step(admitted[0]);
        var price = PriceAfter(step);
        return price < Math.Max(1, terms.ReserveFen)
            ? []
            : [new(admitted.TakeWhile(bid => Step(bid) == step).Order(Bid.EarliestFirst).First().Bidder, price)];
    }
}
