namespace DataExchange.Simulation.Randomness;

public static partial class DeterministicMath
{
    private const double InverseSqrtTwoPi = 0.39894228040143267794;

    /// <summary>The x with P(X ≤ x) = p for a standard normal X; relative error about 1e-15.</summary>
    /// <param name="p">From 0 (gives −∞) to 1 (gives +∞); other values give NaN.</param>
    /// <remarks>
    /// Rational approximations of M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied
    /// Statistics 37 (1988), routine PPND16.
    /// </remarks>
    public static double NormalQuantile(double p)
    {
        if (!(p > 0 && p < 1))
        {
            return p == 0 ? double.NegativeInfinity : p == 1 ? double.PositiveInfinity : double.NaN;
        }

        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var central = 0.180625 - (q * q);
            return q * (Polynomial(CentralNumerator, central) / Polynomial(CentralDenominator, central));
        }

        var r = Math.Sqrt(-Log(q < 0 ? p : 1 - p));
        var magnitude = r <= 5
            ? Polynomial(MiddleNumerator, r - 1.6) / Polynomial(MiddleDenominator, r - 1.6)
            : Polynomial(TailNumerator, r - 5) / Polynomial(TailDenominator, r - 5);
        return q < 0 ? -magnitude : magnitude;
    }

    /// <summary>P(X ≤ x) for a standard normal X; relative error below 1e-13 where the result is a normal number.</summary>
    /// <param name="x">Any value; NaN gives NaN.</param>
    /// <remarks>
    /// Near the middle ½ + φ(x)·Σ x^(2n+1)/(1·3·…·(2n+1)); in the tails φ(x) over Laplace's continued fraction
    /// x + 1/(x + 2/(x + 3/(…))).
    /// </remarks>
    public static double NormalCdf(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        var magnitude = Math.Abs(x);
        if (magnitude > 39)
        {
            return x < 0 ? 0 : 1;
        }

        var density = InverseSqrtTwoPi * Exp(-0.5 * magnitude * magnitude);
        if (magnitude < 2)
        {
            var term = magnitude;
            var sum = magnitude;
            for (var odd = 3; odd < 99; odd += 2)
            {
                term *= magnitude * magnitude / odd;
                sum += term;
            }

            return x < 0 ? 0.5 - (density * sum) : 0.5 + (density * sum);
        }

        var fraction = magnitude;
        for (var n = 150; n >= 1; n--)
        {
            fraction = magnitude + (n / fraction);
        }

        return x < 0 ? density / fraction : 1 - (density / fraction);
    }

    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        var value = coefficients[^1];
        for (var i = coefficients.Length - 2; i >= 0; i--)
        {
            value = (value * x) + coefficients[i];
        }

        return value;
    }

    private static ReadOnlySpan<double> CentralNumerator =>
    [
        3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
    ];

    private static ReadOnlySpan<double> CentralDenominator =>
    [
        1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
        2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
    ];

    private static ReadOnlySpan<double> MiddleNumerator =>
    [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];

    private static ReadOnlySpan<double> MiddleDenominator =>
    [
        1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static ReadOnlySpan<double> TailNumerator =>
    [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    private static ReadOnlySpan<double> TailDenominator =>
    [
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];
}
