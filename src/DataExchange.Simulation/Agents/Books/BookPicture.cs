using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Simulation.Agents.Books;

/// <summary>An order as it stands in the picture of a book.</summary>
public sealed record StandingOrder(PartyId Party, int Number, BookOrderTerms Terms, int Leaves, long HeldFen)
{
    /// <summary>Whether others can see it: stop orders wait unseen, budget orders never rest.</summary>
    public bool IsSeen => Terms.Kind is BookOrderKind.Limit or BookOrderKind.Posted;
}

/// <summary>What everybody in a book can know of it, as its facts tell: phase, prices, who offers, who holds packs.</summary>
public sealed class BookPicture
{
    private readonly StandingOrders _orders = new();
    private readonly SortedDictionary<string, int> _holdings = new(StringComparer.Ordinal);
    private readonly Dictionary<PartyId, BookFunds> _funds = [];

    /// <summary>What the book is doing.</summary>
    public TradingPhase Phase { get; private set; } = TradingPhase.Closed;

    /// <summary>End of the running halt; null without one.</summary>
    public SimulatedTime? HaltUntil { get; private set; }

    /// <summary>Packs issued so far.</summary>
    public int Issued { get; private set; }

    /// <summary>Packs that parties hold, by id of the party, in its order.</summary>
    public IReadOnlyDictionary<string, int> Holdings => _holdings;

    /// <summary>Price of the last trade, fen; 0 before the first.</summary>
    public long LastPriceFen { get; private set; }

    /// <summary>A party's orders that stand, by number.</summary>
    public IReadOnlyList<StandingOrder> Of(PartyId party) => _orders.Of(party);

    /// <summary>Whether something in the book is due.</summary>
    public bool IsDue(SimulatedTime now) => HaltUntil <= now || _orders.HasEnded(now);

    /// <summary>Best price on a side that others can see; 0 for none.</summary>
    /// <param name="side">The side.</param>
    /// <param name="but">Whose orders do not count.</param>
    public long Best(BookSide side, PartyId but) => _orders.Best(side, but);

    /// <summary>An order; null when it does not stand there any more.</summary>
    public StandingOrder? Find(PartyId party, int number) => _orders.Find(party, number);

    /// <summary>Packs that a party holds and does not offer.</summary>
    public int AvailableTo(PartyId party) => _holdings.GetValueOrDefault(party.Value) - _orders.OfferedBy(party);

    /// <summary>Names the money that a party's orders are held from.</summary>
    internal void Know(PartyId party, BookFunds funds) => _funds[party] = funds;

    /// <summary>Takes a fact of the book.</summary>
    internal void Note(Event @event)
    {
        switch (@event)
        {
            case BookPhaseChanged e:
                (Phase, HaltUntil) = (e.Phase, null);
                break;
            case BookHalted e:
                (Phase, HaltUntil) = (TradingPhase.Halted, e.Until);
                break;
            case BookOrderEntered e:
                _orders.Put(new StandingOrder(e.Party, e.Number, e.Terms, e.Terms.Quantity, e.HeldFen));
                _funds.GetValueOrDefault(e.Party)?.Hold(e.HeldFen);
                break;
            case BookOrderRefused e:
                Remove(e.Party, e.Number);
                break;
            case BookOrderCancelled e:
                Remove(e.Party, e.Number);
                break;
            case BookOrderExpired e:
                Remove(e.Party, e.Number);
                break;
            case BookOrderReduced e:
                var order = _orders.Find(e.Party, e.Number)!;
                Put(order with { Leaves = order.Leaves - e.Quantity, HeldFen = order.HeldFen - e.ReleasedFen });
                _funds.GetValueOrDefault(e.Party)?.Free(e.ReleasedFen);
                break;
            case BookOrderTriggered e:
                var stop = _orders.Find(e.Party, e.Number)!;
                var kind = stop.Terms.Kind == BookOrderKind.StopLimit ? BookOrderKind.Limit : BookOrderKind.Market;
                Put(stop with { Terms = stop.Terms with { Kind = kind } });
                break;
            case PacksTraded e:
                Trade(e);
                break;
            case PacksRedeemed e:
                Hold(e.Party, -e.Quantity);
                break;
        }
    }

    /// <summary>Trading was suspended or ended from outside: all orders were cancelled.</summary>
    internal void Clear()
    {
        foreach (var order in _orders.All)
        {
            _funds.GetValueOrDefault(order.Party)?.Free(order.HeldFen);
        }

        _orders.Clear();
        (Phase, HaltUntil) = (TradingPhase.Closed, null);
    }

    private void Trade(PacksTraded e)
    {
        LastPriceFen = e.PriceFen;
        Fill((e.Buyer, e.BuyNumber), e.Quantity, e.AmountFen + e.ReleasedFen);
        Fill((e.Seller, e.SellNumber), e.Quantity, 0);
        _funds.GetValueOrDefault(e.Buyer)?.Free(e.ReleasedFen);
        Hold(e.Buyer, e.Quantity);
        if (e.IsIssue)
        {
            Issued += e.Quantity;
        }
        else
        {
            Hold(e.Seller, -e.Quantity);
        }
    }

    private void Fill((PartyId Party, int Number) key, int quantity, long spentFen)
    {
        var order = _orders.Find(key.Party, key.Number)!;
        if (order.Terms.Kind == BookOrderKind.Budget)
        {
            // It stays until it is cancelled.
            _orders.Put(order with { HeldFen = order.HeldFen - spentFen });
        }
        else
        {
            Put(order with { Leaves = order.Leaves - quantity, HeldFen = order.HeldFen - spentFen });
        }
    }

    private void Put(StandingOrder order)
    {
        if (order.Leaves > 0)
        {
            _orders.Put(order);
        }
        else
        {
            _orders.Remove(order.Party, order.Number);
        }
    }

    private void Remove(PartyId party, int number)
    {
        if (_orders.Remove(party, number) is { } order)
        {
            _funds.GetValueOrDefault(party)?.Free(order.HeldFen);
        }
    }

    private void Hold(PartyId party, int change)
    {
        var held = _holdings.GetValueOrDefault(party.Value) + change;
        if (held == 0)
        {
            _holdings.Remove(party.Value);
        }
        else
        {
            _holdings[party.Value] = held;
        }
    }
}
