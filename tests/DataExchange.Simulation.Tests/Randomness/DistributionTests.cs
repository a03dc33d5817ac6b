using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Tests.Randomness;

public sealed class DistributionTests
{
    private const int Draws = 100_000;
    private readonly RandomStream _random = new(20250531, "distributions");

    [Fact]
    public void Normal_draws_follow_the_normal_distribution()
    {
        var draws = Draw(_random.NextNormal);
        Statistics.AssertKolmogorovSmirnov(draws, DeterministicMath.NormalCdf);
        Assert.InRange(draws.Average(), -0.015, 0.015);
        Assert.InRange(draws.Average(x => x * x), 0.98, 1.02);
        Assert.InRange(draws.Average(x => x * x * x * x), 2.9, 3.1);
    }

    [Fact]
    public void Exponential_draws_follow_the_exponential_distribution()
    {
        var draws = Draw(_random.NextExponential);
        Statistics.AssertKolmogorovSmirnov(draws, x => 1 - Math.Exp(-x));
        Assert.InRange(draws.Average(), 0.985, 1.015);
    }

    [Fact]
    public void Log_normal_draws_follow_the_log_normal_distribution()
    {
        // The per-call prices of Zhejiang's shelf: the widest spread in use.
        var draws = Draw(() => _random.NextLogNormal(0.47, 2.9));
        Statistics.AssertKolmogorovSmirnov(draws, x => DeterministicMath.NormalCdf((Math.Log(x) - 0.47) / 2.9));
    }

    [Fact]
    public void Pareto_draws_follow_the_pareto_distribution()
    {
        var draws = Draw(() => _random.NextPareto(2, 1.3));
        Assert.All(draws, x => Assert.True(x >= 2));
        Statistics.AssertKolmogorovSmirnov(draws, x => 1 - Math.Pow(2 / x, 1.3));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(4)]
    [InlineData(9.99)]
    [InlineData(10)]
    [InlineData(57)]
    [InlineData(12_345)]
    public void Poisson_draws_have_the_mean_the_variance_and_the_probabilities(double mean)
    {
        var draws = Draw(() => _random.NextPoisson(mean));
        var average = draws.Average();
        var error = 4 * Math.Sqrt(mean / Draws);
        Assert.InRange(average, mean - error, mean + error);
        Assert.InRange(draws.Average(x => (x - average) * (x - average)) / mean, 0.96, 1.04);
        var mode = (int)mean;
        var expected = Math.Exp((mode * Math.Log(mean)) - mean - DeterministicMath.LogFactorial(mode)) * Draws;
        Assert.InRange(draws.Count(x => x == mode), expected - (4 * Math.Sqrt(expected)), expected + (4 * Math.Sqrt(expected)));
    }

    [Theory]
    [InlineData(3.3)]
    [InlineData(10)]
    [InlineData(31.4)]
    public void Poisson_draws_fill_every_cell_as_expected(double mean)
    {
        const int Many = 4 * Draws;
        var cells = new int[200];
        for (var i = 0; i < Many; i++)
        {
            cells[_random.NextPoisson(mean)]++;
        }

        var expected = cells.Select((_, k) => Math.Exp((k * Math.Log(mean)) - mean - DeterministicMath.LogFactorial(k)) * Many).ToArray();
        var full = Enumerable.Range(0, cells.Length).Where(k => expected[k] >= 20).ToList();
        var chiSquare = full.Sum(k => (cells[k] - expected[k]) * (cells[k] - expected[k]) / expected[k]);
        Assert.True(chiSquare <= full.Count + (4 * Math.Sqrt(2.0 * full.Count)), $"chi-square {chiSquare} over {full.Count} cells");
    }

    [Fact]
    public void Poisson_of_nothing_is_nothing() => Assert.Equal(0, _random.NextPoisson(0));

    [Fact]
    public void A_billion_is_still_a_poisson_mean() => Assert.InRange(_random.NextPoisson(1e9), 999_800_000, 1_000_200_000);

    [Fact]
    public void Booleans_follow_their_probability_and_always_draw()
    {
        Assert.InRange(Draw(() => _random.NextBoolean(0.2) ? 1 : 0).Average(), 0.195, 0.205);
        var (never, always) = (new RandomStream(1, "b"), new RandomStream(1, "b"));
        Assert.False(never.NextBoolean(0));
        Assert.True(always.NextBoolean(1));
        Assert.Equal(never.NextUInt32(), always.NextUInt32());
    }

    private static double[] Draw(Func<double> next)
    {
        var draws = new double[Draws];
        for (var i = 0; i < draws.Length; i++)
        {
            draws[i] = next();
        }

        return draws;
    }

    private static double[] Draw(Func<int> next) => Draw(() => (double)next());
}
