namespace DataExchange.Matching.Tests.Rules;

public sealed class LimitOrderTests
{
    public static TheoryData<string> Both => Engines.All;

    [Theory, MemberData(nameof(Both))]
    public void A_taker_gets_the_best_price_first_and_at_a_price_the_earliest_order(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 5, 101), m.Sell(2, 5, 100), m.Sell(3, 5, 100), m.Sell(4, 5, 102));
        m.Gives(m.Buy(5, 13, 101),
            "5#1 accepted 13",
            "5#1 buys 5 @ 100 with 2#1, left 8 and 0",
            "5#1 buys 5 @ 100 with 3#1, left 3 and 0",
            "5#1 buys 3 @ 101 with 1#1, left 0 and 2");
        m.Shows(Side.Sell, "1#1 2 @ 101", "4#1 5 @ 102");
        Assert.Equal(101, m.Last());
    }

    [Theory, MemberData(nameof(Both))]
    public void The_rest_of_a_limit_order_rests_at_its_own_price(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Buy(1, 5, 100));
        m.Gives(m.Sell(2, 8, 99), "2#1 accepted 8", "2#1 sells 5 @ 100 with 1#1, left 3 and 0");
        m.Shows(Side.Sell, "2#1 3 @ 99");
        m.Shows(Side.Buy);
    }

    [Theory, MemberData(nameof(Both))]
    public void Orders_that_do_not_cross_do_not_trade(string engine)
    {
        var m = new Market(engine);
        m.Gives(m.Buy(1, 5, 99), "1#1 accepted 5");
        m.Gives(m.Sell(2, 5, 100), "2#1 accepted 5");
        Assert.Equal(0, m.Last());
    }

    [Theory, MemberData(nameof(Both))]
    public void The_rest_of_an_immediate_order_never_stays(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 5, 100), m.Sell(1, 5, 102));
        m.Gives(m.Buy(2, 8, 101, TimeInForce.ImmediateOrCancel),
            "2#1 accepted 8", "2#1 buys 5 @ 100 with 1#1, left 3 and 0", "2#1 cancelled 3 NothingLeftToTake");
        m.Shows(Side.Buy);
        m.Gives(m.Buy(2, 8, 101, TimeInForce.ImmediateOrCancel), "2#2 accepted 8", "2#2 cancelled 8 NothingLeftToTake");
        Assert.Equal(new(Market.Money - 500, 0), m.Funds(2));
    }

    [Theory, MemberData(nameof(Both))]
    public void An_immediate_order_filled_in_full_is_not_cancelled(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 5, 100));
        m.Gives(m.Buy(2, 5, 100, TimeInForce.ImmediateOrCancel), "2#1 accepted 5", "2#1 buys 5 @ 100 with 1#1, left 0 and 0");
    }

    [Theory, MemberData(nameof(Both))]
    public void Fill_or_kill_takes_all_or_leaves_the_book_as_it_was(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 5, 100), m.Sell(1, 5, 101), m.Sell(1, 5, 102));
        m.Gives(m.Buy(2, 11, 101, TimeInForce.FillOrKill), "2#1 accepted 11", "2#1 cancelled 11 NotFillable");
        m.Shows(Side.Sell, "1#1 5 @ 100", "1#2 5 @ 101", "1#3 5 @ 102");
        m.Gives(m.Buy(2, 10, 101, TimeInForce.FillOrKill),
            "2#2 accepted 10", "2#2 buys 5 @ 100 with 1#1, left 5 and 0", "2#2 buys 5 @ 101 with 1#2, left 0 and 0");
    }

    [Theory, MemberData(nameof(Both))]
    public void Fill_or_kill_counts_what_icebergs_hide(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 10, 100) with { Display = 2 });
        m.Gives(m.Buy(2, 4, 100, TimeInForce.FillOrKill),
            "2#1 accepted 4", "2#1 buys 2 @ 100 with 1#1, left 2 and 8", "2#1 buys 2 @ 100 with 1#1, left 0 and 6");
    }

    [Theory, MemberData(nameof(Both))]
    public void Fill_or_kill_of_a_market_buy_asks_for_the_whole_cost(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.Withdraw(0, 2, Market.Money - 1_009), m.Sell(1, 5, 100), m.Sell(1, 5, 102));
        m.Gives(m.AtMarket(Side.Buy, 2, 10, TimeInForce.FillOrKill), "2#1 accepted 10", "2#1 cancelled 10 NotFillable");
        m.Given(Command.Deposit(0, 2, 1));
        m.Gives(m.AtMarket(Side.Buy, 2, 10, TimeInForce.FillOrKill),
            "2#2 accepted 10", "2#2 buys 5 @ 100 with 1#1, left 5 and 0", "2#2 buys 5 @ 102 with 1#2, left 0 and 0");
        Assert.Equal(new(0, 0), m.Funds(2));
    }

    [Theory, MemberData(nameof(Both))]
    public void Fill_or_kill_ends_its_count_at_an_order_of_its_own_participant_unless_that_would_be_cancelled(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 5, 100), m.Sell(2, 5, 100), m.Sell(3, 5, 100));
        m.Gives(m.Buy(2, 10, 100, TimeInForce.FillOrKill), "2#2 accepted 10", "2#2 cancelled 10 NotFillable");
        m.Gives(m.Buy(2, 10, 100, TimeInForce.FillOrKill) with { SelfTrade = SelfTradePrevention.CancelOldest },
            "2#3 accepted 10",
            "2#3 buys 5 @ 100 with 1#1, left 5 and 0",
            "2#1 cancelled 5 SelfTrade",
            "2#3 buys 5 @ 100 with 3#1, left 0 and 0");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_post_only_order_that_would_take_is_refused_and_one_that_would_not_rests(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 5, 100));
        m.Gives(m.Buy(2, 5, 100) with { Flag = 1 }, "rejected WouldTake");
        m.Gives(m.Buy(2, 5, 99) with { Flag = 1 }, "2#2 accepted 5");
        m.Given(m.SetPhase(Phase.Auction));
        m.Gives(m.Buy(2, 5, 100) with { Flag = 1 }, "2#3 accepted 5");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_market_order_takes_at_any_price_and_what_is_left_is_cancelled(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Buy(1, 5, 100), m.Buy(2, 5, 1));
        m.Gives(m.AtMarket(Side.Sell, 3, 12),
            "3#1 accepted 12",
            "3#1 sells 5 @ 100 with 1#1, left 7 and 0",
            "3#1 sells 5 @ 1 with 2#1, left 2 and 0",
            "3#1 cancelled 2 NothingLeftToTake");
        Assert.Equal(new(Market.UnitsEach - 10, 0), m.Units(3));
    }

    [Theory, MemberData(nameof(Both))]
    public void A_market_buy_takes_as_many_lots_as_its_funds_pay_for(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.Withdraw(0, 2, Market.Money - 350), m.Sell(1, 5, 100));
        m.Gives(m.AtMarket(Side.Buy, 2, 5), "2#1 accepted 5", "2#1 buys 3 @ 100 with 1#1, left 2 and 2",
            "2#1 cancelled 2 InsufficientFunds");
        Assert.Equal(new(50, 0), m.Funds(2));
    }

    [Theory, MemberData(nameof(Both))]
    public void A_budget_buys_as_many_lots_as_it_pays_for_and_always_ends(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 2, 100), m.Sell(1, 5, 101));
        m.Gives(m.Budget(2, 450),
            "2#1 accepted 0", "2#1 buys 2 @ 100 with 1#1, left 0 and 0", "2#1 buys 2 @ 101 with 1#2, left 0 and 3",
            "2#1 cancelled 0 NothingLeftToTake");
        Assert.Equal(new(Market.Money - 402, 0), m.Funds(2));
        m.Gives(m.Budget(2, 101), "2#2 accepted 0", "2#2 buys 1 @ 101 with 1#2, left 0 and 2", "2#2 cancelled 0 NothingLeftToTake");
        m.Gives(m.Budget(2, 1_000, limit: 100), "2#3 accepted 0", "2#3 cancelled 0 NothingLeftToTake");
        m.Gives(m.Budget(2, Market.Money), "rejected InsufficientFunds");
    }
}
