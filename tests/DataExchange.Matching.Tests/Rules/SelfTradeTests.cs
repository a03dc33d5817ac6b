namespace DataExchange.Matching.Tests.Rules;

/// <summary>Account 10 belongs to participant 1, as account 1 does.</summary>
public sealed class SelfTradeTests
{
    public static TheoryData<string> Both => Engines.All;

    private static Market WithTwoAccounts(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.OpenAccount(0, 10, 1, 0), Command.Deposit(0, 10, Market.Money));
        return m;
    }

    [Theory, MemberData(nameof(Both))]
    public void Cancel_newest_ends_the_incoming_order_before_its_own_participant(string engine)
    {
        var m = WithTwoAccounts(engine);
        m.Given(m.Sell(2, 3, 99), m.Sell(1, 5, 100), m.Sell(2, 5, 100));
        m.Gives(m.Buy(10, 8, 100), "10#1 accepted 8", "10#1 buys 3 @ 99 with 2#1, left 5 and 0", "10#1 cancelled 5 SelfTrade");
        m.Shows(Side.Sell, "1#1 5 @ 100", "2#2 5 @ 100");
        m.Shows(Side.Buy);
        Assert.Equal(new(Market.Money - 297, 0), m.Funds(10));
    }

    [Theory, MemberData(nameof(Both))]
    public void Cancel_oldest_ends_the_resting_order_and_goes_on(string engine)
    {
        var m = WithTwoAccounts(engine);
        m.Given(m.Sell(1, 5, 100), m.Sell(2, 5, 100));
        m.Gives(m.Buy(10, 8, 100) with { SelfTrade = SelfTradePrevention.CancelOldest },
            "10#1 accepted 8", "1#1 cancelled 5 SelfTrade", "10#1 buys 5 @ 100 with 2#1, left 3 and 0");
        Assert.Equal(new(Market.UnitsEach, 0), m.Units(1));
        m.Shows(Side.Buy, "10#1 3 @ 100");
    }

    [Theory, MemberData(nameof(Both))]
    public void Cancel_both_ends_the_resting_order_first_then_the_incoming(string engine)
    {
        var m = WithTwoAccounts(engine);
        m.Given(m.Sell(1, 5, 100), m.Sell(2, 5, 100));
        m.Gives(m.Buy(10, 8, 100) with { SelfTrade = SelfTradePrevention.CancelBoth },
            "10#1 accepted 8", "1#1 cancelled 5 SelfTrade", "10#1 cancelled 8 SelfTrade");
        m.Shows(Side.Sell, "2#1 5 @ 100");
    }

    [Theory, MemberData(nameof(Both))]
    public void Decrement_makes_both_smaller_and_goes_on_when_the_incoming_order_has_more(string engine)
    {
        var m = WithTwoAccounts(engine);
        m.Given(m.Sell(1, 5, 100), m.Sell(2, 5, 100));
        m.Gives(m.Buy(10, 8, 100) with { SelfTrade = SelfTradePrevention.DecrementAndCancel },
            "10#1 accepted 8", "1#1 cancelled 5 SelfTrade", "10#1 reduced by 5 to 3, SelfTrade",
            "10#1 buys 3 @ 100 with 2#1, left 0 and 2");
        Assert.Equal(new(Market.Money - 300, 0), m.Funds(10));
    }

    [Theory, MemberData(nameof(Both))]
    public void Decrement_keeps_the_place_of_a_larger_resting_order(string engine)
    {
        var m = WithTwoAccounts(engine);
        m.Given(m.Sell(1, 10, 100) with { Display = 4 }, m.Sell(2, 5, 100));
        m.Gives(m.Buy(10, 7, 100) with { SelfTrade = SelfTradePrevention.DecrementAndCancel },
            "10#1 accepted 7", "1#1 reduced by 7 to 3, SelfTrade", "10#1 cancelled 7 SelfTrade");
        m.Shows(Side.Sell, "1#1 3 @ 100", "2#1 5 @ 100");
        Assert.Equal(new(Market.UnitsEach - 3, 3), m.Units(1));
    }

    [Theory, MemberData(nameof(Both))]
    public void Decrement_of_equal_orders_cancels_both(string engine)
    {
        var m = WithTwoAccounts(engine);
        m.Given(m.Sell(1, 5, 100));
        m.Gives(m.Buy(10, 5, 100) with { SelfTrade = SelfTradePrevention.DecrementAndCancel },
            "10#1 accepted 5", "1#1 cancelled 5 SelfTrade", "10#1 cancelled 5 SelfTrade");
    }

    [Theory, MemberData(nameof(Both))]
    public void Before_a_posted_offer_and_for_a_budget_decrement_cancels_the_newest(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.OpenAccount(0, 10, 0, 0), Command.Deposit(0, 10, Market.Money), m.Post(0, 5, 100));
        m.Gives(m.Buy(10, 3, 100) with { SelfTrade = SelfTradePrevention.DecrementAndCancel },
            "10#1 accepted 3", "10#1 cancelled 3 SelfTrade");
        m.Given(m.Sell(0, 5, 99));
        m.Gives(m.Budget(10, 500) with { SelfTrade = SelfTradePrevention.DecrementAndCancel },
            "10#2 accepted 0", "10#2 cancelled 0 SelfTrade");
        m.Shows(Side.Sell, "0#2 5 @ 99", "0#1 5 @ 100");
    }

    [Theory, MemberData(nameof(Both))]
    public void The_policy_of_the_incoming_order_counts(string engine)
    {
        var m = WithTwoAccounts(engine);
        m.Given(m.Sell(1, 5, 100) with { SelfTrade = SelfTradePrevention.CancelOldest });
        m.Gives(m.Buy(10, 5, 100) with { SelfTrade = SelfTradePrevention.CancelNewest }, "10#1 accepted 5", "10#1 cancelled 5 SelfTrade");
    }

    [Theory, MemberData(nameof(Both))]
    public void In_an_auction_a_participant_may_trade_with_itself(string engine)
    {
        var m = WithTwoAccounts(engine);
        m.Given(m.SetPhase(Phase.Auction), m.Sell(1, 5, 100), m.Buy(1, 5, 100));
        m.Gives(m.SetPhase(Phase.Continuous), "uncrossed 5 @ 100", "1#2 buys 5 @ 100 with 1#1, left 0 and 0", "Continuous", "done");
        Assert.Equal(new(Market.Money, 0), m.Funds(1));
        Assert.Equal(new(Market.UnitsEach, 0), m.Units(1));
    }
}
