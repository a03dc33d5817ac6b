using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents.Strategies;

/// <summary>What an agent may see of the market, and what it may do there: the same commands as everybody, checked by the same exchange.</summary>
public interface IAgentMarket
{
    /// <summary>Who the agent is.</summary>
    PartyId Party { get; }

    /// <summary>Its number in its group, from 1.</summary>
    int Number { get; }

    /// <summary>All members of its group, itself among them, in the order of their numbers.</summary>
    IReadOnlyList<PartyId> Members { get; }

    /// <summary>The present moment.</summary>
    SimulatedTime Now { get; }

    /// <summary>First moment at which it does not act any more.</summary>
    SimulatedTime Until { get; }

    /// <summary>Its own random stream: what it draws changes no draw of anybody else.</summary>
    RandomStream Random { get; }

    /// <summary>Hours of the order books.</summary>
    TradingHours Hours { get; }

    /// <summary>The order books that were opened so far, in that order.</summary>
    IReadOnlyList<AgentBook> Books { get; }

    /// <summary>What can be bought from the shelf at a posted price now, in the order of the first listing.</summary>
    IEnumerable<ShelfOffer> Shelf { get; }

    /// <summary>Its money at the exchange that is neither held for an order nor spent, fen. What it sells for is paid out to its bank, not back into this account.</summary>
    long FundsFen { get; }

    /// <summary>Its trades in order books, in the order of time.</summary>
    IReadOnlyList<AgentFill> Fills { get; }

    /// <summary>A parameter: from the scenario, or the strategy's own value.</summary>
    /// <param name="name">As the strategy declared it.</param>
    /// <exception cref="ArgumentException">The strategy declares no such parameter.</exception>
    double Parameter(string name);

    /// <summary>An object that all members of the group share.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    T Shared<T>()
        where T : class, new();

    /// <summary>The working day so many working days after a day (or on it, with 0 and a working day).</summary>
    /// <param name="day">The day.</param>
    /// <param name="after">How many; negative for before.</param>
    DateOnly WorkingDay(DateOnly day, int after);

    /// <summary>Pays in.</summary>
    /// <param name="fen">Fen; 0 or less does nothing.</param>
    ValueTask DepositAsync(long fen);

    /// <summary>Enters an order into a book. Money for a bid must be there: see <see cref="DepositAsync"/>.</summary>
    /// <param name="book">The book.</param>
    /// <param name="terms">What it asks for.</param>
    /// <returns>The order's number, which may have traded at once, or why it was refused.</returns>
    ValueTask<OrderAnswer> OrderAsync(AgentBook book, BookOrderTerms terms);

    /// <summary>Cancels an own order, if it still stands.</summary>
    /// <param name="book">The book.</param>
    /// <param name="number">The order's number.</param>
    ValueTask CancelAsync(AgentBook book, int number);

    /// <summary>Uses packs that it holds and does not offer: they are gone then.</summary>
    /// <param name="book">The book.</param>
    /// <param name="packs">1 or more.</param>
    /// <returns>Whether it could.</returns>
    ValueTask<bool> RedeemAsync(AgentBook book, int packs);

    /// <summary>Buys from the shelf. The deal then takes its usual course: contract, registration, delivery, acceptance or dispute.</summary>
    /// <param name="offer">What.</param>
    /// <param name="quantity">Packs, months or copies, 1 or more; 1 for an exclusive licence.</param>
    /// <param name="valueFen">What it is worth to the agent, fen, noted beside the store to measure welfare; null notes nothing.</param>
    /// <returns>The deal, or why it was refused.</returns>
    ValueTask<ShelfAnswer> BuyAsync(ShelfOffer offer, int quantity = 1, long? valueFen = null);
}

/// <summary>Hours of the order books on working days, seconds after midnight.</summary>
/// <param name="PreOpen">Orders begin to gather.</param>
/// <param name="Open">The opening auction.</param>
/// <param name="Close">The close.</param>
public readonly record struct TradingHours(int PreOpen, int Open, int Close);

/// <summary>What became of an order.</summary>
/// <param name="Number">The order's number; 0 where the book was stopped.</param>
/// <param name="Refusal">Why it was refused; null where it was not.</param>
public readonly record struct OrderAnswer(int Number, Rejection? Refusal);

/// <summary>What became of an order from the shelf.</summary>
/// <param name="Deal">The deal; null where it was refused.</param>
/// <param name="AmountFen">What is held for it, fen; 0 where it was refused.</param>
/// <param name="Refusal">Why it was refused; null where it was not.</param>
public readonly record struct ShelfAnswer(DealId? Deal, long AmountFen, Rejection? Refusal);

/// <summary>A trade of the agent in an order book.</summary>
/// <param name="Product">The product.</param>
/// <param name="Deal">The deal.</param>
/// <param name="Side">Whether it bought or sold.</param>
/// <param name="Packs">Packs.</param>
/// <param name="PriceFen">Price of a pack, fen.</param>
/// <param name="At">When.</param>
public readonly record struct AgentFill(ProductId Product, DealId Deal, BookSide Side, int Packs, long PriceFen, SimulatedTime At);

/// <summary>What everybody can see happen in an order book.</summary>
/// <param name="Product">The product whose book it is.</param>
/// <param name="IsTrade">Whether orders traded; otherwise an order was entered that did not trade at once.</param>
/// <param name="Side">Side of the order that came; null for a trade in an auction.</param>
/// <param name="PriceFen">Its limit, or the price of the trade, fen.</param>
/// <param name="Packs">Packs.</param>
/// <param name="At">When.</param>
public readonly record struct BookNews(ProductId Product, bool IsTrade, BookSide? Side, long PriceFen, int Packs, SimulatedTime At);
