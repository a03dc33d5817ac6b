namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx sandbox --json</c> prints.</summary>
/// <param name="At">The moment asked for; null for the end of the run.</param>
/// <param name="Count">How many trials.</param>
/// <param name="Trials">The trials, in the order of admission.</param>
internal sealed record SandboxOutput(string? At, int Count, IReadOnlyList<SandboxTrialOutput> Trials);

/// <summary>One trial.</summary>
/// <param name="Product">The product.</param>
/// <param name="TitleZh">Title in Chinese.</param>
/// <param name="TitleEn">Title in English.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Provider">Who sells.</param>
/// <param name="SecurityClass">How sensitive the data are.</param>
/// <param name="Lacks">What it lacked when it was admitted.</param>
/// <param name="Licence">Licence kind.</param>
/// <param name="Unit">What the price is for.</param>
/// <param name="UnitPriceFen">Trial price, fen.</param>
/// <param name="AdmittedAt">When it was admitted.</param>
/// <param name="MostBuyers">Most buyers.</param>
/// <param name="NamedBuyers">The only buyers; empty for any.</param>
/// <param name="MostAmountFen">Most amount, fen.</param>
/// <param name="Until">End.</param>
/// <param name="Extensions">How often loosened.</param>
/// <param name="Buyers">Firms that bought.</param>
/// <param name="DealCount">Licences granted.</param>
/// <param name="GrantedFen">Their price, fen.</param>
/// <param name="RegisteredFen">Of it registered, fen.</param>
/// <param name="Deals">What was sold.</param>
/// <param name="Refused">Orders refused, by reason.</param>
/// <param name="State">OnTrial, Expired, VenueOrder, ApplicationEnded or Graduated.</param>
/// <param name="EndedAt">When the end was recorded.</param>
/// <param name="Ground">Why the venue ended it.</param>
internal sealed record SandboxTrialOutput(
    string Product, string? TitleZh, string? TitleEn, string Venue, string Provider, string SecurityClass, string Lacks, string Licence, string Unit, long UnitPriceFen,
    string AdmittedAt, int MostBuyers, IReadOnlyList<string> NamedBuyers, long MostAmountFen, string Until, int Extensions, int Buyers, int DealCount, long GrantedFen,
    long RegisteredFen, IReadOnlyList<SandboxDealOutput> Deals, IReadOnlyDictionary<string, int> Refused, string State, string? EndedAt, string Ground);

/// <summary>What was sold on trial.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="Channel">Shelf or contract.</param>
/// <param name="AmountFen">Its price, fen.</param>
/// <param name="GrantedAt">When it was granted.</param>
/// <param name="RegisteredAt">When it was registered; null when it was not.</param>
/// <param name="WasTakenBack">Whether the licence was taken back.</param>
internal sealed record SandboxDealOutput(string Deal, string Buyer, string Channel, long AmountFen, string GrantedAt, string? RegisteredAt, bool WasTakenBack);
