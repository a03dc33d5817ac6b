namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx policy check --json</c> prints.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Policy">Uid of its agreement; null when nothing was agreed.</param>
/// <param name="Verdict"><c>permit</c> or <c>deny</c>.</param>
/// <param name="Reason">Why, such as <c>expired</c>.</param>
/// <param name="ReasonZh">The same in Chinese.</param>
/// <param name="ReasonEn">The same in English.</param>
/// <param name="Rule">Uid of the rule that decided; null when none did.</param>
/// <param name="Nearest">Uid of the permission that comes nearest when none applies.</param>
/// <param name="Action">What was asked.</param>
/// <param name="Party">Who asked, an IRI.</param>
/// <param name="At">When.</param>
/// <param name="Purpose">What for; null when it was not told.</param>
/// <param name="Region">Where; null when it was not told.</param>
/// <param name="Uses">How many uses.</param>
/// <param name="UsesSoFar">Uses before.</param>
/// <param name="Rules">What became of each rule.</param>
internal sealed record PolicyCheckOutput(
    string Deal,
    string? Policy,
    string Verdict,
    string Reason,
    string ReasonZh,
    string ReasonEn,
    string? Rule,
    string? Nearest,
    string Action,
    string? Party,
    string At,
    string? Purpose,
    string? Region,
    long Uses,
    long UsesSoFar,
    IReadOnlyList<PolicyRuleOutput> Rules);

/// <summary>A rule in <c>dx policy check --json</c>; the left operand of the constraint that is not met, null when it is none.</summary>
internal sealed record PolicyRuleOutput(string Rule, string Kind, string Action, string Outcome, string? Constraint, string WhyZh, string WhyEn);
