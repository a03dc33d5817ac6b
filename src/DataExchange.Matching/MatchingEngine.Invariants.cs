using System.Globalization;
using DataExchange.Matching.Book;

namespace DataExchange.Matching;

/// <content>What must be true between any two inputs.</content>
public sealed partial class MatchingEngine<THandler>
{
    /// <summary>Checks all invariants; for tests and after a restore, as it looks at everything.</summary>
    /// <exception cref="InvalidOperationException">One does not hold; the message names it and where.</exception>
    public void CheckInvariants()
    {
        var funds = new long[_accountsUsed];
        var units = new Dictionary<(int Account, int Instrument), long>();
        var reserved = new long[_productsUsed];
        var entitled = new long[_productsUsed];
        var live = 0;
        for (var number = 0; number < _instrumentsUsed; number++)
        {
            if (_instruments[number].Defined)
            {
                live += CheckBook(number, funds, units, reserved);
            }
        }

        Ensure(live == _live, "orders in the books", live, _live);
        foreach (ref var position in _positions.All)
        {
            if (position.Key != 0)
            {
                var place = PositionTable.PlaceOf(position);
                Ensure(position.Available >= 0, "available units", place, position.Available);
                Ensure(position.Held == units.GetValueOrDefault(place), "held units", place, position.Held);
                units.Remove(place);
                entitled[_instruments[place.Instrument].Product] += position.Available + position.Held;
            }
        }

        Ensure(units.Count == 0, "orders without a position", units.Count, 0);
        for (var account = 0; account < _accountsUsed; account++)
        {
            Ensure(_accounts[account].Available >= 0, "available funds", account, _accounts[account].Available);
            Ensure(_accounts[account].Held == funds[account], "held funds", account, _accounts[account].Held);
        }

        for (var number = 0; number < _productsUsed; number++)
        {
            ref var product = ref _products[number];
            Ensure(product.Reserved == reserved[number], "reserved issuance right", number, product.Reserved);
            Ensure(product.Cap == 0 || product.Issued + product.Reserved <= product.Cap, "issued within the cap", number, product.Issued);
            Ensure(entitled[number] == product.Active, "entitlements = issued - revoked", number, entitled[number]);
            Ensure(!product.Exclusive || product.Active > 0, "an exclusive licence is active", number, product.Active);
        }
    }

    private int CheckBook(int number, long[] funds, Dictionary<(int Account, int Instrument), long> units, long[] reserved)
    {
        ref var instrument = ref _instruments[number];
        var count = CheckSide(number, instrument.Bids, true, false, funds, units, reserved)
            + CheckSide(number, instrument.Asks, false, false, funds, units, reserved)
            + CheckSide(number, instrument.StopBuys, false, true, funds, units, reserved)
            + CheckSide(number, instrument.StopSells, true, true, funds, units, reserved);
        if (instrument.Phase == Phase.Continuous && instrument.Bids.BestLevel != 0 && instrument.Asks.BestLevel != 0
            && instrument.Bids.BestPrice >= instrument.Asks.BestPrice)
        {
            // Only an offer that can give nothing may stand across from a bid.
            var slot = _levels[instrument.Asks.BestLevel].Head;
            Ensure(_orders[slot].Kind >= OrderKind.Posted, "uncrossed in continuous trading", number, instrument.Bids.BestPrice);
        }

        return count;
    }

    private int CheckSide(
        int number, in BookSide side, bool downwards, bool waits, long[] funds, Dictionary<(int Account, int Instrument), long> units, long[] reserved)
    {
        var (count, last) = (0, 0);
        for (var (level, price) = (side.BestLevel, side.BestPrice); level != 0; (level, price) = _prices.Next(side, price, downwards))
        {
            Ensure(last == 0 || (downwards ? price < last : price > last), "prices in order", number, price);
            last = price;
            var (shown, previous) = (0L, 0);
            for (var slot = _levels[level].Head; slot != 0; slot = _orders[slot].Next)
            {
                ref var order = ref _orders[slot];
                Ensure(order.Instrument == number && order.Level == level && (order.Waits == 1) == waits, "an order stands in its level", number, slot);
                Ensure((waits ? order.StopPrice : order.Price) == price, "an order stands at its price", price, order.Price);
                Ensure(order.Previous == previous, "orders linked both ways", number, slot);
                Ensure(order.Unlimited == 1 || (order.Leaves > 0 && order.Shown > 0 && order.Shown <= order.Leaves), "something is left", number, order.Leaves);
                Ensure(_index.Find(order.Account, order.ClientOrderId) == slot, "an order is found by its number", number, slot);
                Tally(order, funds, units, reserved);
                shown += order.Shown;
                previous = slot;
                count++;
            }

            Ensure(shown == _levels[level].Shown, "units shown at a price", price, shown);
            Ensure(previous != 0 && _levels[level].Tail == previous, "last of a level", number, price);
        }

        return count;
    }

    private void Tally(in OrderSlot order, long[] funds, Dictionary<(int Account, int Instrument), long> units, long[] reserved)
    {
        if (order.Side == Side.Buy)
        {
            funds[order.Account] += order.Kind is OrderKind.Limit or OrderKind.StopLimit
                ? Value(_instruments[order.Instrument], order.Price, order.Leaves)
                : 0;
        }
        else if (order.Supply == Supply.Transfer)
        {
            units[(order.Account, order.Instrument)] = units.GetValueOrDefault((order.Account, order.Instrument)) + order.Leaves;
        }
        else if (order.Kind == OrderKind.Limit)
        {
            reserved[_instruments[order.Instrument].Product] += order.Leaves;
        }
    }

    private static void Ensure(bool holds, string what, object where, object found)
    {
        if (!holds)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Not so: {what} (at {where}: {found})."));
        }
    }
}
