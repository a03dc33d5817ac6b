namespace DataExchange.Matching.Tests.Rules;

/// <summary>The last number that is allowed and the first that is not; found missing by mutants that lived.</summary>
public sealed class BoundaryTests
{
    private const int Most = 1 << 30;

    public static TheoryData<string> Both => Engines.All;

    [Theory, MemberData(nameof(Both))]
    public void A_replacement_may_issue_what_the_right_has_left_with_its_own_part(string engine)
    {
        var m = WithProduct(engine, cap: 100);
        m.Given(m.Sell(0, 60, 100, instrument: 1) with { Supply = Supply.Issue });
        m.Gives(Command.Replace(0, 1, 0, 1, 2, 100, 101), "rejected CapReached");
        m.Gives(Command.Replace(0, 1, 0, 1, 3, 100, 100), "[1] 0#3 replaces #1: 100 @ 100");
        Assert.Equal(100, m.Rights(1).Reserved);
    }

    [Theory, MemberData(nameof(Both))]
    public void A_budget_is_at_least_a_fen_and_at_most_all_that_an_account_can_have(string engine)
    {
        var m = new Market(engine);
        m.Gives(m.Budget(2, 1), "2#1 accepted 0", "2#1 cancelled 0 NothingLeftToTake");
        m.Gives(m.Budget(2, 0), "rejected InvalidAmount");
        m.Given(Command.Deposit(0, 2, (1L << 62) - Market.Money));
        m.Gives(m.Budget(2, 1L << 62), "2#3 accepted 0", "2#3 cancelled 0 NothingLeftToTake");
        m.Gives(m.Budget(2, (1L << 62) + 1), "rejected InvalidAmount");
    }

    [Theory, MemberData(nameof(Both))]
    public void Pools_are_numbered_up_to_the_largest_number(string engine)
    {
        var m = WithProduct(engine, cap: 0);
        m.Gives(Command.DefineInstrument(0, 2, 1, int.MaxValue, 1, 1, 10, 1, 10, true) with { ClientOrderId = 1L << 31 }, "rejected InvalidAmount");
        m.Gives(Command.DefineInstrument(0, 2, 1, int.MaxValue, 1, 1, 10, 1, 10, true), "done");
        m.Gives(Command.OpenAccount(0, 20, 0, int.MaxValue) with { ClientOrderId = 1L << 31 }, "rejected InvalidAmount");
        m.Gives(Command.OpenAccount(0, 20, 0, int.MaxValue), "done");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_price_band_may_be_around_the_lowest_price_and_its_halt_as_short_as_can_be(string engine)
    {
        var m = new Market(engine);
        m.Gives(Command.SetPriceBand(0, 0, 0, 100, 1), "rejected InvalidAmount");
        m.Gives(Command.SetPriceBand(0, 0, 1, 100, 0), "rejected InvalidAmount");
        m.Gives(Command.SetPriceBand(0, 0, 1, 100, 1), "done");
        m.Given(m.Sell(1, 1, 2));
        m.Gives(m.Buy(2, 1, 2), "2#1 accepted 1", "halted at 2", "Halted");
        m.Gives(Command.AdvanceTime(1), "uncrossed 1 @ 2", "2#1 buys 1 @ 2 with 1#1, left 0 and 0", "Continuous", "done");
    }

    [Theory, MemberData(nameof(Both))]
    public void Units_that_are_held_count_when_units_are_issued(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(3, 400, 100));
        m.Gives(Command.IssueUnits(0, 3, 0, Most - Market.UnitsEach + 1), "rejected InvalidQuantity");
        m.Gives(Command.IssueUnits(0, 3, 0, Most - Market.UnitsEach), "done");
        Assert.Equal(new(Most - 400, 400), m.Units(3));
    }

