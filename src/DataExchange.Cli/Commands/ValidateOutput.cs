using DataExchange.Cli.Running.Validation;

namespace DataExchange.Cli.Commands;

/// <summary>A run in <c>dx validate --json</c>.</summary>
internal sealed record ValidatedRunOutput(ulong Seed, long Events, string Digest);

/// <summary>A fact in <c>dx validate --json</c>: what the target is, what came out, in the order of the runs too, and why it is missed where that is known.</summary>
internal sealed record ValidatedFactOutput(
    string Fact, string Zh, string En, string Unit, double Low, double? High, string Basis, string Source, bool SolvedFor, double? Mean, double? IntervalLow, double? IntervalHigh,
    string Verdict, string? WhyZh, string? WhyEn, IReadOnlyList<double?> Values);

/// <summary>What <c>dx validate --json</c> prints.</summary>
internal sealed record ValidateOutput(string Scenario, double Scale, int Within, int Outside, IReadOnlyList<ValidatedRunOutput> Runs, IReadOnlyList<ValidatedFactOutput> Facts)
{
    /// <summary>The output of a validation.</summary>
    /// <param name="scenario">Name of the scenario.</param>
    /// <param name="scale">Size of the market.</param>
    /// <param name="result">What it came to.</param>
    public static ValidateOutput Of(string scenario, double scale, ValidationResult result) => new(
        scenario, scale, result.Facts.Count(fact => fact.IsWithin == true), result.Facts.Count(fact => fact.IsWithin == false),
        [.. result.Runs.Select(run => new ValidatedRunOutput(run.Seed, run.Events, run.Digest))], [.. result.Facts.Select(Of)]);

    private static ValidatedFactOutput Of(FactResult result)
    {
        var (fact, why) = (result.Fact, result.IsWithin == false ? result.Fact.Why : null);
        return new(
            fact.Id, fact.Name.Zh, fact.Name.En, fact.Unit, fact.Low, fact.High, fact.Basis.ToString().ToLowerInvariant(), fact.Source, fact.IsSolvedFor,
            result.Mean, result.Interval?.Low, result.Interval?.High, result.IsWithin switch { true => "within", false => "outside", null => "none" }, why?.Zh, why?.En, result.Values);
    }
}
