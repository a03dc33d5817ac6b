using DataExchange.Matching.Book;

namespace DataExchange.Matching;

/// <content>Incoming orders: taking, resting, triggering.</content>
public sealed partial class MatchingEngine<THandler>
{
    /// <summary>How a taking went.</summary>
    private enum Taken
    {
        /// <summary>The order rests with what is left, or is ended as its life says.</summary>
        Open,

        /// <summary>It is filled: its slot is still its own.</summary>
        Filled,

        /// <summary>It was ended on the way, with its report; its slot is free.</summary>
        Ended,

        /// <summary>The instrument was halted before it.</summary>
        Halted,
    }

    /// <summary>Lets an accepted order, which is in no book yet, trade and rest.</summary>
    private void Go(ref InstrumentState instrument, int slot)
    {
        ref var order = ref _orders[slot];
        if (instrument.Phase != Phase.Continuous)
        {
            Rest(ref instrument, slot);
            return;
        }

        if (order.TimeInForce == TimeInForce.FillOrKill && !IsFillable(instrument, order))
        {
            EndIncoming(ref instrument, slot, Reason.NotFillable);
            return;
        }

        var taken = Crosses(instrument, order.Side, order.Price) || HasNoLimit(order) ? Take(ref instrument, slot) : Taken.Open;
        switch (taken)
        {
            case Taken.Filled:
                GiveSlot(slot);
                return;
            case Taken.Ended:
                return;
            case Taken.Halted when order.Kind == OrderKind.Market || order.TimeInForce >= TimeInForce.ImmediateOrCancel:
                EndIncoming(ref instrument, slot, Reason.TradingHalted);
                return;
            case Taken.Open when order.Kind == OrderKind.Market || order.TimeInForce >= TimeInForce.ImmediateOrCancel:
                EndIncoming(ref instrument, slot, Reason.NothingLeftToTake);
                return;
            default:
                order.Shown = order.Display == 0 ? order.Leaves : Math.Min(order.Display, order.Leaves);
                Rest(ref instrument, slot);
                return;
        }
    }

    private static bool HasNoLimit(in OrderSlot order) =>
        order.Kind == OrderKind.Market || (order.Kind == OrderKind.Budget && order.Price == 0);

    private Taken Take(ref InstrumentState instrument, int slot)
    {
        ref var taker = ref _orders[slot];
        var buys = taker.Side == Side.Buy;
        ref var side = ref (buys ? ref instrument.Asks : ref instrument.Bids);
        var limit = !HasNoLimit(taker) ? taker.Price : buys ? int.MaxValue : 0;
        var participant = _accounts[taker.Account].Participant;
        while (side.BestLevel != 0 && (buys ? side.BestPrice <= limit : side.BestPrice >= limit))
        {
            var price = side.BestPrice;
            if (price < instrument.LowestTrade || price > instrument.HighestTrade)
            {
                Halt(ref instrument, taker.Instrument, price);
                return Taken.Halted;
            }

            var makerSlot = _levels[side.BestLevel].Head;
            ref var maker = ref _orders[makerSlot];
            if (_accounts[maker.Account].Participant == participant)
            {
                var prevented = PreventSelfTrade(ref instrument, slot, makerSlot);
                if (prevented != Taken.Open)
                {
                    return prevented;
                }

                continue;
            }

            var quantity = maker.Shown;
            if (maker.Kind >= OrderKind.Posted && !CanGive(ref instrument, makerSlot, out quantity))
            {
                continue;
            }

            var reason = CanTake(ref instrument, taker, price, ref quantity);
            if (reason != Reason.None)
            {
                EndIncoming(ref instrument, slot, reason);
                return Taken.Ended;
            }

            ref var units = ref _positions.Find(buys ? taker.Account : maker.Account, taker.Instrument);
            var room = Math.Max(0L, Most - units.Available - units.Held);
            if (quantity > room && (quantity = (int)InLots(instrument, room)) == 0)
            {
                EndIncoming(ref instrument, slot, Reason.CapacityReached);
                return Taken.Ended;
            }

            units.Available += quantity;
            if (Trade(ref instrument, slot, makerSlot, price, quantity))
            {
                return Taken.Filled;
            }
        }

        return Taken.Open;
    }

