namespace DataExchange.Matching.Tests.Naive;

/// <summary>Section "Cancel, reduce, replace".</summary>
internal sealed partial class NaiveEngine
{
    private Reason Find(in Command command, long id, out NaiveOrder? order)
    {
        order = null;
        if (!_instruments.TryGetValue(command.Instrument, out var instrument))
        {
            return Reason.UnknownInstrument;
        }

        if (!_accounts.TryGetValue(command.Account, out var account))
        {
            return Reason.UnknownAccount;
        }

        order = instrument.Live().FirstOrDefault(live => live.Account == account && live.Id == id);
        return order is null ? Reason.UnknownOrder : Reason.None;
    }

    private Reason Cancel(in Command command)
    {
        var reason = Find(command, command.ClientOrderId, out var order);
        if (order is null)
        {
            return reason;
        }

        End(order, Reason.Requested);
        return Reason.None;
    }

    private Reason Reduce(in Command command)
    {
        var reason = Find(command, command.ClientOrderId, out var order);
        if (order is null)
        {
            return reason;
        }

        if (order.Unlimited || order.Kind is OrderKind.Stop or OrderKind.StopLimit or OrderKind.Exclusive)
        {
            return Reason.InvalidCommand;
        }

        if (order.Instrument.Phase == Phase.Closed)
        {
            return Reason.PhaseForbids;
        }

        if (command.Quantity <= 0 || command.Quantity >= order.Leaves || command.Quantity % order.Instrument.Lot != 0)
        {
            return Reason.InvalidQuantity;
        }

        TakeOff(order, order.Leaves - command.Quantity, Reason.Requested);
        return Reason.None;
    }

    private Reason Replace(in Command command)
    {
        var reason = Find(command, command.Amount, out var original);
        if (reason is Reason.UnknownInstrument or Reason.UnknownAccount)
        {
            return reason;
        }

        var account = _accounts[command.Account];
        if (command.ClientOrderId <= account.LargestId)
        {
            return Reason.DuplicateOrder;
        }

        account.LargestId = command.ClientOrderId;
        if (original is null)
        {
            return Reason.UnknownOrder;
        }

        if (original.Kind != OrderKind.Limit)
        {
            return Reason.InvalidCommand;
        }

        var instrument = original.Instrument;
        if (!IsQuantity(instrument, command.Quantity) || !IsDisplay(instrument, command.Display, command.Quantity)
            || (command.Display != 0 && original.Display == 0))
        {
            return Reason.InvalidQuantity;
        }

        if (!IsPrice(instrument, command.Price))
        {
            return Reason.InvalidPrice;
        }

        if (instrument.Phase == Phase.Closed)
        {
            return Reason.PhaseForbids;
        }

        var order = new NaiveOrder
        {
            Instrument = instrument, Account = account, Id = command.ClientOrderId, Side = original.Side, Kind = OrderKind.Limit,
            Life = original.Life, SelfTrade = original.SelfTrade, Supply = original.Supply, PostOnly = original.PostOnly,
            Price = command.Price, Display = command.Display, Until = original.Until, Leaves = command.Quantity,
        };
        reason = ReplaceRefusal(original, order);
        if (reason == Reason.None)
        {
            Replace(original, order);
        }

        return reason;
    }

    /// <summary>What the new order needs, with the original's hold given back for as long as it is asked.</summary>
    private static Reason ReplaceRefusal(NaiveOrder original, NaiveOrder order)
    {
        Hold(original, -original.Leaves);
        var reason = Reason.None;
        if (order.HoldsUnits && order.Account.UnitsIn(order.Instrument.Number).Available < order.Leaves)
        {
            reason = Reason.InsufficientUnits;
        }
        else if (order.HoldsRight && order.Instrument.Product.RightLeft < order.Leaves)
        {
            reason = Reason.CapReached;
        }
        else
        {
            reason = WouldTake(order) ? Reason.WouldTake : FundsRefusal(order);
        }

        Hold(original, original.Leaves);
        return reason;
    }

    private void Replace(NaiveOrder original, NaiveOrder order)
    {
        Hold(original, -original.Leaves);
        Hold(order, order.Leaves);
        Report(order, new()
        {
            Kind = ReportKind.Replaced, OtherClientOrderId = original.Id, Price = order.Price, Quantity = order.ToldLeaves,
            Leaves = order.ToldLeaves,
        });
        var book = order.Instrument.Book(order.Side);
        if (order.Price == original.Price && order.Display == original.Display && order.Leaves <= original.Leaves)
        {
            order.Accepted = original.Accepted;
            order.Shown = (int)Math.Min(original.Shown, order.Leaves);
            book[book.IndexOf(original)] = order;
            return;
        }

        book.Remove(original);
        order.Accepted = ++_accepted;
        ComesIn(order);
        LookAtStops(order.Instrument);
    }

    private Reason CancelAll(in Command command)
    {
        if (!_accounts.TryGetValue(command.Account, out var account))
        {
            return Reason.UnknownAccount;
        }

        if (command.Instrument != Command.All && !_instruments.ContainsKey(command.Instrument))
        {
            return Reason.UnknownInstrument;
        }

        foreach (var instrument in Named(command.Instrument))
        {
            instrument.Live().Where(order => order.Account == account).ToList().ForEach(order => End(order, Reason.Requested));
        }

        return Done(command);
    }

    /// <summary>The instrument with the number, or all in rising number.</summary>
    private List<NaiveInstrument> Named(int instrument) =>
        [.. _instruments.Values.Where(one => instrument == Command.All || one.Number == instrument)];
}
