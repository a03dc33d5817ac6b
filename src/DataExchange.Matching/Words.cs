namespace DataExchange.Matching;

/// <summary>Which side of the book.</summary>
public enum Side : byte
{
    /// <summary>Bid: wants units, pays money.</summary>
    Buy = 0,

    /// <summary>Ask: gives units, takes money.</summary>
    Sell = 1,
}

/// <summary>What an order is.</summary>
public enum OrderKind : byte
{
    /// <summary>At its price or better; with a display quantity it is an iceberg.</summary>
    Limit = 0,

    /// <summary>At any price, at once.</summary>
    Market = 1,

    /// <summary>Becomes a market order when the last price reaches its stop price.</summary>
    Stop = 2,

    /// <summary>Becomes a limit order when the last price reaches its stop price.</summary>
    StopLimit = 3,

    /// <summary>Buys at once as many lots as its budget pays for, never above its price when it has one.</summary>
    Budget = 4,

    /// <summary>Non-rival ask: fills any number of buyers, or so many copies in all, and issues what it sells.</summary>
    Posted = 5,

    /// <summary>Ask for the one exclusive licence of a product: its fill withdraws every other offer to issue.</summary>
    Exclusive = 6,
}

/// <summary>Where the units of an ask come from.</summary>
public enum Supply : byte
{
    /// <summary>Units that the seller holds; they change hands.</summary>
    Transfer = 0,

    /// <summary>The product's issuance right; units come into being. Only the product's issuer.</summary>
    Issue = 1,
}

/// <summary>How long an order lives.</summary>
public enum TimeInForce : byte
{
    /// <summary>Until cancelled.</summary>
    GoodTillCancel = 0,

    /// <summary>Until the instrument closes.</summary>
    Day = 1,

    /// <summary>Until its time comes.</summary>
    GoodTillDate = 2,

    /// <summary>What does not trade at once is cancelled.</summary>
    ImmediateOrCancel = 3,

    /// <summary>Trades in full at once or not at all.</summary>
    FillOrKill = 4,
}

/// <summary>What happens when two orders of one participant would trade with each other in continuous trading.</summary>
public enum SelfTradePrevention : byte
{
    /// <summary>The incoming order's rest is cancelled.</summary>
    CancelNewest = 0,

    /// <summary>The resting order is cancelled.</summary>
    CancelOldest = 1,

    /// <summary>Both are cancelled.</summary>
    CancelBoth = 2,

    /// <summary>Both are reduced by the smaller of the two. Before a posted offer, as <see cref="CancelNewest"/>.</summary>
    DecrementAndCancel = 3,
}

/// <summary>What an instrument is doing.</summary>
public enum Phase : byte
{
    /// <summary>Nothing but cancels.</summary>
    Closed = 0,

    /// <summary>Orders gather before the opening auction.</summary>
    PreOpen = 1,

    /// <summary>Orders gather for a uniform price.</summary>
    Auction = 2,

    /// <summary>Orders trade as they come.</summary>
    Continuous = 3,

    /// <summary>Trading is interrupted; orders gather for the auction that ends the halt.</summary>
    Halted = 4,
}

/// <summary>What an input asks for.</summary>
public enum CommandKind : byte
{
    /// <summary>No command: refused.</summary>
    None = 0,

    /// <summary>A product with its issuer, its cap and its security class.</summary>
    DefineProduct = 1,

    /// <summary>An instrument: a product under a kind of licence.</summary>
    DefineInstrument = 2,

    /// <summary>A coarser price step from a price on.</summary>
    SetTickBand = 3,

    /// <summary>The price band and the length of a volatility halt.</summary>
    SetPriceBand = 4,

    /// <summary>Frequent batch auctions.</summary>
    SetBatchInterval = 5,

    /// <summary>A trading account.</summary>
    OpenAccount = 6,

    /// <summary>Money in.</summary>
    Deposit = 7,

    /// <summary>Money out.</summary>
    Withdraw = 8,

    /// <summary>Units issued outside the book.</summary>
    IssueUnits = 9,

    /// <summary>Units that end: revoked or expired entitlements.</summary>
    RevokeUnits = 10,

    /// <summary>Another phase of one instrument, or of all.</summary>
    SetPhase = 11,

    /// <summary>Time passes.</summary>
    AdvanceTime = 12,

