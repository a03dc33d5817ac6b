namespace DataExchange.Matching.Tests.Naive;

/// <summary>Section "A new order".</summary>
internal sealed partial class NaiveEngine
{
    private Reason NewOrder(in Command command)
    {
        if (!_instruments.TryGetValue(command.Instrument, out var instrument))
        {
            return Reason.UnknownInstrument;
        }

        if (!_accounts.TryGetValue(command.Account, out var account))
        {
            return Reason.UnknownAccount;
        }

        if (account.Pool != instrument.Pool)
        {
            return Reason.WrongPool;
        }

        if (command.ClientOrderId <= account.LargestId)
        {
            return Reason.DuplicateOrder;
        }

        account.LargestId = command.ClientOrderId;
        if (!WordsGoTogether(command))
        {
            return Reason.InvalidCommand;
        }

        var order = new NaiveOrder
        {
            Instrument = instrument, Account = account, Id = command.ClientOrderId, Side = command.Side, Kind = command.Order,
            Life = command.TimeInForce, SelfTrade = command.SelfTrade, Supply = command.Supply, PostOnly = command.Flag == 1,
            Price = command.Price, StopPrice = command.StopPrice, Display = command.Display, Until = command.Until,
            Leaves = command.Quantity, Unlimited = command.Order == OrderKind.Posted && command.Quantity == 0, BudgetLeft = command.Amount,
        };
        var reason = Refusal(order);
        if (reason == Reason.None)
        {
            Accept(order);
        }

        return reason;
    }

    /// <summary>Check 1.</summary>
    private static bool WordsGoTogether(in Command command)
    {
        var kind = command.Order;
        var stays = command.TimeInForce is TimeInForce.GoodTillCancel or TimeInForce.Day or TimeInForce.GoodTillDate;
        var isStop = kind is OrderKind.Stop or OrderKind.StopLimit;
        var isOffer = kind is OrderKind.Posted or OrderKind.Exclusive;
        bool[] faults =
        [
            command.Flag == 1 && !(kind == OrderKind.Limit && stays),
            command.Display != 0 && !(kind == OrderKind.Limit && stays && command.Supply == Supply.Transfer),
            kind == OrderKind.Market && stays,
            kind == OrderKind.Budget && (command.TimeInForce != TimeInForce.ImmediateOrCancel || command.Side != Side.Buy),
            isStop && !stays,
            isStop && command.Supply == Supply.Issue,
            isOffer && !(command.Side == Side.Sell && command.Supply == Supply.Issue && stays),
            command.Supply == Supply.Issue && command.Side == Side.Buy,
            command.Price != 0 && (kind is OrderKind.Market or OrderKind.Stop),
            command.StopPrice != 0 && !isStop,
            command.Amount != 0 && kind != OrderKind.Budget,
            command.Until != 0 && command.TimeInForce != TimeInForce.GoodTillDate,
            command.Quantity != 0 && kind == OrderKind.Budget,
        ];
        return !faults.Contains(true);
    }

    /// <summary>Checks 2 to 9. The tenth is a bound that this engine does not have.</summary>
    private Reason Refusal(NaiveOrder order)
    {
        var reason = QuantityRefusal(order);
        if (reason == Reason.None)
        {
            reason = PriceRefusal(order);
        }

        if (reason != Reason.None)
        {
            return reason;
        }

        var instrument = order.Instrument;
        if (order.Life == TimeInForce.GoodTillDate && order.Until <= _now)
        {
            return Reason.InvalidExpiry;
        }

        if (instrument.Phase == Phase.Closed
            || (instrument.Phase != Phase.Continuous && (!order.Stays || order.Kind is OrderKind.Market or OrderKind.Budget)))
        {
            return Reason.PhaseForbids;
        }

        if (order.Side == Side.Buy && order.Account.Admitted < instrument.Product.Class)
        {
            return Reason.NotAdmitted;
        }

        reason = SupplyRefusal(order);
        return reason != Reason.None ? reason : WouldTake(order) ? Reason.WouldTake : FundsRefusal(order);
    }

    private static Reason QuantityRefusal(NaiveOrder order)
    {
        if (order.IsBudget)
        {
            return order.BudgetLeft is < 1 or > Most ? Reason.InvalidAmount : Reason.None;
        }

        var fine = order.Unlimited || IsQuantity(order.Instrument, order.Leaves);
        if (order.Kind == OrderKind.Exclusive)
        {
            fine = order.Leaves == order.Instrument.Lot;
        }

        return fine && IsDisplay(order.Instrument, order.Display, order.Leaves) ? Reason.None : Reason.InvalidQuantity;
    }

    private static bool IsQuantity(NaiveInstrument instrument, long quantity) =>
        quantity >= 1 && quantity <= instrument.Largest && quantity % instrument.Lot == 0;

    private static bool IsDisplay(NaiveInstrument instrument, int display, long quantity) =>
        display == 0 || (display > 0 && display <= quantity && display % instrument.Lot == 0);

