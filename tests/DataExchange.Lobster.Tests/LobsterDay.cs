using System.Globalization;
using DataExchange.Matching;

namespace DataExchange.Lobster.Tests;

/// <summary>
/// A day of trading in the project's own matching core, written down as LOBSTER does: only messages that change the first levels are told, together with these
/// levels after each. The book in the core is the truth, whatever is told of it. Prices are cents in the core and 1/10,000 dollar in the files.
/// </summary>
internal sealed class LobsterDay
{
    private const int Visible = 0;
    private const int Hidden = 1;
    private const int Account = 0;
    private const int Taker = 1;
    private const int Middle = 10_000;
    private const int Units = 1 << 29;

    private readonly Reports _reports = new();
    private readonly MatchingEngine<Reports> _engine;
    private readonly Random _random;
    private readonly DepthLevel[] _asks;
    private readonly DepthLevel[] _bids;
    private readonly int _levels;
    private string? _lastBook;
    private long _id;
    private long _time = 34_200_000_000;
    private bool _isTold;

    private LobsterDay(int seed, int levels)
    {
        (_levels, _random, _asks, _bids) = (levels, new Random(seed), new DepthLevel[levels], new DepthLevel[levels]);
        _engine = new MatchingEngine<Reports>(
            new EngineLimits { Orders = 1 << 14, Instruments = 2, Products = 1, Accounts = 2, Positions = 16, PriceBlocks = 1 << 10 }, _reports);
        Apply(Command.DefineProduct(_time, 0, 9));
        foreach (var instrument in (int[])[Visible, Hidden])
        {
            Apply(Command.DefineInstrument(_time, instrument, 0, 0, 1, 1, 1 << 20, 1, 1 << 20, true));
        }

        foreach (var account in (int[])[Account, Taker])
        {
            Apply(Command.OpenAccount(_time, account, account, 0));
            Apply(Command.Deposit(_time, account, 1L << 60));
            Apply(Command.IssueUnits(_time, account, Visible, Units));
            Apply(Command.IssueUnits(_time, account, Hidden, Units));
        }
    }

    /// <summary>Rows of the message file.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Rows of the orderbook file.</summary>
    public List<string> Book { get; } = [];

    /// <summary>Executions of visible orders.</summary>
    public long VisibleShares { get; private set; }

    /// <summary>Executions of hidden orders.</summary>
    public long HiddenShares { get; private set; }

    /// <summary>Lets a day pass: some orders rest before the first message is told.</summary>
    public static LobsterDay Of(int seed, int levels, int before, int operations)
    {
        var day = new LobsterDay(seed, levels);
        for (var i = 0; i < before; i++)
        {
            day.Submit();
        }

        day._isTold = true;
        for (var i = 0; i < operations; i++)
        {
            day._time += day._random.Next(0, 100_000);
            switch (day._random.Next(100))
            {
                case < 45:
                    day.Submit();
                    break;
                case < 65:
                    day.Cancel(wholly: true);
                    break;
                case < 78:
                    day.Cancel(wholly: false);
                    break;
                case < 92:
                    day.Take();
                    break;
                case < 98:
                    day.TakeHidden();
                    break;
                default:
                    day.Halt();
                    break;
            }
        }

        return day;
    }

    // Near the other side often, far away at times, never across.
    private void Submit()
    {
        var side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
        var distance = 1 + (int)Math.Floor(Math.Pow(_random.NextDouble(), 3) * 40);
        var price = _engine.TryGetTop(Visible, side == Side.Buy ? Side.Sell : Side.Buy, out var best, out _)
            ? side == Side.Buy ? best - distance : best + distance
            : side == Side.Buy ? Middle - distance : Middle + distance;
        var order = Command.Limit(_time, Visible, Account, ++_id, side, price, 100 * (1 + _random.Next(8)));
        Apply(order);
        Tell(1, _id, order.Quantity, price, side);
    }

