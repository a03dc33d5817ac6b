namespace DataExchange.Lobster;

/// <summary>Hears what changes in the window of a book that is made again, in order.</summary>
public interface ILobsterBook
{
    /// <summary>Something comes to rest at a price, behind what rests there already.</summary>
    /// <param name="order">The order; null for what is known by its level only.</param>
    /// <param name="side">The side.</param>
    /// <param name="price">Price, 1/10,000 dollar.</param>
    /// <param name="size">Shares.</param>
    void Rest(long? order, LobsterSide side, long price, long size);

    /// <summary>Something that rests becomes less.</summary>
    /// <param name="order">The order; null for one that is known by its level only.</param>
    /// <param name="side">The side.</param>
    /// <param name="price">Its price.</param>
    /// <param name="size">By so many shares.</param>
    /// <param name="isExecution">Whether it was executed, otherwise cancelled.</param>
    void Shrink(long? order, LobsterSide side, long price, long size, bool isExecution);

    /// <summary>A level leaves the window.</summary>
    /// <param name="side">The side.</param>
    /// <param name="price">Its price.</param>
    /// <param name="orders">The orders there that are known one by one.</param>
    void Leave(LobsterSide side, long price, IReadOnlyCollection<long> orders);
}
