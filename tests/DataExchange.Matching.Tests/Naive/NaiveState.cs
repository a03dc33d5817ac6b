namespace DataExchange.Matching.Tests.Naive;

internal sealed class NaiveProduct
{
    public int Issuer;
    public long Cap;
    public byte Class;
    public long Issued;
    public long Revoked;
    public long Reserved;
    public bool Exclusive;

    public long Active => Issued - Revoked;

    public long RightLeft => Exclusive ? 0 : Cap == 0 ? long.MaxValue : Math.Max(0, Cap - Issued - Reserved);
}

internal sealed class NaiveInstrument
{
    public int Number;
    public required NaiveProduct Product;
    public long Pool;
    public long TickFen;
    public int Lowest;
    public int Highest;
    public int Lot;
    public int Largest;
    public bool Resale;
    public List<(int From, int Step)> TickBands { get; } = [];
    public int BandBasisPoints;
    public long Reference;
    public long HaltLength;
    public long? HaltEnds;
    public long BatchInterval;
    public long? NextBatch;
    public Phase Phase = Phase.Continuous;
    public int LastPrice;
    public long Reports;

    /// <summary>In price-time order, as the asks.</summary>
    public List<NaiveOrder> Bids { get; } = [];

    public List<NaiveOrder> Asks { get; } = [];

    /// <summary>Stop orders not yet triggered, in the order of acceptance.</summary>
    public List<NaiveOrder> Waiting { get; } = [];

    public long Value(long price, long quantity) => checked(price * TickFen * quantity);

    public long InLots(long units) => units / Lot * Lot;

    public List<NaiveOrder> Book(Side side) => side == Side.Buy ? Bids : Asks;

    public IEnumerable<NaiveOrder> StopsInTriggerOrder(Side side) => side == Side.Buy
        ? Waiting.Where(order => order.Side == side).OrderBy(order => order.StopPrice).ThenBy(order => order.Accepted)
        : Waiting.Where(order => order.Side == side).OrderByDescending(order => order.StopPrice).ThenBy(order => order.Accepted);

    /// <summary>Every live order in the order of CancelAll and of the close.</summary>
    public IEnumerable<NaiveOrder> Live() =>
        [.. Bids, .. Asks, .. StopsInTriggerOrder(Side.Buy), .. StopsInTriggerOrder(Side.Sell)];
}

internal sealed class NaiveAccount
{
    public int Number;
    public int Participant;
    public long Pool;
    public byte Admitted;
    public long Available;
    public long Held;
    public long LargestId;
    public Dictionary<int, NaiveUnits> Units { get; } = [];

    public NaiveUnits UnitsIn(int instrument)
    {
        if (!Units.TryGetValue(instrument, out var units))
        {
            Units[instrument] = units = new();
        }

        return units;
    }
}

internal sealed class NaiveUnits
{
    public long Available;
    public long Held;
}

internal sealed class NaiveOrder
{
    public required NaiveInstrument Instrument;
    public required NaiveAccount Account;
    public long Id;
    public long Accepted;
    public Side Side;
    public OrderKind Kind;
    public TimeInForce Life;
    public SelfTradePrevention SelfTrade;
    public Supply Supply;
    public bool PostOnly;
    public int Price;
    public int StopPrice;
    public int Display;
    public int Shown;
    public long Until;

    /// <summary>Units left, with what is hidden; of a Posted the copies left.</summary>
    public long Leaves;

    /// <summary>A Posted offer without limit.</summary>
    public bool Unlimited;

    public long BudgetLeft;

    /// <summary>Cancelled or filled: no longer anywhere.</summary>
    public bool Ended;

    public bool IsBudget => Kind == OrderKind.Budget;

    public bool IsOffer => Kind is OrderKind.Posted or OrderKind.Exclusive;

    public bool Stays => Life is TimeInForce.GoodTillCancel or TimeInForce.Day or TimeInForce.GoodTillDate;

    public bool HoldsFunds => Side == Side.Buy && (Kind is OrderKind.Limit or OrderKind.StopLimit);

    public bool HoldsUnits => Side == Side.Sell && Supply == Supply.Transfer;

    public bool HoldsRight => Side == Side.Sell && Supply == Supply.Issue && !IsOffer;

    /// <summary>Leaves as reports tell them.</summary>
    public int ToldLeaves => Unlimited || IsBudget ? 0 : (int)Leaves;

    public int ToldShown => Display > 0 ? Shown : ToldLeaves;

    public bool Crosses(int price) => Side == Side.Buy ? Price >= price : Price <= price;
}
