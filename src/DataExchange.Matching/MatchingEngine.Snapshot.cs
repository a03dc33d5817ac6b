using DataExchange.Matching.Book;
using DataExchange.Matching.Snapshots;

namespace DataExchange.Matching;

/// <content>Snapshots: the state as bytes.</content>
public sealed partial class MatchingEngine<THandler>
{
    /// <summary>The whole state as bytes: binary, versioned, with a checksum. The same state gives the same bytes.</summary>
    public byte[] Save()
    {
        var to = new List<long>
        {
            _limits.Orders, _limits.Instruments, _limits.Products, _limits.Accounts, _limits.Positions, _limits.PriceBlocks, _time, _accepted,
        };
        SaveAll(to, _productsUsed, number => _products[number].Defined, SaveProduct);
        SaveAll(to, _accountsUsed, number => _accounts[number].Open, SaveAccount);
        SaveAll(to, _instrumentsUsed, number => _instruments[number].Defined, SaveInstrument);
        SavePositions(to);
        for (var number = 0; number < _instrumentsUsed; number++)
        {
            if (_instruments[number].Defined)
            {
                SaveSide(to, _instruments[number].Bids, downwards: true);
                SaveSide(to, _instruments[number].Asks, downwards: false);
                SaveSide(to, _instruments[number].StopBuys, downwards: false);
                SaveSide(to, _instruments[number].StopSells, downwards: true);
            }
        }

        return SnapshotFrame.Wrap(to);
    }

    private static void SaveAll(List<long> to, int count, Func<int, bool> isThere, Action<List<long>, int> save)
    {
        var numbers = Enumerable.Range(0, count).Where(isThere).ToList();
        to.Add(numbers.Count);
        numbers.ForEach(number => save(to, number));
    }

    private void SaveProduct(List<long> to, int number)
    {
        ref var product = ref _products[number];
        to.AddRange(
            [number, product.Cap, product.Issued, product.Revoked, product.Reserved, product.Issuer, product.SecurityClass, product.Exclusive ? 1 : 0]);
    }

    private void SaveAccount(List<long> to, int number)
    {
        ref var account = ref _accounts[number];
        to.AddRange(
            [number, account.Available, account.Held, account.LastClientOrderId, account.Participant, account.Pool, account.AdmittedClass]);
    }

    private void SaveInstrument(List<long> to, int number)
    {
        ref var it = ref _instruments[number];
        to.AddRange(
        [
            number, it.Product, it.Pool, it.TickFen, it.LowestPrice, it.HighestPrice, it.Lot, it.LargestQuantity, it.Resale ? 1 : 0, (long)it.Phase,
            it.LastPrice, it.Reference, it.BandBasisPoints, it.HaltLength, it.BatchInterval, it.Sequence,
            _halts.TimeOf(number), _batches.TimeOf(number), it.TickBands,
        ]);
        for (var band = 0; band < it.TickBands; band++)
        {
            to.AddRange([_ticks[number]![band].From, _ticks[number]![band].Step]);
        }
    }

    private void SavePositions(List<long> to)
    {
        var held = _positions.All.ToArray().Where(position => position.Key != 0 && (position.Available | position.Held) != 0).OrderBy(position => position.Key).ToList();
        to.Add(held.Count);
        foreach (var position in held)
        {
            to.AddRange([(long)position.Key, position.Available, position.Held]);
        }
    }

    private void SaveSide(List<long> to, in BookSide side, bool downwards)
    {
        var count = to.Count;
        to.Add(0);
        for (var (level, price) = (side.BestLevel, side.BestPrice); level != 0; (level, price) = _prices.Next(side, price, downwards))
        {
            for (var slot = _levels[level].Head; slot != 0; slot = _orders[slot].Next)
            {
                ref var order = ref _orders[slot];
                to.AddRange(
                [
                    order.Account, order.ClientOrderId, order.Accepted, order.Price, order.StopPrice, order.Leaves, order.Shown, order.Display,
                    (long)order.Kind, (long)order.TimeInForce, (long)order.SelfTrade, (long)order.Supply, order.PostOnly, order.Unlimited,
                    order.TimeInForce == TimeInForce.GoodTillDate ? _expiries.TimeOf(slot) : 0,
                ]);
                to[count]++;
            }
        }
    }
}
