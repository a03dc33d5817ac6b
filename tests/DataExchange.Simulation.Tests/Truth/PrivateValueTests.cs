using CsCheck;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Truth;

namespace DataExchange.Simulation.Tests.Truth;

/// <summary>What something is worth to a buyer.</summary>
public sealed class PrivateValueTests
{
    [Theory]
    [InlineData(100_000, 0.8, 0.5, 100_000)]
    [InlineData(100_000, 0, 0.01, 100_000)]
    // z = 1 and −1: e^0.8 = 2.22554, e^−0.8 = 0.44933.
    [InlineData(100_000, 0.8, 0.841344746068543, 222_554)]
    [InlineData(100_000, 0.8, 0.158655253931457, 44_933)]
    [InlineData(0, 0.8, 0.9, 0)]
    public void The_value_is_worth_times_exp_of_sigma_z(long worth, double sigma, double quantile, long value) =>
        Assert.Equal(value, PrivateValue.Of(worth, sigma, quantile));

    [Fact]
    public void Any_quantile_gives_a_value_within_bounds() =>
        Gen.Select(Gen.Long[0, 10_000_000_000_000], Gen.Double[0, 5], Gen.Double[0, 1]).Sample((worth, sigma, quantile) =>
            Assert.InRange(PrivateValue.Of(worth, sigma, quantile), 0, PrivateValue.MostFen));

    [Fact]
    public void A_value_is_below_the_last_offer_exactly_where_the_negotiation_fails() =>
        Gen.Select(Gen.Long[1, 1_000_000_000], Gen.Double[0, 5], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((amount, sigma, quantile, failed) =>
            Assert.Equal(quantile < failed, PrivateValue.AroundOffer(amount, sigma, quantile, failed) < amount));

    /// <summary>Why the scenario's σ is near √(2/π): there the provider who knows the law asks the worth, as hazard φ(0)/(1 − Φ(0)) = √(2/π) equals σ.</summary>
    [Fact]
    public void With_sigma_the_root_of_two_over_pi_the_price_that_brings_most_is_the_worth()
    {
        var sigma = Math.Sqrt(2 / Math.PI);
        double Revenue(double price) => price * (1 - DeterministicMath.NormalCdf(Math.Log(price) / sigma));
        var best = Enumerable.Range(1, 400).Select(step => step / 100.0).MaxBy(Revenue);
        Assert.Equal(1, best);
    }
}
