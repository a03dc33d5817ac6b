namespace DataExchange.Matching.Tests.Rules;

/// <summary>The uniform price with worked numbers. Account 1 to 3 buy, 4 to 6 sell.</summary>
public sealed class AuctionTests
{
    public static TheoryData<string> Both => Engines.All;

    private static Market InAuction(string engine, int lastPrice = 0)
    {
        var m = new Market(engine);
        if (lastPrice > 0)
        {
            m.Given(m.Sell(8, 1, lastPrice), m.Buy(9, 1, lastPrice));
        }

        m.Given(m.SetPhase(Phase.Auction));
        return m;
    }

    [Theory, MemberData(nameof(Both))]
    public void The_price_with_the_largest_volume_is_chosen(string engine)
    {
        // p:   98  99 100 101 102
        // B:   30  30  30  20  10
        // A:   10  15  30  30  40   V is largest at 100: 30
        var m = InAuction(engine);
        m.Given(m.Buy(1, 10, 102), m.Buy(2, 10, 101), m.Buy(3, 10, 100));
        m.Given(m.Sell(4, 10, 98), m.Sell(5, 5, 99), m.Sell(6, 15, 100), m.Sell(6, 10, 102));
        m.Gives(m.SetPhase(Phase.Continuous),
            "uncrossed 30 @ 100",
            "1#1 buys 10 @ 100 with 4#1, left 0 and 0",
            "2#1 buys 5 @ 100 with 5#1, left 5 and 0",
            "2#1 buys 5 @ 100 with 6#1, left 0 and 10",
            "3#1 buys 10 @ 100 with 6#1, left 0 and 0",
            "Continuous",
            "done");
        Assert.Equal(100, m.Last());
        Assert.Equal(new(Market.Money - 1_000, 0), m.Funds(1));
        m.Shows(Side.Sell, "6#2 10 @ 102");
    }

    [Theory, MemberData(nameof(Both))]
    public void Of_equal_volumes_the_one_with_the_smallest_surplus_is_chosen(string engine)
    {
        // p:   99 100 101
        // B:   18  10  10
        // A:   10  13  13   V = 10 at each, surplus 8, 3, 3 (sellers): the lowest of the two
        var m = InAuction(engine);
        m.Given(m.Buy(1, 10, 101), m.Buy(2, 8, 99), m.Sell(4, 10, 99), m.Sell(5, 3, 100));
        m.Gives(m.SetPhase(Phase.Continuous), "uncrossed 10 @ 100", "1#1 buys 10 @ 100 with 4#1, left 0 and 0", "Continuous", "done");
        m.Shows(Side.Sell, "5#1 3 @ 100");
    }

    [Theory, MemberData(nameof(Both))]
    public void With_buyers_left_over_at_all_prices_the_highest_is_chosen(string engine)
    {
        // p: 100 101 102: B = 15, A = 10
        var m = InAuction(engine, lastPrice: 100);
        m.Given(m.Buy(1, 15, 102), m.Sell(4, 10, 100));
        m.Gives(m.SetPhase(Phase.Continuous), "uncrossed 10 @ 102", "1#1 buys 10 @ 102 with 4#1, left 5 and 0", "Continuous", "done");
    }

    [Theory, MemberData(nameof(Both))]
    public void With_sellers_left_over_at_all_prices_the_lowest_is_chosen(string engine)
    {
        var m = InAuction(engine, lastPrice: 102);
        m.Given(m.Buy(1, 10, 102), m.Sell(4, 15, 100));
        m.Gives(m.SetPhase(Phase.Continuous), "uncrossed 10 @ 100", "1#1 buys 10 @ 100 with 4#1, left 0 and 5", "Continuous", "done");
    }

    [Theory, MemberData(nameof(Both))]
    public void Without_a_surplus_the_price_nearest_to_the_last_is_chosen(string engine)
    {
        var m = InAuction(engine, lastPrice: 103);
        m.Given(m.Buy(1, 10, 104), m.Sell(4, 10, 100));
        m.Gives(m.SetPhase(Phase.Continuous), "uncrossed 10 @ 104", "1#1 buys 10 @ 104 with 4#1, left 0 and 0", "Continuous", "done");
    }

    [Theory, MemberData(nameof(Both))]
    public void Without_a_surplus_that_is_the_lowest_when_the_last_is_near_it(string engine)
    {
        var m = InAuction(engine, lastPrice: 101);
        m.Given(m.Buy(1, 10, 104), m.Sell(4, 10, 100));
        m.Gives(m.SetPhase(Phase.Continuous), "uncrossed 10 @ 100", "1#1 buys 10 @ 100 with 4#1, left 0 and 0", "Continuous", "done");
    }

    [Theory, MemberData(nameof(Both))]
    public void With_buyers_left_over_at_one_price_and_sellers_at_the_other_the_nearest_to_the_last_is_chosen(string engine)
    {
        // p: 100 101
        // B:  10   5
        // A:   5  10   V = 5 and a surplus of 5 at each
        foreach (var near in (int[])[99, 100, 101, 102])
        {
            var price = near <= 100 ? 100 : 101;
            var m = InAuction(engine, near);
            m.Given(m.Buy(1, 5, 101), m.Buy(2, 5, 100), m.Sell(4, 5, 100), m.Sell(5, 5, 101));
            m.Gives(m.SetPhase(Phase.Continuous), $"uncrossed 5 @ {price}", $"1#1 buys 5 @ {price} with 4#1, left 0 and 0", "Continuous", "done");
        }
    }

