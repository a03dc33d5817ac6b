namespace DataExchange.Sweeps.Tests;

public sealed class DesignTests
{
    /// <summary>The first points in the order of Gray's code, as they are printed for Joe and Kuo's numbers: 0, 1/2, 3/4, 1/4, 3/8, 7/8, … in the first dimension.</summary>
    [Fact]
    public void The_sequence_begins_as_published()
    {
        var points = SobolSequence.Points(4, 0, 8);
        Assert.Equal([0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125], points.Select(point => point[0]));
        Assert.Equal([0, 0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625], points.Select(point => point[1]));
        Assert.Equal([0, 0.5, 0.25, 0.75, 0.625, 0.125, 0.875, 0.375], points.Select(point => point[2]));
        Assert.Equal([0, 0.5, 0.25, 0.75, 0.875, 0.375, 0.625, 0.125], points.Select(point => point[3]));
    }

    /// <summary>Every dimension on its own has exactly one of 2^m points in each of 2^m equal parts, shifted or not.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(7UL)]
    public void Every_dimension_is_filled_evenly(ulong? seed)
    {
        const int Count = 256;
        var points = SobolSequence.Points(SobolSequence.MostDimensions, 0, Count, seed);
        for (var dimension = 0; dimension < SobolSequence.MostDimensions; dimension++)
        {
            Assert.Equal(Enumerable.Range(0, Count), points.Select(point => (int)(point[dimension] * Count)).Order());
        }
    }

    [Fact]
    public void Any_two_dimensions_differ_and_their_means_are_even()
    {
        var points = SobolSequence.Points(SobolSequence.MostDimensions, 0, 4096);
        for (var left = 0; left < SobolSequence.MostDimensions; left++)
        {
            for (var right = left + 1; right < SobolSequence.MostDimensions; right++)
            {
                Assert.InRange(points.Average(point => (point[left] - 0.5) * (point[right] - 0.5)), -0.004, 0.004);
            }
        }
    }

    [Fact]
    public void Points_go_on_where_others_ended() =>
        Assert.Equal(SobolSequence.Points(3, 0, 12)[5..], SobolSequence.Points(3, 5, 7));

    [Fact]
    public void A_grid_has_every_combination_once_and_the_last_parameter_is_fastest() =>
        Assert.Equal([[0.25, 0.5], [0.75, 0.5]], Designs.Grid([2, 1]));

    [Fact]
    public void A_grid_of_three_by_two() =>
        Assert.Equal(
            [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)], Designs.Grid([3, 2]).Select(point => ((int)(point[0] * 3), (int)(point[1] * 2))));

    [Fact]
    public void A_Latin_hypercube_has_one_point_in_each_part_and_is_its_seeds()
    {
        var points = Designs.LatinHypercube(3, 50, 11);
        for (var dimension = 0; dimension < 3; dimension++)
        {
            Assert.Equal(Enumerable.Range(0, 50), points.Select(point => (int)(point[dimension] * 50)).Order());
        }

        Assert.Equal(points, Designs.LatinHypercube(3, 50, 11));
        Assert.NotEqual(points, Designs.LatinHypercube(3, 50, 12));
        Assert.NotEqual(points.Select(point => point[0]), points.Select(point => point[1]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3UL)]
    public void Saltellis_rows_differ_from_A_in_one_column_that_is_Bs(ulong? seed)
    {
        var points = Designs.Saltelli(3, 8, seed);
        Assert.Equal(8 * 5, points.Count);
        foreach (var rows in points.Chunk(5))
        {
            var (a, b) = (rows[0], rows[4]);
            Assert.All(Enumerable.Range(0, 3), column => Assert.NotEqual(a[column], b[column]));
            for (var parameter = 0; parameter < 3; parameter++)
            {
                Assert.Equal(Enumerable.Range(0, 3).Select(column => column == parameter ? b[column] : a[column]), rows[parameter + 1]);
            }
        }
    }

    [Fact]
    public void A_base_that_is_no_power_of_two_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Designs.Saltelli(2, 12, null));

    [Fact]
    public void More_dimensions_than_there_are_numbers_for_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SobolSequence.Points(SobolSequence.MostDimensions + 1, 0, 1));
}
