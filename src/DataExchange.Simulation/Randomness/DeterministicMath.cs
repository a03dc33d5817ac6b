namespace DataExchange.Simulation.Randomness;

/// <summary>
/// Logarithm, exponential, power and the normal distribution from the operations IEEE 754 rounds exactly (+ − × ÷ and bit operations),
/// in a fixed order: every machine gives the same bits, which the platform's own mathematics library does not promise.
/// </summary>
public static partial class DeterministicMath
{
    private const double Ln2High = 0.693147180369123816490; // Trailing 32 bits zero: its product with an exponent is exact.
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896340736;
    private const double Sqrt2 = 1.41421356237309504880;
    private const double LargestExponent = 709.782712893384;
    private const double SmallestExponent = -745.133219101941;

    /// <summary>Natural logarithm; relative error below 1e-15 for finite positive arguments.</summary>
    /// <param name="x">Not negative; 0 gives −∞, +∞ gives +∞, NaN and negative values give NaN.</param>
    /// <remarks>x = 2^k·m with m in [√½, √2), and ln m = 2·artanh((m − 1)/(m + 1)) by its Taylor series.</remarks>
    public static double Log(double x)
    {
        if (!(x > 0))
        {
            return x == 0 ? double.NegativeInfinity : double.NaN;
        }

        if (double.IsPositiveInfinity(x))
        {
            return x;
        }

        var exponent = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0; // 2^54 makes a subnormal number normal, exactly.
            exponent = -54;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (mantissa > Sqrt2)
        {
            mantissa *= 0.5;
            exponent++;
        }

        var f = mantissa - 1;
        var s = f / (2 + f);
        var z = s * s;
        var series = 1.0 / 25;
        for (var odd = 23; odd >= 3; odd -= 2)
        {
            series = (series * z) + (1.0 / odd);
        }

        // 2s = f − s·f exactly, so ln(1 + f) = f − s·(f − 2z·series): f carries the digits, the rest only corrects it.
        var correction = s * (f - (2 * z * series));
        return (exponent * Ln2High) + (f - (correction - (exponent * Ln2Low)));
    }

    /// <summary>e^x; relative error below 1e-15 where the result is a normal number.</summary>
    /// <param name="x">Any value; above about 709.78 gives +∞, below about −745.13 gives 0, NaN gives NaN.</param>
    /// <remarks>x = k·ln 2 + r with |r| ≤ ½ ln 2, and e^r by its Taylor series.</remarks>
    public static double Exp(double x)
    {
        if (!(x <= LargestExponent))
        {
            return double.IsNaN(x) ? x : double.PositiveInfinity;
        }

        if (x < SmallestExponent)
        {
            return 0;
        }

        var k = (int)Math.Floor((x * InverseLn2) + 0.5);
        var high = x - (k * Ln2High);
        var low = k * Ln2Low;
        var r = high - low;
        var lost = (high - r) - low;
        var series = 1.0;
        for (var n = 14; n >= 2; n--)
        {
            series = 1 + (series * r / n);
        }

        return Scale(1 + ((r * series) + lost), k);
    }

    /// <summary>
    /// x^y as e^(y·ln x); relative error below 1e-13 while |y·ln x| ≤ 100, and below 4e-13 in all the range of normal results.
    /// </summary>
    /// <param name="x">Not negative; negative values give NaN.</param>
    /// <param name="y">Any value; 0 gives 1 for every x.</param>
    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1)
        {
            return 1;
        }

        if (double.IsNaN(y) || double.IsNaN(x) || x < 0)
        {
            return double.NaN;
        }

        return y == 1 ? x : Exp(y * Log(x));
    }

    /// <summary>ln(n!) with a relative error below 1e-14.</summary>
    /// <param name="n">At least 0.</param>
    /// <remarks>The product itself up to 20, Stirling's series from there.</remarks>
    public static double LogFactorial(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (n <= 20)
        {
            var product = 1L;
            for (var factor = 2; factor <= n; factor++)
            {
                product *= factor;
            }

            return Log(product);
        }

        const double HalfLogTwoPi = 0.91893853320467274178;
        var x = (double)n;
        var z = 1 / (x * x);
        var tail = ((((1.0 / 1260) - (z / 1680)) * z) - (1.0 / 360)) * z;
        return (((x + 0.5) * Log(x)) - x) + HalfLogTwoPi + (((1.0 / 12) + tail) / x);
    }

    // Two steps, so that a result below the normal range is rounded once, at the end.
    private static double Scale(double value, int exponent)
    {
        if (exponent > 1000)
        {
            return value * PowerOfTwo(1000) * PowerOfTwo(exponent - 1000);
        }

        return exponent < -1000 ? value * PowerOfTwo(-1000) * PowerOfTwo(exponent + 1000) : value * PowerOfTwo(exponent);
    }

    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);
}
