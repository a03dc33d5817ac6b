using System.Numerics;
using CsCheck;

namespace DataExchange.Shares.Tests;

public sealed class ShapleyTests
{
    private static readonly Gen<long[]> AnyGame = Gen.Select(Gen.Int[2, 6], Gen.Long[-1_000, 1_000].Array[64])
        .Select((contributors, values) => (long[])[0, .. values.Take((1 << contributors) - 1)]);

    [Fact]
    public void Gloves_one_left_and_two_right()
    {
        var shared = Shared(Games.Of(3, coalition => Games.Has(coalition, 0) && (coalition & 0b110) != 0 ? 600 : 0));
        Assert.Equal([400, 100, 100], shared.Fen);
        Assert.Equal(2.0 / 3, shared.Shares.Near(0) / 600, 15);
        Assert.Equal(1.0 / 6, shared.Shares.Near(1) / 600, 15);
    }

    [Fact]
    public void An_airport_with_costs_1_2_and_3()
    {
        var shared = Shared(Games.Of(3, coalition => 6 * Enumerable.Range(0, 3).Where(i => Games.Has(coalition, i)).Select(i => i + 1).DefaultIfEmpty().Max()));
        // 1/3, 5/6 and 11/6.
        Assert.Equal([2, 5, 11], shared.Fen);
    }

    [Fact]
    public void A_simple_majority_is_shared_equally() =>
        Assert.Equal([20, 20, 20, 20, 20], Shared(Games.Of(5, coalition => BitOperations.PopCount((uint)coalition) >= 3 ? 100 : 0)).Fen);

