using DataExchange.Domain;

namespace DataExchange.Simulation.Truth;

/// <summary>
/// Somebody looked at a product for sale and knew what it would be worth to him. What came of it is in the ledger; what it was worth is not, as it is nobody's fact
/// but his own.
/// </summary>
/// <param name="Channel">How it would have been bought.</param>
/// <param name="Product">The product.</param>
/// <param name="Category">Its category.</param>
/// <param name="Licence">The licence looked at.</param>
/// <param name="Copies">How many copies of it may be sold in all; null where a further copy takes none away.</param>
/// <param name="Deal">The deal that was asked for; null where he left without asking.</param>
/// <param name="ValueFen">What it is worth to the buyer, fen, 0 or more.</param>
/// <param name="PriceFen">What was asked for it, fen.</param>
/// <param name="Refusal">Why the exchange refused the order; null where it did not.</param>
public sealed record Opportunity(
    TradeChannel Channel, ProductId Product, string Category, LicenceKind Licence, int? Copies, DealId? Deal, long ValueFen, long PriceFen, Rejection? Refusal = null);
