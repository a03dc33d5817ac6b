namespace DataExchange.Matching.Tests.Snapshots;

/// <summary>Engines whose every number is the largest or the smallest that a command may set: what they save must be restored.</summary>
public sealed class ExtremeStateTests
{
    private const int Most = 1 << 30;
    private const long MostFen = 1L << 62;

    private static readonly EngineLimits Limits = new() { Orders = 16, Instruments = 3, Products = 2, Accounts = 3, Positions = 16, PriceBlocks = 16 };

    public static TheoryData<string> Names => [.. States().Keys];

    [Theory, MemberData(nameof(Names))]
    public void It_is_restored_as_it_was(string name)
    {
        var engine = new FastEngine(Limits);
        foreach (var command in States()[name])
        {
            Assert.DoesNotContain(engine.Apply(command), report => report.Kind == ReportKind.Rejected);
        }

        engine.Engine.CheckInvariants();
        var snapshot = engine.Engine.Save();
        var restored = Snapshots.States.Restore(snapshot);
        Assert.Equal(snapshot, restored.Save());
        Assert.Equal(engine.Engine.StateHash(), restored.StateHash());

        // It goes on in the same way too: what is not saved follows from what is. First what is due, then by hand.
        var waited = Snapshots.States.Restore(snapshot);
        var time = engine.Engine.Time + 1_000;
        waited.Apply(Command.AdvanceTime(time));
        var again = new FastEngine(Limits);
        States()[name].ToList().ForEach(command => again.Apply(command));
        Assert.Equal(again.Apply(Command.AdvanceTime(time)), waited.Handler.Reports);
        foreach (var command in (Command[])
        [
            Command.AdvanceTime(engine.Engine.Time), Command.SetPhase(engine.Engine.Time, Command.All, Phase.Auction), Command.CancelAll(engine.Engine.Time, 1, Command.All),
            Command.AdvanceTime(long.MaxValue),
        ])
        {
            restored.Handler.Clear();
            restored.Apply(command);
            Assert.Equal(engine.Apply(command), restored.Handler.Reports);
        }
    }

    /// <summary>Which instruments are of a product is not saved as such.</summary>
    [Fact]
    public void An_exclusive_licence_after_a_restore_ends_the_offers_of_all_instruments_of_the_product()
    {
        var engine = new FastEngine(Limits);
        foreach (var command in (Command[])
        [
            Command.DefineProduct(0, 0, 1), .. from number in (int[])[2, 0, 1] select Command.DefineInstrument(0, number, 0, 0, 1, 1, 9, 1, 10, true),
            Command.OpenAccount(0, 1, 1, 0), Command.OpenAccount(0, 2, 2, 0), Command.Deposit(0, 2, 100),
            Command.Limit(0, 1, 1, 1, Side.Sell, 9, 1) with { Order = OrderKind.Exclusive, Supply = Supply.Issue },
            Command.Limit(0, 2, 1, 2, Side.Sell, 9, 0) with { Order = OrderKind.Posted, Supply = Supply.Issue },
            Command.Limit(0, 0, 1, 3, Side.Sell, 9, 5) with { Supply = Supply.Issue },
        ])
        {
            Assert.DoesNotContain(engine.Apply(command), report => report.Kind == ReportKind.Rejected);
        }

        var restored = Snapshots.States.Restore(engine.Engine.Save());
        var buys = Command.Limit(0, 1, 2, 1, Side.Buy, 9, 1);
        restored.Apply(buys);
        Assert.Equal(engine.Apply(buys), restored.Handler.Reports);
        Assert.Equal([0, 2], restored.Handler.Reports.Where(report => report.Kind == ReportKind.Cancelled).Select(report => report.Instrument));
        Assert.Equal(engine.Engine.Save(), restored.Save());
    }

    /// <summary>A bid and an ask at one price are no state of continuous trading either.</summary>
    [Fact]
    public void A_book_that_just_crosses_is_none_of_continuous_trading()
    {
        var engine = new FastEngine(Limits);
        States()["a batch"].ToList().ForEach(command => engine.Apply(command));
        var map = new SnapshotMap(engine.Engine.Save());
        var phase = map.Names.ToList().IndexOf("a phase");
        Assert.Contains("uncrossed in continuous trading", Snapshots.States.Refusal(map.With((phase, (long)Phase.Continuous))), StringComparison.Ordinal);
        Assert.Null(Snapshots.States.Refusal(map.With((phase, (long)Phase.Halted))));
    }

