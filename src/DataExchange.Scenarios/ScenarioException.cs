namespace DataExchange.Scenarios;

/// <summary>A scenario cannot be used. The message names the place, the value and what is allowed.</summary>
/// <param name="message">What is wrong, in a sentence.</param>
/// <param name="problems">Every problem found, one line each.</param>
public sealed class ScenarioException(string message, IReadOnlyList<string> problems) : Exception(message)
{
    /// <summary>Every problem found, one line each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;

    /// <summary>A scenario with a single problem.</summary>
    internal static ScenarioException Of(string message) => new(message, [message]);
}