    /// <summary>Cuts the quantity to what the taker can trade at the price; a reason when that is nothing.</summary>
    private Reason CanTake(ref InstrumentState instrument, in OrderSlot taker, int price, ref int quantity)
    {
        if (taker.Kind == OrderKind.Limit)
        {
            quantity = Math.Min(quantity, taker.Leaves);
        }
        else if (taker.Kind >= OrderKind.Posted)
        {
            ref var product = ref _products[instrument.Product];
            var reason = GivesNothing(instrument, product, taker, out var given);
            if (reason != Reason.None)
            {
                return reason;
            }

            quantity = (int)Math.Min(quantity, given);
        }
        else
        {
            var free = _accounts[taker.Account].Available;
            if (taker.Kind == OrderKind.Budget)
            {
                free = Math.Min(free, _budget);
            }
            else
            {
                quantity = Math.Min(quantity, taker.Leaves);
            }

            if (taker.Side == Side.Buy)
            {
                quantity = (int)InLots(instrument, Math.Min(quantity, free / Value(instrument, price, 1)));
                if (quantity == 0)
                {
                    return taker.Kind == OrderKind.Budget ? Reason.NothingLeftToTake : Reason.InsufficientFunds;
                }
            }
        }

        return Reason.None;
    }

    /// <summary>What a posted or exclusive offer in the book can give; when nothing, it is withdrawn.</summary>
    private bool CanGive(ref InstrumentState instrument, int slot, out int quantity)
    {
        ref var offer = ref _orders[slot];
        var reason = GivesNothing(instrument, _products[instrument.Product], offer, out var given);
        quantity = (int)given;
        if (reason == Reason.None)
        {
            return true;
        }

        End(ref instrument, slot, ReportKind.Cancelled, reason);
        return false;
    }

    private static Reason GivesNothing(in InstrumentState instrument, in ProductState product, in OrderSlot offer, out long given)
    {
        given = InLots(instrument, Math.Min(Math.Min(offer.Unlimited == 1 ? Most : offer.Leaves, product.RightLeft), Most));
        return product.Exclusive ? Reason.ExclusiveSold
            : offer.Kind == OrderKind.Exclusive && product.Active > 0 ? Reason.LicencesActive
            : given == 0 ? Reason.CapReached
            : Reason.None;
    }

    private Taken PreventSelfTrade(ref InstrumentState instrument, int slot, int makerSlot)
    {
        ref var taker = ref _orders[slot];
        ref var maker = ref _orders[makerSlot];
        switch (taker.SelfTrade)
        {
            case SelfTradePrevention.CancelOldest:
                End(ref instrument, makerSlot, ReportKind.Cancelled, Reason.SelfTrade);
                return Taken.Open;
            case SelfTradePrevention.CancelBoth:
                End(ref instrument, makerSlot, ReportKind.Cancelled, Reason.SelfTrade);
                EndIncoming(ref instrument, slot, Reason.SelfTrade);
                return Taken.Ended;
            case SelfTradePrevention.DecrementAndCancel when maker.Kind < OrderKind.Posted && taker.Kind < OrderKind.Budget:
                return Decrement(ref instrument, slot, makerSlot);
            default:
                EndIncoming(ref instrument, slot, Reason.SelfTrade);
                return Taken.Ended;
        }
    }

    private Taken Decrement(ref InstrumentState instrument, int slot, int makerSlot)
    {
        ref var taker = ref _orders[slot];
        ref var maker = ref _orders[makerSlot];
        var quantity = Math.Min(taker.Leaves, maker.Leaves);
        Release(maker, quantity);
        maker.Leaves -= quantity;
        ReportOrder(
            maker.Leaves == 0 ? ReportKind.Cancelled : ReportKind.Reduced, Reason.SelfTrade, ref instrument, maker, maker.Price, quantity, maker.Leaves);
        if (maker.Leaves == 0)
        {
            TakeOut(ref instrument, makerSlot);
        }
        else
        {
            Show(ref maker, Math.Min(maker.Shown, maker.Leaves));
        }

        Release(taker, quantity);
        taker.Leaves -= quantity;
        ReportOrder(
            taker.Leaves == 0 ? ReportKind.Cancelled : ReportKind.Reduced, Reason.SelfTrade, ref instrument, taker, taker.Price, quantity, taker.Leaves);
        if (taker.Leaves > 0)
        {
            return Taken.Open;
        }

        GiveSlot(slot);
        return Taken.Ended;
    }

