using DataExchange.Domain;

namespace DataExchange.Simulation.Truth;

/// <summary>A deal that was no business, as only those who made it know.</summary>
/// <param name="Scheme">Name of the strategy: <c>colluding-ring</c>, <c>wash-trader</c> or <c>padding-venue</c>.</param>
/// <param name="Group">Id of the group.</param>
/// <param name="Deal">The deal.</param>
/// <param name="Parties">The manipulators in it: both sides of a trade, the made-up buyer of a filed contract.</param>
public sealed record ManipulationTruth(string Scheme, string Group, DealId Deal, IReadOnlyList<PartyId> Parties);
