namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx surveillance --json</c> prints.</summary>
/// <param name="Deals">Registered deals that were looked at.</param>
/// <param name="Findings">What was found.</param>
/// <param name="HasTruth">Whether the store tells what was no business, so that the findings can be measured.</param>
/// <param name="Scores">By deals: all together, each rule, each scheme; empty without the truth.</param>
/// <param name="Parties">By parties; null without the truth.</param>
internal sealed record SurveillanceOutput(
    int Deals, IReadOnlyList<SurveillanceFindingOutput> Findings, bool HasTruth, IReadOnlyList<SurveillanceScoreOutput> Scores, SurveillanceScoreOutput? Parties);

/// <summary>Something that a rule found.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Parties">The suspects.</param>
/// <param name="Venue">Where.</param>
/// <param name="Products">What was traded.</param>
/// <param name="Deals">The evidence.</param>
/// <param name="AmountFen">What they come to, fen.</param>
/// <param name="PriceChange">Of a pair or circle: last price within it over the first, less 1.</param>
internal sealed record SurveillanceFindingOutput(
    string Rule, IReadOnlyList<string> Parties, string Venue, IReadOnlyList<string> Products, IReadOnlyList<string> Deals, long AmountFen, double? PriceChange);

/// <summary>How well findings hit.</summary>
/// <param name="What">All, a rule, a scheme or parties.</param>
/// <param name="Flagged">Named.</param>
/// <param name="Known">Manipulated, in truth.</param>
/// <param name="Hit">Named rightly.</param>
/// <param name="Precision">Share of the named that was manipulated; null where none was named.</param>
/// <param name="Recall">Share of the manipulated that was named; null where there was none.</param>
internal sealed record SurveillanceScoreOutput(string What, int Flagged, int Known, int Hit, double? Precision, double? Recall);
