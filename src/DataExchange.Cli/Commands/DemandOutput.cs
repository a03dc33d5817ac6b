namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx demand --json</c> prints.</summary>
/// <param name="Count">How many requirements.</param>
/// <param name="Requirements">The requirements, in the order of posting.</param>
internal sealed record DemandOutput(int Count, IReadOnlyList<RequirementOutput> Requirements);

/// <summary>One requirement.</summary>
/// <param name="Requirement">The requirement.</param>
/// <param name="Venue">Where it was posted.</param>
/// <param name="Buyer">Who looks for it.</param>
/// <param name="Text">The buyer's words.</param>
/// <param name="SubTrack">Sub-track named.</param>
/// <param name="Category">Category named.</param>
/// <param name="Form">Form; null for any.</param>
/// <param name="Licence">Licence kind; null for any.</param>
/// <param name="LeastQuality">Least quality score.</param>
/// <param name="BudgetFen">Most that the buyer would pay, fen.</param>
/// <param name="PostedAt">When it was posted.</param>
/// <param name="NeededUntil">When it is of no use any more.</param>
/// <param name="Stage">How far it came.</param>
/// <param name="LapseReason">Why it lapsed; null when it did not.</param>
/// <param name="AnsweredAt">When the venue answered last; null when it did not.</param>
/// <param name="Algorithm">Name and version of the ranking.</param>
/// <param name="Searched">Products looked at.</param>
/// <param name="Fitting">Of them, what was asked for.</param>
/// <param name="Affordable">Of these, within the budget.</param>
/// <param name="GoodEnough">Of these, of the quality asked for.</param>
/// <param name="Ranking">The products proposed, the best one first.</param>
/// <param name="Product">What met it.</param>
/// <param name="Rank">That product's place.</param>
/// <param name="Deal">The deal that met it.</param>
/// <param name="EndedAt">When it was met, lapsed or was taken back.</param>
internal sealed record RequirementOutput(
    string Requirement, string Venue, string Buyer, string Text, string SubTrack, string Category, string? Form, string? Licence, int LeastQuality, long BudgetFen,
    string PostedAt, string NeededUntil, string Stage, string? LapseReason, string? AnsweredAt, string Algorithm, int Searched, int Fitting, int Affordable, int GoodEnough,
    IReadOnlyList<ProposalOutput> Ranking, string? Product, int? Rank, string? Deal, string? EndedAt);

/// <summary>A product proposed, with its score and the parts of it in 1/10,000.</summary>
/// <param name="Product">The product.</param>
/// <param name="TitleZh">Title in Chinese.</param>
/// <param name="TitleEn">Title in English.</param>
/// <param name="Score">The parts, weighted.</param>
/// <param name="Text">Share of the words.</param>
/// <param name="Chain">Nearness on the industry chain graph.</param>
/// <param name="Category">Same category.</param>
/// <param name="Quality">Quality.</param>
/// <param name="Price">Share of the budget left.</param>
internal sealed record ProposalOutput(
    string Product, string? TitleZh, string? TitleEn, int Score, int Text, int Chain, int Category, int Quality, int Price);
