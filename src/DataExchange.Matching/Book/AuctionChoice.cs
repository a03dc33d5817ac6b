namespace DataExchange.Matching.Book;

/// <summary>
/// Chooses the uniform price among candidates given in rising order: most volume, then least imbalance, then the side of the pressure,
/// then the price nearest to the reference, the higher of two.
/// </summary>
/// <param name="reference">Reference price; 0 for none.</param>
internal ref struct AuctionChoice(int reference)
{
    private long _volume;
    private long _imbalance;
    private int _lowest;
    private int _highest;
    private int _nearest;
    private bool _buyersOnly;
    private bool _sellersOnly;

    /// <summary>Looks at one candidate.</summary>
    /// <param name="price">Its price, above the last one's.</param>
    /// <param name="demand">Units wanted at it or above.</param>
    /// <param name="supply">Units offered at it or below.</param>
    public void Consider(int price, long demand, long supply)
    {
        var (volume, imbalance) = (Math.Min(demand, supply), Math.Abs(demand - supply));
        if (volume == 0 || volume < _volume || (volume == _volume && imbalance > _imbalance))
        {
            return;
        }

        if (volume > _volume || imbalance < _imbalance)
        {
            (_volume, _imbalance, _lowest, _highest, _nearest) = (volume, imbalance, price, price, price);
            (_buyersOnly, _sellersOnly) = (demand > supply, supply > demand);
            return;
        }

        _highest = price;
        _nearest = Math.Abs((long)price - reference) <= Math.Abs((long)_nearest - reference) ? price : _nearest;
        _buyersOnly &= demand > supply;
        _sellersOnly &= supply > demand;
    }

    /// <summary>The price and its volume; volume 0 when nothing can trade.</summary>
    public readonly (int Price, long Volume) Chosen =>
        (_buyersOnly ? _highest : _sellersOnly || reference == 0 ? _lowest : _nearest, _volume);
}
