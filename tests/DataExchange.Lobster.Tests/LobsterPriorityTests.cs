namespace DataExchange.Lobster.Tests;

/// <summary>Whether executions are those that the matching core makes by price and time.</summary>
public sealed class LobsterPriorityTests
{
    // One level a side: asks 1.0100, bids 1.0000, 100 each that were there before; then orders 7 and 8 of 50 join the asks.
    private static readonly string[] Messages = ["1,5,0,1,10050,1", "2,1,7,50,10100,-1", "3,1,8,50,10100,-1"];

    private static readonly string[] Book = ["10100,100,10000,100", "10100,150,10000,100", "10100,200,10000,100"];

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 5)]
    [InlineData(3, 30)]
    public void A_day_of_the_core_is_in_its_own_order(int seed, int levels)
    {
        var day = LobsterDay.Of(seed, levels, 150, 4_000);
        var priority = new LobsterPriority();
        var (counts, difference) = Reconstructed.Of(day.Messages, day.Book, null, priority);
        Assert.Null(difference);
        Assert.Null(priority.Stopped);
        Assert.Equal(0, priority.NotFirst);
        Assert.InRange(priority.First, 1, counts.Messages);
        Assert.InRange(priority.OfLevels, 1, counts.Messages);
        Assert.Equal(counts.Of(LobsterKind.VisibleExecution), priority.First + priority.OfLevels);
    }

    [Fact]
    public void What_was_there_before_comes_first_then_who_came_first()
    {
        var priority = Of(
            [.. Messages, "4,4,6,100,10100,-1", "5,4,7,20,10100,-1", "6,4,7,30,10100,-1", "7,4,8,50,10100,-1"],
            [.. Book, "10100,100,10000,100", "10100,80,10000,100", "10100,50,10000,100", "9999999999,0,10000,100"]);
        Assert.Equal((3L, 0L, 1L), (priority.First, priority.NotFirst, priority.OfLevels));
    }

    [Fact]
    public void Who_is_executed_before_his_turn_is_noted_once_and_the_book_goes_on()
    {
        // Order 8 before 7, and both before those that were there.
        var priority = Of(
            [.. Messages, "4,4,8,50,10100,-1", "5,4,7,10,10100,-1", "6,4,6,100,10100,-1", "7,4,7,40,10100,-1"],
            [.. Book, "10100,150,10000,100", "10100,140,10000,100", "10100,40,10000,100", "9999999999,0,10000,100"]);
        Assert.Equal((1L, 2L, 1L), (priority.First, priority.NotFirst, priority.OfLevels));
    }

    [Fact]
    public void A_level_that_is_not_the_best_is_not_first()
    {
        var priority = Of(["1,5,0,1,10050,1", "2,4,6,40,10200,-1"], ["10100,100,10000,100,10200,100,9900,100", "10100,100,10000,100,10200,60,9900,100"]);
        Assert.Equal((0L, 1L, 0L), (priority.First, priority.NotFirst, priority.OfLevels));
    }

    [Fact]
    public void A_partly_cancelled_order_keeps_its_place()
    {
        var priority = Of(
            [.. Messages, "4,3,6,100,10100,-1", "5,2,7,10,10100,-1", "6,4,7,40,10100,-1"],
            [.. Book, "10100,100,10000,100", "10100,90,10000,100", "10100,50,10000,100"]);
        Assert.Equal((1L, 0L, 0L), (priority.First, priority.NotFirst, priority.OfLevels));
    }

    [Theory]
    [InlineData("10000,100,10000,100", "bids and asks cross in the book")]
    [InlineData("2000000000,100,10000,100", "100 @ 200000.0000 is more than the core takes")]
    public void What_the_core_cannot_take_ends_the_asking(string book, string told)
    {
        var priority = Of([Messages[0], Messages[0]], [book, book]);
        Assert.StartsWith(told, priority.Stopped, StringComparison.Ordinal);
    }

    private static LobsterPriority Of(string[] messages, string[] book)
    {
        var priority = new LobsterPriority();
        Assert.Null(Reconstructed.Of(messages, book, null, priority).Difference);
        return priority;
    }
}
