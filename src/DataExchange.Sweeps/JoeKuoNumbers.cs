namespace DataExchange.Sweeps;

/// <summary>
/// Primitive polynomials and initial direction numbers of S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci.
/// Comput. 30 (2008) 2635–2654, file new-joe-kuo-6: dimensions 2 to 40. The first dimension needs none.
/// </summary>
internal static class JoeKuoNumbers
{
    /// <summary>Of each dimension from the second on: the polynomial's inner coefficients as bits, and m_1, m_2, … as many as its degree.</summary>
    internal static readonly IReadOnlyList<JoeKuoRow> Rows =
    [
        new(0, [1]),
        new(1, [1, 3]),
        new(1, [1, 3, 1]),
        new(2, [1, 1, 1]),
        new(1, [1, 1, 3, 3]),
        new(4, [1, 3, 5, 13]),
        new(2, [1, 1, 5, 5, 17]),
        new(4, [1, 1, 5, 5, 5]),
        new(7, [1, 1, 7, 11, 19]),
        new(11, [1, 1, 5, 1, 1]),
        new(13, [1, 1, 1, 3, 11]),
        new(14, [1, 3, 5, 5, 31]),
        new(1, [1, 3, 3, 9, 7, 49]),
        new(13, [1, 1, 1, 15, 21, 21]),
        new(16, [1, 3, 1, 13, 27, 49]),
        new(19, [1, 1, 1, 15, 7, 5]),
        new(22, [1, 3, 1, 15, 13, 25]),
        new(25, [1, 1, 5, 5, 19, 61]),
        new(1, [1, 3, 7, 11, 23, 15, 103]),
        new(4, [1, 3, 7, 13, 13, 15, 69]),
        new(7, [1, 1, 3, 13, 7, 35, 63]),
        new(8, [1, 3, 5, 9, 1, 25, 53]),
        new(14, [1, 3, 1, 13, 9, 35, 107]),
        new(19, [1, 3, 1, 5, 27, 61, 31]),
        new(21, [1, 1, 5, 11, 19, 41, 61]),
        new(28, [1, 3, 5, 3, 3, 13, 69]),
        new(31, [1, 1, 7, 13, 1, 19, 1]),
        new(32, [1, 3, 7, 5, 13, 19, 59]),
        new(37, [1, 1, 3, 9, 25, 29, 41]),
        new(41, [1, 3, 5, 13, 23, 1, 55]),
        new(42, [1, 3, 7, 3, 13, 59, 17]),
        new(50, [1, 3, 1, 3, 5, 53, 69]),
        new(55, [1, 1, 5, 5, 23, 33, 13]),
        new(56, [1, 1, 7, 7, 1, 61, 123]),
        new(59, [1, 1, 7, 9, 13, 61, 49]),
        new(62, [1, 3, 3, 5, 3, 55, 33]),
        new(14, [1, 3, 1, 15, 31, 13, 49, 245]),
        new(21, [1, 3, 5, 15, 31, 59, 63, 97]),
        new(22, [1, 3, 1, 11, 11, 11, 77, 249]),
    ];
}

/// <summary>Of one dimension.</summary>
/// <param name="Coefficients">a_1 to a_(s−1) of the polynomial of degree s, a_1 the highest bit.</param>
/// <param name="Initial">m_1 to m_s, odd, m_k below 2^k.</param>
internal sealed record JoeKuoRow(uint Coefficients, uint[] Initial);
