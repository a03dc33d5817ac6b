using MathNet.Numerics.Distributions;

namespace DataExchange.Experiments;

/// <summary>The mean of independent values and how far it may be off.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Low">Lower end of the 95 % confidence interval.</param>
/// <param name="High">Upper end.</param>
public readonly record struct MeanInterval(double Mean, double Low, double High)
{
    private const double UpperTail = 0.975;

    /// <summary>Student's interval, mean ± t·s/√n.</summary>
    /// <param name="values">Two or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two.</exception>
    public static MeanInterval Of(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Count, 2, nameof(values));
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        var half = StudentT.InvCDF(0, 1, values.Count - 1, UpperTail) * deviation / Math.Sqrt(values.Count);
        return new(mean, mean - half, mean + half);
    }
}