    private void Cancel(bool wholly)
    {
        if (Pick() is not { } picked)
        {
            return;
        }

        var (order, side) = picked;
        if (wholly || order.Leaves < 2)
        {
            Apply(Command.Cancel(_time, Visible, Account, order.ClientOrderId));
            Tell(3, order.ClientOrderId, order.Leaves, order.Price, side);
            return;
        }

        var off = 1 + _random.Next(order.Leaves - 1);
        Apply(Command.Reduce(_time, Visible, Account, order.ClientOrderId, order.Leaves - off));
        Tell(2, order.ClientOrderId, off, order.Price, side);
    }

    // A taker's order meets the first orders one by one; what is left of it is not told, as it never rests.
    private void Take()
    {
        var side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
        for (var left = 100 * (1 + _random.Next(25)); left > 0;)
        {
            var orders = new BookOrder[1];
            if (_engine.Orders(Visible, side, orders) == 0)
            {
                return;
            }

            var (maker, size) = (orders[0], Math.Min(left, orders[0].Leaves));
            Apply(Command.Limit(_time, Visible, Taker, ++_id, side == Side.Buy ? Side.Sell : Side.Buy, maker.Price, size, TimeInForce.ImmediateOrCancel));
            var fill = Assert.Single(_reports.Taken, report => report.Kind == ReportKind.Filled);
            Assert.Equal((maker.ClientOrderId, size), (fill.OtherClientOrderId, fill.Quantity));
            VisibleShares += size;
            left -= size;
            Tell(4, maker.ClientOrderId, size, maker.Price, side);
        }
    }

    private void TakeHidden()
    {
        var side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
        var (price, size) = (Middle + _random.Next(-20, 20), 1 + _random.Next(300));
        Apply(Command.Limit(_time, Hidden, Account, ++_id, side, price, size));
        Apply(Command.Limit(_time, Hidden, Taker, ++_id, side == Side.Buy ? Side.Sell : Side.Buy, price, size));
        var fill = Assert.Single(_reports.Taken, report => report.Kind == ReportKind.Filled);
        HiddenShares += fill.Quantity;
        Tell(5, 0, fill.Quantity, price, side, isAlways: true);
    }

    private void Halt()
    {
        Apply(Command.SetPhase(_time, Visible, Phase.Halted));
        Row($"{Seconds()},7,0,0,-1,-1");
        _time += 1_000_000;
        Apply(Command.SetPhase(_time, Visible, Phase.Continuous));
        Row($"{Seconds()},7,0,0,0,-1");
        Row($"{Seconds()},7,0,0,1,-1");
    }

    private (BookOrder Order, Side Side)? Pick()
    {
        var side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
        var orders = new BookOrder[400];
        var count = _engine.Orders(Visible, side, orders);
        return count == 0 ? null : (orders[_random.Next(count)], side);
    }

    private void Apply(Command command)
    {
        _reports.Taken.Clear();
        _engine.Apply(command);
        Assert.DoesNotContain(_reports.Taken, report => report.Kind == ReportKind.Rejected);
    }

    private void Tell(int type, long id, int size, int price, Side side, bool isAlways = false)
    {
        if (_isTold && (isAlways || BookNow() != _lastBook))
        {
            Row($"{Seconds()},{type},{id},{size},{price * 100},{(side == Side.Buy ? 1 : -1)}");
        }
    }

    private void Row(string message)
    {
        Messages.Add(message);
        Book.Add(_lastBook = BookNow());
    }

    private string BookNow()
    {
        var (asks, bids) = (_engine.Depth(Visible, Side.Sell, _asks), _engine.Depth(Visible, Side.Buy, _bids));
        return string.Join(',', Enumerable.Range(0, _levels).Select(level =>
            (level < asks ? $"{_asks[level].Price * 100},{_asks[level].Quantity}" : "9999999999,0") + ","
            + (level < bids ? $"{_bids[level].Price * 100},{_bids[level].Quantity}" : "-9999999999,0")));
    }

    private string Seconds() => (_time / 1_000_000m).ToString("0.000000###", CultureInfo.InvariantCulture);

    private sealed class Reports : IReportHandler
    {
        public List<ExecutionReport> Taken { get; } = [];

        public void OnReport(in ExecutionReport report) => Taken.Add(report);
    }
}
