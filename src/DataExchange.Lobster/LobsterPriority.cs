using DataExchange.Matching;

namespace DataExchange.Lobster;

/// <summary>
/// Feeds the window of a book to a matching core, and asks at each execution of a visible order whether the core, by price and time, would have met that order
/// first. The files do not have the order that came in, so one is made: of the other side, at the price and for the size of the execution. What is known by its
/// level only is one order, in front of those that came later. An execution that the core would not have made is noted and taken off the order that the file
/// names, so that the core's book stays that of the file.
/// </summary>
public sealed class LobsterPriority : ILobsterBook
{
    private const int Instrument = 0;
    private const int Resting = 0;
    private const int Incoming = 1;
    private const int Most = 1 << 30;
    private const int Units = 1 << 29;
    private const int MostOrders = 1 << 18;
    private const int PriceBlocks = 1 << 13;
    private const long Funds = 1L << 61;
    private const long Time = 1;

    private readonly Dictionary<long, CoreOrder> _orders = [];
    private readonly Dictionary<(LobsterSide Side, long Price), CoreOrder> _rests = [];
    private readonly MatchingEngine<LastReports> _engine;
    private readonly LastReports _reports = new();
    private readonly BookOrder[] _first = new BookOrder[1];
    private long _number;

    /// <summary>An empty book.</summary>
    public LobsterPriority()
    {
        _engine = new MatchingEngine<LastReports>(
            new EngineLimits { Orders = MostOrders, Instruments = 1, Products = 1, Accounts = 2, Positions = 16, PriceBlocks = PriceBlocks }, _reports);
        Ask(Command.DefineProduct(Time, 0, 9));
        Ask(Command.DefineInstrument(Time, Instrument, 0, 0, 1, 1, Most, 1, Most, true));
        foreach (var account in (int[])[Resting, Incoming])
        {
            Ask(Command.OpenAccount(Time, account, account, 0));
            Ask(Command.Deposit(Time, account, Funds));
            Ask(Command.IssueUnits(Time, account, Instrument, Units));
        }
    }

    /// <summary>Executions of orders known one by one that the core meets first too.</summary>
    public long First { get; private set; }

    /// <summary>Executions, of any visible order, that the core would not have made: another order is before it by price and time.</summary>
    public long NotFirst { get; private set; }

    /// <summary>Executions of what is known by its level only and stands first: which order of the level it was cannot be checked.</summary>
    public long OfLevels { get; private set; }

    /// <summary>Why the core was not asked any more; null as long as it is.</summary>
    public string? Stopped { get; private set; }

    /// <inheritdoc/>
    public void Rest(long? order, LobsterSide side, long price, long size)
    {
        if (Stopped is not null || IsTooLarge(price, size))
        {
            return;
        }

        var command = Command.Limit(Time, Instrument, Resting, ++_number, SideOf(side), (int)price, (int)size);
        command.Flag = 1;
        if (!Ask(command))
        {
            return;
        }

        var resting = new CoreOrder(_number, size);
        if (order is { } known)
        {
            _orders[known] = resting;
        }
        else
        {
            _rests[(side, price)] = resting;
        }
    }

    /// <inheritdoc/>
    public void Shrink(long? order, LobsterSide side, long price, long size, bool isExecution)
    {
        if (Stopped is not null)
        {
            return;
        }

        var resting = order is { } known ? _orders[known] : _rests[(side, price)];
        if (!isExecution || !IsFirst(resting, side, order is not null))
        {
            Ask(size == resting.Left
                ? Command.Cancel(Time, Instrument, Resting, resting.Number)
                : Command.Reduce(Time, Instrument, Resting, resting.Number, (int)(resting.Left - size)));
        }
        else
        {
            Execute(resting, side, price, (int)size);
        }

        Keep(order, side, price, resting with { Left = resting.Left - size });
    }

    /// <inheritdoc/>
    public void Leave(LobsterSide side, long price, IReadOnlyCollection<long> orders)
    {
        ArgumentNullException.ThrowIfNull(orders);
        if (Stopped is not null)
        {
            return;
        }

        foreach (var order in orders)
        {
            if (_orders.Remove(order, out var known))
            {
                Ask(Command.Cancel(Time, Instrument, Resting, known.Number));
            }
        }

        if (_rests.Remove((side, price), out var rest))
        {
            Ask(Command.Cancel(Time, Instrument, Resting, rest.Number));
        }
    }

    private static Side SideOf(LobsterSide side) => side == LobsterSide.Ask ? Side.Sell : Side.Buy;

    private bool IsFirst(CoreOrder resting, LobsterSide side, bool isKnown)
    {
        if (_engine.Orders(Instrument, SideOf(side), _first) == 0 || _first[0].ClientOrderId != resting.Number)
        {
            NotFirst++;
            return false;
        }

        (First, OfLevels) = isKnown ? (First + 1, OfLevels) : (First, OfLevels + 1);
        return true;
    }

    // Units go back to where they were, so that no account's holdings grow with the day.
    private void Execute(CoreOrder resting, LobsterSide side, long price, int size)
    {
        var isAsk = side == LobsterSide.Ask;
        if (Ask(Command.Limit(Time, Instrument, Incoming, ++_number, isAsk ? Side.Buy : Side.Sell, (int)price, size, TimeInForce.ImmediateOrCancel))
            && (_reports.Fills != 1 || _reports.Fill.OtherClientOrderId != resting.Number || _reports.Fill.Quantity != size))
        {
            throw new InvalidOperationException($"The matching core filled {_reports.Fill} for order {resting.Number}, which it named as its first.");
        }

        var (buyer, seller) = isAsk ? (Incoming, Resting) : (Resting, Incoming);
        Ask(Command.RevokeUnits(Time, buyer, Instrument, size));
        Ask(Command.IssueUnits(Time, seller, Instrument, size));
    }

    private void Keep(long? order, LobsterSide side, long price, CoreOrder left)
    {
        switch (order)
        {
            case { } gone when left.Left == 0:
                _orders.Remove(gone);
                break;
            case { } known:
                _orders[known] = left;
                break;
            case null when left.Left == 0:
                _rests.Remove((side, price));
                break;
            default:
                _rests[(side, price)] = left;
                break;
        }
    }

    private bool IsTooLarge(long price, long size)
    {
        if (price > Most || size > Most)
        {
            Stopped = $"{new LobsterLevel(price, size)} is more than the core takes: {Most} shares, {Most} of 1/10,000 dollar";
        }

        return Stopped is not null;
    }

    private bool Ask(in Command command)
    {
        if (Stopped is not null)
        {
            return false;
        }

        _reports.Begin();
        _engine.Apply(command);
        if (_reports.Refusal is { } reason)
        {
            Stopped = reason == Reason.WouldTake ? "bids and asks cross in the book" : $"the core refused an order: {reason}";
        }

        return Stopped is null;
    }

    private readonly record struct CoreOrder(long Number, long Left);

    private sealed class LastReports : IReportHandler
    {
        public Reason? Refusal { get; private set; }

        public int Fills { get; private set; }

        public ExecutionReport Fill { get; private set; }

        public void Begin() => (Refusal, Fills) = (null, 0);

        public void OnReport(in ExecutionReport report)
        {
            if (report.Kind == ReportKind.Rejected)
            {
                Refusal = report.Reason;
            }
            else if (report.Kind == ReportKind.Filled)
            {
                (Fills, Fill) = (Fills + 1, report);
            }
        }
    }
}
