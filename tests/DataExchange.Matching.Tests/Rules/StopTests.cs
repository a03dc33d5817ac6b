namespace DataExchange.Matching.Tests.Rules;

public sealed class StopTests
{
    public static TheoryData<string> Both => Engines.All;

    /// <summary>A trade of one unit between accounts 8 and 9.</summary>
    private static void TradeAt(Market m, int price) => m.Given(m.Sell(8, 1, price), m.Buy(9, 1, price));

    [Theory, MemberData(nameof(Both))]
    public void A_stop_waits_until_the_last_price_reaches_it(string engine)
    {
        var m = new Market(engine);
        m.Gives(m.Stop(Side.Buy, 1, 5, 102), "1#1 accepted 5");
        m.Given(m.Sell(2, 5, 105));
        TradeAt(m, 101);
        m.Shows(Side.Sell, "2#1 5 @ 105");
        m.Given(m.Sell(8, 1, 102));
        m.Gives(m.Buy(9, 1, 102),
            "9#2 accepted 1", "9#2 buys 1 @ 102 with 8#2, left 0 and 0", "1#1 triggered at 102: 5",
            "1#1 buys 5 @ 105 with 2#1, left 0 and 0");
    }

    [Theory, MemberData(nameof(Both))]
    public void Without_a_trade_yet_no_stop_is_reached(string engine)
    {
        var m = new Market(engine);
        m.Gives(m.Stop(Side.Sell, 1, 5, 1_000), "1#1 accepted 5");
        m.Gives(m.Stop(Side.Buy, 1, 5, 1), "1#2 accepted 5");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_stop_that_is_reached_when_it_comes_is_triggered_at_once(string engine)
    {
        var m = new Market(engine);
        TradeAt(m, 100);
        m.Gives(m.Stop(Side.Sell, 1, 5, 100), "1#1 accepted 5", "1#1 triggered at 100: 5", "1#1 cancelled 5 NothingLeftToTake");
        m.Gives(m.Stop(Side.Sell, 1, 5, 100, limit: 99), "1#2 accepted 5", "1#2 triggered at 100: 5");
        m.Shows(Side.Sell, "1#2 5 @ 99");
    }

    [Theory, MemberData(nameof(Both))]
    public void Buy_stops_come_before_sell_stops_the_nearest_first_then_the_earlier(string engine)
    {
        var m = new Market(engine);
        m.Given(m.SetPhase(Phase.Auction));
        m.Given(m.Stop(Side.Sell, 1, 1, 100), m.Stop(Side.Sell, 2, 1, 101), m.Stop(Side.Buy, 3, 1, 100), m.Stop(Side.Buy, 4, 1, 99),
            m.Stop(Side.Buy, 5, 1, 99));
        m.Given(m.Buy(8, 1, 100), m.Sell(9, 1, 100));
        m.Gives(m.SetPhase(Phase.Continuous),
            "uncrossed 1 @ 100",
            "8#1 buys 1 @ 100 with 9#1, left 0 and 0",
            "Continuous",
            "4#1 triggered at 99: 1", "4#1 cancelled 1 NothingLeftToTake",
            "5#1 triggered at 99: 1", "5#1 cancelled 1 NothingLeftToTake",
            "3#1 triggered at 100: 1", "3#1 cancelled 1 NothingLeftToTake",
            "2#1 triggered at 101: 1", "2#1 cancelled 1 NothingLeftToTake",
            "1#1 triggered at 100: 1", "1#1 cancelled 1 NothingLeftToTake",
            "done");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_stop_can_set_off_the_next(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Stop(Side.Sell, 1, 1, 98), m.Stop(Side.Sell, 2, 1, 99), m.Buy(3, 1, 98), m.Buy(3, 1, 97));
        m.Given(m.Buy(8, 1, 99));
        m.Gives(m.Sell(9, 1, 99),
            "9#1 accepted 1",
            "9#1 sells 1 @ 99 with 8#1, left 0 and 0",
            "2#1 triggered at 99: 1",
            "2#1 sells 1 @ 98 with 3#1, left 0 and 0",
            "1#1 triggered at 98: 1",
            "1#1 sells 1 @ 97 with 3#2, left 0 and 0");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_stop_limit_holds_its_money_and_keeps_it_when_triggered(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Stop(Side.Buy, 1, 5, 100, limit: 103));
        Assert.Equal(new(Market.Money - 515, 515), m.Funds(1));
        m.Given(m.Stop(Side.Buy, 2, 5, 100));
        Assert.Equal(new(Market.Money, 0), m.Funds(2));
        m.Given(m.Stop(Side.Sell, 3, 5, 90));
        Assert.Equal(new(Market.UnitsEach - 5, 5), m.Units(3));
        TradeAt(m, 100);
        Assert.Equal(new(Market.Money - 515, 515), m.Funds(1));
        m.Shows(Side.Buy, "1#1 5 @ 103");
        m.Gives(m.Replace(1, 1, 4, 103), "1#2 replaces #1: 4 @ 103");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_waiting_stop_can_be_cancelled_but_not_reduced_or_replaced(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Stop(Side.Sell, 1, 5, 90, limit: 89));
        m.Gives(m.Reduce(1, 1, 3), "rejected InvalidCommand");
        m.Gives(m.Replace(1, 1, 3, 90), "rejected InvalidCommand");
        m.Gives(m.Cancel(1, 1), "1#1 cancelled 5 Requested");
        Assert.Equal(new(Market.UnitsEach, 0), m.Units(1));
    }

    [Theory, MemberData(nameof(Both))]
    public void Words_that_do_not_go_with_a_stop_are_refused(string engine)
    {
        var m = new Market(engine);
        m.Gives(m.Stop(Side.Buy, 1, 5, 100) with { TimeInForce = TimeInForce.ImmediateOrCancel }, "rejected InvalidCommand");
        m.Gives(m.Stop(Side.Buy, 1, 5, 100) with { Price = 5 }, "rejected InvalidCommand");
        m.Gives(m.Stop(Side.Sell, 0, 5, 100) with { Supply = Supply.Issue }, "rejected InvalidCommand");
        m.Gives(m.Stop(Side.Buy, 1, 5, 1_001), "rejected InvalidPrice");
    }
}
