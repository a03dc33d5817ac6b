namespace DataExchange.Discovery;

/// <summary>
/// BM25 (S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009), in whole numbers, so that every machine computes
/// the same: a term t that occurs f times in a document of length d scores idf(t) · f·(k₁+1) / (f + k₁·(1 − b + b·d/D)), where D is the mean length,
/// k₁ = 1.2 and b = 0.75, and idf(t) = ln(1 + (N − n + ½)/(n + ½)) for n of N documents that have the term: never negative.
/// </summary>
public static class Bm25
{
    /// <summary>Scores are in millionths of a nat.</summary>
    public const long Unit = 1_000_000;

    // ln 2 in units of 10⁻¹².
    private const long Ln2 = 693_147_180_560;
    private const int FractionBits = 30;

    /// <summary>How telling a term is, in millionths of a nat, rounded down.</summary>
    /// <param name="documents">Documents in all, N, 0 to 2³⁰.</param>
    /// <param name="having">Documents that have the term, n, 0 to N.</param>
    public static long Idf(int documents, int having)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(having);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(having, documents);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(documents, 1 << 30);
        // 1 + (N − n + ½)/(n + ½) = (2N + 2)/(2n + 1).
        return (long)((Int128)Log2((2L * documents) + 2, (2L * having) + 1) * Ln2 / ((1L << FractionBits) * 1_000_000L));
    }

    /// <summary>What a term adds to a document's score, in millionths of a nat, rounded down.</summary>
    /// <param name="idf">How telling the term is: <see cref="Idf"/>.</param>
    /// <param name="occurrences">How often the document has it, f, 0 or more.</param>
    /// <param name="length">Terms of the document, d, at least f.</param>
    /// <param name="totalLength">Terms of all documents, above 0.</param>
    /// <param name="documents">Documents in all, N, above 0.</param>
    public static long Part(long idf, int occurrences, int length, long totalLength, int documents)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(occurrences);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, occurrences);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(totalLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(documents);
        // f·2.2 / (f + 1.2·(¼ + ¾·d·N/L)), numerator and denominator times 10·L.
        var numerator = (Int128)22 * occurrences * totalLength;
        var denominator = ((Int128)10 * occurrences * totalLength) + ((Int128)3 * totalLength) + ((Int128)9 * length * documents);
        return (long)(idf * numerator / denominator);
    }

    // The logarithm to base 2 of p/q ≥ 1, rounded down to 30 binary places: bit by bit, by squaring.
    private static long Log2(long p, long q)
    {
        var whole = 0;
        while (p >= (Int128)q << (whole + 1))
        {
            whole++;
        }

        // The mantissa is in [1, 2), with 62 binary places.
        var mantissa = (UInt128)p << 62 >> whole;
        mantissa /= (ulong)q;
        var result = (long)whole;
        for (var bit = 0; bit < FractionBits; bit++)
        {
            mantissa = mantissa * mantissa >> 62;
            var isTwo = mantissa >> 63 != 0;
            mantissa >>= isTwo ? 1 : 0;
            result = (result << 1) | (isTwo ? 1L : 0);
        }

        return result;
    }
}
