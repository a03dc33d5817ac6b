namespace DataExchange.Matching.Tests;

/// <summary>The bounds of the engine, which the naive engine does not have: beyond them an input is refused and nothing is lost.</summary>
public sealed class CapacityTests
{
    private static readonly EngineLimits Small =
        new() { Orders = 16, Instruments = 4, Products = 4, Accounts = 64, Positions = 16, PriceBlocks = 16 };

    private static FastEngine WithSeller()
    {
        var engine = new FastEngine(Small);
        Given(engine, Command.DefineProduct(0, 0, 0), Command.DefineInstrument(0, 0, 0, 0, 1, 1, 100_000, 1, 1_000, true));
        for (var account = 0; account < 40; account++)
        {
            Given(engine, Command.OpenAccount(0, account, account, 0), Command.Deposit(0, account, 10_000_000));
        }

        Given(engine, Command.IssueUnits(0, 1, 0, 1_000));
        return engine;
    }

    [Fact]
    public void An_order_beyond_the_last_free_place_is_refused_and_taken_when_there_is_one_again()
    {
        var engine = WithSeller();
        for (var id = 1; id <= 16; id++)
        {
            Given(engine, Command.Limit(0, 0, 1, id, Side.Sell, 100, 1));
        }

        Assert.Equal(Reason.CapacityReached, Refusal(engine, Command.Limit(0, 0, 1, 17, Side.Sell, 100, 1)));
        Assert.Equal(Reason.DuplicateOrder, Refusal(engine, Command.Limit(0, 0, 1, 17, Side.Sell, 100, 1)));
        Assert.Equal(new(984, 16), engine.UnitsOf(1, 0));
        Given(engine, Command.Cancel(0, 0, 1, 8), Command.Limit(0, 0, 1, 18, Side.Sell, 100, 1));
        Assert.Equal(16, engine.OrdersOf(0, Side.Sell).Count);
        engine.Engine.CheckInvariants();
    }

    [Fact]
    public void Prices_beyond_the_last_free_block_are_refused_until_one_is_free_again()
    {
        var engine = WithSeller();
        var id = 1;
        for (; id <= 15; id++)
        {
            Given(engine, Command.Limit(0, 0, 1, id, Side.Sell, id * 1_000, 1));
        }

        Given(engine, Command.Limit(0, 0, 1, id++, Side.Sell, 90_000, 1));
        Assert.Equal(Reason.CapacityReached, Refusal(engine, Command.Limit(0, 0, 1, id++, Side.Sell, 80_000, 1)));
        Given(engine, Command.Cancel(0, 0, 1, 1));
        Given(engine, Command.Limit(0, 0, 1, id++, Side.Sell, 80_000, 1));
        engine.Engine.CheckInvariants();
        Assert.Equal(16, engine.DepthOf(0, Side.Sell).Count);
    }

    [Fact]
    public void A_replacement_that_finds_no_room_is_refused_and_leaves_the_original()
    {
        var engine = WithSeller();
        for (var id = 1; id <= 15; id++)
        {
            Given(engine, Command.Limit(0, 0, 1, id, Side.Sell, id * 1_000, 1));
        }

        Given(engine, Command.Limit(0, 0, 1, 16, Side.Sell, 16_000, 1));
        Assert.Equal(Reason.CapacityReached, Refusal(engine, Command.Replace(0, 0, 1, 16, 17, 90_000, 1)));
        Assert.Equal(new(1, 16, 16_000, 1, 1), engine.OrdersOf(0, Side.Sell)[^1]);
        engine.Engine.CheckInvariants();
    }

    /// <summary>Each of these takes a place while it trades and must give it back.</summary>
    [Theory]
    [InlineData(SelfTradePrevention.CancelNewest)]
    [InlineData(SelfTradePrevention.CancelOldest)]
    [InlineData(SelfTradePrevention.CancelBoth)]
    [InlineData(SelfTradePrevention.DecrementAndCancel)]
    public void Orders_that_end_at_once_use_up_no_place(SelfTradePrevention policy)
    {
        var engine = WithSeller();
        for (var round = 1; round <= 60; round++)
        {
            Given(engine, Command.Limit(0, 0, 1, (2 * round) - 1, Side.Sell, 100, 2));
            Given(engine, Command.Limit(0, 0, 1, 2 * round, Side.Buy, 100, 2, TimeInForce.ImmediateOrCancel) with { SelfTrade = policy });
            engine.Apply(Command.CancelAll(0, 1, 0));
            Given(engine, Command.Limit(0, 0, 2, round, Side.Buy, 100, 2, TimeInForce.FillOrKill));
        }

        Assert.Equal(0, engine.Engine.OrdersResting);
        engine.Engine.CheckInvariants();
    }

