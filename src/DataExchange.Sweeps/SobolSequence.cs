namespace DataExchange.Sweeps;

/// <summary>Sobol's sequence with the direction numbers of Joe and Kuo, in the order of Gray's code (Antonov and Saleev 1979), 32 bits.</summary>
public static class SobolSequence
{
    /// <summary>Most dimensions that there are direction numbers for.</summary>
    public static int MostDimensions => JoeKuoNumbers.Rows.Count + 1;

    private const int Bits = 32;
    private const double Unit = 1.0 / (1L << Bits);

    /// <summary>Points of the sequence.</summary>
    /// <param name="dimensions">1 to <see cref="MostDimensions"/>.</param>
    /// <param name="skip">Points left out at the beginning, 0 or more. The first of all is the origin.</param>
    /// <param name="count">How many points, 1 or more.</param>
    /// <param name="seed">Shifts all points by the same random bits in each dimension, which keeps what is even about them; null for the sequence as it is.</param>
    /// <returns>Points in [0, 1) in each dimension.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static double[][] Points(int dimensions, int skip, int count, ulong? seed = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MostDimensions);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        uint[][] directions = [.. Enumerable.Range(0, dimensions).Select(Directions)];
        uint[] shifts = [.. Enumerable.Range(0, dimensions).Select(dimension => seed is { } value ? (uint)(new Draws(value, (ulong)dimension).Next() >> Bits) : 0)];
        var state = new uint[dimensions];
        var points = new double[count][];
        for (var index = 0; index < skip + count; index++)
        {
            if (index > 0)
            {
                // The lowest bit that is 0 in the number before.
                var bit = System.Numerics.BitOperations.TrailingZeroCount(index);
                for (var dimension = 0; dimension < dimensions; dimension++)
                {
                    state[dimension] ^= directions[dimension][bit];
                }
            }

            if (index >= skip)
            {
                points[index - skip] = [.. state.Select((number, dimension) => (number ^ shifts[dimension]) * Unit)];
            }
        }

        return points;
    }

    private static uint[] Directions(int dimension)
    {
        var directions = new uint[Bits];
        if (dimension == 0)
        {
            return [.. directions.Select((_, k) => 1u << (Bits - 1 - k))];
        }

        var row = JoeKuoNumbers.Rows[dimension - 1];
        var degree = row.Initial.Length;
        for (var k = 0; k < Bits; k++)
        {
            if (k < degree)
            {
                directions[k] = row.Initial[k] << (Bits - 1 - k);
                continue;
            }

            var direction = directions[k - degree] ^ (directions[k - degree] >> degree);
            for (var j = 1; j < degree; j++)
            {
                direction ^= ((row.Coefficients >> (degree - 1 - j)) & 1) * directions[k - j];
            }

            directions[k] = direction;
        }

        return directions;
    }
}
