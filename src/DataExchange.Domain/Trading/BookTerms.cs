namespace DataExchange.Domain.Trading;

/// <summary>Side of an order in an order book.</summary>
public enum BookSide
{
    /// <summary>Bid (买).</summary>
    Buy,
    /// <summary>Ask (卖).</summary>
    Sell,
}

/// <summary>What an order in an order book is.</summary>
public enum BookOrderKind
{
    /// <summary>At its price or better (限价).</summary>
    Limit,
    /// <summary>At any price, at once; only to sell (市价).</summary>
    Market,
    /// <summary>A market order once the last price reaches its stop price; only to sell (止损).</summary>
    Stop,
    /// <summary>A limit order once the last price reaches its stop price (止损限价).</summary>
    StopLimit,
    /// <summary>Buys at once as many packs as a budget pays for, within its price when it has one.</summary>
    Budget,
    /// <summary>The provider's standing offer to issue so many packs, which any number of buyers may meet (挂牌).</summary>
    Posted,
}

/// <summary>How long an order in an order book lives.</summary>
public enum BookOrderLife
{
    /// <summary>Until cancelled.</summary>
    GoodTillCancel,
    /// <summary>Until the end of the trading day.</summary>
    Day,
    /// <summary>Until its time comes.</summary>
    GoodTillDate,
    /// <summary>What does not trade at once is cancelled.</summary>
    ImmediateOrCancel,
    /// <summary>All of it at once, or nothing.</summary>
    FillOrKill,
}

/// <summary>Where the packs of an ask come from.</summary>
public enum PackSupply
{
    /// <summary>The seller's own packs: they change hands (secondary market).</summary>
    Held,
    /// <summary>The packs set aside for the book: they are issued as they are sold (primary market). Only the provider.</summary>
    Issue,
}

/// <summary>What happens when two orders of one party meet in continuous trading.</summary>
public enum SelfTradePolicy
{
    /// <summary>The incoming order's rest is cancelled.</summary>
    CancelNewest,
    /// <summary>The resting order is cancelled.</summary>
    CancelOldest,
    /// <summary>Both are cancelled.</summary>
    CancelBoth,
    /// <summary>Both are reduced by the smaller one.</summary>
    DecrementAndCancel,
}

/// <summary>What an order book is doing.</summary>
public enum TradingPhase
{
    /// <summary>No orders; cancels only.</summary>
    Closed,
    /// <summary>Orders gather before the opening auction (盘前).</summary>
    PreOpen,
    /// <summary>Orders gather for one price (集合竞价).</summary>
    Auction,
    /// <summary>Orders trade as they come (连续竞价).</summary>
    Continuous,
    /// <summary>Trading is interrupted; orders gather for the auction that ends it (临时停牌).</summary>
    Halted,
}

/// <summary>Why an order, or the rest of it, left the book.</summary>
public enum BookCancelCause
{
    /// <summary>Its party asked for it.</summary>
    Requested,
    /// <summary>An immediate order found nothing more to trade with, or its budget was used up.</summary>
    NothingLeftToTake,
    /// <summary>A fill-or-kill order could not be filled in full.</summary>
    NotFillable,
    /// <summary>It met an order of its own party.</summary>
    SelfTrade,
    /// <summary>Trading was halted while it was being carried out.</summary>
    TradingHalted,
    /// <summary>No packs are left to issue.</summary>
    CapReached,
    /// <summary>A bound of the book was reached.</summary>
    CapacityReached,
    /// <summary>The product was suspended.</summary>
    Suspended,
    /// <summary>The book was closed for good.</summary>
    BookClosed,
}

