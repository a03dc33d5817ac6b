using System.Globalization;
using System.Numerics;

namespace DataExchange.Menus.Policies;

/// <summary>
/// How a price follows from a usage. A value: it has no state and reads no clock. The price is computed exactly and rounded once, at the end, up to the
/// whole fen. Up, because that keeps a policy free of arbitrage which is so without rounding: ⌈a + b⌉ ≤ ⌈a⌉ + ⌈b⌉, which is not so of rounding to the
/// nearest (0.4 and 0.4 would cost nothing, 0.8 one fen).
/// </summary>
public abstract record PricePolicy
{
    /// <summary>The largest price or rate, 10^15 fen.</summary>
    public const long MostFen = 1_000_000_000_000_000;

    /// <summary>The whole, in basis points.</summary>
    public const int Whole = 10_000;

    /// <summary>How deep policies may be nested.</summary>
    public const int MostDepth = 8;

    private protected PricePolicy()
    {
    }

    /// <summary>What is wrong with the policy, the first that is found; null when nothing is.</summary>
    public PolicyProblem? Problem => Find(1);

    /// <summary>The price of a usage.</summary>
    /// <param name="usage">What was used.</param>
    public PriceAnswer PriceOf(Usage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        if (Problem is not null)
        {
            return new(null, PriceProblem.PolicyNotSound);
        }

        var (exact, problem) = Price(usage);
        if (problem is not null)
        {
            return new(null, problem);
        }

        var fen = exact.RoundedUp();
        return fen > MostFen ? new(null, PriceProblem.PriceTooLarge) : new((long)fen, null);
    }

    /// <summary>The exact price.</summary>
    internal (Exact Price, PriceProblem? Problem) Price(Usage usage) =>
        usage.Calls is < 0 or > Usage.MostCalls || usage.Periods is < 1 or > Usage.MostPeriods || usage.RevenueFen is < 0 or > MostFen
            ? (default, PriceProblem.UsageNotAllowed)
            : PriceSound(usage);

    /// <summary>The exact price of a usage within its bounds, of a policy without problem.</summary>
    internal abstract (Exact Price, PriceProblem? Problem) PriceSound(Usage usage);

    /// <summary>What is wrong with what this kind of policy has.</summary>
    internal abstract PolicyProblem? FindOwn(int depth);

    internal PolicyProblem? Find(int depth) => depth > MostDepth
        ? new(PolicyFault.NestedTooDeep, "policy", Text(depth), $"at most {MostDepth} policies in each other")
        : FindOwn(depth);

    private protected static PolicyProblem? PriceFault(string field, long fen) => fen is >= 0 and <= MostFen
        ? null
        : new(PolicyFault.PriceNotAllowed, field, Text(fen), $"0 to {MostFen} fen");

    private protected static PolicyProblem? PointsFault(string field, int basisPoints) => basisPoints is >= 0 and <= Whole
        ? null
        : new(PolicyFault.BasisPointsNotAllowed, field, Text(basisPoints), $"0 to {Whole}");

    private protected static PolicyProblem? QuotaFault(string field, long? calls) => calls is null or (>= 1 and <= Usage.MostCalls)
        ? null
        : new(PolicyFault.QuotaNotAllowed, field, Text(calls.Value), $"1 to {Usage.MostCalls}, or absent");

    private protected static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>An amount in fen that is not rounded yet.</summary>
    internal readonly record struct Exact(BigInteger Numerator, BigInteger Denominator)
    {
        internal static Exact Of(BigInteger fen) => new(fen, 1);

        internal Exact Plus(Exact other) => new((Numerator * other.Denominator) + (other.Numerator * Denominator), Denominator * other.Denominator);

        internal Exact Less(int discountBasisPoints) => new(Numerator * (Whole - discountBasisPoints), Denominator * Whole);

        internal Exact AtLeast(BigInteger fen) => Numerator < fen * Denominator ? Of(fen) : this;

        internal BigInteger RoundedUp() => (Numerator + Denominator - 1) / Denominator;
    }
}
