using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Tests.Randomness;

/// <summary>Oracles named as such were computed with 60 digits and rounded once.</summary>
public sealed class DeterministicMathTests
{
    private const double Tolerance = 1e-14;

    [Theory]
    [InlineData(2.0, 0x3FE62E42FEFA39EF)]
    [InlineData(10.0, 0x40026BB1BBB55516)]
    [InlineData(0.1, 0xC0026BB1BBB55515)]
    [InlineData(1e-300, 0xC085963447F87FB5)]
    [InlineData(1e300, 0x4085963447F87FB5)]
    [InlineData(1.0000001, 0x3E7AD7F2847B6492)]
    [InlineData(0.75, 0xBFD269621134DB92)]
    public void Logarithms_have_these_bits(double x, ulong bits) => Assert.Equal(bits, Bits(DeterministicMath.Log(x)));

    [Theory]
    [InlineData(1.0, 0x4005BF0A8B14576A)] // One unit in the last place above the oracle; pinned so that no machine differs.
    [InlineData(-1.0, 0x3FD78B56362CEF38)]
    [InlineData(0.1, 0x3FF1AEC7B35A00D4)]
    [InlineData(10.0, 0x40D5829DCF950560)]
    [InlineData(-50.0, 0x3B6D257D547E083F)]
    [InlineData(700.0, 0x7F0D945DF4F8EC8E)]
    [InlineData(-700.0, 0x00D14F2B0FB9307F)]
    public void Exponentials_have_these_bits(double x, ulong bits) => Assert.Equal(bits, Bits(DeterministicMath.Exp(x)));

    [Fact]
    public void Log_and_exp_agree_with_the_platform_over_the_whole_range()
    {
        var random = new RandomStream(20250531, "math");
        for (var i = 0; i < 200_000; i++)
        {
            var exponent = (random.NextDouble() * 1400) - 700;
            AssertClose(Math.Exp(exponent), DeterministicMath.Exp(exponent), Tolerance);
            AssertClose(exponent, DeterministicMath.Log(Math.Exp(exponent)), Math.Max(Tolerance, 3e-16 / Math.Abs(exponent)));
            var nearOne = 0.5 + random.NextDouble();
            AssertClose(Math.Log(nearOne), DeterministicMath.Log(nearOne), Tolerance);
        }
    }

    [Fact]
    public void Powers_agree_with_the_platform_within_the_stated_error()
    {
        var random = new RandomStream(7, "powers");
        for (var i = 0; i < 100_000; i++)
        {
            var x = DeterministicMath.Exp((random.NextDouble() * 20) - 10);
            var y = (random.NextDouble() * 20) - 10;
            AssertClose(Math.Pow(x, y), DeterministicMath.Pow(x, y), 1e-13);
        }
    }

    [Fact]
    public void Edges_give_infinities_zero_and_nan()
    {
        Assert.Equal(double.NegativeInfinity, DeterministicMath.Log(0));
        Assert.Equal(double.NaN, DeterministicMath.Log(-1));
        Assert.Equal(0, DeterministicMath.Log(1));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Log(double.PositiveInfinity));
        AssertClose(Math.Log(double.Epsilon), DeterministicMath.Log(double.Epsilon), Tolerance);
        Assert.Equal(1, DeterministicMath.Exp(0));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Exp(710));
        Assert.Equal(0, DeterministicMath.Exp(-746));
        Assert.Equal(double.Epsilon, DeterministicMath.Exp(-744.4));
        Assert.Equal(double.NaN, DeterministicMath.Exp(double.NaN));
        Assert.Equal(1, DeterministicMath.Pow(0, 0));
        Assert.Equal(0, DeterministicMath.Pow(0, 2));
        Assert.Equal(double.NaN, DeterministicMath.Pow(-2, 3));
        Assert.Equal(double.NegativeInfinity, DeterministicMath.NormalQuantile(0));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.NormalQuantile(1));
        Assert.Equal(double.NaN, DeterministicMath.NormalQuantile(1.5));
        Assert.Equal(0, DeterministicMath.NormalCdf(double.NegativeInfinity));
        Assert.Equal(1, DeterministicMath.NormalCdf(double.PositiveInfinity));
    }

    [Theory]
    [InlineData(1e-300, -37.047096299361199)]
    [InlineData(1e-50, -14.933337534788489)]
    [InlineData(1e-20, -9.2623400897984076)]
    [InlineData(1e-16, -8.2220822161304356)]
    [InlineData(1e-12, -7.0344838253011319)]
    [InlineData(1e-5, -4.2648907939228246)]
    [InlineData(0.01, -2.3263478740408411)]
    [InlineData(0.05, -1.6448536269514727)]
    [InlineData(0.1, -1.2815515655446004)]
    [InlineData(0.25, -0.67448975019608174)]
    [InlineData(0.4, -0.25334710313579974)]
    [InlineData(0.975, 1.9599639845400539)]
    [InlineData(0.999, 3.0902323061678133)]
    public void Normal_quantiles_match_the_oracle(double p, double expected) =>
        AssertClose(expected, DeterministicMath.NormalQuantile(p), Tolerance);

    [Theory]
    [InlineData(-37.0, 5.7255712225245768e-300)]
    [InlineData(-20.0, 2.7536241186062337e-89)]
    [InlineData(-8.0, 6.2209605742717841e-16)]
    [InlineData(-5.0, 2.8665157187919391e-7)]
    [InlineData(-2.0, 0.022750131948179207)]
    [InlineData(-1.9, 0.028716559816001805)]
    [InlineData(-1.0, 0.15865525393145705)]
    [InlineData(0.0, 0.5)]
    [InlineData(0.5, 0.6914624612740131)]
    [InlineData(2.0, 0.97724986805182079)]
    [InlineData(8.0, 0.99999999999999938)]
    public void Normal_probabilities_match_the_oracle(double x, double expected) =>
        AssertClose(expected, DeterministicMath.NormalCdf(x), 1e-13);

    [Fact]
    public void Quantile_undoes_probability()
    {
        for (var p = 0.0005; p < 1; p += 0.0005)
        {
            AssertClose(p, DeterministicMath.NormalCdf(DeterministicMath.NormalQuantile(p)), 1e-13);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(5, 4.787491742782046)]
    [InlineData(20, 42.335616460753485)]
    [InlineData(21, 45.380138898476908)]
    [InlineData(100, 363.73937555556349)]
    [InlineData(1_000_000, 12815518.38465817)]
    public void Log_factorials_match_the_oracle(int n, double expected) =>
        AssertClose(expected, DeterministicMath.LogFactorial(n), Tolerance);

    private static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);

    private static void AssertClose(double expected, double actual, double relativeError) =>
        Assert.True(Math.Abs(actual - expected) <= Math.Abs(expected) * relativeError, $"expected {expected:R}, got {actual:R}");
}