/// <summary>What an order asks for. Prices are for one pack.</summary>
/// <param name="Side">Buy or sell.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Life">How long it lives.</param>
/// <param name="Supply">Where the packs of an ask come from.</param>
/// <param name="Quantity">Packs, 1 or more; 0 for a budget order.</param>
/// <param name="PriceFen">Limit price, a multiple of the tick; 0 for none.</param>
/// <param name="StopPriceFen">Stop price, a multiple of the tick; 0 for none.</param>
/// <param name="DisplayQuantity">Packs shown at a time; 0 shows all.</param>
/// <param name="BudgetFen">What a budget order may spend; 0 for every other.</param>
/// <param name="PostOnly">Refused rather than traded at once.</param>
/// <param name="SelfTrade">When it meets an order of its own party.</param>
/// <param name="Until">End of a good-till-date order; null for every other.</param>
public sealed record BookOrderTerms(
    BookSide Side,
    BookOrderKind Kind,
    BookOrderLife Life,
    PackSupply Supply,
    int Quantity,
    long PriceFen,
    long StopPriceFen,
    int DisplayQuantity,
    long BudgetFen,
    bool PostOnly,
    SelfTradePolicy SelfTrade,
    SimulatedTime? Until)
{
    /// <summary>A limit order.</summary>
    /// <param name="side">Buy or sell.</param>
    /// <param name="quantity">Packs.</param>
    /// <param name="priceFen">Limit price.</param>
    /// <param name="life">How long it lives.</param>
    public static BookOrderTerms Limit(BookSide side, int quantity, long priceFen, BookOrderLife life = BookOrderLife.Day) =>
        new(side, BookOrderKind.Limit, life, PackSupply.Held, quantity, priceFen, 0, 0, 0, false, SelfTradePolicy.CancelNewest, null);

    /// <summary>Money that must be held for it: the limit price of all of a bid, or the budget; 0 for an ask.</summary>
    /// <exception cref="OverflowException">It is out of range.</exception>
    public long NeedFen => Side == BookSide.Sell ? 0 : Kind == BookOrderKind.Budget ? BudgetFen : checked(PriceFen * Quantity);

    /// <summary>Whether every figure is one that the book can take, by itself; whether they go together the matching core says.</summary>
    internal bool FitInto(BookRules rules) =>
        IsPrice(PriceFen, rules, isNeeded: Kind is BookOrderKind.Limit or BookOrderKind.StopLimit or BookOrderKind.Posted)
        && IsPrice(StopPriceFen, rules, isNeeded: Kind is BookOrderKind.Stop or BookOrderKind.StopLimit)
        && (Kind == BookOrderKind.Budget ? Quantity == 0 && Money.IsAmount(BudgetFen) : Quantity >= 1 && Quantity <= rules.LargestQuantity && BudgetFen == 0)
        && DisplayQuantity >= 0 && DisplayQuantity <= Quantity
        // A bid says what it may cost, so that the money can be held before it counts.
        && !(Side == BookSide.Buy && Kind is BookOrderKind.Market or BookOrderKind.Stop or BookOrderKind.Posted)
        && (Side == BookSide.Sell || Supply == PackSupply.Held)
        && (Life == BookOrderLife.GoodTillDate) == Until.HasValue
        && Until is not { UnixSeconds: < 0 or > MostSeconds };

    // The last second of the year 9999 in China, the last that a date can write.
    private const long MostSeconds = 253_402_271_999;

    private static bool IsPrice(long fen, BookRules rules, bool isNeeded) =>
        fen == 0 ? !isNeeded : fen > 0 && fen <= rules.HighestPriceFen && fen % rules.TickFen == 0;
}

/// <summary>How a book trades.</summary>
/// <param name="TickFen">Step of prices, fen, 1 to 1,000,000.</param>
/// <param name="HighestPriceFen">Highest price of a pack, a multiple of the tick.</param>
/// <param name="LargestQuantity">Most packs of one order, 1 to 1,000,000.</param>
/// <param name="BandBasisPoints">Trades stay within so many 1/10,000 of the reference price, or the book is halted; 0 for no band, below 10,000.</param>
/// <param name="HaltSeconds">Length of such a halt, 1 to 86,400.</param>
/// <param name="FeeBasisPoints">The venue's fee on each trade, 0 to 10,000.</param>
/// <param name="VatBasisPoints">Value-added tax rate, 0 to 10,000.</param>
public sealed record BookRules(
    int TickFen, long HighestPriceFen, int LargestQuantity, int BandBasisPoints, int HaltSeconds, int FeeBasisPoints, int VatBasisPoints)
{
    private const int MostTicks = 1 << 30;

    /// <summary>Whether a book can trade by them, packs of so many calls that cost so much.</summary>
    internal bool CanTrade(int unitsPerPack, long packPriceFen) =>
        TickFen is >= 1 and <= 1_000_000
        && HighestPriceFen >= TickFen && HighestPriceFen % TickFen == 0 && HighestPriceFen / TickFen <= MostTicks
        && LargestQuantity is >= 1 and <= 1_000_000
        && (Int128)HighestPriceFen * LargestQuantity <= Money.MostFen
        && (long)unitsPerPack * LargestQuantity <= int.MaxValue
        && BandBasisPoints is >= 0 and < (int)Money.BasisPoints
        && HaltSeconds is >= 1 and <= (int)SimulatedTime.SecondsPerDay
        && FeeBasisPoints is >= 0 and <= (int)Money.BasisPoints
        && VatBasisPoints is >= 0 and <= (int)Money.BasisPoints
        && packPriceFen >= TickFen && packPriceFen <= HighestPriceFen;
}
