using DataExchange.Matching.Book;

namespace DataExchange.Matching;

/// <content>Orders into and out of the book.</content>
public sealed partial class MatchingEngine<THandler>
{
    private long _budget;
    private long _until;

    /// <summary>Puts an order at the end of its level.</summary>
    private void Rest(ref InstrumentState instrument, int slot)
    {
        ref var order = ref _orders[slot];
        ref var side = ref (order.Side == Side.Buy ? ref instrument.Bids : ref instrument.Asks);
        Append(ref side, slot, order.Price, order.Side == Side.Buy);
        Enlist(slot, ref order);
    }

    /// <summary>Puts a stop order among those that wait.</summary>
    private void Wait(int slot)
    {
        ref var order = ref _orders[slot];
        ref var instrument = ref _instruments[order.Instrument];
        ref var side = ref (order.Side == Side.Buy ? ref instrument.StopBuys : ref instrument.StopSells);
        Append(ref side, slot, order.StopPrice, order.Side == Side.Sell);
        Enlist(slot, ref order);
    }

    private void Enlist(int slot, ref OrderSlot order)
    {
        _index.Add(slot);
        _live++;
        if (order.TimeInForce == TimeInForce.GoodTillDate)
        {
            _expiries.Set(slot, _until, order.Accepted);
            NoteNextDue();
        }
    }

    private void Append(ref BookSide side, int slot, int price, bool highestIsBest)
    {
        var number = _prices.GetOrAdd(ref side, price, highestIsBest ? 0 : 1);
        ref var level = ref _levels[number];
        ref var order = ref _orders[slot];
        order.Level = number;
        order.Next = 0;
        order.Previous = level.Tail;
        if (level.Tail == 0)
        {
            level.Head = slot;
        }
        else
        {
            _orders[level.Tail].Next = slot;
        }

        level.Tail = slot;
        level.Shown += order.Shown;
    }

    /// <summary>Takes a live order out of book, index and expiries, and frees its slot. Its shown quantity must still be in its level's.</summary>
    private void TakeOut(ref InstrumentState instrument, int slot)
    {
        ref var order = ref _orders[slot];
        Unlink(ref instrument, slot, ref order);
        _index.Remove(slot);
        _live--;
        if (order.TimeInForce == TimeInForce.GoodTillDate)
        {
            _expiries.Remove(slot);
            NoteNextDue();
        }

        GiveSlot(slot);
    }

    private void Unlink(ref InstrumentState instrument, int slot, ref OrderSlot order)
    {
        ref var level = ref _levels[order.Level];
        level.Shown -= order.Shown;
        if (order.Previous == 0)
        {
            level.Head = order.Next;
        }
        else
        {
            _orders[order.Previous].Next = order.Next;
        }

        if (order.Next != 0)
        {
            _orders[order.Next].Previous = order.Previous;
            return;
        }

        level.Tail = order.Previous;
        if (order.Previous == 0)
        {
            RemoveLevel(ref instrument, order);
        }
    }

    private void RemoveLevel(ref InstrumentState instrument, in OrderSlot order)
    {
        var buys = order.Side == Side.Buy;
        if (order.Waits == 1)
        {
            _prices.Remove(ref buys ? ref instrument.StopBuys : ref instrument.StopSells, order.StopPrice, !buys);
        }
        else
        {
            _prices.Remove(ref buys ? ref instrument.Bids : ref instrument.Asks, order.Price, buys);
        }
    }

    /// <summary>Moves an order with a new slice to the end of its level.</summary>
    private void ShowNextSlice(ref OrderSlot order, int slot)
    {
        ref var level = ref _levels[order.Level];
        order.Shown = Math.Min(order.Display, order.Leaves);
        level.Shown += order.Shown;
        if (order.Next == 0)
        {
            return;
        }

        // Only the first of a level is ever used up, except by a decrement, which also meets the first only.
        level.Head = order.Next;
        _orders[order.Next].Previous = 0;
        _orders[level.Tail].Next = slot;
        (order.Previous, order.Next) = (level.Tail, 0);
        level.Tail = slot;
    }

    /// <summary>Ends a live order for a reason, with its report.</summary>
    private void End(ref InstrumentState instrument, int slot, ReportKind kind, Reason reason)
    {
        ref var order = ref _orders[slot];
        var leaves = order.Leaves;
        Release(order, leaves);
        ReportOrder(kind, reason, ref instrument, order, order.Price, leaves, 0);
        TakeOut(ref instrument, slot);
    }

    /// <summary>Ends an order that is not in the book, with its report.</summary>
    private void EndIncoming(ref InstrumentState instrument, int slot, Reason reason)
    {
        ref var order = ref _orders[slot];
        var leaves = order.Leaves;
        Release(order, leaves);
        ReportOrder(ReportKind.Cancelled, reason, ref instrument, order, order.Price, leaves, 0);
        GiveSlot(slot);
    }
}