    /// <summary>A new order.</summary>
    NewOrder = 13,

    /// <summary>Takes an order out of the book.</summary>
    Cancel = 14,

    /// <summary>Makes an order smaller; it keeps its place.</summary>
    Reduce = 15,

    /// <summary>Another price or quantity; the order keeps its place only when it becomes smaller at its price.</summary>
    Replace = 16,

    /// <summary>Takes all of an account's orders of one instrument, or of all, out of the book.</summary>
    CancelAll = 17,
}

/// <summary>What a report tells.</summary>
public enum ReportKind : byte
{
    /// <summary>Setup or account movement done.</summary>
    Done = 0,

    /// <summary>An order is taken; what does not trade or get cancelled in the reports that follow rests.</summary>
    Accepted = 1,

    /// <summary>The input had no effect: see the reason.</summary>
    Rejected = 2,

    /// <summary>A trade between the order and the other order.</summary>
    Filled = 3,

    /// <summary>An order, or its rest, is out of the book.</summary>
    Cancelled = 4,

    /// <summary>An order's time is over.</summary>
    Expired = 5,

    /// <summary>An order is smaller and keeps its place.</summary>
    Reduced = 6,

    /// <summary>An order has another price, quantity or id.</summary>
    Replaced = 7,

    /// <summary>A stop order has come to life.</summary>
    Triggered = 8,

    /// <summary>An instrument's phase is another.</summary>
    PhaseChanged = 9,

    /// <summary>A price outside the band was about to trade: the instrument is halted.</summary>
    Halted = 10,

    /// <summary>An auction's uniform price and volume; its fills follow.</summary>
    Uncrossed = 11,
}

/// <summary>Why an input was refused, or an order cancelled.</summary>
public enum Reason : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The input's kind or one of its words is not known, or they do not go together.</summary>
    InvalidCommand = 1,

    /// <summary>The input's time lies before the last one's.</summary>
    TimeRunsBackwards = 2,

    /// <summary>No such instrument.</summary>
    UnknownInstrument = 3,

    /// <summary>No such product.</summary>
    UnknownProduct = 4,

    /// <summary>No such account.</summary>
    UnknownAccount = 5,

    /// <summary>The account belongs to another pool than the instrument.</summary>
    WrongPool = 6,

    /// <summary>The account has used this client order id, or a later one.</summary>
    DuplicateOrder = 7,

    /// <summary>No such order rests.</summary>
    UnknownOrder = 8,

    /// <summary>The quantity is not a whole number of lots within the limits.</summary>
    InvalidQuantity = 9,

    /// <summary>The price is not on a tick within the limits.</summary>
    InvalidPrice = 10,

    /// <summary>The expiry lies not after now.</summary>
    InvalidExpiry = 11,

    /// <summary>The phase does not allow it.</summary>
    PhaseForbids = 12,

    /// <summary>The buyer is not admitted for the product's security class.</summary>
    NotAdmitted = 13,

    /// <summary>The available funds do not suffice.</summary>
    InsufficientFunds = 14,

    /// <summary>The available units do not suffice.</summary>
    InsufficientUnits = 15,

    /// <summary>The licence may not be sold on.</summary>
    ResaleForbidden = 16,

    /// <summary>Only the product's issuer may issue.</summary>
    NotIssuer = 17,

    /// <summary>The issuance right is used up.</summary>
    CapReached = 18,

    /// <summary>The exclusive licence is sold.</summary>
    ExclusiveSold = 19,

    /// <summary>Licences are active, so none can be exclusive.</summary>
    LicencesActive = 20,

    /// <summary>A post-only order would have traded.</summary>
    WouldTake = 21,

    /// <summary>A bound of the engine is reached.</summary>
    CapacityReached = 22,

    /// <summary>It is defined already.</summary>
    AlreadyDefined = 23,

    /// <summary>The account's owner asked for it.</summary>
    Requested = 24,

    /// <summary>What an immediate order could not trade.</summary>
    NothingLeftToTake = 25,

    /// <summary>A fill-or-kill order could not be filled in full.</summary>
    NotFillable = 26,

    /// <summary>It would have traded with an order of the same participant.</summary>
    SelfTrade = 27,

    /// <summary>The instrument was halted.</summary>
    TradingHalted = 28,

    /// <summary>The amount is not positive, or too large.</summary>
    InvalidAmount = 29,
}
