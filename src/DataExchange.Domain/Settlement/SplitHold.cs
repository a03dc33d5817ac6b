namespace DataExchange.Domain.Settlement;

/// <summary>A part of a hold: what is held for one deal of an order of several.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">Fen, above 0.</param>
public readonly record struct HoldPart(DealId Deal, long AmountFen);

/// <summary>Holds the money of an order for its deals instead, one by one: at once, so that nobody spends it in between.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Order">The order under whose name it is held.</param>
/// <param name="Parts">The deals; their amounts sum to what is held.</param>
public sealed record SplitHold(PartyId Party, DealId Order, IReadOnlyList<HoldPart> Parts) : AccountCommand(Party)
{
    internal Decision Decide(PartyAccount state) =>
        !state.Holds.TryGetValue(Order, out var held) ? Decision.Reject(Rejection.NoSuchHold)
        : Parts.Count == 0 || Parts.Any(part => part.AmountFen <= 0) || Parts.Aggregate((Int128)0, (sum, part) => sum + part.AmountFen) != held
            ? Decision.Reject(Rejection.AmountInvalid)
        : Parts.Any(part => part.Deal == Order || state.Holds.ContainsKey(part.Deal)) || Parts.DistinctBy(part => part.Deal).Count() != Parts.Count ? Decision.Reject(Rejection.HoldExists)
        : Decision.Accept(
        [
            new HoldReleased(Party, Order, held) { At = At, By = By },
            .. Parts.Select(part => new FundsHeld(Party, part.Deal, part.AmountFen) { At = At, By = By }),
        ]);
}
