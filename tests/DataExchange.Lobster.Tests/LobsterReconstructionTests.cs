namespace DataExchange.Lobster.Tests;

/// <summary>Cases written by hand: what is determined is checked, what is not is taken from the given book.</summary>
public sealed class LobsterReconstructionTests
{
    // Two levels: asks 1.0100 and 1.0200, bids 1.0000 and 0.9900, 100 each.
    private const string Start = "10100,100,10000,100,10200,100,9900,100";
    private const string First = "1,5,0,1,10050,1";

    [Theory]
    [InlineData("2,1,7,50,10100,-1", "10100,150,10000,100,10200,100,9900,100")]
    [InlineData("2,1,7,50,10050,-1", "10050,50,10000,100,10100,100,9900,100")]
    [InlineData("2,1,7,50,10300,-1", Start)]
    [InlineData("2,1,7,50,9950,1", "10100,100,10000,100,10200,100,9950,50")]
    [InlineData("2,2,7,30,10100,-1", "10100,70,10000,100,10200,100,9900,100")]
    [InlineData("2,3,7,100,10200,-1", "10100,100,10000,100,10500,5,9900,100")]
    [InlineData("2,3,7,100,10200,-1", "10100,100,10000,100,9999999999,0,9900,100")]
    [InlineData("2,4,7,100,10000,1", "10100,100,9900,100,10200,100,9800,1")]
    [InlineData("2,4,7,1,10000,1", "10100,100,10000,99,10200,100,9900,100")]
    [InlineData("2,5,0,1000,10050,1", Start)]
    [InlineData("2,6,-1,1000,10050,-1", Start)]
    [InlineData("2,7,0,0,-1,-1", Start)]
    public void A_message_changes_the_book_as_given(string message, string book) => Assert.Null(Reconstructed.Of([First, message], [Start, book]).Difference);

    [Theory]
    [InlineData("2,1,7,50,10100,-1", Start, LobsterMismatch.Level, LobsterSide.Ask, 1, 100, 150)]
    [InlineData("2,1,7,50,10300,-1", "10100,100,10000,100,10200,150,9900,100", LobsterMismatch.Level, LobsterSide.Ask, 2, 150, 100)]
    [InlineData("2,2,7,30,10000,1", "10100,100,10000,60,10200,100,9900,100", LobsterMismatch.Level, LobsterSide.Bid, 1, 60, 70)]
    [InlineData("2,5,0,10,10000,1", "10100,100,10000,90,10200,100,9900,100", LobsterMismatch.Level, LobsterSide.Bid, 1, 90, 100)]
    [InlineData("2,3,7,101,10000,1", Start, LobsterMismatch.TooMuch, LobsterSide.Bid, 0, 100, 101)]
    [InlineData("2,3,7,10,9950,1", Start, LobsterMismatch.NothingThere, LobsterSide.Bid, 0, 0, 10)]
    // What comes in from outside lies further out than the window did.
    [InlineData("2,3,7,100,10100,-1", "10150,5,10000,100,10200,100,9900,100", LobsterMismatch.Level, LobsterSide.Ask, 1, 5, 100)]
    [InlineData("2,3,7,100,10200,-1", "10100,100,10000,100,10150,5,9900,100", LobsterMismatch.Level, LobsterSide.Ask, 2, 5, 0)]
    public void What_does_not_fit_is_named(string message, string book, LobsterMismatch mismatch, LobsterSide side, int level, long expected, long got)
    {
        var difference = Reconstructed.Of([First, message], [Start, book]).Difference;
        Assert.Equal((2L, mismatch, side, level, expected, got), (
            difference!.Message, difference.Mismatch, difference.Side, difference.Level, difference.Expected.Size, difference.Got.Size));
    }

    [Fact]
    public void A_side_with_an_empty_level_is_known_to_its_end()
    {
        const string thin = "10100,100,10000,100,9999999999,0,9900,100";
        Assert.Null(Reconstructed.Of([First, "2,3,7,100,10100,-1"], [thin, "9999999999,0,10000,100,9999999999,0,9900,100"]).Difference);
        var difference = Reconstructed.Of([First, "2,3,7,100,10100,-1"], [thin, "10300,5,10000,100,9999999999,0,9900,100"]).Difference;
        Assert.Equal((LobsterMismatch.Level, 1, 5L, true), (difference!.Mismatch, difference.Level, difference.Expected.Size, difference.Got.IsEmpty));
    }