    /// <summary>Orders of two prices on each of the four sides, each alone.</summary>
    [Fact]
    public void Every_order_counts_in_the_state_hash()
    {
        var engine = new FastEngine(Limits);
        var id = 0;
        foreach (var command in (Command[])
        [
            Command.DefineProduct(0, 0, 1), Command.DefineInstrument(0, 0, 0, 0, 1, 1, 90, 1, 10, true), Command.OpenAccount(0, 1, 1, 0), Command.Deposit(0, 1, 10_000),
            Command.IssueUnits(0, 1, 0, 100),
            .. from price in (int[])[10, 11] select Command.Limit(0, 0, 1, ++id, Side.Buy, price, 1),
            .. from price in (int[])[20, 21] select Command.Limit(0, 0, 1, ++id, Side.Sell, price, 1),
            .. from price in (int[])[30, 31] select Command.Limit(0, 0, 1, ++id, Side.Buy, 0, 1) with { Order = OrderKind.Stop, StopPrice = price },
            .. from price in (int[])[5, 6] select Command.Limit(0, 0, 1, ++id, Side.Sell, 0, 1) with { Order = OrderKind.Stop, StopPrice = price },
        ])
        {
            Assert.DoesNotContain(engine.Apply(command), report => report.Kind == ReportKind.Rejected);
        }

        var map = new SnapshotMap(engine.Engine.Save());
        Assert.Equal(8, map.Orders.Count);
        var hashes = map.Orders.Select(order => Snapshots.States.Restore(map.With((order.At + SnapshotMap.OfOrder("a self-trade policy"), 1))).StateHash());
        Assert.Equal(9, hashes.Append(engine.Engine.StateHash()).Distinct().Count());
    }

