using System.Numerics;

namespace DataExchange.Shares;

/// <summary>
/// The Shapley value (Shapley 1953): φᵢ = Σ over S without i of |S|! (n − |S| − 1)! / n! · (v(S ∪ {i}) − v(S)), exactly.
/// </summary>
public static class Shapley
{
    /// <summary>The most contributors whose coalitions are enumerated: 2^20 values.</summary>
    public const int MostContributors = 20;

    /// <summary>Exact shares from the values of all coalitions.</summary>
    /// <param name="values">
    /// Fen, at index S for the coalition whose contributor i takes part where bit i of S is set: 2ⁿ values, the first one 0, each within ±<see cref="LargestRemainder.MostFen"/>.
    /// </param>
    public static ShapleyAnswer Exact(ReadOnlySpan<long> values)
    {
        if (values.Length <= 1)
        {
            return new ShapleyAnswer.Refused(SharesRefusal.NoContributor, $"contributors 0 is not allowed: 1 to {MostContributors}");
        }

        var contributors = BitOperations.Log2((uint)values.Length);
        if (values.Length != 1 << contributors)
        {
            return new ShapleyAnswer.Refused(SharesRefusal.ValuesMissing, $"values {values.Length} is not allowed: a power of two, one value for each coalition");
        }

        if (contributors > MostContributors)
        {
            return TooMany(contributors);
        }

        if (values[0] != 0)
        {
            return new ShapleyAnswer.Refused(SharesRefusal.EmptyCoalitionHasValue, $"value of the empty coalition {values[0]} is not allowed: 0");
        }

        var outside = values.IndexOfAnyExceptInRange(-LargestRemainder.MostFen, LargestRemainder.MostFen);
        if (outside >= 0)
        {
            return new ShapleyAnswer.Refused(
                SharesRefusal.ValueNotAllowed,
                $"value {values[outside]} of coalition {outside} is not allowed: {-LargestRemainder.MostFen} to {LargestRemainder.MostFen} fen");
        }

        if (contributors == 1)
        {
            return new ShapleyAnswer.OneContributor(values[1]);
        }

        if (values[^1] == 0)
        {
            return new ShapleyAnswer.NothingToShare(contributors);
        }

        var shares = Enumerate(values, contributors);
        return new ShapleyAnswer.Shared(shares, shares.InFen());
    }

    /// <summary>Exact shares from a function of coalitions, which is asked once for each.</summary>
    /// <param name="contributors">1 to <see cref="MostContributors"/>.</param>
    /// <param name="value">Fen of a coalition, given as bits; 0 for the empty one.</param>
    public static ShapleyAnswer Exact(int contributors, Func<uint, long> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (contributors > MostContributors)
        {
            return TooMany(contributors);
        }

        var values = contributors < 1 ? [] : new long[1 << contributors];
        for (var coalition = 0; coalition < values.Length; coalition++)
        {
            values[coalition] = value((uint)coalition);
        }

        return Exact(values);
    }

    private static ShapleyAnswer.Refused TooMany(int contributors) => new(
        SharesRefusal.TooManyContributors,
        $"contributors {contributors} is not allowed: 1 to {MostContributors} exactly; sample permutations for more");

    // With Aᵢ(s) the sum of v over the coalitions of size s with i, and T(s) over all of that size, those without i sum to T(s) − Aᵢ(s). So one pass that
    // adds each value to its members suffices: φᵢ · n! = Σ over s of (s − 1)! (n − s)! · Aᵢ(s) − s! (n − s − 1)! · (T(s) − Aᵢ(s)).
    private static ExactShares Enumerate(ReadOnlySpan<long> values, int contributors)
    {
        var sizes = contributors + 1;
        var with = new Int128[contributors * sizes];
        var all = new Int128[sizes];
        for (var coalition = 1U; coalition < values.Length; coalition++)
        {
            var value = values[(int)coalition];
            var size = BitOperations.PopCount(coalition);
            all[size] += value;
            for (var rest = coalition; rest != 0; rest &= rest - 1)
            {
                with[(BitOperations.TrailingZeroCount(rest) * sizes) + size] += value;
            }
        }

        var factorials = new BigInteger[sizes];
        factorials[0] = 1;
        for (var i = 1; i < sizes; i++)
        {
            factorials[i] = factorials[i - 1] * i;
        }

        var numerators = new BigInteger[contributors];
        for (var i = 0; i < contributors; i++)
        {
            for (var size = 1; size < sizes; size++)
            {
                var mine = (BigInteger)with[(i * sizes) + size];
                numerators[i] += factorials[size - 1] * factorials[contributors - size] * mine;
                if (size < contributors)
                {
                    numerators[i] -= factorials[size] * factorials[contributors - size - 1] * (all[size] - mine);
                }
            }
        }

        return new(numerators, factorials[contributors]);
    }
}
