namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx shares --json</c> prints.</summary>
/// <param name="Product">The product.</param>
/// <param name="TitleZh">Title in Chinese.</param>
/// <param name="TitleEn">Title in English.</param>
/// <param name="Venue">Where it was listed last.</param>
/// <param name="ListedAt">When.</param>
/// <param name="Listings">How often it was listed.</param>
/// <param name="Basis">NoContributors, Agreed, ShapleyValue or OneContributor.</param>
/// <param name="Coalitions">The recorded values; empty where shares are agreed.</param>
/// <param name="Parties">Who is due and was paid what.</param>
/// <param name="Deals">Deals of which something was shared out.</param>
/// <param name="AmountFen">Their price, fen.</param>
/// <param name="FeeFen">Of it fees.</param>
/// <param name="VatFen">Of it tax.</param>
/// <param name="PaidFen">Of it paid to all parties.</param>
/// <param name="ReturnedFen">Of it back to buyers.</param>
/// <param name="InEscrowFen">Of it in escrow still.</param>
/// <param name="OffVenueFen">What filed contracts pay off the venue, fen.</param>
internal sealed record SharesOutput(
    string Product, string? TitleZh, string? TitleEn, string Venue, string ListedAt, int Listings, string Basis, IReadOnlyList<CoalitionOutput> Coalitions,
    IReadOnlyList<PartyShareOutput> Parties, int Deals, long AmountFen, long FeeFen, long VatFen, long PaidFen, long ReturnedFen, long InEscrowFen, long OffVenueFen);

/// <summary>What some of those who made a product would be worth without the others.</summary>
/// <param name="Members">Who.</param>
/// <param name="ValueFen">Fen.</param>
internal sealed record CoalitionOutput(IReadOnlyList<string> Members, long ValueFen);

/// <summary>One party's share.</summary>
/// <param name="Party">The party.</param>
/// <param name="Name">Its name in both languages.</param>
/// <param name="Role">Holder, Contributor or Other.</param>
/// <param name="ShareBasisPoints">Its share of the proceeds, 1/10,000.</param>
/// <param name="ValueFen">Its Shapley value in fen as a reduced fraction, such as 190/3; null where none was computed.</param>
/// <param name="PaidFen">What it was paid from the product's deals, fen.</param>
internal sealed record PartyShareOutput(string Party, string? Name, string Role, int ShareBasisPoints, string? ValueFen, long PaidFen);
