namespace DataExchange.Sweeps;

/// <summary>Which points of the unit cube are tried. A point's place in a design never changes.</summary>
public static class Designs
{
    /// <summary>Every combination of levels, the last parameter fastest.</summary>
    /// <param name="levels">How many levels each parameter has, 1 or more.</param>
    /// <returns>The middles of the levels' parts of [0, 1).</returns>
    /// <exception cref="OverflowException">There are more combinations than 2,147,483,647.</exception>
    public static IReadOnlyList<double[]> Grid(IReadOnlyList<int> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        var points = new double[levels.Aggregate(1, (all, count) => checked(all * count))][];
        for (var index = 0; index < points.Length; index++)
        {
            var (point, rest) = (new double[levels.Count], index);
            for (var parameter = levels.Count - 1; parameter >= 0; parameter--)
            {
                point[parameter] = (rest % levels[parameter] + 0.5) / levels[parameter];
                rest /= levels[parameter];
            }

            points[index] = point;
        }

        return points;
    }

    /// <summary>A Latin hypercube (McKay, Beckman, Conover 1979): in each dimension exactly one point in each of as many equal parts as there are points.</summary>
    /// <param name="dimensions">1 or more.</param>
    /// <param name="count">How many points, 1 or more.</param>
    /// <param name="seed">Of the permutations and of the places within the parts.</param>
    public static IReadOnlyList<double[]> LatinHypercube(int dimensions, int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var points = new double[count][];
        for (var i = 0; i < count; i++)
        {
            points[i] = new double[dimensions];
        }

        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            var draws = new Draws(seed, (ulong)dimension);
            int[] order = [.. Enumerable.Range(0, count)];
            for (var i = count - 1; i > 0; i--)
            {
                var j = draws.Below(i + 1);
                (order[i], order[j]) = (order[j], order[i]);
            }

            for (var i = 0; i < count; i++)
            {
                points[i][dimension] = (order[i] + draws.Unit()) / count;
            }
        }

        return points;
    }

    /// <summary>
    /// Saltelli's design for first-order and total indices (Saltelli and others 2010): two samples A and B from one Sobol sequence of twice as many dimensions, and for each
    /// parameter A with that parameter's column from B. Of each base point the rows follow each other: A, A with B's first column, …, A with B's last, B.
    /// </summary>
    /// <param name="dimensions">1 to half of <see cref="SobolSequence.MostDimensions"/>.</param>
    /// <param name="basePoints">A power of two, 2 or more.</param>
    /// <param name="seed">Shifts the sequence; null to leave out as many of its first points instead, as the origin is A and B alike.</param>
    public static IReadOnlyList<double[]> Saltelli(int dimensions, int basePoints, ulong? seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(basePoints, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(System.Numerics.BitOperations.IsPow2(basePoints), true, nameof(basePoints));
        var points = new List<double[]>();
        foreach (var both in SobolSequence.Points(dimensions * 2, seed is null ? basePoints : 0, basePoints, seed))
        {
            var (a, b) = (both[..dimensions], both[dimensions..]);
            points.Add(a);
            for (var parameter = 0; parameter < dimensions; parameter++)
            {
                var mixed = (double[])a.Clone();
                mixed[parameter] = b[parameter];
                points.Add(mixed);
            }

            points.Add(b);
        }

        return points;
    }
}
