using System.Globalization;

namespace DataExchange.Domain;

/// <summary>An amount of Chinese yuan in whole fen (1/100 yuan). Arithmetic is checked: leaving the range of a 64-bit integer throws.</summary>
/// <param name="Fen">Whole fen; may be negative in a balance, never in a price.</param>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    /// <summary>No money.</summary>
    public static readonly Money Zero;

    /// <summary>One basis point is 1/10,000.</summary>
    public const long BasisPoints = 10_000;

    /// <summary>
    /// The largest amount that a command may name, 10^15 fen (10 trillion yuan), a thousand times the whole market: sums of thousands of
    /// such amounts still fit, so that no command overflows.
    /// </summary>
    public const long MostFen = 1_000_000_000_000_000;

    /// <summary>Whether an amount that a command names is above zero and within <see cref="MostFen"/>.</summary>
    public static bool IsAmount(long fen) => fen is > 0 and <= MostFen;

    /// <summary>An amount given in whole yuan.</summary>
    public static Money FromYuan(long yuan) => new(checked(yuan * 100));

    /// <summary>The sum of two amounts.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Fen + right.Fen));

    /// <summary>The difference of two amounts.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Fen - right.Fen));

    /// <summary>An amount so many times.</summary>
    public static Money operator *(Money unit, long quantity) => new(checked(unit.Fen * quantity));

    /// <summary>Whether the left amount is the smaller one.</summary>
    public static bool operator <(Money left, Money right) => left.Fen < right.Fen;

    /// <summary>Whether the left amount is the larger one.</summary>
    public static bool operator >(Money left, Money right) => left.Fen > right.Fen;

    /// <summary>Whether the left amount is at most the right one.</summary>
    public static bool operator <=(Money left, Money right) => left.Fen <= right.Fen;

    /// <summary>Whether the left amount is at least the right one.</summary>
    public static bool operator >=(Money left, Money right) => left.Fen >= right.Fen;

    /// <inheritdoc />
    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary><paramref name="numerator"/>/<paramref name="denominator"/> of this amount, rounded half up to the fen.</summary>
    /// <param name="numerator">0 or more.</param>
    /// <param name="denominator">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part of a negative amount, a negative numerator or a denominator below 1.</exception>
    public Money Portion(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Fen);
        ArgumentOutOfRangeException.ThrowIfNegative(numerator);
        ArgumentOutOfRangeException.ThrowIfLessThan(denominator, 1);
        var doubled = checked(((Int128)Fen * numerator * 2) + denominator);
        return new(checked((long)(doubled / ((Int128)denominator * 2))));
    }

    /// <summary>
    /// Splits this amount in proportion to the weights so that the parts sum to the whole: each part is rounded down, and the fen left
    /// over go one each to the largest remainders, the earlier part first among equals (largest remainder, Hamilton's method).
    /// </summary>
    /// <param name="weights">0 or more each, at least one above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative amount or weight, or weights that sum to 0.</exception>
    public Money[] Split(params ReadOnlySpan<long> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Fen);
        Int128 total = 0;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(weights));
            total += weight;
        }

        ArgumentOutOfRangeException.ThrowIfZero(total, nameof(weights));
        var parts = new Money[weights.Length];
        var remainders = new Int128[weights.Length];
        var left = Fen;
        for (var i = 0; i < weights.Length; i++)
        {
            var exact = (Int128)Fen * weights[i];
            parts[i] = new((long)(exact / total));
            remainders[i] = exact % total;
            left -= parts[i].Fen;
        }

        for (; left > 0; left--)
        {
            var largest = 0;
            for (var i = 1; i < remainders.Length; i++)
            {
                largest = remainders[i] > remainders[largest] ? i : largest;
            }

            parts[largest] += new Money(1);
            remainders[largest] = -1;
        }

        return parts;
    }

    /// <summary>Yuan with two decimals and thousands separators, the same in every culture: <c>1,234.50</c>.</summary>
    public override string ToString()
    {
        var magnitude = Int128.Abs(Fen);
        var yuan = (magnitude / 100).ToString("N0", CultureInfo.InvariantCulture);
        var fen = ((int)(magnitude % 100)).ToString("00", CultureInfo.InvariantCulture);
        return $"{(Fen < 0 ? "-" : "")}{yuan}.{fen}";
    }
}
