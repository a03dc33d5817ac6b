using DataExchange.Matching.Tests.Naive;

namespace DataExchange.Matching.Tests.Model;

/// <summary>What must hold of any engine, tried on the naive one: it is the measure for the other.</summary>
public sealed class NaiveEngineTests
{
    private const int Length = 800;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(20_000, 20)];

    [Theory, MemberData(nameof(Seeds))]
    public void No_fen_and_no_unit_comes_or_goes_by_trading(int seed)
    {
        var money = 0L;
        Play(seed, (engine, command, reports) =>
        {
            if (reports[^1].Kind == ReportKind.Done)
            {
                money += command.Kind switch { CommandKind.Deposit => command.Amount, CommandKind.Withdraw => -command.Amount, _ => 0 };
            }

            Assert.Equal(money, Accounts.Sum(account => engine.FundsOf(account).Available + engine.FundsOf(account).Held));
            Assert.All(Accounts, account => Assert.True(engine.FundsOf(account) is { Available: >= 0, Held: >= 0 }));

            var units = Accounts.SelectMany(account => Instruments.Select(instrument => engine.UnitsOf(account, instrument))).ToArray();
            var rights = Enumerable.Range(0, World.Limits.Products).Select(engine.RightsOf).ToArray();
            Assert.Equal(rights.Sum(right => right.Issued - right.Revoked), units.Sum(unit => unit.Available + unit.Held));
            Assert.All(units, unit => Assert.True(unit is { Available: >= 0, Held: >= 0 }));
            Assert.All(rights, right => Assert.True(right.Reserved >= 0 && (right.Cap == 0 || right.Issued + right.Reserved <= right.Cap)));
            Assert.All(rights, right => Assert.True(!right.Exclusive || right.Issued > right.Revoked));
        });
    }

    /// <summary>Section "Market data": from the reports alone one knows which orders live and what is left of them.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Reports_are_enough_to_know_the_orders_that_live(int seed)
    {
        var live = new Dictionary<(int Account, long Id), long>();
        Play(seed, (engine, _, reports) =>
        {
            foreach (var report in reports)
            {
                Follow(live, report);
            }

            var inBooks = Instruments.SelectMany(instrument =>
                engine.OrdersOf(instrument, Side.Buy).Concat(engine.OrdersOf(instrument, Side.Sell)));
            Assert.All(inBooks, order => Assert.Equal(order.Leaves, live[(order.Account, order.ClientOrderId)]));
        });
    }

    private static IEnumerable<int> Accounts => Enumerable.Range(0, World.Limits.Accounts);

    private static IEnumerable<int> Instruments => Enumerable.Range(0, World.Limits.Instruments);

    private static void Follow(Dictionary<(int Account, long Id), long> live, in ExecutionReport report)
    {
        var (order, other) = ((report.Account, report.ClientOrderId), (report.OtherAccount, report.OtherClientOrderId));
        switch (report.Kind)
        {
            case ReportKind.Accepted:
                live.Add(order, report.Leaves);
                break;
            case ReportKind.Replaced:
                live.Remove((report.Account, report.OtherClientOrderId));
                live.Add(order, report.Leaves);
                break;
            case ReportKind.Reduced:
                Assert.Equal(live[order] - report.Quantity, report.Leaves);
                live[order] = report.Leaves;
                break;
            case ReportKind.Cancelled or ReportKind.Expired:
                Assert.True(live.Remove(order, out var left));
                Assert.Equal(left, report.Quantity);
                break;
            case ReportKind.Filled:
                Fill(order, report.Leaves);
                Fill(other, report.OtherLeaves);
                break;
        }

        void Fill((int, long) filled, int leaves)
        {
            // A budget and an offer without limit are accepted with 0 and end with a report of their own.
            if (live[filled] != 0 && leaves == 0)
            {
                live.Remove(filled);
            }
            else
            {
                live[filled] = leaves;
            }
        }
    }

    private static void Play(int seed, Action<NaiveEngine, Command, IReadOnlyList<ExecutionReport>> look)
    {
        var engine = new NaiveEngine(World.Limits);
        var generator = new CommandGenerator(seed, engine);
        for (var i = 0; i < Length; i++)
        {
            var command = generator.Next();
            look(engine, command, engine.Apply(command));
        }
    }
}
