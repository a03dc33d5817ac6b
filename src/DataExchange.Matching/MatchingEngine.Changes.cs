using DataExchange.Matching.Book;

namespace DataExchange.Matching;

/// <content>Cancel, reduce, replace.</content>
public sealed partial class MatchingEngine<THandler>
{
    /// <summary>Which orders of a side are ended.</summary>
    private enum Which
    {
        /// <summary>Those of an account.</summary>
        OfAccount,

        /// <summary>Those good for the day.</summary>
        OfDay,

        /// <summary>Those that issue.</summary>
        Issues,
    }

    private void Cancel(in Command command)
    {
        var reason = FindLive(command, command.ClientOrderId, out var slot);
        if (reason != Reason.None)
        {
            Reject(command, reason);
            return;
        }

        End(ref _instruments[command.Instrument], slot, ReportKind.Cancelled, Reason.Requested);
    }

    private void Reduce(in Command command)
    {
        var reason = FindLive(command, command.ClientOrderId, out var slot);
        ref var order = ref _orders[slot];
        if (reason == Reason.None)
        {
            ref var instrument = ref _instruments[command.Instrument];
            reason = order.Unlimited == 1 || order.Waits == 1 || order.Kind == OrderKind.Exclusive ? Reason.InvalidCommand
                : instrument.Phase == Phase.Closed ? Reason.PhaseForbids
                : command.Quantity <= 0 || command.Quantity >= order.Leaves || command.Quantity % instrument.Lot != 0 ? Reason.InvalidQuantity
                : Reason.None;
        }

        if (reason != Reason.None)
        {
            Reject(command, reason);
            return;
        }

        var less = order.Leaves - command.Quantity;
        Release(order, less);
        order.Leaves = command.Quantity;
        Show(ref order, Math.Min(order.Shown, order.Leaves));
        ReportOrder(ReportKind.Reduced, Reason.Requested, ref _instruments[command.Instrument], order, order.Price, less, order.Leaves);
    }

    private void Replace(in Command command)
    {
        var slot = 0;
        var reason = !IsInstrument(command.Instrument) ? Reason.UnknownInstrument
            : !IsAccount(command.Account) ? Reason.UnknownAccount
            : command.ClientOrderId <= _accounts[command.Account].LastClientOrderId ? Reason.DuplicateOrder
            : Reason.None;
        if (reason == Reason.None)
        {
            _accounts[command.Account].LastClientOrderId = command.ClientOrderId;
            reason = FindLive(command, command.Amount, out slot);
        }

        if (reason == Reason.None)
        {
            reason = CheckReplacement(command, _orders[slot]);
        }

        if (reason != Reason.None)
        {
            Reject(command, reason);
            return;
        }

        ref var instrument = ref _instruments[command.Instrument];
        ref var order = ref _orders[slot];
        var original = order.ClientOrderId;
        var keeps = order.Price == command.Price && order.Display == command.Display && command.Quantity <= order.Leaves;
        if (keeps)
        {
            _index.Remove(slot);
            order.ClientOrderId = command.ClientOrderId;
            _index.Add(slot);
            Release(order, order.Leaves - command.Quantity);
            order.Leaves = command.Quantity;
            Show(ref order, Math.Min(order.Shown, order.Leaves));
        }
        else
        {
            Release(order, order.Leaves);
            Withdraw(ref instrument, slot);
            order.ClientOrderId = command.ClientOrderId;
            order.Accepted = ++_accepted;
            (order.Price, order.Leaves, order.Display) = (command.Price, command.Quantity, command.Display);
            order.Shown = command.Display == 0 ? command.Quantity : command.Display;
            Hold(order);
        }

        Report(new ExecutionReport
        {
            Kind = ReportKind.Replaced, Side = order.Side, Phase = instrument.Phase, Instrument = command.Instrument, Account = command.Account,
            ClientOrderId = command.ClientOrderId, OtherClientOrderId = original, Sequence = ++instrument.Sequence, Time = _now,
            Price = command.Price, Quantity = command.Quantity, Leaves = command.Quantity,
        });
        if (!keeps)
        {
            Go(ref instrument, slot);
            LookAtStops(command.Instrument);
        }
    }

