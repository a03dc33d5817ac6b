namespace DataExchange.Matching.Tests.Rules;

/// <summary>Phases, price bands, halts, expiries and the order of what comes due.</summary>
public sealed class PhaseTests
{
    public static TheoryData<string> Both => Engines.All;

    [Theory, MemberData(nameof(Both))]
    public void Only_orders_that_can_wait_are_taken_outside_continuous_trading(string engine)
    {
        foreach (var phase in new[] { Phase.PreOpen, Phase.Auction, Phase.Halted })
        {
            var m = new Market(engine);
            m.Given(m.SetPhase(phase), m.Sell(1, 5, 100));
            m.Gives(m.Buy(2, 5, 100, TimeInForce.ImmediateOrCancel), "rejected PhaseForbids");
            m.Gives(m.Buy(2, 5, 100, TimeInForce.FillOrKill), "rejected PhaseForbids");
            m.Gives(m.AtMarket(Side.Buy, 2, 5), "rejected PhaseForbids");
            m.Gives(m.Budget(2, 100), "rejected PhaseForbids");
            m.Gives(m.Stop(Side.Buy, 2, 5, 100), "2#5 accepted 5");
            m.Gives(m.Buy(2, 5, 100), "2#6 accepted 5");
        }
    }

    [Theory, MemberData(nameof(Both))]
    public void The_opening_auction_trades_before_the_phase_changes(string engine)
    {
        var m = new Market(engine);
        m.Given(m.SetPhase(Phase.PreOpen), m.Sell(1, 5, 100), m.Buy(2, 5, 100));
        var reports = m.Reports(m.SetPhase(Phase.Continuous));
        Assert.Equal([Phase.PreOpen, Phase.PreOpen, Phase.Continuous, default], reports.Select(report => report.Phase));
        Assert.Equal([4, 5, 6, 0], reports.Select(report => report.Sequence));
    }

    [Theory, MemberData(nameof(Both))]
    public void The_same_phase_again_changes_nothing(string engine)
    {
        var m = new Market(engine);
        m.Gives(m.SetPhase(Phase.Continuous), "done");
        m.Given(m.SetPhase(Phase.Auction), m.Sell(1, 5, 100), m.Buy(2, 5, 100));
        m.Gives(m.SetPhase(Phase.Auction), "done");
        m.Gives(m.SetPhase(Phase.Halted), "Halted", "done");
        m.Gives(m.SetPhase(Phase.Closed), "uncrossed 5 @ 100", "2#1 buys 5 @ 100 with 1#1, left 0 and 0", "Closed", "done");
        m.Gives(Command.SetPhase(0, 5, Phase.Closed), "rejected UnknownInstrument");
        m.Gives(Command.SetPhase(0, 0, (Phase)5), "rejected InvalidCommand");
    }

