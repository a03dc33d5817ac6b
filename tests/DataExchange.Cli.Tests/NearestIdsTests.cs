using DataExchange.Cli.Running;

namespace DataExchange.Cli.Tests;

public sealed class NearestIdsTests
{
    private static readonly string[] Products = ["product/P000001", "product/P000041", "product/P000042", "product/P000043", "product/P000420"];

    [Theory]
    [InlineData("product/P42", "product/P000042")]
    [InlineData("product/p000042", "product/P000042")]
    [InlineData("product/p50", "product/P000043")]
    [InlineData("product/P000500", "product/P000420")]
    [InlineData("product/0", "product/P000001")]
    [InlineData("product/P99999999999999999999999999", "product/P000001")]
    public void The_closest_number_of_the_same_shape_comes_first_then_the_closest_letters(string wanted, string expected) =>
        Assert.Equal(expected, NearestIds.Of(wanted, Products)[0]);

    [Fact]
    public void Neighbours_follow_and_no_more_than_asked_for() =>
        Assert.Equal(["product/P000042", "product/P000041", "product/P000043"], NearestIds.Of("product/P0042", Products));

    [Fact]
    public void Nothing_is_near_where_there_is_nothing() => Assert.Empty(NearestIds.Of("product/P000042", []));

    [Theory]
    [InlineData("shelf", "shelf", 0)]
    [InlineData("SHELF", "shelf", 0)]
    [InlineData("shwo", "show", 2)]
    [InlineData("", "db", 2)]
    [InlineData("stats", "status", 1)]
    public void Distance_counts_letters_to_change(string left, string right, int expected)
    {
        Assert.Equal(expected, NearestIds.EditDistance(left, right));
        Assert.Equal(expected, NearestIds.EditDistance(right, left));
    }
}
