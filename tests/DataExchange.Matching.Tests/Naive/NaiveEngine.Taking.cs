namespace DataExchange.Matching.Tests.Naive;

/// <summary>Section "Taking", and what an order does when it comes in.</summary>
internal sealed partial class NaiveEngine
{
    private void ComesIn(NaiveOrder order)
    {
        var instrument = order.Instrument;
        if (instrument.Phase == Phase.Continuous)
        {
            if (order.Life == TimeInForce.FillOrKill && !CouldBeFilled(order))
            {
                End(order, Reason.NotFillable);
                return;
            }

            Take(order);
        }

        if (order.Ended)
        {
            return;
        }

        if (order.Stays && order.Kind != OrderKind.Market)
        {
            Rest(order);
        }
        else
        {
            // Nothing but a trade outside the band ends the continuous phase while an order takes.
            End(order, instrument.Phase == Phase.Halted ? Reason.TradingHalted : Reason.NothingLeftToTake);
        }
    }

    private static void Rest(NaiveOrder order)
    {
        var book = order.Instrument.Book(order.Side);
        var place = book.FindIndex(other => order.Side == Side.Buy ? other.Price < order.Price : other.Price > order.Price);
        order.Shown = (int)Math.Min(order.Display, order.Leaves);
        book.Insert(place < 0 ? book.Count : place, order);
    }

    private void Take(NaiveOrder taker)
    {
        var instrument = taker.Instrument;
        var opposite = instrument.Book(taker.Side == Side.Buy ? Side.Sell : Side.Buy);
        while (!taker.Ended && instrument.Phase == Phase.Continuous && opposite.Count > 0 && Meets(taker, opposite[0]))
        {
            TakeOnce(taker, opposite[0]);
        }
    }

    private static bool Meets(NaiveOrder taker, NaiveOrder maker) => taker.Price == 0 || taker.Crosses(maker.Price);

    private void TakeOnce(NaiveOrder taker, NaiveOrder maker)
    {
        if (IsOutsideBand(taker.Instrument, maker.Price))
        {
            Halt(taker.Instrument, maker.Price);
        }
        else if (taker.Account.Participant == maker.Account.Participant)
        {
            PreventSelfTrade(taker, maker);
        }
        else if (CannotGive(maker) is var no && no != Reason.None)
        {
            End(maker, no);
        }
        else if (CannotGive(taker) is var neither && neither != Reason.None)
        {
            End(taker, neither);
        }
        else
        {
            Trade(taker, maker);
        }
    }

    /// <summary>Step 1.</summary>
    private static bool IsOutsideBand(NaiveInstrument instrument, int price)
    {
        var b = instrument.BandBasisPoints;
        var low = ((instrument.Reference * (10_000 - b)) + 9_999) / 10_000;
        var high = instrument.Reference * (10_000 + b) / 10_000;
        return b > 0 && (price < low || price > high);
    }

    /// <summary>Step 2.</summary>
    private void PreventSelfTrade(NaiveOrder taker, NaiveOrder maker)
    {
        var policy = taker.SelfTrade;
        if (policy == SelfTradePrevention.DecrementAndCancel && (maker.IsOffer || taker.IsOffer || taker.IsBudget))
        {
            policy = SelfTradePrevention.CancelNewest;
        }

        if (policy is SelfTradePrevention.CancelOldest or SelfTradePrevention.CancelBoth)
        {
            End(maker, Reason.SelfTrade);
        }

        if (policy is SelfTradePrevention.CancelNewest or SelfTradePrevention.CancelBoth)
        {
            End(taker, Reason.SelfTrade);
        }

        if (policy == SelfTradePrevention.DecrementAndCancel)
        {
            var both = Math.Min(taker.Leaves, maker.Leaves);
            TakeOff(maker, both, Reason.SelfTrade);
            TakeOff(taker, both, Reason.SelfTrade);
        }
    }

    /// <summary>Makes an order smaller; one with nothing left is cancelled.</summary>
    private void TakeOff(NaiveOrder order, long quantity, Reason reason)
    {
        if (order.Leaves == quantity)
        {
            End(order, reason);
            return;
        }

        Hold(order, -quantity);
        order.Leaves -= quantity;
        order.Shown = (int)Math.Min(order.Shown, order.Leaves);
        Report(order, new()
        {
            Kind = ReportKind.Reduced, Reason = reason, Price = order.Price, Quantity = (int)quantity, Leaves = order.ToldLeaves,
        });
    }

    /// <summary>Step 3: why a Posted or Exclusive offer cannot sell now. None for every other order.</summary>
    private static Reason CannotGive(NaiveOrder order)
    {
        var product = order.Instrument.Product;
        var nothing = order.Instrument.InLots(product.RightLeft) == 0;
        return order.Kind switch
        {
            OrderKind.Posted when nothing => product.Exclusive ? Reason.ExclusiveSold : Reason.CapReached,
            OrderKind.Exclusive when product.Active > 0 => Reason.LicencesActive,
            OrderKind.Exclusive when nothing => Reason.CapReached,
            _ => Reason.None,
        };
    }

    /// <summary>What an order could sell or buy now, with what it hides.</summary>
    private static long CanGive(NaiveOrder order)
    {
        var copies = order.Unlimited ? MostUnits : order.Leaves;
        return order.Kind == OrderKind.Posted ? Math.Min(copies, order.Instrument.InLots(order.Instrument.Product.RightLeft)) : copies;
    }