    /// <summary>Orders that are filled or stopped on the way, one kind each round.</summary>
    [Fact]
    public void Orders_that_are_filled_use_up_no_place()
    {
        var engine = WithSeller();
        Given(engine, Command.IssueUnits(0, 3, 0, 1_000));
        for (var round = 1; round <= 60; round++)
        {
            var id = round * 10;
            Given(engine, Command.Limit(0, 0, 1, id, Side.Sell, 100, 10) with { Display = 2 });
            Given(engine, Command.Limit(0, 0, 2, id, Side.Buy, 100, 3, TimeInForce.FillOrKill), Command.Limit(0, 0, 2, id + 1, Side.Buy, 100, 1) with { Flag = 0 });
            Given(engine, Command.Limit(0, 0, 2, id + 2, Side.Buy, 0, 1, TimeInForce.ImmediateOrCancel) with { Order = OrderKind.Market });
            Given(engine, Command.Limit(0, 0, 2, id + 3, Side.Buy, 0, 0, TimeInForce.ImmediateOrCancel) with { Order = OrderKind.Budget, Amount = 150 });
            Given(engine, Command.Limit(0, 0, 2, id + 4, Side.Buy, 0, 1) with { Order = OrderKind.Stop, StopPrice = 100 });
            Given(engine, Command.Limit(0, 0, 2, id + 5, Side.Buy, 100, 20, TimeInForce.FillOrKill), Command.Limit(0, 0, 2, id + 6, Side.Buy, 100, 3));
            Assert.Empty(engine.OrdersOf(0, Side.Sell));
        }

        Assert.Equal(0, engine.Engine.OrdersResting);
        engine.Engine.CheckInvariants();
    }

    /// <summary>As many timers as there can be, of each kind, and all of them run out.</summary>
    [Fact]
    public void Every_order_may_have_a_date_and_every_instrument_a_batch_and_a_halt()
    {
        var engine = WithSeller();
        for (var number = 1; number < Small.Instruments; number++)
        {
            Given(engine, Command.DefineInstrument(0, number, 0, 0, 1, 1, 100, 1, 10, true), Command.IssueUnits(0, 1, number, 10));
        }

        for (var number = 0; number < Small.Instruments; number++)
        {
            Given(engine, Command.SetBatchInterval(0, number, 100 + number), Command.SetPriceBand(0, number, 10, 100, 50));
            Given(engine, Command.Limit(0, number, 1, number + 1, Side.Sell, 50, 1), Command.Limit(0, number, 2, number + 1, Side.Buy, 50, 1));
            Assert.Equal(Phase.Halted, engine.PhaseOf(number));
        }

        engine.Apply(Command.CancelAll(0, 1));
        engine.Apply(Command.CancelAll(0, 2));
        for (var id = 11; id <= 26; id++)
        {
            Given(engine, Command.Limit(0, 0, 1, id, Side.Sell, 60, 1, TimeInForce.GoodTillDate) with { Until = 1 + (id * 7 % 16) });
        }

        Assert.Equal(16, engine.Engine.OrdersResting);
        Assert.Equal(
            [.. Enumerable.Range(1, 16).Select(time => (ReportKind.Expired, (long)time)), .. Enumerable.Repeat((ReportKind.PhaseChanged, 50L), 4), (ReportKind.Done, 1_000L)],
            engine.Apply(Command.AdvanceTime(1_000)).Select(report => (report.Kind, report.Time)));
    }

    /// <summary>More than the smallest tables hold: they must grow with the bounds.</summary>
    [Fact]
    public void As_many_orders_and_positions_as_there_may_be_are_found()
    {
        var engine = new FastEngine(Small with { Orders = 600, Positions = 600, Accounts = 600 });
        Given(engine, Command.DefineProduct(0, 0, 0), Command.DefineInstrument(0, 0, 0, 0, 1, 1, 100_000, 1, 1_000, true));
        for (var account = 0; account < 600; account++)
        {
            Given(engine, Command.OpenAccount(0, account, account, 0), Command.IssueUnits(0, account, 0, 2), Command.Limit(0, 0, account, 1, Side.Sell, 100, 1));
        }

        Assert.Equal(Reason.CapacityReached, Refusal(engine, Command.Limit(0, 0, 1, 2, Side.Sell, 100, 1)));
        engine.Engine.CheckInvariants();
        for (var account = 599; account >= 0; account--)
        {
            Assert.Equal(new(1, 1), engine.UnitsOf(account, 0));
            Given(engine, Command.Cancel(0, 0, account, 1));
        }

        Assert.Equal(0, engine.Engine.OrdersResting);
    }

    [Fact]
    public void Prices_come_and_go_without_using_up_the_blocks()
    {
        var engine = WithSeller();
        for (var id = 1; id < 2_000; id++)
        {
            Given(engine, Command.Limit(0, 0, 1, id, Side.Sell, 1 + (id * 977 % 100_000), 1), Command.Cancel(0, 0, 1, id));
        }

        engine.Engine.CheckInvariants();
    }

    [Fact]
    public void A_buyer_without_a_position_is_refused_when_none_is_left()
    {
        var engine = WithSeller();
        var account = 2;
        while (Refusal(engine, Command.IssueUnits(0, account, 0, 1)) is var reason && reason != Reason.CapacityReached)
        {
            Assert.Equal(Reason.None, reason);
            account++;
        }

        Assert.Equal(Small.Positions + 1, account);
        Assert.Equal(Reason.CapacityReached, Refusal(engine, Command.Limit(0, 0, account, 1, Side.Buy, 100, 1)));
        Given(engine, Command.Limit(0, 0, 2, 1, Side.Buy, 100, 1));
        engine.Engine.CheckInvariants();
    }

    private static void Given(FastEngine engine, params ReadOnlySpan<Command> commands)
    {
        foreach (var command in commands)
        {
            Assert.Equal(Reason.None, Refusal(engine, command));
        }
    }

    private static Reason Refusal(FastEngine engine, in Command command) =>
        engine.Apply(command).FirstOrDefault(report => report.Kind == ReportKind.Rejected).Reason;
}
