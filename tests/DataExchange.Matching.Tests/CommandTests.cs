namespace DataExchange.Matching.Tests;

public sealed class CommandTests
{
    [Fact]
    public void Commands_are_equal_when_all_of_them_is()
    {
        var one = Command.Limit(1, 2, 3, 4, Side.Sell, 5, 6);
        var (same, other) = (Command.Limit(1, 2, 3, 4, Side.Sell, 5, 6), one with { Until = 1 });
        Assert.True(one == same);
        Assert.False(one != same);
        Assert.False(one == other);
        Assert.True(one != other);
        Assert.True(one.Equals((object)same));
        Assert.False(one.Equals((object)other));
        Assert.False(one.Equals((object?)null));
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
    }
}