    private Reason CheckReplacement(in Command command, in OrderSlot order)
    {
        ref var instrument = ref _instruments[command.Instrument];
        if (order.Kind != OrderKind.Limit)
        {
            return Reason.InvalidCommand;
        }

        if (!IsQuantity(instrument, command.Quantity, command.Display) || (command.Display != 0 && order.Display == 0))
        {
            return Reason.InvalidQuantity;
        }

        if (!IsPrice(instrument, command.Instrument, command.Price))
        {
            return Reason.InvalidPrice;
        }

        if (instrument.Phase == Phase.Closed)
        {
            return Reason.PhaseForbids;
        }

        if (order.Side == Side.Sell && order.Supply == Supply.Transfer)
        {
            if (_positions.Find(order.Account, order.Instrument).Available + order.Leaves < command.Quantity)
            {
                return Reason.InsufficientUnits;
            }
        }
        else if (order.Side == Side.Sell && _products[instrument.Product].RightLeft + order.Leaves < command.Quantity)
        {
            return Reason.CapReached;
        }

        if (order.PostOnly == 1 && instrument.Phase == Phase.Continuous && Crosses(instrument, order.Side, command.Price))
        {
            return Reason.WouldTake;
        }

        if (order.Side == Side.Buy
            && _accounts[order.Account].Available + Value(instrument, order.Price, order.Leaves) < Value(instrument, command.Price, command.Quantity))
        {
            return Reason.InsufficientFunds;
        }

        return _prices.HasRoom ? Reason.None : Reason.CapacityReached;
    }

    private Reason FindLive(in Command command, long id, out int slot)
    {
        slot = 0;
        if (!IsInstrument(command.Instrument))
        {
            return Reason.UnknownInstrument;
        }

        if (!IsAccount(command.Account))
        {
            return Reason.UnknownAccount;
        }

        slot = _index.Find(command.Account, id);
        if (slot != 0 && _orders[slot].Instrument != command.Instrument)
        {
            slot = 0;
        }

        return slot == 0 ? Reason.UnknownOrder : Reason.None;
    }

    private Reason CancelAll(in Command command)
    {
        if (!IsAccount(command.Account))
        {
            return Reason.UnknownAccount;
        }

        if (command.Instrument != Command.All)
        {
            return IsInstrument(command.Instrument) ? EndOrders(command.Instrument, command.Account) : Reason.UnknownInstrument;
        }

        for (var number = 0; number < _instrumentsUsed; number++)
        {
            EndOrders(number, command.Account);
        }

        return Reason.None;
    }

    private Reason EndOrders(int number, int account)
    {
        EndAllWhich(ref _instruments[number], Which.OfAccount, account, ReportKind.Cancelled, Reason.Requested);
        return Reason.None;
    }

    private void EndAllWhich(ref InstrumentState instrument, Which which, int account, ReportKind kind, Reason reason)
    {
        EndWhich(ref instrument, ref instrument.Bids, downwards: true, which, account, kind, reason);
        EndWhich(ref instrument, ref instrument.Asks, downwards: false, which, account, kind, reason);
        EndWhich(ref instrument, ref instrument.StopBuys, downwards: false, which, account, kind, reason);
        EndWhich(ref instrument, ref instrument.StopSells, downwards: true, which, account, kind, reason);
    }

    /// <summary>Ends orders of a side, best price first and earlier first.</summary>
    private void EndWhich(
        ref InstrumentState instrument, ref BookSide side, bool downwards, Which which, int account, ReportKind kind, Reason reason)
    {
        var (number, price) = (side.BestLevel, side.BestPrice);
        while (number != 0)
        {
            // Asked for before the level may vanish.
            var next = _prices.Next(side, price, downwards);
            var slot = _levels[number].Head;
            while (slot != 0)
            {
                var following = _orders[slot].Next;
                ref var order = ref _orders[slot];
                var ends = which switch
                {
                    Which.OfAccount => order.Account == account,
                    Which.OfDay => order.TimeInForce == TimeInForce.Day,
                    _ => order.Supply == Supply.Issue,
                };
                if (ends)
                {
                    End(ref instrument, slot, kind, reason);
                }

                slot = following;
            }

            (number, price) = next;
        }
    }

    /// <summary>Takes a live order out of everything but its slot; its expiry goes to where resting again finds it.</summary>
    private void Withdraw(ref InstrumentState instrument, int slot)
    {
        ref var order = ref _orders[slot];
        Unlink(ref instrument, slot, ref order);
        _index.Remove(slot);
        _live--;
        if (order.TimeInForce == TimeInForce.GoodTillDate)
        {
            _until = _expiries.TimeOf(slot);
            _expiries.Remove(slot);
            NoteNextDue();
        }
    }
}
