using DataExchange.Matching.Sharding;

namespace DataExchange.Matching.Flow.Tests;

public sealed class ShardTests
{
    private static readonly EngineLimits Limits = new() { Orders = 64, Instruments = 8, Products = 8, Accounts = 8, Positions = 64, PriceBlocks = 64 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void State_and_reports_of_each_instrument_do_not_depend_on_the_number_of_shards(int shards)
    {
        var single = new MatchingEngine<Recorder>(Flows.Small.Limits, new Recorder());
        using var sharded = new ShardedEngine<Recorder>(shards, Flows.Small.Limits, _ => new Recorder(), ring: 256);
        foreach (var command in Flows.Small.Setup.Concat(Flows.Small.Operations.ToArray()))
        {
            single.Apply(in command);
            Assert.Equal(Reason.None, sharded.Submit(in command));
        }

        Assert.Equal(single.StateHash(), sharded.StateHash());
        Assert.Equal(single.OrdersResting, sharded.OrdersResting);
        var expected = ByInstrument(single.Handler.Reports);
        var reported = ByInstrument(Enumerable.Range(0, shards).SelectMany(shard => sharded.HandlerOf(shard).Reports));
        Assert.Equal(expected.Count, reported.Count);
        Assert.All(expected, of => Assert.Equal(of.Value, reported[of.Key]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_would_join_two_pools_is_refused(int shards)
    {
        using var engine = Two(shards);
        Assert.Equal(Reason.WrongPool, engine.Submit(Command.DefineInstrument(0, 2, 0, pool: 1, 1, 1, 100, 1, 100, true)));
        Assert.Equal(Reason.WrongPool, engine.Submit(Command.DefineInstrument(0, 0, 1, pool: 1, 1, 1, 100, 1, 100, true)));
        Assert.Equal(Reason.WrongPool, engine.Submit(Command.OpenAccount(0, 0, 0, pool: 1)));
        Assert.Equal(Reason.WrongPool, engine.Submit(Command.Limit(0, 0, 1, 1, Side.Buy, 10, 1)));
        Assert.Equal(Reason.WrongPool, engine.Submit(Command.IssueUnits(0, 0, 1, 5)));

        // The instrument that was refused for its product's pool has settled nothing.
        Assert.Equal(Reason.None, engine.Submit(Command.DefineInstrument(0, 2, 1, pool: 1, 1, 1, 100, 1, 100, true)));
        Assert.Single(Reports(engine), report => report is { Kind: ReportKind.Done, Instrument: 2, Account: 1 });
        Assert.Equal(Reason.WrongPool, engine.Submit(Command.DefineInstrument(0, 3, 0, pool: 1, 1, 1, 100, 1, 100, true)));
        Assert.Equal(Reason.None, engine.Submit(Command.DefineInstrument(0, 3, 0, pool: 0, 1, 1, 100, 1, 100, true)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Time_is_that_of_all_shards(int shards)
    {
        using var engine = Two(shards);
        engine.Submit(Command.Limit(10, 0, 0, 1, Side.Buy, 10, 1, TimeInForce.GoodTillDate) with { Until = 20 });
        engine.Submit(Command.Deposit(30, 1, 5));
        engine.Submit(Command.Limit(29, 0, 0, 2, Side.Buy, 10, 1));
        engine.Settle();
        Assert.Equal(
            [(ReportKind.Accepted, 10L, Reason.None), (ReportKind.Expired, 20, Reason.None), (ReportKind.Rejected, 29, Reason.TimeRunsBackwards)],
            Reports(engine).Where(report => report.Kind != ReportKind.Done).Select(report => (report.Kind, report.Time, report.Reason)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_unknown_number_is_refused_by_an_engine(int shards)
    {
        using var engine = Two(shards);
        engine.Submit(Command.Limit(0, 7, 0, 1, Side.Buy, 10, 1));
        engine.Submit(Command.Limit(0, 1, 7, 1, Side.Buy, 10, 1));
        engine.Submit(Command.DefineProduct(0, 99, 0));
        engine.Submit(Command.OpenAccount(0, 99, 0, 3));
        engine.Submit(Command.OpenAccount(0, 4, 0, -3));
        engine.Submit(new Command { Kind = (CommandKind)200, Instrument = 1, Account = 1 });
        var reasons = Reports(engine).Where(report => report.Kind == ReportKind.Rejected).Select(report => report.Reason).Order();
        Assert.Equal(
            new[] { Reason.UnknownInstrument, Reason.UnknownAccount, Reason.CapacityReached, Reason.CapacityReached, Reason.InvalidAmount, Reason.InvalidCommand }.Order(),
            reasons);
    }

    /// <summary>The first number beyond the bounds, and the last within.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_first_number_beyond_the_bounds_is_refused_by_an_engine(int shards)
    {
        using var engine = Two(shards);
        Assert.Equal(Reason.None, engine.Submit(Command.DefineProduct(0, 8, 0)));
        Assert.Equal(Reason.None, engine.Submit(Command.DefineInstrument(0, 8, 0, 0, 1, 1, 100, 1, 100, true)));
        Assert.Equal(Reason.None, engine.Submit(Command.DefineInstrument(0, 3, 8, 0, 1, 1, 100, 1, 100, true)));
        Assert.Equal(Reason.None, engine.Submit(Command.OpenAccount(0, 8, 0, 1)));
        Assert.Equal(Reason.None, engine.Submit(Command.Deposit(0, 8, 1)));
        Assert.Equal(Reason.None, engine.Submit(Command.Limit(0, 8, 8, 1, Side.Buy, 10, 1)));
        Assert.Equal(
            new[] { Reason.CapacityReached, Reason.CapacityReached, Reason.UnknownProduct, Reason.CapacityReached, Reason.UnknownAccount, Reason.UnknownInstrument }.Order(),
            Reports(engine).Where(report => report.Kind == ReportKind.Rejected).Select(report => report.Reason).Order());
        Assert.Equal(Reason.None, engine.Submit(Command.DefineProduct(0, 7, 0)));
        Assert.Equal(Reason.None, engine.Submit(Command.DefineInstrument(0, 7, 7, int.MaxValue, 1, 1, 100, 1, 100, true)));
        Assert.Equal(Reason.None, engine.Submit(Command.OpenAccount(0, 7, 0, int.MaxValue)));
        Assert.Equal(Reason.WrongPool, engine.Submit(Command.OpenAccount(0, 7, 0, 5)));
        Assert.Equal(6, Reports(engine).Count(report => report.Kind == ReportKind.Rejected));
    }

    [Theory]
    [InlineData(0, 256)]
    [InlineData(65, 256)]
    [InlineData(1, 128)]
    [InlineData(1, 300)]
    [InlineData(1, 1 << 21)]
    public void Shards_and_rings_have_bounds(int shards, int ring) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShardedEngine<Recorder>(shards, Limits, _ => new Recorder(), ring));

    [Fact]
    public void Shards_need_bounds_and_handlers()
    {
        Assert.Throws<ArgumentNullException>(() => new ShardedEngine<Recorder>(1, null!, _ => new Recorder()));
        Assert.Throws<ArgumentNullException>(() => new ShardedEngine<Recorder>(1, Limits, null!));
        using var largest = new ShardedEngine<Recorder>(64, Limits with { Orders = 16 }, _ => new Recorder(), ring: 256);
        Assert.Equal(64, largest.Shards);
        using var longest = new ShardedEngine<Recorder>(1, Limits, _ => new Recorder(), ring: 1 << 20);
        Assert.Equal(0, longest.OrdersResting);
    }

    /// <summary>What is submitted is seen after Flush; without, after so many commands of a shard.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(200, false)]
    public void A_shard_sees_commands_when_they_are_flushed_or_many(int commands, bool flushes)
    {
        var seen = new Counted();
        using var engine = new ShardedEngine<Counted>(1, Limits, _ => seen);
        for (var number = 0; number < commands; number++)
        {
            engine.Submit(Command.AdvanceTime(number));
        }

        if (flushes)
        {
            engine.Flush();
        }

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref seen.Reports[0]) >= (flushes ? commands : 64), TimeSpan.FromSeconds(20)));
        Thread.Sleep(30);
        Assert.Equal(flushes ? commands : commands / 64 * 64, Volatile.Read(ref seen.Reports[0]));

        // The shard is asleep by now: it must wake up.
        engine.Submit(Command.AdvanceTime(1_000));
        engine.Drain();
        Assert.Equal(commands + 1, seen.Reports[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_phase_of_all_instruments_is_that_of_every_shard(int shards)
    {
        using var engine = Two(shards);
        engine.Submit(Command.SetPhase(1, Command.All, Phase.Closed));
        engine.Submit(Command.SetPhase(2, 1, Phase.PreOpen));
        Assert.Equal(
            [(0, Phase.Closed), (1, Phase.Closed), (1, Phase.PreOpen)],
            Reports(engine).Where(report => report.Kind == ReportKind.PhaseChanged).Select(report => (report.Instrument, report.Phase)).Order());
    }

    /// <summary>A shard that got no command since must still do what was due, or its state would be of an earlier time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void The_state_is_that_of_the_last_command_in_every_shard(int shards)
    {
        using var engine = Two(shards);
        engine.Submit(Command.Limit(10, 0, 0, 1, Side.Buy, 10, 1, TimeInForce.GoodTillDate) with { Until = 20 });
        engine.Submit(Command.Limit(10, 1, 1, 1, Side.Buy, 10, 1));
        Assert.Equal(2, engine.OrdersResting);
        var before = engine.StateHash();
        engine.Submit(Command.Deposit(30, 1, 5));
        var after = engine.StateHash();
        Assert.NotEqual(before, after);
        Assert.Equal(1, engine.OrdersResting);
        engine.Prefault();
        Assert.Equal(after, engine.StateHash());
    }

    /// <summary>The pools of instruments and accounts do not mix, whichever number they have.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_command_goes_to_the_pool_of_what_it_names(int shards)
    {
        using var engine = Two(shards);
        engine.Submit(Command.SetBatchInterval(0, 1, 50));
        engine.Submit(Command.SetPriceBand(0, 1, 10, 100, 10));
        engine.Submit(Command.SetTickBand(0, 1, 10, 5));
        engine.Submit(Command.IssueUnits(0, 1, 1, 5));
        engine.Submit(Command.Withdraw(0, 1, 10_000));
        engine.Submit(Command.CancelAll(0, 1, 1));
        engine.Submit(Command.DefineProduct(0, 1, 0));
        var answers = Reports(engine).Where(report => report.Instrument == 1 || report.Account == 1).ToList();
        Assert.Equal(Reason.AlreadyDefined, Assert.Single(answers, report => report.Kind == ReportKind.Rejected).Reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_account_without_an_instrument_and_a_product_a_second_time_go_to_their_pool(int shards)
    {
        using var engine = Two(shards);
        engine.Submit(Command.Limit(0, 1, 1, 1, Side.Buy, 10, 1));
        engine.Submit(Command.CancelAll(0, 1));
        engine.Submit(Command.DefineProduct(0, 0, 0));
        engine.Submit(Command.DefineProduct(0, 1, 0));
        Assert.Equal(
            [(ReportKind.Rejected, Reason.AlreadyDefined), (ReportKind.Rejected, Reason.AlreadyDefined), (ReportKind.Cancelled, Reason.Requested)],
            Reports(engine).Where(report => report.Kind is ReportKind.Rejected or ReportKind.Cancelled).Select(report => (report.Kind, report.Reason)).Order());
    }

    /// <summary>A look at a handler waits for what was submitted; a single shard is not told the time, which it has.</summary>
    [Fact]
    public void All_that_was_submitted_is_carried_out_before_a_handler_is_looked_at_and_nothing_else()
    {
        using var engine = new ShardedEngine<Counted>(1, Limits, _ => new Counted(), ring: 256);
        for (var number = 1; number <= 5_000; number++)
        {
            engine.Submit(Command.AdvanceTime(number));
            if (number % 500 == 0)
            {
                Assert.Equal(number, engine.HandlerOf(0).Reports[0]);
            }
        }

        engine.Settle();
        Assert.Equal(5_000, engine.HandlerOf(0).Reports[0]);
    }

    [Fact]
    public void A_disposed_engine_carries_nothing_out()
    {
        var seen = new Counted();
        var engine = new ShardedEngine<Counted>(1, Limits, _ => seen);
        engine.Dispose();
        engine.Submit(Command.AdvanceTime(1));
        engine.Flush();
        Thread.Sleep(50);
        Assert.Equal(0, seen.Reports[0]);
    }

    [Fact]
    public void An_engine_that_sleeps_is_disposed_of()
    {
        var engine = Two(3);
        Thread.Sleep(100);
        var disposing = new Thread(engine.Dispose) { IsBackground = true };
        disposing.Start();
        Assert.True(disposing.Join(TimeSpan.FromSeconds(20)), "a thread sleeps on");
    }

    [Fact]
    public void A_handler_that_fails_is_heard_of()
    {
        using var engine = new ShardedEngine<Failing>(2, Limits, _ => new Failing());
        Assert.Equal("The matching shard 1 has stopped: no more", Assert.Throws<InvalidOperationException>(() =>
        {
            engine.Submit(Command.OpenAccount(0, 0, 0, 1));
            engine.Drain();
        }).Message);
    }

    [Fact]
    public void A_sharded_run_measures_like_a_single_one()
    {
        var single = FlowRun.Pass(Flows.Small, new FlowRunOptions());
        var sharded = FlowRun.Execute(Flows.Small, new FlowRunOptions { Shards = 3, Rate = 1e7 });
        Assert.Equal((single.StateHash, single.Totals, single.RestingOrders), (sharded.StateHash, sharded.Totals, sharded.RestingOrders));
        Assert.Equal(60_000, sharded.Latency.Count);
    }

    // Product 0 with instrument 0 in pool 0, product 1 with instrument 1 in pool 1, an account with money in each.
    private static ShardedEngine<Recorder> Two(int shards)
    {
        var engine = new ShardedEngine<Recorder>(shards, Limits, _ => new Recorder());
        for (var pool = 0; pool < 2; pool++)
        {
            Assert.Equal(Reason.None, engine.Submit(Command.DefineProduct(0, pool, 0)));
            Assert.Equal(Reason.None, engine.Submit(Command.DefineInstrument(0, pool, pool, pool, 1, 1, 100, 1, 100, true)));
            Assert.Equal(Reason.None, engine.Submit(Command.OpenAccount(0, pool, pool, pool)));
            Assert.Equal(Reason.None, engine.Submit(Command.Deposit(0, pool, 10_000)));
        }

        return engine;
    }

    private static List<ExecutionReport> Reports(ShardedEngine<Recorder> engine)
    {
        engine.Drain();
        return [.. Enumerable.Range(0, engine.Shards).SelectMany(shard => engine.HandlerOf(shard).Reports)];
    }

    private static Dictionary<int, List<ExecutionReport>> ByInstrument(IEnumerable<ExecutionReport> reports) =>
        reports.Where(report => report.Sequence > 0).GroupBy(report => report.Instrument).ToDictionary(of => of.Key, of => of.ToList());

    private readonly struct Counted() : IReportHandler
    {
        public int[] Reports { get; } = new int[1];

        public void OnReport(in ExecutionReport report) => Volatile.Write(ref Reports[0], Reports[0] + 1);
    }

    internal readonly struct Failing : IReportHandler
    {
        public void OnReport(in ExecutionReport report) => throw new InvalidDataException("no more");
    }
}
