using System.Runtime.CompilerServices;
using DataExchange.Matching.Book;

namespace DataExchange.Matching;

/// <content>New orders: every check before any effect.</content>
public sealed partial class MatchingEngine<THandler>
{
    private void Enter(in Command command)
    {
        var reason = CheckPlace(command);
        if (reason == Reason.None)
        {
            ref var last = ref _accounts[command.Account].LastClientOrderId;
            if (command.ClientOrderId <= last)
            {
                reason = Reason.DuplicateOrder;
            }
            else
            {
                last = command.ClientOrderId;
                reason = CheckOrder(command);
            }
        }

        if (reason != Reason.None)
        {
            Reject(command, reason);
            return;
        }

        var slot = TakeSlot();
        ref var order = ref _orders[slot];
        Fill(ref order, command, ++_accepted);
        Hold(order);
        ref var instrument = ref _instruments[command.Instrument];
        ReportOrder(ReportKind.Accepted, Reason.None, ref instrument, order, order.Price, order.Leaves, order.Leaves);
        if (order.Waits == 1)
        {
            if (instrument.Phase != Phase.Continuous || !IsReached(instrument, order))
            {
                Wait(slot);
                return;
            }

            Trigger(ref instrument, ref order);
        }

        Go(ref instrument, slot);
        LookAtStops(command.Instrument);
    }

