using MathNet.Numerics.Distributions;

namespace DataExchange.Experiments;

/// <summary>A mean with its 95 % confidence interval, Student's: mean ± t·s/√n.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record MeanInterval(double Mean, double Low, double High)
{
    private const double UpperTail = 0.975;

    /// <summary>Whether 0 lies outside.</summary>
    public bool ExcludesZero => Low > 0 || High < 0;

    /// <summary>That of some values; of differences of pairs it is the paired interval.</summary>
    /// <param name="values">Two at least.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public static MeanInterval Of(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Count, 2);
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        var half = StudentT.InvCDF(0, 1, values.Count - 1, UpperTail) * deviation / Math.Sqrt(values.Count);
        return new(mean, mean - half, mean + half);
    }
}
