using System.Runtime.InteropServices;
using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Simulation.Agents.Books;

/// <summary>
/// The orders that stand in a book, found by party, by price and by when they end: what an agent looks at costs it the same however many others are there.
/// </summary>
public sealed class StandingOrders
{
    private readonly Dictionary<PartyId, SortedList<int, StandingOrder>> _parties = [];
    private readonly SortedDictionary<long, Dictionary<PartyId, int>> _asks = [];
    private readonly SortedDictionary<long, Dictionary<PartyId, int>> _bids = new(Comparer<long>.Create((one, other) => other.CompareTo(one)));
    private readonly SortedDictionary<SimulatedTime, int> _ends = [];

    /// <summary>All of them, in no order that means anything.</summary>
    public IEnumerable<StandingOrder> All => _parties.Values.SelectMany(orders => orders.Values);

    /// <summary>A party's, by number.</summary>
    /// <param name="party">The party.</param>
    public IReadOnlyList<StandingOrder> Of(PartyId party) => _parties.TryGetValue(party, out var orders) ? [.. orders.Values] : [];

    /// <summary>One; null when it does not stand there.</summary>
    /// <param name="party">The party.</param>
    /// <param name="number">Its number of it.</param>
    public StandingOrder? Find(PartyId party, int number) => _parties.TryGetValue(party, out var orders) ? orders.GetValueOrDefault(number) : null;

    /// <summary>Packs that a party offers out of those it holds.</summary>
    /// <param name="party">The party.</param>
    public int OfferedBy(PartyId party)
    {
        var offered = 0;
        if (_parties.TryGetValue(party, out var orders))
        {
            foreach (var order in orders.Values)
            {
                offered += order.Terms is { Side: BookSide.Sell, Supply: PackSupply.Held } ? order.Leaves : 0;
            }
        }

        return offered;
    }

    /// <summary>Best price on a side that others can see; 0 for none.</summary>
    /// <param name="side">The side.</param>
    /// <param name="but">Whose orders do not count.</param>
    public long Best(BookSide side, PartyId but)
    {
        foreach (var (price, parties) in side == BookSide.Buy ? _bids : _asks)
        {
            if (parties.Count > 1 || !parties.ContainsKey(but))
            {
                return price;
            }
        }

        return 0;
    }

    /// <summary>Whether one of them ends at a time or before it.</summary>
    /// <param name="now">The time.</param>
    public bool HasEnded(SimulatedTime now)
    {
        foreach (var (first, _) in _ends)
        {
            return first <= now;
        }

        return false;
    }

    /// <summary>Adds one, or puts it in the place of that with its party and number.</summary>
    /// <param name="order">The order.</param>
    public void Put(StandingOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        Remove(order.Party, order.Number);
        (CollectionsMarshal.GetValueRefOrAddDefault(_parties, order.Party, out _) ??= []).Add(order.Number, order);
        if (order.Terms.Until is { } end)
        {
            _ends[end] = _ends.GetValueOrDefault(end) + 1;
        }

        if (order.IsSeen)
        {
            var side = SideOf(order);
            if (!side.TryGetValue(order.Terms.PriceFen, out var parties))
            {
                side.Add(order.Terms.PriceFen, parties = []);
            }

            CollectionsMarshal.GetValueRefOrAddDefault(parties, order.Party, out _)++;
        }
    }

    /// <summary>Takes one out.</summary>
    /// <param name="party">The party.</param>
    /// <param name="number">Its number of it.</param>
    /// <returns>The order; null when it does not stand there.</returns>
    public StandingOrder? Remove(PartyId party, int number)
    {
        if (!_parties.TryGetValue(party, out var orders) || !orders.Remove(number, out var order))
        {
            return null;
        }

        if (orders.Count == 0)
        {
            _parties.Remove(party);
        }

        if (order.Terms.Until is { } end && --_ends[end] == 0)
        {
            _ends.Remove(end);
        }

        if (order.IsSeen)
        {
            var side = SideOf(order);
            var parties = side[order.Terms.PriceFen];
            if (--CollectionsMarshal.GetValueRefOrNullRef(parties, party) == 0)
            {
                parties.Remove(party);
            }

            if (parties.Count == 0)
            {
                side.Remove(order.Terms.PriceFen);
            }
        }

        return order;
    }

    /// <summary>Takes all of them out.</summary>
    public void Clear()
    {
        _parties.Clear();
        _asks.Clear();
        _bids.Clear();
        _ends.Clear();
    }

    private SortedDictionary<long, Dictionary<PartyId, int>> SideOf(StandingOrder order) => order.Terms.Side == BookSide.Buy ? _bids : _asks;
}