    private Reason CheckOrder(in Command command)
    {
        ref var instrument = ref _instruments[command.Instrument];

        // A plain limit order, which most are, passes all that depends on its words at once.
        var plain = command.Order == OrderKind.Limit && (command.Flag | command.Display) == 0 && command.TimeInForce != TimeInForce.GoodTillDate
            && command.Supply == Supply.Transfer && command.StopPrice == 0 && (command.Amount | command.Until) == 0;
        if (!plain && !GoTogether(command))
        {
            return Reason.InvalidCommand;
        }

        var reason = CheckQuantity(instrument, command);
        if (reason == Reason.None && !HasPrices(instrument, command))
        {
            reason = Reason.InvalidPrice;
        }

        if (reason == Reason.None && command.TimeInForce == TimeInForce.GoodTillDate && command.Until <= _now)
        {
            reason = Reason.InvalidExpiry;
        }

        if (reason == Reason.None && instrument.Phase != Phase.Continuous && (instrument.Phase == Phase.Closed || IsImmediate(command)))
        {
            reason = Reason.PhaseForbids;
        }

        if (reason != Reason.None)
        {
            return reason;
        }

        reason = command.Side == Side.Buy
            ? _accounts[command.Account].AdmittedClass < instrument.SecurityClass ? Reason.NotAdmitted : Reason.None
            : CheckSupply(instrument, command.Account, command.Instrument, command.Supply, command.Order, command.Quantity);
        if (reason == Reason.None && command.Flag == 1 && instrument.Phase == Phase.Continuous && Crosses(instrument, command.Side, command.Price))
        {
            reason = Reason.WouldTake;
        }

        if (reason == Reason.None && command.Side == Side.Buy && FundsNeeded(instrument, command) > _accounts[command.Account].Available)
        {
            reason = Reason.InsufficientFunds;
        }

        return reason != Reason.None ? reason
            : HasRoom() && (command.Side == Side.Sell || _positions.Ensure(command.Account, command.Instrument)) ? Reason.None
            : Reason.CapacityReached;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool HasRoom() => (_freeOrder != 0 || _nextFresh < _orders.Length) && _prices.HasRoom;

    private static bool IsImmediate(in Command command) =>
        command.TimeInForce >= TimeInForce.ImmediateOrCancel || command.Order is OrderKind.Market or OrderKind.Budget;

    private static bool GoTogether(in Command command)
    {
        var lasting = command.TimeInForce <= TimeInForce.GoodTillDate;
        var stop = command.Order is OrderKind.Stop or OrderKind.StopLimit;
        var offer = command.Order is OrderKind.Posted or OrderKind.Exclusive;
        return (command.Flag == 0 || (command.Order == OrderKind.Limit && lasting))
            && (command.Display == 0 || (command.Order == OrderKind.Limit && lasting && command.Supply == Supply.Transfer))
            && (command.Order != OrderKind.Market || !lasting)
            && (command.Order != OrderKind.Budget || (command.TimeInForce == TimeInForce.ImmediateOrCancel && command.Side == Side.Buy && command.Quantity == 0))
            && (!stop || (lasting && command.Supply == Supply.Transfer))
            && (!offer || (command.Side == Side.Sell && command.Supply == Supply.Issue && lasting))
            && (command.Supply == Supply.Transfer || command.Side == Side.Sell)
            && (command.Price == 0 || command.Order is not (OrderKind.Market or OrderKind.Stop))
            && (command.StopPrice == 0 || stop)
            && (command.Amount == 0 || command.Order == OrderKind.Budget)
            && (command.Until == 0 || command.TimeInForce == TimeInForce.GoodTillDate);
    }

    private static Reason CheckQuantity(in InstrumentState instrument, in Command command)
    {
        if (command.Order == OrderKind.Budget)
        {
            return command.Amount is >= 1 and <= MostFen ? Reason.None : Reason.InvalidAmount;
        }

        if (command.Order == OrderKind.Posted && command.Quantity == 0)
        {
            return Reason.None;
        }

        if (command.Order == OrderKind.Exclusive)
        {
            return command.Quantity == instrument.Lot ? Reason.None : Reason.InvalidQuantity;
        }

        return IsQuantity(instrument, command.Quantity, command.Display) ? Reason.None : Reason.InvalidQuantity;
    }

    private static bool IsQuantity(in InstrumentState instrument, int quantity, int display) =>
        quantity >= 1 && quantity <= instrument.LargestQuantity && (instrument.Lot == 1 || quantity % instrument.Lot == 0)
        && (display == 0 || (display > 0 && display <= quantity && display % instrument.Lot == 0));

    private bool HasPrices(in InstrumentState instrument, in Command command) => command.Order switch
    {
        OrderKind.Market => true,
        OrderKind.Stop => IsPrice(instrument, command.Instrument, command.StopPrice),
        OrderKind.StopLimit => IsPrice(instrument, command.Instrument, command.Price) && IsPrice(instrument, command.Instrument, command.StopPrice),
        OrderKind.Budget => command.Price == 0 || IsPrice(instrument, command.Instrument, command.Price),
        _ => IsPrice(instrument, command.Instrument, command.Price),
    };

    private bool IsPrice(in InstrumentState instrument, int number, int price) =>
        price >= instrument.LowestPrice && price <= instrument.HighestPrice && (instrument.TickBands == 0 || IsOnTick(instrument, number, price));

    private bool IsOnTick(in InstrumentState instrument, int number, int price)
    {
        var bands = _ticks[number]!;
        for (var band = instrument.TickBands - 1; band >= 0; band--)
        {
            if (price >= bands[band].From)
            {
                return price % bands[band].Step == 0;
            }
        }

        return true;
    }

    private Reason CheckSupply(in InstrumentState instrument, int account, int number, Supply supply, OrderKind kind, int quantity)
    {
        if (supply == Supply.Transfer)
        {
            ref var position = ref _positions.Find(account, number);
            return !instrument.Resale ? Reason.ResaleForbidden
                : Unsafe.IsNullRef(ref position) || position.Available < quantity ? Reason.InsufficientUnits
                : Reason.None;
        }

        ref var product = ref _products[instrument.Product];
        var needed = kind >= OrderKind.Posted ? instrument.Lot : quantity;
        return _accounts[account].Participant != product.Issuer ? Reason.NotIssuer
            : product.Exclusive ? Reason.ExclusiveSold
            : kind == OrderKind.Exclusive && product.Active > 0 ? Reason.LicencesActive
            : product.RightLeft < needed ? Reason.CapReached
            : Reason.None;
    }

    private static bool Crosses(in InstrumentState instrument, Side side, int price) => side == Side.Buy
        ? instrument.Asks.BestLevel != 0 && instrument.Asks.BestPrice <= price
        : instrument.Bids.BestLevel != 0 && instrument.Bids.BestPrice >= price;

    private static long FundsNeeded(in InstrumentState instrument, in Command command) => command.Order switch
    {
        OrderKind.Limit or OrderKind.StopLimit => Value(instrument, command.Price, command.Quantity),
        OrderKind.Budget => command.Amount,
        _ => 0,
    };

    private void Fill(ref OrderSlot order, in Command command, long accepted)
    {
        order.ClientOrderId = command.ClientOrderId;
        order.Accepted = accepted;
        order.Account = command.Account;
        order.Instrument = command.Instrument;
        order.Price = command.Price;
        order.Leaves = command.Quantity;
        order.Shown = command.Display == 0 ? command.Quantity : command.Display;
        order.Display = command.Display;
        order.StopPrice = command.StopPrice;
        order.Side = command.Side;
        order.Kind = command.Order;
        order.TimeInForce = command.TimeInForce;
        order.SelfTrade = command.SelfTrade;
        order.Supply = command.Supply;
        order.PostOnly = command.Flag;
        order.Waits = command.Order is OrderKind.Stop or OrderKind.StopLimit ? (byte)1 : (byte)0;
        order.Unlimited = command.Order == OrderKind.Posted && command.Quantity == 0 ? (byte)1 : (byte)0;
        _budget = command.Amount;
        _until = command.Until;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int TakeSlot()
    {
        var slot = _freeOrder;
        if (slot == 0)
        {
            return _nextFresh++;
        }

        // The next one may lie in far memory after many that were freed together.
        _freeOrder = _orders[slot].Next;
        Ask(ref _orders[_freeOrder]);
        return slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void GiveSlot(int slot)
    {
        // The index may still have an entry of this slot, of the order that is now gone or of one before it: neither may be found by it.
        ref var order = ref _orders[slot];
        order.Account = OrderSlot.NoAccount;
        order.Next = _freeOrder;
        _freeOrder = slot;
    }

    // What a live order keeps for itself, taken from what its account has free.
    private void Hold(in OrderSlot order)
    {
        if (order.Side == Side.Buy)
        {
            if (order.Kind is OrderKind.Limit or OrderKind.StopLimit)
            {
                var value = Value(_instruments[order.Instrument], order.Price, order.Leaves);
                ref var account = ref _accounts[order.Account];
                account.Available -= value;
                account.Held += value;
            }
        }
        else if (order.Supply == Supply.Transfer)
        {
            ref var position = ref _positions.Find(order.Account, order.Instrument);
            position.Available -= order.Leaves;
            position.Held += order.Leaves;
        }
        else if (order.Kind == OrderKind.Limit)
        {
            _products[_instruments[order.Instrument].Product].Reserved += order.Leaves;
        }
    }

    private void Release(in OrderSlot order, int quantity)
    {
        if (order.Side == Side.Buy)
        {
            if (order.Kind is OrderKind.Limit or OrderKind.StopLimit)
            {
                var value = Value(_instruments[order.Instrument], order.Price, quantity);
                ref var account = ref _accounts[order.Account];
                account.Available += value;
                account.Held -= value;
            }
        }
        else if (order.Supply == Supply.Transfer)
        {
            ref var position = ref _positions.Find(order.Account, order.Instrument);
            position.Available += quantity;
            position.Held -= quantity;
        }
        else if (order.Kind == OrderKind.Limit)
        {
            _products[_instruments[order.Instrument].Product].Reserved -= quantity;
        }
    }

    private void ReportOrder(
        ReportKind kind, Reason reason, ref InstrumentState instrument, in OrderSlot order, int price, int quantity, int leaves)
    {
        ref var report = ref BeginReport(kind, reason, order.Side, instrument.Phase);
        report.Instrument = order.Instrument;
        report.Account = order.Account;
        report.OtherAccount = 0;
        report.ClientOrderId = order.ClientOrderId;
        report.OtherClientOrderId = 0;
        report.Sequence = ++instrument.Sequence;
        report.Time = _now;
        report.Price = price;
        report.Quantity = quantity;
        report.Leaves = leaves;
        report.OtherLeaves = 0;
        EndReport(ref report);
    }

    private void ReportInstrument(ReportKind kind, ref InstrumentState instrument, int number, int price, long quantity) =>
        Report(new ExecutionReport
        {
            Kind = kind, Phase = instrument.Phase, Instrument = number, Sequence = ++instrument.Sequence, Time = _now, Price = price,
            Quantity = (int)Math.Min(int.MaxValue, quantity),
        });
}