    private void Show(ref OrderSlot order, int shown)
    {
        _levels[order.Level].Shown += shown - order.Shown;
        order.Shown = shown;
    }

    /// <summary>Trades with the first order of the best level, the buyer having the units already; true when the taker is filled.</summary>
    private bool Trade(ref InstrumentState instrument, int slot, int makerSlot, int price, int quantity)
    {
        ref var taker = ref _orders[slot];
        ref var maker = ref _orders[makerSlot];
        instrument.LastPrice = price;
        if (taker.Unlimited == 0)
        {
            taker.Leaves -= taker.Kind == OrderKind.Budget ? 0 : quantity;
        }

        if (maker.Unlimited == 0)
        {
            maker.Leaves -= quantity;
            maker.Shown -= quantity;
            _levels[maker.Level].Shown -= quantity;
        }

        Report(new ExecutionReport
        {
            Kind = ReportKind.Filled, Side = taker.Side, Phase = instrument.Phase, Instrument = taker.Instrument, Account = taker.Account,
            ClientOrderId = taker.ClientOrderId, OtherAccount = maker.Account, OtherClientOrderId = maker.ClientOrderId,
            Sequence = ++instrument.Sequence, Time = _now, Price = price, Quantity = quantity, Leaves = taker.Leaves, OtherLeaves = maker.Leaves,
        });
        ref var buyer = ref (taker.Side == Side.Buy ? ref taker : ref maker);
        ref var seller = ref (taker.Side == Side.Buy ? ref maker : ref taker);
        Settle(ref instrument, buyer, seller, price, quantity);
        if (taker.Kind == OrderKind.Budget)
        {
            _budget -= Value(instrument, price, quantity);
        }

        var exclusive = seller.Kind == OrderKind.Exclusive;
        if (maker.Unlimited == 0 && maker.Shown == 0)
        {
            if (maker.Leaves == 0)
            {
                TakeOut(ref instrument, makerSlot);
            }
            else
            {
                ShowNextSlice(ref maker, makerSlot);
            }
        }

        if (exclusive)
        {
            BeginExclusive(instrument.Product);
        }

        return taker.Leaves == 0 && taker.Unlimited == 0 && taker.Kind != OrderKind.Budget;
    }

    /// <summary>Money to the seller, units from the seller; the buyer has them already.</summary>
    private void Settle(ref InstrumentState instrument, in OrderSlot buyer, in OrderSlot seller, int price, int quantity)
    {
        var value = Value(instrument, price, quantity);
        ref var payer = ref _accounts[buyer.Account];
        if (buyer.Kind is OrderKind.Limit or OrderKind.StopLimit)
        {
            var held = Value(instrument, buyer.Price, quantity);
            payer.Held -= held;
            payer.Available += held - value;
        }
        else
        {
            payer.Available -= value;
        }

        _accounts[seller.Account].Available += value;
        if (seller.Supply == Supply.Transfer)
        {
            _positions.Find(seller.Account, seller.Instrument).Held -= quantity;
        }
        else
        {
            ref var product = ref _products[instrument.Product];
            product.Issued += quantity;
            product.Reserved -= seller.Kind == OrderKind.Limit ? quantity : 0;
        }
    }

    private void BeginExclusive(int number)
    {
        ref var product = ref _products[number];
        product.Exclusive = true;
        for (var next = product.FirstInstrument; next != 0; next = _instruments[next - 1].NextOfProduct)
        {
            ref var instrument = ref _instruments[next - 1];
            EndWhich(ref instrument, ref instrument.Asks, downwards: false, Which.Issues, 0, ReportKind.Cancelled, Reason.ExclusiveSold);
        }
    }
}
