namespace DataExchange.Matching.Tests.Rules;

/// <summary>Buyers whose units come near the most that a position holds.</summary>
public sealed class FullPositionTests
{
    private const int Most = 1 << 30;

    public static TheoryData<string> Engines => Tests.Engines.All;

    [Theory, MemberData(nameof(Engines))]
    public void A_plain_buyer_takes_what_still_fits_and_ends(string engine)
    {
        var m = WithRoomOfFive(engine);
        m.Given(m.Sell(1, 10, 100));
        m.Gives(m.Buy(3, 10, 100), "3#1 accepted 10", "3#1 buys 5 @ 100 with 1#1, left 5 and 5", "3#1 cancelled 5 CapacityReached");
        Assert.Equal(new(Most, 0), m.Units(3));
        Assert.Equal(new(Market.Money - 500, 0), m.Funds(3));
        m.Shows(Side.Sell, "1#1 5 @ 100");
    }

    [Theory, MemberData(nameof(Engines))]
    public void A_plain_seller_ends_when_nothing_more_fits_the_buyer_in_the_book(string engine)
    {
        var m = WithRoomOfFive(engine);
        m.Given(m.Buy(2, 1, 101), m.Buy(3, 10, 100));
        m.Gives(m.Sell(1, 11, 100), "1#1 accepted 11", "1#1 sells 1 @ 101 with 2#1, left 10 and 0", "1#1 sells 5 @ 100 with 3#1, left 5 and 5", "1#1 cancelled 5 CapacityReached");
        Assert.Equal(new(Most, 0), m.Units(3));
        Assert.Equal(new(Market.UnitsEach - 6, 0), m.Units(1));
        Assert.Equal(new(Market.Money - 1_000, 500), m.Funds(3));
        m.Shows(Side.Buy, "3#1 5 @ 100");
    }

    [Theory, MemberData(nameof(Engines))]
    public void An_order_that_just_fits_trades_in_full(string engine)
    {
        var m = WithRoomOfFive(engine);
        m.Given(m.Sell(1, 10, 100));
        m.Gives(m.Buy(3, 5, 100), "3#1 accepted 5", "3#1 buys 5 @ 100 with 1#1, left 0 and 5");
        m.Given(m.Buy(4, 5, 100));
        m.Gives(m.Buy(3, 1, 90), "3#2 accepted 1");
        m.Gives(m.Sell(1, 1, 90), "1#2 accepted 1", "1#2 cancelled 1 CapacityReached");
    }

    private static Market WithRoomOfFive(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.IssueUnits(0, 3, 0, Most - Market.UnitsEach - 5));
        return m;
    }
}
