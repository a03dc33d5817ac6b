namespace DataExchange.Web.Overview;

/// <summary>A rectangle of a treemap.</summary>
/// <param name="Index">Which of the sizes.</param>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
/// <param name="Width">Across.</param>
/// <param name="Height">Down.</param>
public sealed record TreemapCell(int Index, double X, double Y, double Width, double Height);

/// <summary>Rectangles as large as what they stand for, none long and thin if it can be helped.</summary>
/// <remarks>The squarified layout of Bruls, Huizing and van Wijk, "Squarified Treemaps", 2000: rows are filled along the shorter side as long as that makes their worst rectangle squarer.</remarks>
public static class Treemap
{
    /// <summary>Lays out sizes.</summary>
    /// <param name="sizes">Sizes, the largest first; those that are not positive get no rectangle.</param>
    /// <param name="width">Width of the whole, positive.</param>
    /// <param name="height">Height of the whole, positive.</param>
    public static IReadOnlyList<TreemapCell> Of(IReadOnlyList<double> sizes, double width, double height)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        var cells = new List<TreemapCell>();
        int[] left = [.. Enumerable.Range(0, sizes.Count).Where(i => sizes[i] > 0)];
        var total = left.Sum(i => sizes[i]);
        var (x, y, scale) = (0d, 0d, width * height / total);
        for (var first = 0; first < left.Length;)
        {
            var side = Math.Min(width - x, height - y);
            var (count, area) = (1, sizes[left[first]] * scale);
            while (first + count < left.Length)
            {
                var more = sizes[left[first + count]] * scale;
                if (Worst(area + more, side, sizes[left[first]] * scale, more) > Worst(area, side, sizes[left[first]] * scale, sizes[left[first + count - 1]] * scale))
                {
                    break;
                }

                (count, area) = (count + 1, area + more);
            }

            var isColumn = width - x >= height - y;
            var (thick, along) = (area / side, 0d);
            for (var i = 0; i < count; i++)
            {
                var length = sizes[left[first + i]] * scale / thick;
                cells.Add(isColumn ? new(left[first + i], x, y + along, thick, length) : new(left[first + i], x + along, y, length, thick));
                along += length;
            }

            (x, y) = isColumn ? (x + thick, y) : (x, y + thick);
            first += count;
        }

        return cells;
    }

    // The worst ratio of sides in a row of an area: its largest or its smallest rectangle has it.
    private static double Worst(double area, double side, double largest, double smallest) =>
        Math.Max(side * side * largest / (area * area), area * area / (side * side * smallest));
}