    private static Dictionary<string, Command[]> States() => new()
    {
        ["numbers"] =
        [
            Command.DefineProduct(0, 1, int.MaxValue, long.MaxValue, 255), Command.DefineProduct(0, 0, int.MinValue, 1),
            Command.DefineInstrument(0, 2, 1, int.MaxValue, 4, Most, Most, Most, Most, true),
            Command.DefineInstrument(0, 0, 0, 0, 1, 1, 1, 1, 1, false) with { Amount = MostFen },
            Command.DefineInstrument(0, 1, 1, int.MaxValue, 1, 1, Most, 1, Most, true),
            Command.SetPriceBand(0, 0, 1, 9_999, 1),             Command.OpenAccount(0, 2, int.MaxValue, int.MaxValue, 255), Command.OpenAccount(0, 0, 0, 0), Command.Deposit(0, 2, MostFen), Command.Deposit(0, 0, 1),
        ],
        ["timers"] =
        [
            Command.DefineProduct(0, 0, 0), Command.DefineInstrument(0, 0, 0, 0, 1, 1, Most, 1, 10, true), Command.DefineInstrument(0, 1, 0, 0, 1, 1, Most, 1, 10, true),
            Command.OpenAccount(0, 1, 1, 0), Command.OpenAccount(0, 2, 2, 0), Command.Deposit(0, 1, 10_000), Command.IssueUnits(0, 2, 0, 100),
            Command.SetBatchInterval(0, 0, long.MaxValue), Command.SetBatchInterval(0, 1, 1), Command.SetPriceBand(0, 1, int.MaxValue, 9_999, long.MaxValue),
            Command.SetPriceBand(0, 0, 10, 1, 1),
            Command.Limit(0, 0, 2, 1, Side.Sell, 20, 1), Command.Limit(0, 0, 1, 1, Side.Buy, 20, 1),
            Command.Limit(0, 0, 2, 2, Side.Sell, 30, 1, TimeInForce.GoodTillDate) with { Until = long.MaxValue },
            Command.Limit(0, 0, 2, 3, Side.Sell, 30, 1, TimeInForce.GoodTillDate) with { Until = 1 },
        ],
        ["a halt"] =
        [
            Command.DefineProduct(0, 0, 0), Command.DefineInstrument(0, 0, 0, 0, 1, 1, Most, 1, 10, true), Command.OpenAccount(0, 1, 1, 0), Command.OpenAccount(0, 2, 2, 0),
            Command.Deposit(0, 1, 10_000), Command.IssueUnits(0, 2, 0, 100), Command.SetPriceBand(0, 0, 10, 1, 100),
            Command.Limit(0, 0, 2, 1, Side.Sell, 20, 1), Command.Limit(0, 0, 1, 1, Side.Buy, 20, 1),
        ],
        ["a batch"] =
        [
            Command.DefineProduct(0, 0, 0), Command.DefineInstrument(0, 0, 0, 0, 1, 1, Most, 1, 10, true), Command.OpenAccount(0, 1, 1, 0), Command.OpenAccount(0, 2, 2, 0),
            Command.Deposit(0, 1, 10_000), Command.IssueUnits(0, 2, 0, 100), Command.SetPhase(0, 0, Phase.Auction), Command.SetBatchInterval(0, 0, 10),
            Command.Limit(0, 0, 2, 1, Side.Sell, 20, 1), Command.Limit(0, 0, 1, 1, Side.Buy, 20, 1),
        ],
        ["ticks"] =
        [
            Command.DefineProduct(0, 0, 0), Command.DefineInstrument(0, 0, 0, 0, 1, 1, Most, 1, 10, true),
            .. from band in Enumerable.Range(1, 7) select Command.SetTickBand(0, 0, band, band == 1 ? 1 : band),
            Command.SetTickBand(0, 0, int.MaxValue, int.MaxValue),
        ],
        ["orders"] =
        [
            Command.DefineProduct(0, 0, 1, 5 * 8), Command.DefineInstrument(0, 0, 0, 0, 1, 3, 9, 5, 10, true), Command.DefineInstrument(0, 1, 0, 0, 1, 3, 9, 5, 10, true),
            Command.OpenAccount(0, 1, 1, 0), Command.Deposit(0, 1, 10_000), Command.IssueUnits(0, 1, 0, 20),
            Command.Limit(0, 0, 1, 1, Side.Buy, 3, 10), Command.Limit(0, 0, 1, 2, Side.Buy, 3, 5), Command.Limit(0, 0, 1, 3, Side.Sell, 9, 10) with { Display = 5 },
            Command.Limit(0, 0, 1, 4, Side.Sell, 9, 10) with { Display = 10 },
            Command.Limit(0, 0, 1, 5, Side.Buy, 9, 10) with { Order = OrderKind.StopLimit, StopPrice = 9 },
            Command.Limit(0, 0, 1, 6, Side.Buy, 3, 10) with { Order = OrderKind.StopLimit, StopPrice = 3 },
            Command.Limit(0, 0, 1, 7, Side.Buy, 0, 5) with { Order = OrderKind.Stop, StopPrice = 9 },
            Command.Limit(0, 0, 1, 8, Side.Buy, 0, 5) with { Order = OrderKind.Stop, StopPrice = 3 },
            Command.Limit(0, 1, 1, 9, Side.Sell, 9, 0) with { Order = OrderKind.Posted, Supply = Supply.Issue },
            Command.Limit(0, 1, 1, 10, Side.Sell, 9, 10) with { Order = OrderKind.Posted, Supply = Supply.Issue },
            Command.Limit(0, 1, 1, 11, Side.Sell, 9, 10) with { Supply = Supply.Issue },
            Command.Limit(0, 1, 1, 12, Side.Sell, 9, 10) with { Supply = Supply.Issue, Flag = 1, SelfTrade = SelfTradePrevention.DecrementAndCancel },
            Command.Limit(0, 0, 1, long.MaxValue, Side.Buy, 4, 5) with { Flag = 1 },
        ],
        ["an exclusive licence"] =
        [
            Command.DefineProduct(0, 0, 1, 5), Command.DefineInstrument(0, 0, 0, 0, 1, 3, 9, 5, 10, true),
            Command.OpenAccount(0, 1, 1, 0), Command.OpenAccount(0, 2, 2, 0), Command.Deposit(0, 2, 45),
            Command.Limit(0, 0, 1, 1, Side.Sell, 9, 5) with { Order = OrderKind.Exclusive, Supply = Supply.Issue }, Command.Limit(0, 0, 2, 1, Side.Buy, 9, 5),
        ],
        ["an exclusive offer"] =
        [
            Command.DefineProduct(0, 0, 1, 5), Command.DefineInstrument(0, 0, 0, 0, 1, 3, 9, 5, 10, true), Command.OpenAccount(0, 1, 1, 0),
            Command.Limit(0, 0, 1, 1, Side.Sell, 9, 5) with { Order = OrderKind.Exclusive, Supply = Supply.Issue },
        ],
    };
}
