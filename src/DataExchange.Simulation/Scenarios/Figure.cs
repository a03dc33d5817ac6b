namespace DataExchange.Simulation.Scenarios;

/// <summary>Where a number of a scenario comes from.</summary>
public enum Provenance
{
    /// <summary>Printed in a published source about the modelled market.</summary>
    Published,
    /// <summary>Measured or published elsewhere (another market, another venue) and carried over.</summary>
    Elsewhere,
    /// <summary>Solved by the calibration so that the run reaches a target; the value in the file is where it starts.</summary>
    Calibrated,
    /// <summary>Assumed.</summary>
    Assumed,
}

/// <summary>A number of a scenario with its provenance.</summary>
/// <param name="Value">The number, in the unit that its place in the scenario says.</param>
/// <param name="Provenance">Where it comes from.</param>
/// <param name="Source">The source, for what is published or measured elsewhere.</param>
/// <param name="Note">Why this number, for what is assumed.</param>
/// <param name="Assumption">Number of the assumption behind it in docs/assumptions.md; null where there is none, or it has no number.</param>
public sealed record Figure(double Value, Provenance Provenance, string? Source = null, Bilingual? Note = null, string? Assumption = null)
{
    /// <summary>The number as a whole one, rounded half away from zero.</summary>
    public int Whole => checked((int)Math.Round(Value, MidpointRounding.AwayFromZero));

    /// <summary>The same place with another number.</summary>
    public Figure With(double value) => this with { Value = value };
}

/// <summary>A text in both languages of the pages.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
public sealed record Bilingual(string Zh, string En);
