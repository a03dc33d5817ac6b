using System.Text.RegularExpressions;

namespace DataExchange.Services.Telemetry;

/// <summary>How much a line of the log matters.</summary>
public enum LogGrade
{
    /// <summary>Nothing is wrong.</summary>
    Info,

    /// <summary>Something is wrong that the services get over by themselves.</summary>
    Warning,

    /// <summary>Something is wrong that somebody has to look at.</summary>
    Error,
}

/// <summary>
/// A line of the log of a process of services. It names no party: streams that are called after parties are told by their kind alone, whatever message
/// of whatever exception they are in.
/// </summary>
/// <param name="Grade">How much it matters.</param>
/// <param name="Event">What happened, in lower case with underscores, such as <c>partition_taken</c>: for machines, always the same.</param>
/// <param name="Text">What happened, for people.</param>
/// <param name="Partition">The partition that it is about; null for none.</param>
public sealed partial record LogLine(LogGrade Grade, string Event, string Text, string? Partition = null)
{
    /// <summary>What happened, for people.</summary>
    public string Text { get; } = WithoutParties(Text);

    /// <summary>The line as text.</summary>
    public override string ToString() => Partition is null ? Text : $"{Partition}: {Text}";

    /// <summary>A text in which streams that are called after parties have lost their names.</summary>
    /// <param name="text">The text.</param>
    public static string WithoutParties(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return NamedAfterParty().Replace(text, "$1/…");
    }

    [GeneratedRegex(@"\b(party|account|payable|buyer|available|held|receivable)[/:][^\s'"",;()]+")]
    private static partial Regex NamedAfterParty();
}
