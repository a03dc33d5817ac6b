namespace DataExchange.Matching.Tests.Rules;

/// <summary>Cancel, reduce, replace, and the place that an order keeps or loses.</summary>
public sealed class ChangeTests
{
    public static TheoryData<string> Both => Engines.All;

    [Theory, MemberData(nameof(Both))]
    public void The_others_keep_their_places_when_one_in_the_middle_is_cancelled(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 1, 100), m.Sell(2, 1, 100), m.Sell(3, 1, 100), m.Sell(4, 1, 100));
        m.Gives(m.Cancel(2, 1), "2#1 cancelled 1 Requested");
        m.Given(m.Sell(5, 1, 100));
        m.Shows(Side.Sell, "1#1 1 @ 100", "3#1 1 @ 100", "4#1 1 @ 100", "5#1 1 @ 100");
        m.Gives(m.Buy(6, 2, 100), "6#1 accepted 2", "6#1 buys 1 @ 100 with 1#1, left 1 and 0", "6#1 buys 1 @ 100 with 3#1, left 0 and 0");
    }

    [Theory, MemberData(nameof(Both))]
    public void An_order_that_is_gone_is_unknown(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 1, 100), m.Cancel(1, 1));
        m.Gives(m.Cancel(1, 1), "rejected UnknownOrder");
        m.Gives(m.Reduce(1, 1, 1), "rejected UnknownOrder");
        m.Given(m.Sell(1, 1, 100), m.Buy(2, 1, 100));
        m.Gives(m.Cancel(1, 2), "rejected UnknownOrder");
        m.Gives(m.Cancel(3, 2), "rejected UnknownOrder");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_reduced_order_keeps_its_place_and_gives_its_hold_back(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Buy(1, 10, 100), m.Buy(2, 5, 100));
        m.Gives(m.Reduce(1, 1, 4), "1#1 reduced by 6 to 4, Requested");
        m.Shows(Side.Buy, "1#1 4 @ 100", "2#1 5 @ 100");
        Assert.Equal(new(Market.Money - 400, 400), m.Funds(1));
        m.Gives(m.Reduce(1, 1, 4), "rejected InvalidQuantity");
        m.Gives(m.Reduce(1, 1, 0), "rejected InvalidQuantity");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_replacement_at_the_same_price_and_not_larger_keeps_the_place(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Buy(1, 10, 100), m.Buy(2, 5, 100));
        m.Gives(m.Replace(1, 1, 10, 100), "1#2 replaces #1: 10 @ 100");
        m.Gives(m.Replace(1, 2, 7, 100), "1#3 replaces #2: 7 @ 100");
        m.Shows(Side.Buy, "1#3 7 @ 100", "2#1 5 @ 100");
        Assert.Equal(new(Market.Money - 700, 700), m.Funds(1));
    }

    [Theory, MemberData(nameof(Both))]
    public void A_larger_replacement_goes_to_the_end(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Buy(1, 10, 100), m.Buy(2, 5, 100));
        m.Gives(m.Replace(1, 1, 11, 100), "1#2 replaces #1: 11 @ 100");
        m.Shows(Side.Buy, "2#1 5 @ 100", "1#2 11 @ 100");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_replacement_at_a_price_that_crosses_takes(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Buy(1, 10, 100), m.Sell(2, 4, 101));
        m.Gives(m.Replace(1, 1, 10, 101), "1#2 replaces #1: 10 @ 101", "1#2 buys 4 @ 101 with 2#1, left 6 and 0");
        m.Shows(Side.Buy, "1#2 6 @ 101");
        Assert.Equal(new(Market.Money - 404 - 606, 606), m.Funds(1));
    }

    [Theory, MemberData(nameof(Both))]
    public void The_original_pays_for_its_replacement(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.Withdraw(0, 1, Market.Money - 1_000), m.Buy(1, 10, 100));
        m.Gives(m.Replace(1, 1, 10, 101), "rejected InsufficientFunds");
        m.Shows(Side.Buy, "1#1 10 @ 100");
        Assert.Equal(new(0, 1_000), m.Funds(1));
        m.Gives(m.Replace(1, 1, 20, 50), "1#3 replaces #1: 20 @ 50");
        m.Given(m.Sell(2, Market.UnitsEach, 500));
        m.Gives(m.Replace(2, 1, Market.UnitsEach, 499), "2#2 replaces #1: 1000 @ 499");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_refused_replacement_has_used_its_number_and_leaves_the_original(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 5, 100), m.Buy(2, 5, 99) with { Flag = 1 });
        m.Gives(Command.Replace(0, 0, 2, 1, 7, 100, 5), "rejected WouldTake");
        m.Gives(Command.Replace(0, 0, 2, 1, 7, 98, 5), "rejected DuplicateOrder");
        m.Gives(Command.Replace(0, 0, 2, 9, 8, 98, 5), "rejected UnknownOrder");
        m.Gives(Command.Limit(0, 0, 2, 8, Side.Buy, 98, 5), "rejected DuplicateOrder");
        m.Shows(Side.Buy, "2#1 5 @ 99");
    }

    [Theory, MemberData(nameof(Both))]
    public void An_order_cannot_become_an_iceberg_but_an_iceberg_may_show_itself(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 6, 100), m.Sell(2, 6, 100) with { Display = 2 }, m.Sell(3, 1, 100));
        m.Gives(m.Replace(1, 1, 6, 100, display: 2), "rejected InvalidQuantity");
        m.Gives(m.Replace(2, 1, 6, 100, display: 2), "2#2 replaces #1: 6 @ 100");
        m.Shows(Side.Sell, "1#1 6 @ 100", "2#2 6 (2) @ 100", "3#1 1 @ 100");
        m.Gives(m.Replace(2, 2, 6, 100), "2#3 replaces #2: 6 @ 100");
        m.Shows(Side.Sell, "1#1 6 @ 100", "3#1 1 @ 100", "2#3 6 @ 100");
    }

    [Theory, MemberData(nameof(Both))]
    public void Cancel_all_goes_through_bids_asks_and_stops(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Stop(Side.Sell, 1, 1, 50), m.Stop(Side.Sell, 1, 1, 60), m.Stop(Side.Buy, 1, 1, 200), m.Stop(Side.Buy, 1, 1, 190));
        m.Given(m.Sell(1, 1, 110), m.Sell(1, 1, 109), m.Buy(1, 1, 90), m.Buy(1, 1, 91), m.Buy(2, 1, 92));
        m.Gives(Command.CancelAll(0, 1),
            "1#8 cancelled 1 Requested", "1#7 cancelled 1 Requested", "1#6 cancelled 1 Requested", "1#5 cancelled 1 Requested",
            "1#4 cancelled 1 Requested", "1#3 cancelled 1 Requested", "1#2 cancelled 1 Requested", "1#1 cancelled 1 Requested", "done");
        m.Shows(Side.Buy, "2#1 1 @ 92");
        Assert.Equal(new(Market.Money, 0), m.Funds(1));
        Assert.Equal(new(Market.UnitsEach, 0), m.Units(1));
        m.Gives(Command.CancelAll(0, 1), "done");
        m.Gives(Command.CancelAll(0, 99), "rejected UnknownAccount");
        m.Gives(Command.CancelAll(0, 1, 99), "rejected UnknownInstrument");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_closed_instrument_lets_orders_be_cancelled_and_nothing_else(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 5, 100), m.Sell(1, 5, 100), m.SetPhase(Phase.Closed));
        m.Gives(m.Sell(1, 5, 100), "rejected PhaseForbids");
        m.Gives(m.Reduce(1, 1, 3), "rejected PhaseForbids");
        m.Gives(m.Replace(1, 1, 3, 100), "rejected PhaseForbids");
        m.Gives(m.Cancel(1, 1), "1#1 cancelled 5 Requested");
        m.Gives(Command.CancelAll(0, 1), "1#2 cancelled 5 Requested", "done");
    }
}