    /// <summary>Steps 4 to 6.</summary>
    private void Trade(NaiveOrder taker, NaiveOrder maker)
    {
        var instrument = taker.Instrument;
        var q = taker.IsBudget ? instrument.InLots(MostUnits) : CanGive(taker);
        q = Math.Min(q, maker.Display > 0 ? maker.Shown : CanGive(maker));
        if (taker.Side == Side.Buy && !taker.HoldsFunds)
        {
            var money = taker.IsBudget ? Math.Min(taker.BudgetLeft, taker.Account.Available) : taker.Account.Available;
            q = Math.Min(q, instrument.InLots(money / instrument.Value(maker.Price, 1)));
            if (q == 0)
            {
                End(taker, taker.IsBudget ? Reason.NothingLeftToTake : Reason.InsufficientFunds);
                return;
            }
        }

        var buyer = taker.Side == Side.Buy ? taker : maker;
        q = Math.Min(q, instrument.InLots(Math.Max(0, MostUnits - Owned(buyer.Account, instrument))));
        if (q == 0)
        {
            End(taker, Reason.CapacityReached);
            return;
        }

        Fill(taker, maker, maker.Price, q);
        if (!maker.Ended && maker.Display > 0)
        {
            maker.Shown -= (int)q;
            if (maker.Shown == 0)
            {
                instrument.Book(maker.Side).Remove(maker);
                Rest(maker);
            }
        }
    }

    /// <summary>Settles a trade and reports it. An order with nothing left is out of the book.</summary>
    private void Fill(NaiveOrder order, NaiveOrder other, int price, long q)
    {
        var instrument = order.Instrument;
        var (buyer, seller) = order.Side == Side.Buy ? (order, other) : (other, order);
        var paid = instrument.Value(price, q);
        Hold(buyer, -q);
        buyer.Account.Available -= paid;
        buyer.BudgetLeft -= buyer.IsBudget ? paid : 0;
        seller.Account.Available += paid;
        Hold(seller, -q);
        if (seller.Supply == Supply.Transfer)
        {
            seller.Account.UnitsIn(instrument.Number).Available -= q;
        }
        else
        {
            instrument.Product.Issued += q;
        }

        buyer.Account.UnitsIn(instrument.Number).Available += q;
        instrument.LastPrice = price;
        foreach (var one in new[] { order, other }.Where(one => !one.Unlimited && !one.IsBudget))
        {
            one.Leaves -= q;
            one.Ended = one.Leaves == 0;
            if (one.Ended)
            {
                instrument.Book(one.Side).Remove(one);
            }
        }

        Report(order, new()
        {
            Kind = ReportKind.Filled, OtherAccount = other.Account.Number, OtherClientOrderId = other.Id, Price = price, Quantity = (int)q,
            Leaves = order.ToldLeaves, OtherLeaves = other.ToldLeaves,
        });
        if (seller.Kind == OrderKind.Exclusive)
        {
            SellExclusively(instrument.Product, seller);
        }
    }

    private void SellExclusively(NaiveProduct product, NaiveOrder sold)
    {
        product.Exclusive = true;
        var others = _instruments.Values.Where(instrument => instrument.Product == product)
            .SelectMany(instrument => instrument.Asks).Where(ask => ask.Supply == Supply.Issue && ask != sold).ToList();
        others.ForEach(ask => End(ask, Reason.ExclusiveSold));
    }

    /// <summary>Cancels what is left of an order, or lets it expire, wherever it is.</summary>
    private void End(NaiveOrder order, Reason reason, ReportKind kind = ReportKind.Cancelled)
    {
        Hold(order, -order.Leaves);
        Report(order, new() { Kind = kind, Reason = reason, Price = order.Price, Quantity = order.ToldLeaves });
        order.Ended = true;
        order.Instrument.Book(order.Side).Remove(order);
        order.Instrument.Waiting.Remove(order);
    }

    /// <summary>"FOK, could it be filled in full?"</summary>
    private static bool CouldBeFilled(NaiveOrder taker)
    {
        var instrument = taker.Instrument;
        var rightLeft = instrument.InLots(instrument.Product.RightLeft);
        var (sum, cost) = (0L, 0L);
        var exclusive = false;
        foreach (var maker in instrument.Book(taker.Side == Side.Buy ? Side.Sell : Side.Buy))
        {
            if (!Meets(taker, maker) || IsOutsideBand(instrument, maker.Price))
            {
                return false;
            }

            var counted = maker.Unlimited ? MostUnits : maker.Leaves;
            if (maker.Account.Participant == taker.Account.Participant)
            {
                if (taker.SelfTrade != SelfTradePrevention.CancelOldest)
                {
                    return false;
                }

                counted = 0;
            }
            else if (exclusive && maker.Supply == Supply.Issue)
            {
                counted = 0;
            }
            else if (maker.Kind == OrderKind.Exclusive)
            {
                counted = CannotGive(maker) == Reason.None && sum == 0 ? instrument.Lot : 0;
            }
            else if (maker.Kind == OrderKind.Posted)
            {
                counted = Math.Min(counted, rightLeft);
                rightLeft -= counted;
            }

            counted = Math.Min(counted, taker.Leaves - sum);
            sum += counted;
            cost += instrument.Value(maker.Price, counted);
            if (taker.Side == Side.Buy && !taker.HoldsFunds && cost > taker.Account.Available)
            {
                return false;
            }

            if (sum == taker.Leaves)
            {
                return true;
            }

            exclusive |= maker.Kind == OrderKind.Exclusive && counted > 0;
        }

        return false;
    }
}
