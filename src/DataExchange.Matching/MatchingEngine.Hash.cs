using DataExchange.Matching.Book;

namespace DataExchange.Matching;

/// <content>The state hash.</content>
public sealed partial class MatchingEngine<THandler>
{
    /// <summary>
    /// A hash of the whole state but the time: the same for the same state, however it lies in memory. Parts are hashed with their
    /// numbers and added up, so that the sum over engines that share the pools between them is that of one engine with all.
    /// </summary>
    public ulong StateHash()
    {
        var sum = 0UL;
        for (var number = 0; number < _productsUsed; number++)
        {
            ref var product = ref _products[number];
            if (product.Defined)
            {
                var mix = new Mix(1);
                mix.Add(number);
                mix.Add(product.Cap);
                mix.Add(product.Issued);
                mix.Add(product.Revoked);
                mix.Add(product.Reserved);
                mix.Add(product.Issuer);
                mix.Add(product.SecurityClass);
                mix.Add(product.Exclusive ? 1 : 0);
                sum += mix.Value;
            }
        }

        for (var number = 0; number < _accountsUsed; number++)
        {
            ref var account = ref _accounts[number];
            if (account.Open)
            {
                var mix = new Mix(2);
                mix.Add(number);
                mix.Add(account.Available);
                mix.Add(account.Held);
                mix.Add(account.LastClientOrderId);
                mix.Add(account.Participant);
                mix.Add(account.Pool);
                mix.Add(account.AdmittedClass);
                sum += mix.Value;
            }
        }

        foreach (ref var position in _positions.All)
        {
            // A record without units is no state: an order that was refused may have left it.
            if (position.Key != 0 && (position.Available | position.Held) != 0)
            {
                var mix = new Mix(3);
                mix.Add((long)position.Key);
                mix.Add(position.Available);
                mix.Add(position.Held);
                sum += mix.Value;
            }
        }

        for (var number = 0; number < _instrumentsUsed; number++)
        {
            if (_instruments[number].Defined)
            {
                sum += HashOf(number);
            }
        }

        return sum;
    }

    private ulong HashOf(int number)
    {
        ref var instrument = ref _instruments[number];
        var mix = new Mix(4);
        mix.Add(number);
        mix.Add(instrument.Product);
        mix.Add(instrument.Pool);
        mix.Add(instrument.TickFen);
        mix.Add(instrument.Lot);
        mix.Add(instrument.LargestQuantity);
        mix.Add(instrument.LowestPrice);
        mix.Add(instrument.HighestPrice);
        mix.Add(instrument.Resale ? 1 : 0);
        mix.Add((long)instrument.Phase);
        mix.Add(instrument.LastPrice);
        mix.Add(instrument.Reference);
        mix.Add(instrument.BandBasisPoints);
        mix.Add(instrument.HaltLength);
        mix.Add(instrument.BatchInterval);
        mix.Add(_halts.TimeOf(number));
        mix.Add(_batches.TimeOf(number));
        mix.Add(instrument.Sequence);
        for (var band = 0; band < instrument.TickBands; band++)
        {
            mix.Add(_ticks[number]![band].From);
            mix.Add(_ticks[number]![band].Step);
        }

        AddSide(ref mix, instrument.Bids, downwards: true);
        AddSide(ref mix, instrument.Asks, downwards: false);
        AddSide(ref mix, instrument.StopBuys, downwards: false);
        AddSide(ref mix, instrument.StopSells, downwards: true);
        return mix.Value;
    }

    private void AddSide(ref Mix mix, in BookSide side, bool downwards)
    {
        mix.Add(-1);
        for (var (level, price) = (side.BestLevel, side.BestPrice); level != 0; (level, price) = _prices.Next(side, price, downwards))
        {
            for (var slot = _levels[level].Head; slot != 0; slot = _orders[slot].Next)
            {
                ref var order = ref _orders[slot];
                mix.Add(order.Account);
                mix.Add(order.ClientOrderId);
                mix.Add(((long)order.Price << 32) | (uint)order.StopPrice);
                mix.Add(((long)order.Leaves << 32) | (uint)order.Shown);
                mix.Add(order.Display);
                mix.Add(((long)order.Kind << 40) | ((long)order.TimeInForce << 32) | ((long)order.SelfTrade << 24) | ((long)order.Supply << 16)
                    | ((long)order.PostOnly << 8) | order.Unlimited);
                mix.Add(order.TimeInForce == TimeInForce.GoodTillDate ? _expiries.TimeOf(slot) : 0);
            }
        }
    }
}
