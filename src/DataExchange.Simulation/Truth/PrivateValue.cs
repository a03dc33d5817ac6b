using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Truth;

/// <summary>Draws what something is worth to a buyer.</summary>
public static class PrivateValue
{
    // Beyond these quantiles nobody is drawn: it bounds a value at some hundred times the worth.
    private const double Least = 1e-9;

    /// <summary>The largest value, fen: so small that the sum over a market fits into 64 bits.</summary>
    public const long MostFen = 10_000_000_000_000;

    /// <summary>
    /// A buyer's value: worth · exp(σ·z), z standard normal. A provider who knows the law and whose copies cost nothing asks the worth when σ = √(2/π) ≈ 0.8, as then
    /// price times the share of buyers is largest there.
    /// </summary>
    /// <param name="worthFen">What it is worth to the buyer in the middle, fen.</param>
    /// <param name="sigma">Standard deviation of the logarithm, 0 or more.</param>
    /// <param name="quantile">The buyer's place among all, 0 to 1.</param>
    /// <returns>Fen, 0 or more.</returns>
    public static long Of(long worthFen, double sigma, double quantile) => Scaled(worthFen, sigma * Normal(quantile));

    /// <summary>
    /// The value of a buyer who came to terms, or did not, when a share of all does not: the value is below the amount exactly where the quantile is below that share.
    /// </summary>
    /// <param name="amountFen">The last offer, fen.</param>
    /// <param name="sigma">Standard deviation of the logarithm, 0 or more.</param>
    /// <param name="quantile">The buyer's place among all, 0 to 1.</param>
    /// <param name="failed">Share of those to whom it is worth less than the last offer, 0 to 1.</param>
    /// <returns>Fen, 0 or more.</returns>
    public static long AroundOffer(long amountFen, double sigma, double quantile, double failed)
    {
        var value = Scaled(amountFen, sigma * (Normal(quantile) - Normal(failed)));
        // Rounding to fen must not turn a buyer's mind.
        return quantile < failed ? Math.Min(value, Math.Max(0, amountFen - 1)) : Math.Max(value, Math.Min(amountFen, MostFen));
    }

    private static double Normal(double quantile) => DeterministicMath.NormalQuantile(Math.Clamp(quantile, Least, 1 - Least));

    private static long Scaled(long fen, double logarithm) => (long)Math.Clamp(Math.Round(fen * DeterministicMath.Exp(logarithm)), 0, MostFen);
}
