namespace DataExchange.LoadTests;

/// <summary>
/// The Universal Scalability Law: X(N) = λN / (1 + σ(N − 1) + κN(N − 1)), throughput of N workers. Source: N. J. Gunther, Guerrilla Capacity Planning,
/// Springer 2007, ch. 4.
/// </summary>
/// <param name="Lambda">λ: throughput of one worker alone, operations a second.</param>
/// <param name="Sigma">σ: the share of the work that only one can do at a time, 0 to 1.</param>
/// <param name="Kappa">κ: what workers cost each other in pairs, 0 or more.</param>
public sealed record Scalability(double Lambda, double Sigma, double Kappa)
{
    /// <summary>Throughput that the law gives for a number of workers.</summary>
    /// <param name="workers">1 or more.</param>
    public double At(double workers) => Lambda * workers / (1 + (Sigma * (workers - 1)) + (Kappa * workers * (workers - 1)));

    /// <summary>The number of workers beyond which more make it slower; infinite when κ is 0.</summary>
    public double Peak => Kappa <= 0 ? double.PositiveInfinity : Math.Sqrt(Math.Max(0, 1 - Sigma) / Kappa);

    /// <summary>
    /// Fits the law by least squares to what was measured: N/X is linear in N − 1 and N(N − 1), with 1/λ, σ/λ and κ/λ as its coefficients, none below 0.
    /// </summary>
    /// <param name="measured">Workers and throughput, three different numbers of workers or more, throughputs above 0.</param>
    /// <exception cref="ArgumentException">There are fewer, or a throughput is not above 0.</exception>
    public static Scalability Fit(IReadOnlyList<(int Workers, double Throughput)> measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        if (measured.Select(one => one.Workers).Distinct().Count() < 3 || measured.Any(one => one.Workers < 1 || !(one.Throughput > 0)))
        {
            throw new ArgumentException("the law is fitted to three different numbers of workers or more, with throughputs above 0", nameof(measured));
        }

        // With two coefficients that may not be below 0, the best fit is the best of the four in which some of them are 0, as long as the rest is allowed.
        (bool Sigma, bool Kappa)[] choices = [(true, true), (true, false), (false, true), (false, false)];
        return choices.Select(choice => Solve(measured, choice.Sigma, choice.Kappa)).OfType<(Scalability Law, double Error)>().MinBy(found => found.Error).Law;
    }

    private static (Scalability Law, double Error)? Solve(IReadOnlyList<(int Workers, double Throughput)> measured, bool withSigma, bool withKappa)
    {
        Func<double, double>[] terms = [_ => 1, .. withSigma ? (Func<double, double>[])[n => n - 1] : [], .. withKappa ? (Func<double, double>[])[n => n * (n - 1)] : []];
        var (size, matrix) = (terms.Length, new double[terms.Length, terms.Length + 1]);
        foreach (var (workers, throughput) in measured)
        {
            for (var row = 0; row < size; row++)
            {
                for (var column = 0; column < size; column++)
                {
                    matrix[row, column] += terms[row](workers) * terms[column](workers);
                }

                matrix[row, size] += terms[row](workers) * workers / throughput;
            }
        }

        for (var pivot = 0; pivot < size; pivot++)
        {
            for (var row = 0; row < size; row++)
            {
                var factor = row == pivot ? 0 : matrix[row, pivot] / matrix[pivot, pivot];
                for (var column = 0; factor != 0 && column <= size; column++)
                {
                    matrix[row, column] -= factor * matrix[pivot, column];
                }
            }
        }

        var coefficients = Enumerable.Range(0, size).Select(row => matrix[row, size] / matrix[row, row]).ToArray();
        var (first, sigma, kappa) = (coefficients[0], withSigma ? coefficients[1] : 0, withKappa ? coefficients[^1] : 0);
        // What rounding leaves below 0 is 0.
        var slack = 1e-9 * Math.Abs(first);
        if (!(first > 0) || sigma < -slack || kappa < -slack)
        {
            return null;
        }

        var law = new Scalability(1 / first, Math.Max(0, sigma / first), Math.Max(0, kappa / first));
        return (law, measured.Sum(one => Math.Pow((one.Workers / one.Throughput) - (one.Workers / law.At(one.Workers)), 2)));
    }
}