    [Theory, MemberData(nameof(Both))]
    public void Day_orders_expire_when_the_instrument_closes_and_the_others_stay(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Stop(Side.Sell, 3, 1, 50) with { TimeInForce = TimeInForce.Day }, m.Sell(1, 5, 110, TimeInForce.Day), m.Sell(1, 5, 105));
        m.Given(m.Buy(2, 5, 99, TimeInForce.Day), m.Buy(2, 5, 100, TimeInForce.Day));
        m.Gives(m.SetPhase(Phase.Closed), "Closed", "2#2 expired 5", "2#1 expired 5", "1#1 expired 5", "3#1 expired 1", "done");
        Assert.Equal(new(Market.Money, 0), m.Funds(2));
        m.Gives(m.SetPhase(Phase.PreOpen), "PreOpen", "done");
        m.Shows(Side.Sell, "1#2 5 @ 105");
    }

    [Theory, MemberData(nameof(Both))]
    public void All_instruments_change_in_rising_number(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.DefineInstrument(0, 3, 0, 0, 1, 1, 1_000, 1, 1_000, true),
            Command.DefineInstrument(0, 2, 0, 0, 1, 1, 1_000, 1, 1_000, true));
        m.Given(m.SetPhase(Phase.Auction, 2));
        m.Gives(m.SetPhase(Phase.Auction, Command.All), "Auction", "[3] Auction", "done");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_trade_beyond_the_band_halts_and_the_rest_of_the_order_rests(string engine)
    {
        // Reference 100, 5 %: 95 to 105.
        var m = new Market(engine);
        m.Given(Command.SetPriceBand(0, 0, 100, 500, 1_000), m.Sell(1, 5, 105), m.Sell(1, 5, 106));
        m.Gives(m.Buy(2, 8, 110), "2#1 accepted 8", "2#1 buys 5 @ 105 with 1#1, left 3 and 0", "halted at 106", "Halted");
        Assert.Equal(Phase.Halted, m.Phase());
        m.Shows(Side.Buy, "2#1 3 @ 110");
        Assert.Equal(new(Market.Money - 525 - 330, 330), m.Funds(2));
    }

    [Theory, MemberData(nameof(Both))]
    public void A_band_is_rounded_inwards(string engine)
    {
        // Reference 99, 5 %: 94.05 to 103.95, so 95 to 103.
        var m = new Market(engine);
        m.Given(Command.SetPriceBand(0, 0, 99, 500, 1_000), m.Sell(1, 1, 103), m.Sell(1, 1, 104));
        m.Gives(m.Buy(2, 2, 104, TimeInForce.ImmediateOrCancel),
            "2#1 accepted 2", "2#1 buys 1 @ 103 with 1#1, left 1 and 0", "halted at 104", "Halted", "2#1 cancelled 1 TradingHalted");
        m = new Market(engine);
        m.Given(Command.SetPriceBand(0, 0, 99, 500, 1_000), m.Buy(1, 1, 95), m.Buy(1, 1, 94));
        m.Gives(m.AtMarket(Side.Sell, 2, 2),
            "2#1 accepted 2", "2#1 sells 1 @ 95 with 1#1, left 1 and 0", "halted at 94", "Halted", "2#1 cancelled 1 TradingHalted");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_halt_ends_by_itself_with_an_auction_that_moves_the_band(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.SetPriceBand(0, 0, 100, 500, 1_000), m.Sell(1, 5, 120));
        m.Now = 10;
        m.Given(m.Buy(2, 8, 120));
        m.Gives(Command.AdvanceTime(1_009), "done");
        var reports = m.Reports(Command.AdvanceTime(5_000));
        Assert.Equal([ReportKind.Uncrossed, ReportKind.Filled, ReportKind.PhaseChanged, ReportKind.Done],
            reports.Select(report => report.Kind));
        Assert.Equal([1_010, 1_010, 1_010, 5_000], reports.Select(report => report.Time));
        m.Now = 5_000;
        m.Gives(m.Sell(1, 3, 114), "1#2 accepted 3", "1#2 sells 3 @ 120 with 2#1, left 0 and 0");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_set_phase_ends_the_timer_of_a_halt(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.SetPriceBand(0, 0, 100, 500, 1_000), m.Sell(1, 5, 120), m.Buy(2, 8, 120), m.SetPhase(Phase.Auction));
        m.Gives(Command.AdvanceTime(5_000), "done");
        Assert.Equal(Phase.Auction, m.Phase());
    }

    [Theory, MemberData(nameof(Both))]
    public void Fill_or_kill_does_not_look_beyond_the_band_and_does_not_halt(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.SetPriceBand(0, 0, 100, 500, 1_000), m.Sell(1, 5, 105), m.Sell(1, 5, 106));
        m.Gives(m.Buy(2, 8, 110, TimeInForce.FillOrKill), "2#1 accepted 8", "2#1 cancelled 8 NotFillable");
        Assert.Equal(Phase.Continuous, m.Phase());
    }

    [Theory, MemberData(nameof(Both))]
    public void A_price_below_the_band_halts_a_plain_seller_and_a_plain_buyer(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.SetPriceBand(0, 0, 100, 500, 1_000), m.Buy(1, 5, 95), m.Buy(1, 5, 94));
        m.Gives(m.Sell(2, 8, 94), "2#1 accepted 8", "2#1 sells 5 @ 95 with 1#1, left 3 and 0", "halted at 94", "Halted");
        m = new Market(engine);
        m.Given(Command.SetPriceBand(0, 0, 100, 500, 1_000), m.Sell(1, 5, 94));
        m.Gives(m.Buy(2, 5, 94), "2#1 accepted 5", "halted at 94", "Halted");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_triggered_stop_that_meets_the_end_of_the_band_is_cancelled(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.SetPriceBand(0, 0, 100, 500, 1_000), m.Stop(Side.Buy, 3, 5, 100), m.Sell(1, 5, 106), m.Sell(8, 1, 100));
        m.Gives(m.Buy(9, 1, 100),
            "9#1 accepted 1", "9#1 buys 1 @ 100 with 8#1, left 0 and 0", "3#1 triggered at 100: 5", "halted at 106", "Halted",
            "3#1 cancelled 5 TradingHalted");
    }

    [Theory, MemberData(nameof(Both))]
    public void Orders_expire_before_halts_end_and_batches_uncross_at_the_same_time(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.DefineInstrument(0, 1, 0, 0, 1, 1, 1_000, 1, 1_000, true), Command.SetBatchInterval(0, 0, 1_000),
            m.SetPhase(Phase.Auction));
        m.Given(Command.IssueUnits(0, 1, 1, 9), Command.SetPriceBand(0, 1, 100, 500, 1_000), m.Sell(1, 5, 120, instrument: 1));
        m.Given(m.Buy(2, 5, 120, instrument: 1));
        m.Given(m.Sell(1, 5, 100), m.Buy(3, 5, 100));
        m.Given(m.Buy(5, 1, 100, TimeInForce.GoodTillDate) with { Until = 1_000 },
            m.Buy(4, 1, 100, TimeInForce.GoodTillDate, 1) with { Until = 1_000 });
        m.Gives(Command.AdvanceTime(1_000),
            "5#1 expired 1",
            "[1] 4#1 expired 1",
            "[1] uncrossed 5 @ 120",
            "[1] 2#1 buys 5 @ 120 with 1#1, left 0 and 0",
            "[1] Continuous",
            "uncrossed 5 @ 100",
            "3#1 buys 5 @ 100 with 1#2, left 0 and 0",
            "done");
    }

    [Theory, MemberData(nameof(Both))]
    public void What_is_due_at_the_time_of_a_command_happens_before_it(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 5, 100, TimeInForce.GoodTillDate) with { Until = 10 });
        m.Now = 10;
        m.Gives(m.Buy(2, 5, 100), "1#1 expired 5", "2#1 accepted 5");
        m.Gives(m.Sell(1, 5, 101, TimeInForce.GoodTillDate) with { Until = 10 }, "rejected InvalidExpiry");
        m.Gives(m.Sell(1, 5, 101) with { Until = 20 }, "rejected InvalidCommand");
    }

    [Theory, MemberData(nameof(Both))]
    public void The_last_of_all_times_comes_and_what_would_lie_beyond_it_does_not(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.SetPriceBand(0, 0, 100, 500, long.MaxValue), Command.AdvanceTime(5));
        m.Now = 5;
        m.Given(m.Sell(1, 5, 120), m.Buy(2, 5, 120), m.Sell(3, 5, 130, TimeInForce.GoodTillDate) with { Until = long.MaxValue });
        m.Gives(Command.AdvanceTime(long.MaxValue - 1), "done");
        m.Gives(Command.AdvanceTime(long.MaxValue), "3#1 expired 5", "done");
        m.Gives(Command.AdvanceTime(long.MaxValue), "done");
        Assert.Equal(Phase.Halted, m.Phase());
    }

    /// <summary>One by one, so many batches would take longer than anybody waits.</summary>
    [Theory]
    [InlineData(Phase.Continuous)]
    [InlineData(Phase.PreOpen)]
    [InlineData(Phase.Auction)]
    public void Batches_without_a_trade_are_passed_over_at_once_and_the_next_is_on_time(Phase phase)
    {
        var m = new Market("fast");
        const long Long = 1L << 60;
        m.Given(Command.SetBatchInterval(0, 0, 7), m.SetPhase(phase), m.Sell(1, 5, 101), m.Buy(2, 5, 100));
        m.Given(m.Buy(2, 5, 99, TimeInForce.GoodTillDate) with { Until = Long / 2 });
        m.Gives(Command.AdvanceTime(Long), "2#2 expired 5", "done");
        m.Now = Long;
        m.Given(m.SetPhase(Phase.Auction), m.Buy(3, 5, 101));
        var batch = (Long / 7 * 7) + 7;
        Assert.Equal([batch, batch, batch], m.Reports(Command.AdvanceTime(batch)).Select(report => report.Time));
    }

    /// <summary>An expiry gives its right back, and a batch that had nothing to trade has.</summary>
    [Theory, MemberData(nameof(Both))]
    public void A_batch_after_an_expiry_trades_what_the_expired_order_had_reserved(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.DefineProduct(0, 1, 1, 5), Command.DefineInstrument(0, 1, 1, 0, 1, 1, 1_000, 1, 1_000, true), m.SetPhase(Phase.Auction, 1));
        m.Given(Command.SetBatchInterval(0, 1, 100), m.Post(1, 0, 90, 1), m.Buy(2, 5, 100, instrument: 1));
        m.Given(m.Sell(1, 5, 500, TimeInForce.GoodTillDate, 1) with { Supply = Supply.Issue, Until = 250 });
        var reports = m.Reports(Command.AdvanceTime(1_000));
        Assert.Equal([ReportKind.Expired, ReportKind.Uncrossed, ReportKind.Filled, ReportKind.Done], reports.Select(report => report.Kind));
        Assert.Equal([250, 300, 300, 1_000], reports.Select(report => report.Time));
    }

    [Theory, MemberData(nameof(Both))]
    public void A_halt_can_end_at_the_last_of_all_times(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.SetPriceBand(0, 0, 100, 500, long.MaxValue - 5), Command.AdvanceTime(5));
        m.Now = 5;
        m.Given(m.Sell(1, 5, 120), m.Buy(2, 5, 120));
        m.Gives(Command.AdvanceTime(long.MaxValue - 1), "done");
        m.Gives(Command.AdvanceTime(long.MaxValue), "uncrossed 5 @ 120", "2#1 buys 5 @ 120 with 1#1, left 0 and 0", "Continuous", "done");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_batch_can_be_at_the_last_of_all_times(string engine)
    {
        foreach (var interval in (long[])[long.MaxValue, long.MaxValue / 7])
        {
            var m = new Market(engine);
            m.Given(m.SetPhase(Phase.Auction), Command.AdvanceTime(long.MaxValue - 1));
            m.Now = long.MaxValue - 1;
            m.Given(Command.SetBatchInterval(m.Now, 0, interval), m.Sell(1, 5, 100), m.Buy(2, 5, 100));
            m.Gives(Command.AdvanceTime(long.MaxValue), "uncrossed 5 @ 100", "2#1 buys 5 @ 100 with 1#1, left 0 and 0", "done");
            m.Gives(Command.AdvanceTime(long.MaxValue), "done");
        }
    }

    [Theory, MemberData(nameof(Both))]
    public void Time_does_not_run_backwards_and_passes_with_a_refused_command(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.AdvanceTime(10), m.Sell(1, 5, 100, TimeInForce.GoodTillDate) with { Until = 30, Time = 10 });
        m.Gives(Command.AdvanceTime(9), "rejected TimeRunsBackwards");
        m.Gives(Command.Deposit(30, 99, 5), "1#1 expired 5", "rejected UnknownAccount");
        m.Gives(Command.AdvanceTime(29), "rejected TimeRunsBackwards");
    }
}
