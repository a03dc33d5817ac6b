using DataExchange.Reports.Words;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Cli.Running.Validation;

/// <summary>What a target rests on.</summary>
internal enum FactBasis
{
    /// <summary>Printed in a source about these venues or their district.</summary>
    Published,
    /// <summary>Measured or published elsewhere.</summary>
    Elsewhere,
    /// <summary>General background, checked against no document here: a regularity that is usual in such markets.</summary>
    Background,
}

/// <summary>A stylised fact: a figure of a run, and where it should lie.</summary>
/// <param name="Id">Its name, such as <c>providerGini</c>.</param>
/// <param name="Name">What it is.</param>
/// <param name="Unit"><c>count</c>, <c>yuan</c>, <c>share</c>, <c>index</c> or <c>log</c>.</param>
/// <param name="Low">Low end of the target.</param>
/// <param name="High">High end; the same for a single figure; null for none.</param>
/// <param name="Basis">What it rests on.</param>
/// <param name="Source">Where from.</param>
/// <param name="Of">The figure of a run; null where it has none.</param>
internal sealed record ValidationFact(string Id, Text Name, string Unit, double Low, double? High, FactBasis Basis, string Source, Func<ValidationMarket, double?> Of)
{
    // A single figure is met within a tenth of it, as in the report's comparison.
    private const double Margin = 0.1;

    /// <summary>Why it is missed, where that is known.</summary>
    public Text? Why { get; init; }

    /// <summary>Whether the run solves a parameter for it, so that meeting it says nothing.</summary>
    public bool IsSolvedFor { get; init; }

    /// <summary>Whether a value meets the target.</summary>
    public bool IsMetBy(double value)
    {
        var margin = Low == High ? Math.Abs(Low) * Margin : 0;
        return value >= Low - margin && (High is null || value <= High + margin);
    }

    /// <summary>One of the scenario's published aggregates.</summary>
    /// <param name="benchmark">The aggregate.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="scale">Size of the market.</param>
    public static ValidationFact OfBenchmark(Benchmark benchmark, Scenario scenario, double scale)
    {
        var factor = benchmark.Scales ? scale : 1;
        return new(
            benchmark.Figure, new Text(benchmark.Label.Zh, benchmark.Label.En), benchmark.Unit, benchmark.Low * factor, benchmark.High * factor,
            benchmark.Provenance == Provenance.Published ? FactBasis.Published : FactBasis.Elsewhere, benchmark.Source, market => market.Benchmarks.Of(benchmark.Figure))
        {
            Why = ValidationFacts.Reasons.GetValueOrDefault(benchmark.Figure),
            IsSolvedFor = scenario.Calibration.Targets.Any(target => string.Equals(target.Measure.ToString(), benchmark.Figure, StringComparison.OrdinalIgnoreCase)),
        };
    }
}
