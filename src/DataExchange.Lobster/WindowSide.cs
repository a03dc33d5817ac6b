namespace DataExchange.Lobster;

/// <summary>What rests at a price of the window.</summary>
/// <param name="price">The price.</param>
internal sealed class WindowLevel(long price)
{
    /// <summary>The price.</summary>
    public long Price => price;

    /// <summary>Shares that rest there.</summary>
    public long Size { get; set; }

    /// <summary>Of these, shares of orders known one by one.</summary>
    public long KnownSize { get; set; }

    /// <summary>The orders known one by one, all of which still rest here.</summary>
    public HashSet<long> Orders { get; } = [];
}

/// <summary>The first levels of a side, the best first.</summary>
/// <param name="side">The side.</param>
/// <param name="levels">Most levels.</param>
internal sealed class WindowSide(LobsterSide side, int levels)
{
    private readonly List<WindowLevel> _levels = [];

    /// <summary>Whether as many levels are occupied as the window has: what is further out then is not seen.</summary>
    public bool IsFull => _levels.Count == levels;

    /// <summary>The best price; null on an empty side.</summary>
    public long? Best => _levels.Count > 0 ? _levels[0].Price : null;

    /// <summary>The outermost price in the window; null on an empty side.</summary>
    public long? Outermost => _levels.Count > 0 ? _levels[^1].Price : null;

    /// <summary>A level from the best on, from 0.</summary>
    public LobsterLevel At(int level) => level < _levels.Count ? new LobsterLevel(_levels[level].Price, _levels[level].Size) : LobsterLevel.Empty;

    /// <summary>The level of a price; null when nothing rests there, or it is outside.</summary>
    public WindowLevel? Find(long price) => PlaceOf(price) is var place && place < _levels.Count && _levels[place].Price == price ? _levels[place] : null;

    /// <summary>Whether the window does not show a price.</summary>
    public bool IsOutside(long price) => IsFull && IsWorse(price, _levels[^1].Price);

    /// <summary>Whether a price is further from the best than another.</summary>
    public bool IsWorse(long price, long than) => side == LobsterSide.Ask ? price > than : price < than;

    /// <summary>The level of a price, made when nothing rests there yet.</summary>
    /// <param name="price">A price that is not outside.</param>
    /// <param name="left">The level that leaves the window for it; null when none does.</param>
    public WindowLevel Open(long price, out WindowLevel? left)
    {
        var place = PlaceOf(price);
        left = null;
        if (place < _levels.Count && _levels[place].Price == price)
        {
            return _levels[place];
        }

        if (IsFull)
        {
            left = _levels[^1];
            _levels.RemoveAt(_levels.Count - 1);
        }

        var level = new WindowLevel(price);
        _levels.Insert(place, level);
        return level;
    }

    /// <summary>Takes a level out, at which nothing rests any more.</summary>
    public void Close(WindowLevel level) => _levels.Remove(level);

    // The first level that is not better than the price.
    private int PlaceOf(long price)
    {
        var (low, high) = (0, _levels.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (IsWorse(price, _levels[middle].Price))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
