using System.Runtime.CompilerServices;
using DataExchange.Matching.Book;

namespace DataExchange.Matching;

/// <content>Looking in: balances, rights, market data. None of it changes anything.</content>
public sealed partial class MatchingEngine<THandler>
{
    /// <summary>Funds of an account; zeros for one that is not open.</summary>
    public AccountFunds FundsOf(int account) =>
        IsAccount(account) ? new AccountFunds(_accounts[account].Available, _accounts[account].Held) : default;

    /// <summary>Units of an account in an instrument; zeros when it has none.</summary>
    public AccountUnits UnitsOf(int account, int instrument)
    {
        ref var position = ref _positions.Find(account, instrument);
        return Unsafe.IsNullRef(ref position) ? default : new AccountUnits(position.Available, position.Held);
    }

    /// <summary>A product's issuance right; zeros for one that is not defined.</summary>
    public ProductRights RightsOf(int product)
    {
        if (!IsProduct(product))
        {
            return default;
        }

        ref var state = ref _products[product];
        return new ProductRights(state.Cap, state.Issued, state.Revoked, state.Reserved, state.Exclusive);
    }

    /// <summary>What an instrument is doing; closed when it is not defined.</summary>
    public Phase PhaseOf(int instrument) => IsInstrument(instrument) ? _instruments[instrument].Phase : Phase.Closed;

    /// <summary>Price of the last trade, ticks; 0 before the first.</summary>
    public int LastPriceOf(int instrument) => IsInstrument(instrument) ? _instruments[instrument].LastPrice : 0;

    /// <summary>The best price of a side and the units shown there.</summary>
    /// <returns>False when the side is empty.</returns>
    public bool TryGetTop(int instrument, Side side, out int price, out long quantity)
    {
        (price, quantity) = (0, 0);
        if (!IsInstrument(instrument))
        {
            return false;
        }

        ref var orders = ref SideOf(instrument, side);
        if (orders.BestLevel == 0)
        {
            return false;
        }

        (price, quantity) = (orders.BestPrice, _levels[orders.BestLevel].Shown);
        return true;
    }

    /// <summary>Depth by price, best first, as far as there is room.</summary>
    /// <returns>How many prices were written.</returns>
    public int Depth(int instrument, Side side, Span<DepthLevel> levels)
    {
        var count = 0;
        if (IsInstrument(instrument))
        {
            ref var orders = ref SideOf(instrument, side);
            for (var (level, price) = (orders.BestLevel, orders.BestPrice);
                 level != 0 && count < levels.Length;
                 (level, price) = _prices.Next(orders, price, side == Side.Buy))
            {
                levels[count++] = new DepthLevel(price, _levels[level].Shown, CountAt(level));
            }
        }

        return count;
    }

    /// <summary>Depth by order, in price–time order, as far as there is room.</summary>
    /// <returns>How many orders were written.</returns>
    public int Orders(int instrument, Side side, Span<BookOrder> orders)
    {
        var count = 0;
        if (!IsInstrument(instrument))
        {
            return 0;
        }

        ref var levels = ref SideOf(instrument, side);
        for (var (level, price) = (levels.BestLevel, levels.BestPrice); level != 0; (level, price) = _prices.Next(levels, price, side == Side.Buy))
        {
            for (var slot = _levels[level].Head; slot != 0 && count < orders.Length; slot = _orders[slot].Next)
            {
                ref var order = ref _orders[slot];
                orders[count++] = new BookOrder(order.Account, order.ClientOrderId, price, order.Leaves, order.Shown);
            }
        }

        return count;
    }

    private int CountAt(int level)
    {
        var count = 0;
        for (var slot = _levels[level].Head; slot != 0; slot = _orders[slot].Next)
        {
            count++;
        }

        return count;
    }

    private ref BookSide SideOf(int instrument, Side side) =>
        ref (side == Side.Buy ? ref _instruments[instrument].Bids : ref _instruments[instrument].Asks);
}