    [Theory, MemberData(nameof(Both))]
    public void Of_two_prices_equally_near_the_higher_is_chosen(string engine)
    {
        var m = InAuction(engine, lastPrice: 102);
        m.Given(m.Buy(1, 10, 104), m.Sell(4, 10, 100));
        m.Gives(m.SetPhase(Phase.Continuous), "uncrossed 10 @ 104", "1#1 buys 10 @ 104 with 4#1, left 0 and 0", "Continuous", "done");
    }

    [Theory, MemberData(nameof(Both))]
    public void Without_a_last_price_the_band_is_the_reference_and_without_a_band_the_lowest_price(string engine)
    {
        var m = InAuction(engine);
        m.Given(Command.SetPriceBand(0, 0, 105, 1_000, 10), m.Buy(1, 10, 104), m.Sell(4, 10, 100));
        m.Gives(m.SetPhase(Phase.Continuous), "uncrossed 10 @ 104", "1#1 buys 10 @ 104 with 4#1, left 0 and 0", "Continuous", "done");
        m = InAuction(engine);
        m.Given(m.Buy(1, 10, 104), m.Sell(4, 10, 100));
        m.Gives(m.SetPhase(Phase.Continuous), "uncrossed 10 @ 100", "1#1 buys 10 @ 100 with 4#1, left 0 and 0", "Continuous", "done");
    }

    [Theory, MemberData(nameof(Both))]
    public void Orders_in_an_auction_rest_although_they_cross_and_nothing_happens_without_crossing(string engine)
    {
        var m = InAuction(engine);
        m.Gives(m.Buy(1, 10, 100), "1#1 accepted 10");
        m.Gives(m.Sell(4, 10, 101), "4#1 accepted 10");
        m.Gives(m.SetPhase(Phase.Continuous), "Continuous", "done");
    }

    [Theory, MemberData(nameof(Both))]
    public void Posted_offers_fill_up_what_limit_asks_leave_open_within_the_right(string engine)
    {
        // Product 1 has 12 to issue. B(100) = 20, F(100) = 5, N(100) = 12: 17 trade.
        var m = new Market(engine);
        m.Given(Command.DefineProduct(0, 1, 1, 17), Command.DefineInstrument(0, 1, 1, 0, 1, 1, 1_000, 1, 1_000, true),
            Command.IssueUnits(0, 4, 1, 5));
        m.Given(m.SetPhase(Phase.Auction, 1), m.Post(1, 0, 90, 1), m.Sell(4, 5, 100, instrument: 1));
        m.Given(m.Buy(2, 20, 100, instrument: 1));
        m.Gives(m.SetPhase(Phase.Continuous, 1),
            "[1] uncrossed 17 @ 100",
            "[1] 2#1 buys 12 @ 100 with 1#1, left 8 and 0",
            "[1] 2#1 buys 5 @ 100 with 4#1, left 3 and 0",
            "[1] Continuous",
            "done");
        m.ShowsIn(1, Side.Sell, "1#1 0 @ 90");
    }

    [Theory, MemberData(nameof(Both))]
    public void An_exclusive_offer_takes_no_part_and_waits_for_a_taker(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.DefineProduct(0, 1, 1), Command.DefineInstrument(0, 1, 1, 0, 1, 1, 1_000, 1, 1_000, true));
        m.Given(m.SetPhase(Phase.Auction, 1), m.Exclusive(1, 90, 1), m.Buy(2, 1, 100, instrument: 1));
        m.Gives(m.SetPhase(Phase.Continuous, 1), "[1] Continuous", "done");
        m.ShowsIn(1, Side.Sell, "1#1 1 @ 90");
        m.ShowsIn(1, Side.Buy, "2#1 1 @ 100");
        m.Gives(m.Buy(3, 1, 90, instrument: 1), "[1] 3#1 accepted 1", "[1] 3#1 buys 1 @ 90 with 1#1, left 0 and 0");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_batch_uncrosses_at_each_multiple_of_its_interval_and_leaves_the_phase(string engine)
    {
        var m = InAuction(engine);
        m.Now = 130;
        m.Given(Command.SetBatchInterval(130, 0, 50), m.Buy(1, 10, 100), m.Sell(4, 10, 100));
        m.Gives(Command.AdvanceTime(149), "done");
        var reports = m.Reports(Command.AdvanceTime(205));
        Assert.Equal([150, 150, 205], reports.Select(report => report.Time));
        Assert.Equal([ReportKind.Uncrossed, ReportKind.Filled, ReportKind.Done], reports.Select(report => report.Kind));
        Assert.Equal(Phase.Auction, m.Phase());
        m.Now = 205;
        m.Given(m.Buy(1, 10, 100), m.Sell(4, 10, 100));
        Assert.Equal([250, 250, 260], m.Reports(Command.AdvanceTime(260)).Select(report => report.Time));
        m.Given(Command.SetBatchInterval(260, 0, 0));
        m.Now = 260;
        m.Given(m.Buy(1, 10, 100), m.Sell(4, 10, 100));
        m.Gives(Command.AdvanceTime(1_000), "done");
    }
}
