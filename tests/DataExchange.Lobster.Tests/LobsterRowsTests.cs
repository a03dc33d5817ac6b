namespace DataExchange.Lobster.Tests;

public sealed class LobsterRowsTests
{
    [Theory]
    [InlineData("34200.017459617,5,0,1,2238200,-1", 34_200_017_459_617, LobsterKind.HiddenExecution, 0, 1, 2_238_200, LobsterSide.Ask)]
    [InlineData("34200.18960767,1,11885113,21,2238100,1", 34_200_189_607_670, LobsterKind.Submission, 11_885_113, 21, 2_238_100, LobsterSide.Bid)]
    [InlineData("0,3,1,1,1,-1", 0, LobsterKind.Deletion, 1, 1, 1, LobsterSide.Ask)]
    [InlineData("86399.9999999999999,4,9,7,5853300,1", 86_399_999_999_999, LobsterKind.VisibleExecution, 9, 7, 5_853_300, LobsterSide.Bid)]
    [InlineData("36000.5,7,0,0,-1,-1", 36_000_500_000_000, LobsterKind.Halt, 0, 0, -1, LobsterSide.Ask)]
    [InlineData("36000.5,6,-1,5000,5853300,-1", 36_000_500_000_000, LobsterKind.CrossTrade, -1, 5_000, 5_853_300, LobsterSide.Ask)]
    [InlineData("34200.5,1,7,100,10000,1,NSDQ", 34_200_500_000_000, LobsterKind.Submission, 7, 100, 10_000, LobsterSide.Bid)]
    public void A_message_is_read_to_the_nanosecond(string line, long time, LobsterKind kind, long order, long size, long price, LobsterSide side) =>
        Assert.Equal(new LobsterMessage(time, kind, order, size, price, side), LobsterRows.Message(line, 1));

    [Theory]
    [InlineData("", 0, "1 columns; a message has 6")]
    [InlineData("34200.1,1,7,100", 0, "4 columns")]
    [InlineData("34200.1,1,7,100,10000,1,a,b", 0, "8 columns")]
    [InlineData("x,1,7,100,10000,1", 1, "time 'x' is not allowed: seconds after midnight, 0 to 86399")]
    [InlineData("86400,1,7,100,10000,1", 1, "time '86400'")]
    [InlineData("-1,1,7,100,10000,1", 1, "time '-1'")]
    [InlineData("34200.,1,7,100,10000,1", 1, "time '34200.'")]
    [InlineData("34200.1e3,1,7,100,10000,1", 1, "time '34200.1e3'")]
    [InlineData("34200.1,8,7,100,10000,1", 2, "type '8' is not allowed: a whole number from 1 to 7")]
    [InlineData("34200.1,0,7,100,10000,1", 2, "type '0'")]
    [InlineData("34200.1,1,0,100,10000,1", 3, "order id '0'")]
    [InlineData("34200.1,1,7,0,10000,1", 4, "size '0' is not allowed: a whole number from 1 to")]
    [InlineData("34200.1,1,7,1.5,10000,1", 4, "size '1.5'")]
    [InlineData("34200.1,1,7,100,0,1", 5, "price '0'")]
    [InlineData("34200.1,7,0,0,2,-1", 5, "price '2' is not allowed: a whole number from -1 to 1")]
    [InlineData("34200.1,1,7,100,10000,2", 6, "direction '2'")]
    [InlineData("34200.1,1,7,100,10000,0", 6, "direction '0' is not allowed: -1 (sell) or 1 (buy)")]
    [InlineData("34200.1,1,7,100,10000,", 6, "direction ''")]
    public void A_message_that_is_none_is_named_by_row_and_column(string line, int column, string told) => Refuses(() => LobsterRows.Message(line, 17), 17, column, told);

    [Theory]
    [InlineData("2239500,100,2231800", 0, "3 columns; an orderbook has four for each level")]
    public void A_book_has_four_columns_a_level(string line, int column, string told) => Refuses(() => LobsterRows.LevelsOf(line), 1, column, told);

    [Theory]
    [InlineData("2239500,100,2231800", 0, "3 columns; the first row has 8")]
    [InlineData("x,100,2231800,100,2239900,100,2230700,200", 1, "ask price 'x'")]
    [InlineData("2239500,-1,2231800,100,2239900,100,2230700,200", 2, "ask size '-1'")]
    [InlineData("2239500,0,2231800,100,2239900,100,2230700,200", 2, "ask size '0' is not allowed: 1 or more; an empty level has the price 9999999999")]
    [InlineData("2239500,100,9999999999,0,2239900,100,2230700,200", 3, "bid price '9999999999' is not allowed")]
    [InlineData("2239500,100,-9999999999,0,2239900,100,2230700,200", 7, "bid price '2230700' is not allowed: nothing comes after an empty level")]
    [InlineData("2239500,100,2231800,100,9999999999,7,2230700,200", 6, "ask size '7' is not allowed: 0 at the price 9999999999 of an empty level")]
    [InlineData("2239500,100,2231800,100,2239500,100,2230700,200", 5, "ask price '2239500' is not allowed: levels go from the best price outwards, and the one before is 2239500")]
    [InlineData("2239500,100,2231800,100,2239900,100,2231900,200", 7, "bid price '2231900'")]
    [InlineData("0,100,2231800,100,2239900,100,2231900,200", 1, "ask price '0'")]
    public void A_row_of_the_book_that_is_none_is_named_by_row_and_column(string line, int column, string told) =>
        Refuses(() => LobsterRows.Book(line, 9, 2, new LobsterBookRow(2)), 9, column, told);

    [Fact]
    public void A_row_of_the_book_is_read_level_by_level()
    {
        var row = new LobsterBookRow(2);
        LobsterRows.Book("2239500,100,2231800,50,9999999999,0,2230700,200,9999999999,0,-9999999999,0", 1, 3, row);
        Assert.Equal([new(2_239_500, 100), LobsterLevel.Empty], row[LobsterSide.Ask].ToArray());
        Assert.Equal([new(2_231_800, 50), new(2_230_700, 200)], row[LobsterSide.Bid].ToArray());
        Assert.Equal("100 @ 223.9500", row[LobsterSide.Ask][0].ToString());
    }

    private static void Refuses(Action read, long row, int column, string told)
    {
        var wrong = Assert.Throws<LobsterFormatException>(read);
        Assert.Equal((row, column), (wrong.Row, wrong.Column));
        Assert.Contains(told, wrong.Message, StringComparison.Ordinal);
    }
}
