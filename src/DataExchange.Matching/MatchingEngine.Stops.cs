using DataExchange.Matching.Book;

namespace DataExchange.Matching;

/// <content>Stop orders, and whether a fill-or-kill order can be filled.</content>
public sealed partial class MatchingEngine<THandler>
{
    private static bool IsReached(in InstrumentState instrument, in OrderSlot order) =>
        instrument.LastPrice != 0
        && (order.Side == Side.Buy ? instrument.LastPrice >= order.StopPrice : instrument.LastPrice <= order.StopPrice);

    private void LookAtStops(int number)
    {
        ref var instrument = ref _instruments[number];
        while (instrument.Phase == Phase.Continuous && instrument.LastPrice != 0)
        {
            int level;
            if (instrument.StopBuys.BestLevel != 0 && instrument.LastPrice >= instrument.StopBuys.BestPrice)
            {
                level = instrument.StopBuys.BestLevel;
            }
            else if (instrument.StopSells.BestLevel != 0 && instrument.LastPrice <= instrument.StopSells.BestPrice)
            {
                level = instrument.StopSells.BestLevel;
            }
            else
            {
                return;
            }

            var slot = _levels[level].Head;
            Withdraw(ref instrument, slot);
            Trigger(ref instrument, ref _orders[slot]);
            Go(ref instrument, slot);
        }
    }

    private void Trigger(ref InstrumentState instrument, ref OrderSlot order)
    {
        order.Waits = 0;
        ReportOrder(ReportKind.Triggered, Reason.None, ref instrument, order, order.StopPrice, order.Leaves, order.Leaves);
        if (order.Kind == OrderKind.StopLimit)
        {
            order.Kind = OrderKind.Limit;
            return;
        }

        (order.Kind, order.TimeInForce) = (OrderKind.Market, TimeInForce.ImmediateOrCancel);
    }

    /// <summary>Whether the book holds enough for all of an order, before anything happens.</summary>
    private bool IsFillable(in InstrumentState instrument, in OrderSlot order)
    {
        var buys = order.Side == Side.Buy;
        ref readonly var side = ref (buys ? ref instrument.Asks : ref instrument.Bids);
        ref var product = ref _products[instrument.Product];
        var participant = _accounts[order.Account].Participant;
        var funds = buys && order.Kind == OrderKind.Market ? _accounts[order.Account].Available : long.MaxValue;
        var right = product.RightLeft;
        var wanted = order.Leaves;
        var (number, price) = (side.BestLevel, side.BestPrice);
        for (; number != 0; (number, price) = _prices.Next(side, price, downwards: !buys))
        {
            if (price < instrument.LowestTrade || price > instrument.HighestTrade
                || (!HasNoLimit(order) && (buys ? price > order.Price : price < order.Price)))
            {
                return false;
            }

            for (var slot = _levels[number].Head; slot != 0; slot = _orders[slot].Next)
            {
                ref var maker = ref _orders[slot];
                if (_accounts[maker.Account].Participant == participant)
                {
                    if (order.SelfTrade == SelfTradePrevention.CancelOldest)
                    {
                        continue;
                    }

                    return false;
                }

                var given = (int)Math.Min(wanted, Counts(instrument, product, maker, ref right, wanted == order.Leaves));
                wanted -= given;
                funds -= funds == long.MaxValue ? 0 : Value(instrument, price, given);
                if (funds < 0)
                {
                    return false;
                }

                if (wanted == 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A right of -1 says that an exclusive licence has been counted: nothing else is issued after it.
    private static long Counts(in InstrumentState instrument, in ProductState product, in OrderSlot maker, ref long right, bool isFirst)
    {
        if (maker.Supply == Supply.Transfer || (maker.Kind == OrderKind.Limit && right >= 0))
        {
            return maker.Leaves;
        }

        if (right < 0 || maker.Kind == OrderKind.Limit)
        {
            return 0;
        }

        if (maker.Kind == OrderKind.Exclusive)
        {
            if (!isFirst || product.Active > 0 || right < instrument.Lot)
            {
                return 0;
            }

            right = -1;
            return instrument.Lot;
        }

        var given = InLots(instrument, Math.Min(maker.Unlimited == 1 ? Most : maker.Leaves, right));
        right -= given;
        return given;
    }
}
