namespace DataExchange.Simulation.Scenarios;

/// <summary>What the run is calibrated to.</summary>
public sealed record CalibrationSettings
{
    /// <summary>Most trial runs.</summary>
    public required Figure MostTrials { get; init; }

    /// <summary>The targets.</summary>
    public required IReadOnlyList<CalibrationTarget> Targets { get; init; }
}

/// <summary>What is measured in a trial run.</summary>
public enum CalibrationMeasure
{
    /// <summary>Products ever listed.</summary>
    ProductsListed,
    /// <summary>Registered amount, yuan.</summary>
    RegisteredAmountYuan,
    /// <summary>Registered transactions.</summary>
    TransactionsRegistered,
}

/// <summary>A parameter is solved so that a measure reaches a target.</summary>
public sealed record CalibrationTarget
{
    /// <summary>What is measured.</summary>
    public required CalibrationMeasure Measure { get; init; }

    /// <summary>Path of the parameter that is solved.</summary>
    public required string Parameter { get; init; }

    /// <summary>What is to be reached at scale 1.</summary>
    public required Figure Target { get; init; }

    /// <summary>Relative error that is good enough.</summary>
    public required Figure Tolerance { get; init; }
}

/// <summary>A published or measured aggregate that the report shows beside what was reached.</summary>
public sealed record Benchmark
{
    /// <summary>Which figure of the report: a known name.</summary>
    public required string Figure { get; init; }

    /// <summary>What it is.</summary>
    public required Bilingual Label { get; init; }

    /// <summary>Lower end of what is published.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end; the same as the lower end for a single figure.</summary>
    public required double High { get; init; }

    /// <summary>Unit: <c>share</c>, <c>yuan</c>, <c>count</c> or <c>index</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Where it comes from.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>The source.</summary>
    public required string Source { get; init; }

    /// <summary>Whether it grows with the scale of the run.</summary>
    public bool Scales { get; init; }
}
