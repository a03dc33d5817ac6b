using DataExchange.Matching.Tests.Naive;

namespace DataExchange.Matching.Tests;

/// <summary>Many dates, mostly the same ones, on places that are used again: what is due comes by its time and then in the order of acceptance.</summary>
public sealed class ExpiryTests
{
    private static readonly EngineLimits Limits = new() { Orders = 64, Instruments = 8, Products = 1, Accounts = 2, Positions = 16, PriceBlocks = 64 };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [Theory, MemberData(nameof(Seeds))]
    public void Orders_expire_by_time_and_then_in_the_order_of_acceptance(int seed)
    {
        var random = new Random(seed);
        var (naive, fast) = (new NaiveEngine(Limits), new FastEngine(Limits));
        var id = 0;
        Open();
        for (var time = 1; time < 120; time++)
        {
            for (var orders = random.Next(6); orders > 0; orders--)
            {
                var until = time + (random.Next(3) * 10) + 1;
                var order = Command.Limit(time, random.Next(8), 1, ++id, Side.Sell, random.Next(1, 9), 2, TimeInForce.GoodTillDate) with { Until = until };
                Same(fast.Engine.OrdersResting < 50 ? order : Command.Cancel(time, order.Instrument, 1, random.Next(1, id)));
            }

            if (random.Next(3) == 0)
            {
                Same(Command.Replace(time, random.Next(8), 1, random.Next(1, id + 1), ++id, random.Next(1, 9), random.Next(1, 3)));
            }

            if (random.Next(3) == 0)
            {
                Same(Command.Cancel(time, random.Next(8), 1, random.Next(1, id + 1)));
            }
        }

        Same(Command.AdvanceTime(1_000));
        Assert.Equal(0, fast.Engine.OrdersResting);

        void Open()
        {
            Same(Command.DefineProduct(0, 0, 0));
            Same(Command.OpenAccount(0, 1, 1, 0));
            for (var number = 0; number < 8; number++)
            {
                Same(Command.DefineInstrument(0, number, 0, 0, 1, 1, 10, 1, 10, true));
                Same(Command.IssueUnits(0, 1, number, 1_000));
            }
        }

        void Same(in Command command) => Assert.Equal(naive.Apply(command), fast.Apply(command));
    }

    /// <summary>What is taken out anywhere among the dates must leave the others in their order.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Orders_expire_in_order_whichever_others_were_cancelled_before(int seed)
    {
        var random = new Random(seed);
        var engine = new FastEngine(Limits);
        foreach (var command in (Command[])
        [
            Command.DefineProduct(0, 0, 0), Command.DefineInstrument(0, 0, 0, 0, 1, 1, 10, 1, 10, true), Command.OpenAccount(0, 1, 1, 0), Command.IssueUnits(0, 1, 0, 100),
        ])
        {
            engine.Apply(command);
        }

        var dates = Enumerable.Range(0, 60).Select(_ => random.Next(1, 1_000)).ToArray();
        for (var id = 1; id <= dates.Length; id++)
        {
            engine.Apply(Command.Limit(0, 0, 1, id, Side.Sell, 5, 1, TimeInForce.GoodTillDate) with { Until = dates[id - 1] });
        }

        var cancelled = Enumerable.Range(1, dates.Length).OrderBy(_ => random.Next()).Take(seed * 4).ToHashSet();
        foreach (var id in cancelled)
        {
            engine.Apply(Command.Cancel(0, 0, 1, id));
        }

        Assert.Equal(
            Enumerable.Range(1, dates.Length).Where(id => !cancelled.Contains(id)).OrderBy(id => dates[id - 1]).Select(id => (long)id),
            engine.Apply(Command.AdvanceTime(1_000)).Where(report => report.Kind == ReportKind.Expired).Select(report => report.ClientOrderId));
    }

    /// <summary>Batches and halts at one time come in rising number of the instrument, in whatever order they were set.</summary>
    [Theory]
    [InlineData("01234567")]
    [InlineData("76543210")]
    [InlineData("37106254")]
    [InlineData("52740316")]
    public void Batches_and_halts_of_one_time_come_in_rising_number(string numbers)
    {
        var engine = new FastEngine(Limits);
        engine.Apply(Command.DefineProduct(0, 0, 0));
        engine.Apply(Command.OpenAccount(0, 0, 0, 0));
        engine.Apply(Command.OpenAccount(0, 1, 1, 0));
        engine.Apply(Command.Deposit(0, 0, 1_000));
        var (id, order) = (0, numbers.Select(digit => digit - '0').ToArray());
        foreach (var number in order)
        {
            engine.Apply(Command.DefineInstrument(0, number, 0, 0, 1, 1, 50, 1, 10, true));
            engine.Apply(Command.IssueUnits(0, 1, number, 10));
            engine.Apply(Command.SetPriceBand(0, number, 10, 100, 100));
            engine.Apply(Command.Limit(0, number, 1, ++id, Side.Sell, 20, 1));
            engine.Apply(Command.Limit(0, number, 0, id, Side.Buy, 20, 1));
            engine.Apply(Command.SetBatchInterval(0, number, 200));
        }

        Assert.Equal(Enumerable.Range(0, 8), Numbers(engine.Apply(Command.AdvanceTime(100)), ReportKind.PhaseChanged));
        engine.Apply(Command.SetPhase(100, Command.All, Phase.Auction));
        foreach (var number in Enumerable.Reverse(order))
        {
            engine.Apply(Command.Limit(100, number, 1, ++id, Side.Sell, 20, 1));
            engine.Apply(Command.Limit(100, number, 0, id, Side.Buy, 20, 1));
        }

        Assert.Equal(Enumerable.Range(0, 8), Numbers(engine.Apply(Command.AdvanceTime(200)), ReportKind.Uncrossed));

        static IEnumerable<int> Numbers(IEnumerable<ExecutionReport> reports, ReportKind kind) => reports.Where(report => report.Kind == kind).Select(report => report.Instrument);
    }
}