    private static Reason PriceRefusal(NaiveOrder order)
    {
        var hasLimit = order.Kind is OrderKind.Limit or OrderKind.StopLimit or OrderKind.Posted or OrderKind.Exclusive
            || (order.IsBudget && order.Price != 0);
        if (hasLimit && !IsPrice(order.Instrument, order.Price))
        {
            return Reason.InvalidPrice;
        }

        var hasStop = order.Kind is OrderKind.Stop or OrderKind.StopLimit;
        return hasStop && !IsPrice(order.Instrument, order.StopPrice) ? Reason.InvalidPrice : Reason.None;
    }

    private static bool IsPrice(NaiveInstrument instrument, int price)
    {
        var step = instrument.TickBands.Where(band => band.From <= price).Select(band => band.Step).LastOrDefault(1);
        return price >= instrument.Lowest && price <= instrument.Highest && price % step == 0;
    }

    /// <summary>Check 7.</summary>
    private static Reason SupplyRefusal(NaiveOrder order)
    {
        var (instrument, product) = (order.Instrument, order.Instrument.Product);
        if (order.Side == Side.Buy)
        {
            return Reason.None;
        }

        if (order.Supply == Supply.Transfer)
        {
            return !instrument.Resale ? Reason.ResaleForbidden
                : order.Account.UnitsIn(instrument.Number).Available < order.Leaves ? Reason.InsufficientUnits
                : Reason.None;
        }

        var needed = order.IsOffer ? instrument.Lot : order.Leaves;
        return order.Account.Participant != product.Issuer ? Reason.NotIssuer
            : product.Exclusive ? Reason.ExclusiveSold
            : order.Kind == OrderKind.Exclusive && product.Active > 0 ? Reason.LicencesActive
            : product.RightLeft < needed ? Reason.CapReached
            : Reason.None;
    }

    /// <summary>Check 8.</summary>
    private static bool WouldTake(NaiveOrder order)
    {
        var opposite = order.Instrument.Book(order.Side == Side.Buy ? Side.Sell : Side.Buy);
        return order.PostOnly && order.Instrument.Phase == Phase.Continuous && opposite.Count > 0 && order.Crosses(opposite[0].Price);
    }

    /// <summary>Check 9.</summary>
    private static Reason FundsRefusal(NaiveOrder order)
    {
        var needed = order.HoldsFunds ? order.Instrument.Value(order.Price, order.Leaves) : order.IsBudget ? order.BudgetLeft : 0;
        return needed > order.Account.Available ? Reason.InsufficientFunds : Reason.None;
    }

    private void Accept(NaiveOrder order)
    {
        order.Accepted = ++_accepted;
        Report(order, new() { Kind = ReportKind.Accepted, Price = order.Price, Quantity = order.ToldLeaves, Leaves = order.ToldLeaves });
        Hold(order, order.Leaves);
        if (order.Kind is not (OrderKind.Stop or OrderKind.StopLimit))
        {
            ComesIn(order);
        }
        else if (IsReached(order))
        {
            Trigger(order);
        }
        else
        {
            order.Instrument.Waiting.Add(order);
        }

        LookAtStops(order.Instrument);
    }

    private static bool IsReached(NaiveOrder order)
    {
        var last = order.Instrument.LastPrice;
        return order.Instrument.Phase == Phase.Continuous && last != 0
            && (order.Side == Side.Buy ? last >= order.StopPrice : last <= order.StopPrice);
    }

    private void Trigger(NaiveOrder order)
    {
        order.Instrument.Waiting.Remove(order);
        Report(order, new()
        {
            Kind = ReportKind.Triggered, Price = order.StopPrice, Quantity = order.ToldLeaves, Leaves = order.ToldLeaves,
        });
        if (order.Kind == OrderKind.Stop)
        {
            (order.Kind, order.Life) = (OrderKind.Market, TimeInForce.ImmediateOrCancel);
        }
        else
        {
            order.Kind = OrderKind.Limit;
        }

        ComesIn(order);
    }

    /// <summary>Section "Stop orders".</summary>
    private void LookAtStops(NaiveInstrument instrument)
    {
        var sides = new[] { Side.Buy, Side.Sell };
        while (sides.SelectMany(instrument.StopsInTriggerOrder).FirstOrDefault(IsReached) is { } stop)
        {
            Trigger(stop);
        }
    }

    /// <summary>Takes what an order holds for so many units from the available, or gives it back when the number is negative.</summary>
    private static void Hold(NaiveOrder order, long quantity)
    {
        if (order.HoldsFunds)
        {
            var value = order.Instrument.Value(order.Price, quantity);
            order.Account.Available -= value;
            order.Account.Held += value;
        }
        else if (order.HoldsUnits)
        {
            order.Account.UnitsIn(order.Instrument.Number).Available -= quantity;
            order.Account.UnitsIn(order.Instrument.Number).Held += quantity;
        }
        else if (order.HoldsRight)
        {
            order.Instrument.Product.Reserved += quantity;
        }
    }
}
