namespace DataExchange.Mechanisms.Tests;

/// <summary>Whether bidding one's value is the best answer to everything the others may do: all profiles of a small grid, all deviations.</summary>
public sealed class IncentiveTests
{
    private const int Bidders = 3;
    private const long Most = 5;

    public static TheoryData<string, long> Cases =>
    [
        .. from mechanism in Profiles.Truthful from reserve in new long[] { 0, 2, 4 } select new TheoryDataRow<string, long>(mechanism.Name, reserve),
    ];

    [Theory, MemberData(nameof(Cases))]
    public void No_deviation_from_ones_value_gains_anything(string name, long reserve)
    {
        var mechanism = Profiles.Truthful.Single(one => one.Name == name).Mechanism;
        Assert.Empty(ProfitableDeviations(mechanism, new AuctionTerms(reserve)).Take(3));
    }

    [Fact]
    public void Four_bidders_gain_nothing_in_the_auction_of_two_copies() =>
        Assert.Empty(ProfitableDeviations(new UniformPrice(2), Profiles.NoReserve, bidders: 4, most: 4).Take(3));

    [Fact]
    public void In_a_first_price_auction_it_pays_to_bid_less()
    {
        var gains = ProfitableDeviations(new FirstPrice(), Profiles.NoReserve).ToArray();
        Assert.NotEmpty(gains);
        Assert.All(gains, gain => Assert.True(gain.Amount < gain.Value));
        // The plainest: with a value of 5 against 1 and 1, a bid of 2 wins all the same.
        Assert.Contains(gains, gain => gain is { Bidder: 0, Value: 5, Amount: 2, Gain: 3 });
    }

    [Fact]
    public void In_a_Dutch_auction_it_pays_to_stop_the_clock_later() =>
        Assert.NotEmpty(ProfitableDeviations(new DutchClock(Most, 1), Profiles.NoReserve).Take(1));

    [Fact]
    public void Under_the_optimal_single_price_it_pays_to_bid_less_so_it_is_a_benchmark_only() =>
        Assert.NotEmpty(ProfitableDeviations(new OptimalPrice(), Profiles.NoReserve).Take(1));

    [Fact]
    public void On_a_coarse_English_clock_staying_until_ones_value_never_loses()
    {
        // On a clock of 2 fen a bidder cannot say the odd values, but nobody ever loses by staying until his value.
        var mechanism = new EnglishClock(2);
        foreach (var values in Profiles.Every(Bidders, Most))
        {
            var result = mechanism.Run(Profiles.NoReserve, Profiles.Of(values));
            Assert.All(Enumerable.Range(0, Bidders), i => Assert.True(Profiles.Utility(result, $"b{i}", values[i]) >= 0));
        }
    }

    // A bid of 0 is to stay away.
    private static IEnumerable<(int Bidder, long Value, long Amount, long Gain)> ProfitableDeviations(
        IMechanism mechanism, AuctionTerms terms, int bidders = Bidders, long most = Most)
    {
        foreach (var values in Profiles.Every(bidders, most))
        {
            var truthful = mechanism.Run(terms, Profiles.Of(values));
            for (var i = 0; i < bidders; i++)
            {
                for (var amount = 0L; amount <= most + 2; amount++)
                {
                    var changed = values.ToArray();
                    changed[i] = amount;
                    var gain = Profiles.Utility(mechanism.Run(terms, Profiles.Of(changed)), $"b{i}", values[i])
                        - Profiles.Utility(truthful, $"b{i}", values[i]);
                    if (gain > 0)
                    {
                        yield return (i, values[i], amount, gain);
                    }
                }
            }
        }
    }
}
