using System.Runtime.CompilerServices;
using DataExchange.Matching.Book;

namespace DataExchange.Matching;

/// <content>
/// The short way for what most inputs are: plain limit orders and cancels in continuous trading. It does what the long way does, in the same
/// order of reports, but looks everything up once, needs no order slot for what does not rest, and books the taker's money and units once at
/// the end. Whatever it does not know, it leaves to the long way before it has changed anything, or in the middle of taking with the state as
/// the long way would have it there.
/// </content>
public sealed partial class MatchingEngine<THandler>
{
    // The first eight bytes of a command are its words. Of a plain limit order only these bits may be set: side, the lives 0 to 3, the policy
    // for self-trade, and the level, which an order does not have.
    private const ulong NotOfPlainOrder = 0x00FF_FFFC_FCFF_FEFF;
    private const ulong WordsOfPlainOrder = ~NotOfPlainOrder << 8 >> 16;
    private const ulong NotOfCancel = 0x00FF_FFFF_FFFF_FFFF;

    private interface ITakingSide
    {
        static abstract bool Buys { get; }
    }

    private readonly struct Buying : ITakingSide
    {
        public static bool Buys => true;
    }

    private readonly struct Selling : ITakingSide
    {
        public static bool Buys => false;
    }

    /// <summary>Carries the input out when it is a simple one; false when it did nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsDoneQuickly(in Command command, uint home, uint positionHome)
    {
        var words = Unsafe.As<Command, ulong>(ref Unsafe.AsRef(in command));
        if (!BitConverter.IsLittleEndian || command.Time < _time || command.Time >= _nextDue
            || (uint)command.Instrument >= (uint)_instruments.Length || (uint)command.Account >= (uint)_accounts.Length)
        {
            return false;
        }

        return (words & NotOfPlainOrder) == (ulong)CommandKind.NewOrder ? EntersQuickly(command, home, positionHome)
            : (words & NotOfCancel) == (ulong)CommandKind.Cancel && CancelsQuickly(command, home, positionHome);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CancelsQuickly(in Command command, uint home, uint positionHome)
    {
        var slot = _index.Find(command.Account, command.ClientOrderId, home, out var entry);
        ref var order = ref _orders[slot];
        if (slot == 0 || order.Instrument != command.Instrument)
        {
            if (!IsInstrument(command.Instrument) || !IsAccount(command.Account))
            {
                return false;
            }

            _time = _now = command.Time;
            Reject(command, Reason.UnknownOrder);
            return true;
        }

        if (order.Kind != OrderKind.Limit || order.Supply != Supply.Transfer || order.TimeInForce == TimeInForce.GoodTillDate)
        {
            return false;
        }

        _time = _now = command.Time;
        ref var instrument = ref _instruments[command.Instrument];
        ref var position = ref _positions.Find(command.Account, command.Instrument, positionHome);
        var (side, leaves) = ((int)order.Side, order.Leaves);
        var held = Chosen(side, Value(instrument, order.Price, leaves), leaves);
        ref var funds = ref Funds(side, ref _accounts[command.Account], ref position);
        funds.Available += held;
        funds.Held -= held;
        ReportOrder(ReportKind.Cancelled, Reason.Requested, ref instrument, order, order.Price, leaves, 0);
        Unlink(ref instrument, slot, ref order);
        _index.RemoveAt(entry);
        _live--;
        GiveSlot(slot);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool EntersQuickly(in Command command, uint home, uint positionHome)
    {
        ref var instrument = ref _instruments[command.Instrument];
        ref var account = ref _accounts[command.Account];
        ref var position = ref _positions.Find(command.Account, command.Instrument, positionHome);
        if (((uint)command.StopPrice | (uint)command.Display | command.Amount | command.Until) != 0 || command.TimeInForce == TimeInForce.GoodTillDate
            || command.ClientOrderId <= account.LastClientOrderId || account.Pool != instrument.Pool || !account.Open || !instrument.IsPlain
            || (instrument.StopBuys.BestLevel | instrument.StopSells.BestLevel) != 0
            || account.AdmittedClass < instrument.SecurityClass
            || (uint)command.Quantity - 1 >= (uint)instrument.LargestQuantity
            || command.Price < instrument.LowestPrice || command.Price > instrument.HighestPrice
            || !HasRoom() || Unsafe.IsNullRef(ref position))
        {
            return false;
        }

        // A buyer's position takes all of the order, so no fill has to ask; a seller's is asked for nothing here, as it has these units.
        var side = (int)command.Side;
        var needed = Chosen(side, Value(instrument, command.Price, command.Quantity), command.Quantity);
        ref var funds = ref Funds(side, ref account, ref position);
        if (funds.Available < needed | position.Available + position.Held > Most - (command.Quantity & (side - 1)))
        {
            return false;
        }

        ref var across = ref Unsafe.Add(ref instrument.Bids, 1 - side);
        if (across.BestLevel != 0 & Ahead(side, command.Price, across.BestPrice) >= 0 | command.TimeInForce == TimeInForce.ImmediateOrCancel)
        {
            Take(command, ref instrument, ref account, ref position, home);
            return true;
        }

        _time = _now = command.Time;
        account.LastClientOrderId = command.ClientOrderId;
        ReportIncoming(ReportKind.Accepted, Reason.None, command, ref instrument, command.Quantity, command.Quantity);
        funds.Available -= needed;
        funds.Held += needed;
        PutPlain(command, ref instrument, ++_accepted, command.Quantity, home);
        return true;
    }

    // Which side an order is on cannot be foretold. So where both do the same to something else, that is chosen without a branch: the first of
    // two for a buy, the second for a sell.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Chosen(int side, long ofBuy, long ofSell) => ofBuy ^ ((ofBuy ^ ofSell) & -(long)side);

    // Of a buyer the account's money, of a seller its units. Neither moves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe ref Funds Funds(int side, ref AccountState account, ref Position position) =>
        ref *(Funds*)Chosen(side, (nint)Unsafe.AsPointer(ref account.Available), (nint)Unsafe.AsPointer(ref position.Available));

    // How much better the price is than another for whoever is on that side, in ticks: to be paid by a buyer, to be got by a seller.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Ahead(int side, int price, int other) => ((price - other) ^ -side) + side;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Take(in Command command, ref InstrumentState instrument, ref AccountState account, ref Position position, uint home)
    {
        if (command.Side == Side.Buy)
        {
            TakeAndRest<Buying>(command, ref instrument, ref account, ref position, home);
        }
        else
        {
            TakeAndRest<Selling>(command, ref instrument, ref account, ref position, home);
        }
    }

    private void TakeAndRest<TSide>(in Command command, ref InstrumentState instrument, ref AccountState account, ref Position position, uint home)
        where TSide : struct, ITakingSide
    {
        _time = _now = command.Time;
        account.LastClientOrderId = command.ClientOrderId;
        _accepted++;
        ReportIncoming(ReportKind.Accepted, Reason.None, command, ref instrument, command.Quantity, command.Quantity);
        ref var across = ref (TSide.Buys ? ref instrument.Asks : ref instrument.Bids);
        var (leaves, money) = (command.Quantity, 0L);
        var goesOn = false;
        while (leaves > 0 && across.BestLevel != 0 && (TSide.Buys ? across.BestPrice <= command.Price : across.BestPrice >= command.Price))
        {
            var traded = FillFirst<TSide>(command, ref instrument, ref across, account.Participant, leaves, ref money);
            if (traded == 0)
            {
                goesOn = true;
                break;
            }

            leaves -= traded;
        }

        var rests = leaves > 0 && (goesOn || command.TimeInForce != TimeInForce.ImmediateOrCancel);
        var kept = rests ? leaves : 0;
        if (TSide.Buys)
        {
            var held = Value(instrument, command.Price, kept);
            account.Available -= money + held;
            account.Held += held;
            position.Available += command.Quantity - leaves;
        }
        else
        {
            account.Available += money;
            position.Available -= command.Quantity - leaves + kept;
            position.Held += kept;
        }

        if (leaves == 0)
        {
            return;
        }

        if (!rests)
        {
            ReportIncoming(ReportKind.Cancelled, Reason.NothingLeftToTake, command, ref instrument, leaves, 0);
            return;
        }

        if (!goesOn)
        {
            PutPlain(command, ref instrument, _accepted, leaves, home);
            return;
        }

        var slot = TakeSlot();
        FillPlain(ref _orders[slot], command, _accepted, leaves);

        // No stop waits here, so none can be reached.
        Go(ref instrument, slot);
    }

    // Puts what is left of a plain order at the end of its level.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PutPlain(in Command command, ref InstrumentState instrument, long accepted, int leaves, uint home)
    {
        var (slot, side) = (TakeSlot(), (int)command.Side);
        ref var order = ref _orders[slot];
        FillPlain(ref order, command, accepted, leaves);
        var number = _prices.GetOrAdd(ref Unsafe.Add(ref instrument.Bids, side), command.Price, side);
        ref var level = ref _levels[number];
        var last = level.Tail;
        order.Level = number;
        order.Next = 0;
        order.Previous = last;
        level.Tail = slot;
        level.Shown += leaves;
        if (last == 0)
        {
            level.Head = slot;
        }
        else
        {
            _orders[last].Next = slot;
        }

        _index.Add(slot, home);
        _live++;
    }

    // The last eight bytes of an order are the words of a command from the side on; a plain order has no others than those that stand in it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FillPlain(ref OrderSlot order, in Command command, long accepted, int leaves)
    {
        order.ClientOrderId = command.ClientOrderId;
        order.Accepted = accepted;
        order.Account = command.Account;
        order.Instrument = command.Instrument;
        order.Price = command.Price;
        order.Leaves = leaves;
        order.Shown = leaves;
        order.Display = 0;
        order.StopPrice = 0;
        Unsafe.As<Side, ulong>(ref order.Side) = (Unsafe.As<Command, ulong>(ref Unsafe.AsRef(in command)) >> 8) & WordsOfPlainOrder;
    }

    /// <summary>Trades with the first order across when it is a plain one too; 0 when it is none, and nothing has changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FillFirst<TSide>(
        in Command command, ref InstrumentState instrument, ref BookSide across, int participant, int leaves, ref long money)
        where TSide : struct, ITakingSide
    {
        var price = across.BestPrice;
        ref var level = ref _levels[across.BestLevel];
        var slot = level.Head;
        ref var maker = ref _orders[slot];
        ref var other = ref _accounts[maker.Account];
        if (other.Participant == participant || price < instrument.LowestTrade || price > instrument.HighestTrade
            || maker.Kind != OrderKind.Limit || maker.Supply != Supply.Transfer || maker.Display != 0 || maker.TimeInForce == TimeInForce.GoodTillDate)
        {
            return 0;
        }

        ref var units = ref _positions.Find(maker.Account, command.Instrument);
        var quantity = Math.Min(leaves, maker.Leaves);
        var value = Value(instrument, price, quantity);
        if (TSide.Buys)
        {
            other.Available += value;
            units.Held -= quantity;
        }
        else
        {
            if (units.Available + units.Held > Most - quantity)
            {
                return 0;
            }

            other.Held -= value;
            units.Available += quantity;
        }

        money += value;
        var left = maker.Leaves - quantity;
        instrument.LastPrice = price;
        level.Shown -= quantity;
        ref var report = ref BeginReport(ReportKind.Filled, Reason.None, TSide.Buys ? Side.Buy : Side.Sell, Phase.Continuous);
        report.Instrument = command.Instrument;
        report.Account = command.Account;
        report.OtherAccount = maker.Account;
        report.ClientOrderId = command.ClientOrderId;
        report.OtherClientOrderId = maker.ClientOrderId;
        report.Sequence = ++instrument.Sequence;
        report.Time = command.Time;
        report.Price = price;
        report.Quantity = quantity;
        report.Leaves = leaves - quantity;
        report.OtherLeaves = left;
        EndReport(ref report);
        if (left > 0)
        {
            maker.Leaves = maker.Shown = left;
            return quantity;
        }

        level.Head = maker.Next;
        if (maker.Next == 0)
        {
            level.Tail = 0;
            _prices.Remove(ref across, price, !TSide.Buys);

            // Whoever is first now has mostly waited for long.
            Ask(ref _orders[_levels[across.BestLevel].Head]);
        }
        else
        {
            _orders[maker.Next].Previous = 0;
        }

        _index.RemoveLate(maker.Account, maker.ClientOrderId, slot);
        _live--;
        GiveSlot(slot);
        return quantity;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReportIncoming(ReportKind kind, Reason reason, in Command command, ref InstrumentState instrument, int quantity, int leaves)
    {
        ref var report = ref BeginReport(kind, reason, command.Side, Phase.Continuous);
        report.Instrument = command.Instrument;
        report.Account = command.Account;
        report.OtherAccount = 0;
        report.ClientOrderId = command.ClientOrderId;
        report.OtherClientOrderId = 0;
        report.Sequence = ++instrument.Sequence;
        report.Time = command.Time;
        report.Price = command.Price;
        report.Quantity = quantity;
        report.Leaves = leaves;
        report.OtherLeaves = 0;
        EndReport(ref report);
    }

    // Each report is written field by field where it stays. Made on the stack and copied, the copy would wait for all of these writes: the
    // processor hands a small write on to a large read only through the cache.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref ReportFields BeginReport(ReportKind kind, Reason reason, Side side, Phase phase)
    {
        ref var place = ref (THandler.HasPlaces ? ref THandler.PlaceOfNext(ref _handler) : ref _ownReport[0]);
        ref var report = ref Unsafe.As<ExecutionReport, ReportFields>(ref place);
        report.Kind = kind;
        report.Reason = reason;
        report.Side = side;
        report.Phase = phase;
        return ref report;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndReport(ref ReportFields report) => _handler.OnReport(in Unsafe.As<ReportFields, ExecutionReport>(ref report));

    // A report that was made elsewhere, on the long way.
    private void Report(in ExecutionReport report)
    {
        ref var place = ref BeginReport(report.Kind, report.Reason, report.Side, report.Phase);
        Unsafe.As<ReportFields, ExecutionReport>(ref place) = report;
        EndReport(ref place);
    }
}
