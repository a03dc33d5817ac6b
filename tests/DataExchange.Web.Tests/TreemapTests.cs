using CsCheck;
using DataExchange.Web.Overview;

namespace DataExchange.Web.Tests;

public sealed class TreemapTests
{
    [Fact]
    public void The_example_of_the_paper_is_laid_out_as_there()
    {
        // Bruls, Huizing and van Wijk 2000, section 3: 6, 6, 4, 3, 2, 2, 1 in 6 by 4. Their figure ends with 6 and 6 on the left, one above the other.
        var cells = Treemap.Of([6, 6, 4, 3, 2, 2, 1], 6, 4);

        Assert.Equal((0d, 0d, 3d, 2d), (cells[0].X, cells[0].Y, cells[0].Width, cells[0].Height));
        Assert.Equal((0d, 2d, 3d, 2d), (cells[1].X, cells[1].Y, cells[1].Width, cells[1].Height));
        Assert.Equal((3d, 0d), (cells[2].X, cells[2].Y));
        Assert.Equal(7d / 3, cells[2].Height + 0, 9);
    }

    [Fact]
    public void Each_size_has_its_area_inside_and_none_covers_another() => Gen.Int[0, 1_000].Array[1, 40].Sample(sizes =>
    {
        double[] ordered = [.. sizes.OrderDescending().Select(size => (double)size)];
        var cells = Treemap.Of(ordered, 300, 200);
        var scale = ordered.Sum() > 0 ? 60_000 / ordered.Sum() : 0;
        Assert.Equal(ordered.Count(size => size > 0), cells.Count);
        foreach (var cell in cells)
        {
            Assert.Equal(ordered[cell.Index] * scale, cell.Width * cell.Height, 60_000 * 1e-9);
            Assert.True(cell is { X: >= 0, Y: >= 0 } && cell.X + cell.Width <= 300 + 1e-6 && cell.Y + cell.Height <= 200 + 1e-6, cell.ToString());
            Assert.DoesNotContain(cells, other => other.Index < cell.Index && Overlap(cell, other) > 1e-6);
        }
    });

    private static double Overlap(TreemapCell a, TreemapCell b) =>
        Math.Max(0, Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X)) * Math.Max(0, Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y));
}
