using DataExchange.Matching.Book;

namespace DataExchange.Matching;

/// <content>The uniform price and what trades at it.</content>
public sealed partial class MatchingEngine<THandler>
{
    /// <summary>Uncrosses a book; false when nothing can trade.</summary>
    private bool Uncross(int number)
    {
        ref var instrument = ref _instruments[number];
        if (instrument.Bids.BestLevel == 0 || instrument.Asks.BestLevel == 0 || instrument.Bids.BestPrice < instrument.Asks.BestPrice)
        {
            return false;
        }

        var (price, volume) = UniformPrice(instrument);
        if (volume == 0)
        {
            return false;
        }

        instrument.LastPrice = price;
        SetReference(ref instrument, price);
        ReportInstrument(ReportKind.Uncrossed, ref instrument, number, price, volume);
        Pair(ref instrument, price, volume);
        return true;
    }

    private void Pair(ref InstrumentState instrument, int price, long volume)
    {
        var (level, levelPrice) = (instrument.Asks.BestLevel, instrument.Asks.BestPrice);
        var askSlot = _levels[level].Head;
        while (volume > 0)
        {
            ref var ask = ref _orders[askSlot];
            var given = ask.Kind switch
            {
                OrderKind.Exclusive => 0,
                OrderKind.Posted => PostedGives(instrument, ask),
                _ => ask.Leaves,
            };
            if (given > 0)
            {
                var bidSlot = _levels[instrument.Bids.BestLevel].Head;
                var quantity = (int)Math.Min(volume, Math.Min(given, _orders[bidSlot].Leaves));
                TradeInAuction(ref instrument, bidSlot, askSlot, price, quantity);
                volume -= quantity;
                if (quantity < given)
                {
                    continue;
                }
            }

            // The next ask is looked up before this one may vanish, and its level with it.
            var used = askSlot;
            var spent = given > 0 && ask.Unlimited == 0 && ask.Leaves == 0;
            if (ask.Next != 0)
            {
                askSlot = ask.Next;
            }
            else
            {
                (level, levelPrice) = _prices.Next(instrument.Asks, levelPrice, downwards: false);
                askSlot = _levels[level].Head;
            }

            if (spent)
            {
                TakeOut(ref instrument, used);
            }
        }
    }

    private long PostedGives(in InstrumentState instrument, in OrderSlot offer) => InLots(
        instrument, Math.Min(Math.Min(offer.Unlimited == 1 ? Most : offer.Leaves, _products[instrument.Product].RightLeft), Most));

    private void TradeInAuction(ref InstrumentState instrument, int bidSlot, int askSlot, int price, int quantity)
    {
        ref var bid = ref _orders[bidSlot];
        ref var ask = ref _orders[askSlot];
        bid.Leaves -= quantity;
        ask.Leaves -= ask.Unlimited == 1 ? 0 : quantity;
        Report(new ExecutionReport
        {
            Kind = ReportKind.Filled, Side = Side.Buy, Phase = instrument.Phase, Instrument = bid.Instrument, Account = bid.Account,
            ClientOrderId = bid.ClientOrderId, OtherAccount = ask.Account, OtherClientOrderId = ask.ClientOrderId,
            Sequence = ++instrument.Sequence, Time = _now, Price = price, Quantity = quantity, Leaves = bid.Leaves, OtherLeaves = ask.Leaves,
        });
        Settle(ref instrument, bid, ask, price, quantity);
        _positions.Find(bid.Account, bid.Instrument).Available += quantity;
        Show(ref ask, ask.Display == 0 ? ask.Leaves : Math.Min(ask.Display, ask.Leaves));
        Show(ref bid, bid.Display == 0 ? bid.Leaves : Math.Min(bid.Display, bid.Leaves));
        if (bid.Leaves == 0)
        {
            TakeOut(ref instrument, bidSlot);
        }
    }

    private (int Price, long Volume) UniformPrice(in InstrumentState instrument)
    {
        var (lowest, highest) = (instrument.Asks.BestPrice, instrument.Bids.BestPrice);
        var demand = 0L;
        var (bidLevel, bidPrice) = (0, 0);
        for (var (level, price) = (instrument.Bids.BestLevel, highest);
             level != 0 && price >= lowest;
             (level, price) = _prices.Next(instrument.Bids, price, downwards: true))
        {
            demand += LeavesOf(level);
            (bidLevel, bidPrice) = (level, price);
        }

        var (askLevel, askPrice) = (instrument.Asks.BestLevel, lowest);
        var (firm, copies) = (0L, 0L);
        var right = _products[instrument.Product].RightLeft;
        var choice = new AuctionChoice(instrument.LastPrice != 0 ? instrument.LastPrice : instrument.Reference);
        while (bidLevel != 0 || (askLevel != 0 && askPrice <= highest))
        {
            var askIsNext = askLevel != 0 && askPrice <= highest && (bidLevel == 0 || askPrice <= bidPrice);
            var price = askIsNext ? askPrice : bidPrice;
            if (askIsNext)
            {
                AddOffered(askLevel, ref firm, ref copies);
                (askLevel, askPrice) = _prices.Next(instrument.Asks, askPrice, downwards: false);
            }

            var posted = InLots(instrument, Math.Min(copies, right));
            choice.Consider(price, demand, firm + Math.Min(posted, Math.Max(0, demand - firm)));
            if (bidLevel != 0 && bidPrice == price)
            {
                demand -= LeavesOf(bidLevel);
                (bidLevel, bidPrice) = _prices.Next(instrument.Bids, bidPrice, downwards: false);
            }
        }

        return choice.Chosen;
    }

    private long LeavesOf(int level)
    {
        var sum = 0L;
        for (var slot = _levels[level].Head; slot != 0; slot = _orders[slot].Next)
        {
            sum += _orders[slot].Leaves;
        }

        return sum;
    }

    private void AddOffered(int level, ref long firm, ref long copies)
    {
        for (var slot = _levels[level].Head; slot != 0; slot = _orders[slot].Next)
        {
            ref var ask = ref _orders[slot];
            if (ask.Kind == OrderKind.Posted)
            {
                copies = Math.Min(long.MaxValue / 4, copies + (ask.Unlimited == 1 ? long.MaxValue / 4 : ask.Leaves));
            }
            else if (ask.Kind != OrderKind.Exclusive)
            {
                firm += ask.Leaves;
            }
        }
    }
}