    [Fact]
    public void A_known_order_shrinks_by_what_is_told_of_it()
    {
        const string with = "10100,150,10000,100,10200,100,9900,100";
        string[] messages = [First, "2,1,7,50,10100,-1", "3,2,7,20,10100,-1"];
        string[] book = [Start, with, "10100,130,10000,100,10200,100,9900,100"];
        Assert.Null(Reconstructed.Of(messages, book).Difference);
        Assert.Equal(LobsterMismatch.OtherRest, Last("4,3,7,29,10100,-1"));
        Assert.Equal(LobsterMismatch.TooMuch, Last("4,4,7,31,10100,-1"));
        Assert.Equal(LobsterMismatch.OtherOrder, Last("4,3,7,30,10200,-1"));
        Assert.Equal(LobsterMismatch.OtherOrder, Last("4,3,7,30,10100,1"));
        Assert.Equal(LobsterMismatch.NumberTwice, Last("4,1,7,30,10100,-1"));
        // Of the 130, 30 are its own: no other order can have more than 100.
        Assert.Equal(LobsterMismatch.TooMuch, Last("4,2,8,101,10100,-1"));

        LobsterMismatch? Last(string message) => Reconstructed.Of([.. messages, message], [.. book, book[^1]]).Difference?.Mismatch;
    }

    [Fact]
    public void What_happened_to_an_order_outside_the_window_is_not_told()
    {
        // Order 7 leaves the window as order 8 comes in, and loses 40 out there; then it is seen again.
        string[] messages = [First, "2,1,7,50,10200,-1", "3,1,8,10,10150,-1", "4,3,8,10,10150,-1", "5,3,7,10,10200,-1"];
        string[] book =
        [
            Start, "10100,100,10000,100,10200,150,9900,100", "10100,100,10000,100,10150,10,9900,100", "10100,100,10000,100,10200,110,9900,100",
            "10100,100,10000,100,10200,100,9900,100",
        ];
        var (counts, difference) = Reconstructed.Of(messages, book);
        Assert.Null(difference);
        Assert.Equal((1L, 1L, 0L), (counts.Revealed, counts.OfUncertainOrders, counts.OfUnknownOrders));
        // It cannot have grown.
        messages[4] = "5,3,7,51,10200,-1";
        Assert.Equal(LobsterMismatch.TooMuch, Reconstructed.Of(messages, book).Difference?.Mismatch);
    }

    [Fact]
    public void The_first_message_may_be_a_submission_that_the_first_row_shows()
    {
        Assert.Null(Reconstructed.Of(["1,1,7,50,10100,-1", "2,3,7,50,10100,-1"], [Start, "10100,50,10000,100,10200,100,9900,100"]).Difference);
        Assert.Equal(LobsterMismatch.TooMuch, Reconstructed.Of(["1,1,7,101,10100,-1"], [Start]).Difference?.Mismatch);
        Assert.Equal(LobsterMismatch.NothingThere, Reconstructed.Of(["1,1,7,50,10150,-1"], [Start]).Difference?.Mismatch);
    }

    [Fact]
    public void Messages_are_counted_by_kind()
    {
        var (counts, _) = Reconstructed.Of(
            [First, "2,4,7,10,10100,-1", "2,4,7,10,10200,-1", "3,6,-1,500,10000,-1", "4,7,0,0,-1,-1"],
            [Start, "10100,90,10000,100,10200,100,9900,100", .. Enumerable.Repeat("10100,90,10000,100,10200,90,9900,100", 3)]);
        Assert.Equal((5L, 20L, 1L, 500L, 1L, 2L), (
            counts.Messages, counts.VisibleShares, counts.HiddenShares, counts.CrossShares, counts.AwayFromBest, counts.OfUnknownOrders));
        Assert.Equal([0L, 0L, 0L, 2L, 1L, 1L, 1L], Enum.GetValues<LobsterKind>().Select(counts.Of));
    }
}