    // The Security Council (Shapley and Shubik 1954 with today's fifteen seats): five permanent members with 0.19627, ten others with 0.001865.
    [Fact]
    public void The_Security_Council()
    {
        var shared = Shared(Games.Of(15, coalition => (coalition & 31) == 31 && BitOperations.PopCount((uint)coalition) >= 9 ? 1_000_000 : 0));
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(421.0 / 2145, shared.Shares.Near(i) / 1e6, 12));
        Assert.All(Enumerable.Range(5, 10), i => Assert.Equal(4.0 / 2145, shared.Shares.Near(i) / 1e6, 12));
    }

    [Fact]
    public void Two_equal_sellers_of_whom_one_clones_himself_get_two_thirds_together()
    {
        Assert.Equal([50, 50], Shared([0, 100, 100, 100]).Fen);
        Assert.Equal([34, 33, 33], Shared([0, 100, 100, 100, 100, 100, 100, 100]).Fen);
    }

    [Fact]
    public void In_a_unanimity_game_its_members_share_alike_and_others_get_nothing()
    {
        for (var needed = 1; needed < 32; needed++)
        {
            var members = BitOperations.PopCount((uint)needed);
            var shared = Shared(Games.Of(5, coalition => (coalition & needed) == needed ? 60 : 0));
            Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(Games.Has(needed, i) ? 60 / members : 0, shared.Fen[i]));
        }
    }

    [Fact]
    public void It_is_the_mean_over_all_orders() => AnyGame.Where(values => values[^1] != 0).Sample(values =>
    {
        var shared = Shared(values);
        Assert.Equal(Games.Factorial(shared.Fen.Count), shared.Shares.Denominator);
        Assert.Equal(NaiveShapley.TimesFactorial(values), shared.Shares.Numerators);
    }, iter: 300);

    [Fact]
    public void All_of_the_value_is_shared_to_the_fen_and_no_share_is_a_fen_off() => AnyGame.Where(values => values[^1] != 0).Sample(values =>
    {
        var shared = Shared(values);
        Assert.Equal(values[^1], shared.Fen.Sum());
        Assert.All(Enumerable.Range(0, shared.Fen.Count), i => Assert.True(
            BigInteger.Abs((shared.Fen[i] * shared.Shares.Denominator) - shared.Shares.Numerators[i]) < shared.Shares.Denominator));
    });

    [Fact]
    public void Equals_get_the_same_and_who_adds_nothing_gets_nothing() => Gen.Select(AnyGame, Gen.Int[0, 5], Gen.Int[0, 5]).Sample((values, a, b) =>
    {
        var contributors = BitOperations.Log2((uint)values.Length);
        (a, b) = (a % contributors, b % contributors);
        // b is made a's equal: a coalition with one of them is worth what that with the other is.
        var equal = Games.Of(contributors, coalition => values[Games.Has(coalition, b) && !Games.Has(coalition, a) ? coalition ^ (1 << a) ^ (1 << b) : coalition]);
        var numerators = Numerators(equal);
        Assert.Equal(numerators[a], numerators[b]);
        var dummy = Games.Of(contributors, coalition => values[coalition & ~(1 << a)]);
        Assert.Equal(0, Numerators(dummy)[a]);
    });

    [Fact]
    public void Shares_of_a_sum_are_sums_of_shares() => Gen.Select(AnyGame, AnyGame).Where((left, right) => left.Length == right.Length).Sample((left, right) =>
    {
        long[] sum = [.. left.Zip(right, (one, other) => one + other)];
        Assert.Equal(Numerators(left).Zip(Numerators(right), (one, other) => one + other), Numerators(sum));
    }, iter: 50);

    [Fact]
    public void The_largest_values_do_not_overflow()
    {
        var shared = Shared(Games.Of(12, coalition => coalition == 0 ? 0 : (coalition & 1) == 1 ? LargestRemainder.MostFen : -LargestRemainder.MostFen));
        Assert.Equal(LargestRemainder.MostFen, shared.Fen.Sum());
    }

    [Fact]
    public void Twenty_contributors_are_exact()
    {
        // Additive but for a bonus that needs the first two: known shares.
        var answer = Shapley.Exact(20, coalition => Enumerable.Range(0, 20).Sum(i => ((coalition >> i) & 1) * (i + 1L)) + ((coalition & 3) == 3 ? 1_001 : 0));
        var shared = Assert.IsType<ShapleyAnswer.Shared>(answer);
        Assert.Equal([1 + 501, 2 + 500, .. Enumerable.Range(3, 18).Select(i => (long)i)], shared.Fen);
    }

    [Fact]
    public void What_cannot_be_shared_is_answered_with_a_type()
    {
        Assert.Equal(new ShapleyAnswer.OneContributor(77), Shapley.Exact([0, 77]));
        Assert.Equal(new ShapleyAnswer.NothingToShare(2), Shapley.Exact([0, 5, -5, 0]));
        Assert.Equal(new ShapleyAnswer.NothingToShare(3), Shapley.Exact(3, _ => 0));
        Assert.Equal(SharesRefusal.NoContributor, Refusal(Shapley.Exact([])));
        Assert.Equal(SharesRefusal.NoContributor, Refusal(Shapley.Exact([0])));
        Assert.Equal(SharesRefusal.NoContributor, Refusal(Shapley.Exact(0, _ => 0)));
        Assert.Equal(SharesRefusal.ValuesMissing, Refusal(Shapley.Exact([0, 1, 2])));
        Assert.Equal(SharesRefusal.EmptyCoalitionHasValue, Refusal(Shapley.Exact([1, 2, 3, 4])));
        Assert.Equal(SharesRefusal.ValueNotAllowed, Refusal(Shapley.Exact([0, 1, LargestRemainder.MostFen + 1, 4])));
        Assert.Equal(SharesRefusal.ValueNotAllowed, Refusal(Shapley.Exact([0, long.MinValue])));
        Assert.Equal(SharesRefusal.TooManyContributors, Refusal(Shapley.Exact(21, _ => throw new InvalidOperationException("not asked"))));
        Assert.Equal(SharesRefusal.TooManyContributors, Refusal(Shapley.Exact(new long[1 << 21])));
    }

    private static SharesRefusal Refusal(ShapleyAnswer answer) => Assert.IsType<ShapleyAnswer.Refused>(answer).Reason;

    private static ShapleyAnswer.Shared Shared(long[] values) => Assert.IsType<ShapleyAnswer.Shared>(Shapley.Exact(values));

    // Of games that come to nothing as well: with a bonus for all together that is shared alike, and taken off again.
    private static BigInteger[] Numerators(long[] values)
    {
        var contributors = BitOperations.Log2((uint)values.Length);
        const long Bonus = 1_000_000;
        var shares = Shared([.. values.Take(values.Length - 1), values[^1] + Bonus]).Shares;
        return [.. shares.Numerators.Select(numerator => numerator - (Bonus * shares.Denominator / contributors))];
    }
}
