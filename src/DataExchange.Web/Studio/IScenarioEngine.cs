using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;

namespace DataExchange.Web.Studio;

/// <summary>A setting of a scenario that can be changed.</summary>
/// <param name="Path">Where it stands, such as <c>pricing.stepsShare</c>.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Value">What the scenario says.</param>
/// <param name="Provenance">published, elsewhere, calibrated or assumed.</param>
/// <param name="Least">Least value allowed; null for no bound.</param>
/// <param name="Most">Largest value allowed; null for no bound.</param>
/// <param name="IsWhole">Whether it is a whole number.</param>
public sealed record StudioField(string Path, Text Meaning, double Value, string Provenance, double? Least, double? Most, bool IsWhole)
{
    /// <summary>The part of the scenario that it belongs to.</summary>
    public string Group { get; } = Path.Split('.', '[')[0];

    /// <summary>Whether the run solves for it, so that it cannot be set.</summary>
    public bool IsSolved => Provenance == "calibrated";
}

/// <summary>What is to be run.</summary>
/// <param name="Settings">Settings that differ from the scenario's, PATH=VALUE each.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Scale">The size.</param>
public sealed record StudioOrder(IReadOnlyList<string> Settings, ulong Seed, double Scale);

/// <summary>What a run came to.</summary>
/// <param name="Events">Events recorded.</param>
/// <param name="Digest">The digest of all of them: the same that <c>dx simulate</c> prints.</param>
/// <param name="Models">The read models.</param>
public sealed record StudioOutcome(long Events, string Digest, ReadModelSet Models);

/// <summary>A setting, or all of them together, is not allowed.</summary>
/// <param name="message">The place, the value and what is allowed.</param>
public sealed class StudioRefusedException(string message) : Exception(message);

/// <summary>Runs a scenario in memory. The market that the pages show is not touched.</summary>
public interface IScenarioEngine
{
    /// <summary>Name of the scenario.</summary>
    string Name { get; }

    /// <summary>Its title.</summary>
    Text Title { get; }

    /// <summary>Its numbers, in the order of the file.</summary>
    IReadOnlyList<StudioField> Fields { get; }

    /// <summary>Checks what is to be run.</summary>
    /// <param name="order">What is to be run.</param>
    /// <exception cref="StudioRefusedException">Something in it is not allowed.</exception>
    void Check(StudioOrder order);

    /// <summary>Runs it.</summary>
    /// <param name="order">What is to be run, checked.</param>
    /// <param name="progress">Hears how far a pass is, 0 to 1, its number from 1, and the simulated day.</param>
    /// <param name="cancellation">Stops it within a simulated day.</param>
    Task<StudioOutcome> RunAsync(StudioOrder order, Action<double, int, DateOnly> progress, CancellationToken cancellation);
}