    [Theory, MemberData(nameof(Both))]
    public void Units_that_are_held_count_against_what_an_account_can_buy(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.IssueUnits(0, 3, 0, Most - Market.UnitsEach - 2), m.Sell(3, 400, 900), m.Sell(1, 5, 10));
        m.Gives(m.Buy(3, 5, 10), "3#2 accepted 5", "3#2 buys 2 @ 10 with 1#1, left 3 and 3", "3#2 cancelled 3 CapacityReached");
    }

    [Theory, MemberData(nameof(Both))]
    public void Units_that_are_held_count_against_what_a_resting_bid_can_get(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Buy(3, 5, 10), Command.IssueUnits(0, 3, 0, Most - Market.UnitsEach - 2), m.Sell(3, 400, 900));
        m.Gives(m.Sell(1, 5, 10), "1#1 accepted 5", "1#1 sells 2 @ 10 with 3#1, left 3 and 3", "1#1 cancelled 3 CapacityReached");
        Assert.Equal(new(Most - 400, 400), m.Units(3));
    }

    [Theory, MemberData(nameof(Both))]
    public void The_largest_quantity_and_the_limits_of_the_price_are_allowed_and_no_more(string engine)
    {
        var m = new Market(engine);
        m.Gives(m.Buy(2, 1_000, 1), "2#1 accepted 1000");
        m.Gives(m.Buy(2, 1_001, 1), "rejected InvalidQuantity");
        m.Gives(m.Buy(2, 1, 0), "rejected InvalidPrice");
        m.Gives(m.Sell(2, 1, 1_001), "rejected InvalidPrice");
        m.Gives(m.Sell(3, 1_000, 1_000), "3#1 accepted 1000");
        m.Given(Command.IssueUnits(0, 4, 0, 1));
        m.Gives(m.Sell(4, 1_001, 1_000), "rejected InvalidQuantity");
    }

    [Theory, MemberData(nameof(Both))]
    public void An_order_for_a_date_without_one_is_refused(string engine)
    {
        var m = new Market(engine);
        m.Gives(m.Buy(2, 5, 100, TimeInForce.GoodTillDate), "rejected InvalidExpiry");
        m.Gives(m.Buy(2, 5, 100, TimeInForce.GoodTillDate) with { Until = 1 }, "2#2 accepted 5");
        m.Gives(Command.AdvanceTime(1), "2#2 expired 5", "done");
    }

    [Theory, MemberData(nameof(Both))]
    public void An_exclusive_licence_ends_with_its_last_unit(string engine)
    {
        var m = WithProduct(engine, cap: 0, lot: 2);
        m.Given(m.Exclusive(0, 10, instrument: 1, lot: 2), m.Buy(2, 2, 10, instrument: 1));
        m.Given(Command.RevokeUnits(0, 2, 1, 1));
        Assert.True(m.Rights(1).Exclusive);
        m.Given(Command.RevokeUnits(0, 2, 1, 1));
        Assert.False(m.Rights(1).Exclusive);
    }

    [Theory, MemberData(nameof(Both))]
    public void Fill_or_kill_counts_what_a_limit_has_reserved_though_no_right_is_left(string engine)
    {
        var m = WithProduct(engine, cap: 10);
        m.Given(m.Sell(0, 10, 10, instrument: 1) with { Supply = Supply.Issue });
        m.Gives(m.Buy(2, 10, 10, TimeInForce.FillOrKill, instrument: 1), "[1] 2#1 accepted 10", "[1] 2#1 buys 10 @ 10 with 0#1, left 0 and 0");
    }

    [Theory, MemberData(nameof(Both))]
    public void Fill_or_kill_counts_an_exclusive_offer_with_exactly_one_lot_of_right(string engine)
    {
        var m = WithProduct(engine, cap: 1);
        m.Given(m.Exclusive(0, 10, instrument: 1));
        m.Gives(m.Buy(2, 1, 10, TimeInForce.FillOrKill, instrument: 1), "[1] 2#1 accepted 1", "[1] 2#1 buys 1 @ 10 with 0#1, left 0 and 0");
    }

    [Theory, MemberData(nameof(Both))]
    public void Fill_or_kill_does_not_count_an_exclusive_offer_while_licences_are_active(string engine)
    {
        var m = WithProduct(engine, cap: 0);
        m.Given(m.Exclusive(0, 10, instrument: 1), Command.IssueUnits(0, 3, 1, 1));
        m.Gives(m.Buy(2, 1, 10, TimeInForce.FillOrKill, instrument: 1), "[1] 2#1 accepted 1", "[1] 2#1 cancelled 1 NotFillable");
    }

    [Theory, MemberData(nameof(Both))]
    public void Fill_or_kill_counts_no_offer_to_issue_behind_an_exclusive_one(string engine)
    {
        var m = WithProduct(engine, cap: 0);
        m.Given(Command.OpenAccount(0, 20, 20, 0), m.Exclusive(0, 10, instrument: 1), m.Post(0, 0, 11, instrument: 1), m.Sell(0, 5, 12, instrument: 1) with { Supply = Supply.Issue });
        m.Gives(m.Buy(2, 2, 12, TimeInForce.FillOrKill, instrument: 1), "[1] 2#1 accepted 2", "[1] 2#1 cancelled 2 NotFillable");
    }

    /// <summary>A time that is no longer due must not make other things happen at it.</summary>
    [Theory, MemberData(nameof(Both))]
    public void An_expiry_or_a_halt_that_is_over_brings_no_batch_forward(string engine)
    {
        var m = WithProduct(engine, cap: 0);
        m.Given(Command.SetBatchInterval(0, 1, 1_000), m.SetPhase(Phase.Auction, 1), Command.IssueUnits(0, 1, 1, 5));
        m.Given(m.Sell(1, 5, 10, instrument: 1), m.Buy(2, 5, 10, instrument: 1));

        // A date order that is replaced and then trades in full.
        m.Given(m.Buy(3, 1, 5, TimeInForce.GoodTillDate) with { Until = 300 }, m.Sell(4, 1, 6));
        m.Given(m.Replace(3, 1, 1, 6));
        m.Gives(Command.AdvanceTime(400), "done");

        // A halt that is ended by hand.
        m.Now = 400;
        m.Given(Command.SetPriceBand(400, 0, 6, 100, 100), m.Sell(4, 1, 9));
        m.Gives(m.Buy(3, 1, 9), "3#3 accepted 1", "halted at 9", "Halted");
        m.Given(m.SetPhase(Phase.PreOpen));
        m.Gives(Command.AdvanceTime(600), "done");
        m.Gives(Command.AdvanceTime(1_000), "[1] uncrossed 5 @ 10", "[1] 2#1 buys 5 @ 10 with 1#1, left 0 and 0", "done");
    }

    /// <summary>Each way in which an order with a date ends before it.</summary>
    [Theory, MemberData(nameof(Both))]
    public void A_date_that_is_over_brings_no_batch_forward(string engine)
    {
        foreach (var way in (string[])["cancelled", "all cancelled", "filled", "replaced", "triggered", "self-trade"])
        {
            var m = WithProduct(engine, cap: 0);
            m.Given(Command.SetBatchInterval(0, 1, 1_000), m.SetPhase(Phase.Auction, 1), Command.IssueUnits(0, 1, 1, 5));
            m.Given(m.Sell(1, 5, 10, instrument: 1), m.Buy(2, 5, 10, instrument: 1));
            var stop = way == "triggered";
            m.Given((stop ? m.Stop(Side.Buy, 3, 5, 20, 20) : m.Buy(3, 5, 20)) with { TimeInForce = TimeInForce.GoodTillDate, Until = 100 });
            m.Given(way switch
            {
                "cancelled" => m.Cancel(3, 1),
                "all cancelled" => Command.CancelAll(0, 3),
                "filled" => m.Sell(4, 5, 20),
                "replaced" => m.Replace(3, 1, 4, 21),
                "self-trade" => m.Sell(3, 5, 20) with { SelfTrade = SelfTradePrevention.CancelOldest },
                _ => m.Sell(4, 5, 20),
            });
            if (stop)
            {
                m.Given(m.Buy(5, 5, 20), m.Sell(4, 5, 20));
            }

            m.Gives(Command.AdvanceTime(50), "done");
            m.Gives(Command.AdvanceTime(600), way == "replaced" ? ["3#2 expired 4", "done"] : ["done"]);
            m.Gives(Command.AdvanceTime(1_000), "[1] uncrossed 5 @ 10", "[1] 2#1 buys 5 @ 10 with 1#1, left 0 and 0", "done");
        }
    }

    private static Market WithProduct(string engine, long cap, int lot = 1)
    {
        var m = new Market(engine);
        m.Given(Command.DefineProduct(0, 1, 0, cap), Command.DefineInstrument(0, 1, 1, 0, 1, 1, 1_000, lot, 1_000, true));
        return m;
    }
}
