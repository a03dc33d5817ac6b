using System.Runtime.InteropServices;

namespace DataExchange.Matching;

/// <summary>
/// One input of the engine, 64 bytes, as it stands in the input journal. Which fields count depends on <see cref="Kind"/>; the
/// factory methods say it. Prices are in ticks, money in fen, quantities in units, times in whole simulated microseconds.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
public struct Command : IEquatable<Command>
{
    /// <summary>Any instrument: of <see cref="CommandKind.SetPhase"/> and <see cref="CommandKind.CancelAll"/>.</summary>
    public const int All = -1;

    /// <summary>What is asked for.</summary>
    public CommandKind Kind;

    /// <summary>Side of an order.</summary>
    public Side Side;

    /// <summary>Kind of an order.</summary>
    public OrderKind Order;

    /// <summary>Life of an order.</summary>
    public TimeInForce TimeInForce;

    /// <summary>Self-trade prevention of an order; that of the incoming order counts.</summary>
    public SelfTradePrevention SelfTrade;

    /// <summary>Where an ask's units come from.</summary>
    public Supply Supply;

    /// <summary>1: post-only (book or cancel), or resale allowed; 0 otherwise.</summary>
    public byte Flag;

    /// <summary>A <see cref="Matching.Phase"/>, or a security class.</summary>
    public byte Level;

    /// <summary>Instrument, or product when one is defined.</summary>
    public int Instrument;

    /// <summary>Account.</summary>
    public int Account;

    /// <summary>The account's number of the order; each new one is larger than all before.</summary>
    public long ClientOrderId;

    /// <summary>When it happens; never before the last input.</summary>
    public long Time;

    /// <summary>Money of a deposit, budget of an order, cap of a product, or the replaced order's number.</summary>
    public long Amount;

    /// <summary>Limit price.</summary>
    public int Price;

    /// <summary>Stop price.</summary>
    public int StopPrice;

    /// <summary>Units.</summary>
    public int Quantity;

    /// <summary>Units shown at a time by an iceberg; 0 shows all.</summary>
    public int Display;

    /// <summary>When a good-till-date order ends.</summary>
    public long Until;

    /// <summary>A product: its number, its issuer's participant number, cap (0: none), security class.</summary>
    public static Command DefineProduct(long time, int product, int issuer, long cap = 0, byte securityClass = 0) =>
        new() { Kind = CommandKind.DefineProduct, Time = time, Instrument = product, Account = issuer, Amount = cap, Level = securityClass };

    /// <summary>An instrument: price limits in ticks, value of a tick in fen, lot and the largest quantity, the pool whose accounts trade it.</summary>
    public static Command DefineInstrument(
        long time, int instrument, int product, int pool, int tickFen, int lowestPrice, int highestPrice, int lot, int largestQuantity, bool resale) => new()
        {
            Kind = CommandKind.DefineInstrument, Time = time, Instrument = instrument, Account = product, ClientOrderId = pool, Amount = tickFen,
            Price = lowestPrice, StopPrice = highestPrice, Display = lot, Quantity = largestQuantity, Flag = resale ? (byte)1 : (byte)0,
        };

    /// <summary>From a price on, prices are multiples of a step. Bands are set with rising prices; at most eight.</summary>
    public static Command SetTickBand(long time, int instrument, int fromPrice, int step) =>
        new() { Kind = CommandKind.SetTickBand, Time = time, Instrument = instrument, Price = fromPrice, Quantity = step };

    /// <summary>Trades stay within so many basis points of the reference price; a trade beyond halts for so long. 0 basis points: no band.</summary>
    public static Command SetPriceBand(long time, int instrument, int referencePrice, int basisPoints, long haltMicroseconds) => new()
    {
        Kind = CommandKind.SetPriceBand, Time = time, Instrument = instrument, Price = referencePrice, Quantity = basisPoints, Amount = haltMicroseconds,
    };

    /// <summary>In its auction phase, the instrument uncrosses at each multiple of the interval; 0 ends that.</summary>
    public static Command SetBatchInterval(long time, int instrument, long microseconds) =>
        new() { Kind = CommandKind.SetBatchInterval, Time = time, Instrument = instrument, Amount = microseconds };

    /// <summary>An account of a participant in a pool, admitted up to a security class.</summary>
    public static Command OpenAccount(long time, int account, int participant, int pool, byte admittedClass = 255) => new()
    {
        Kind = CommandKind.OpenAccount, Time = time, Account = account, Instrument = participant, ClientOrderId = pool, Level = admittedClass,
    };

    /// <summary>Money in, fen.</summary>
    public static Command Deposit(long time, int account, long fen) =>
        new() { Kind = CommandKind.Deposit, Time = time, Account = account, Amount = fen };

    /// <summary>Money out, fen; only what is not held.</summary>
    public static Command Withdraw(long time, int account, long fen) =>
        new() { Kind = CommandKind.Withdraw, Time = time, Account = account, Amount = fen };

    /// <summary>Issues units to an account outside the book, within the cap.</summary>
    public static Command IssueUnits(long time, int account, int instrument, int quantity) =>
        new() { Kind = CommandKind.IssueUnits, Time = time, Account = account, Instrument = instrument, Quantity = quantity };

    /// <summary>Ends units of an account; only what is not held.</summary>
    public static Command RevokeUnits(long time, int account, int instrument, int quantity) =>
        new() { Kind = CommandKind.RevokeUnits, Time = time, Account = account, Instrument = instrument, Quantity = quantity };

    /// <summary>Another phase for an instrument, or for <see cref="All"/>.</summary>
    public static Command SetPhase(long time, int instrument, Phase phase) =>
        new() { Kind = CommandKind.SetPhase, Time = time, Instrument = instrument, Level = (byte)phase };

    /// <summary>Time passes: orders expire, halts end, batches uncross.</summary>
    public static Command AdvanceTime(long time) => new() { Kind = CommandKind.AdvanceTime, Time = time };

    /// <summary>A limit order; the rest is set with a <c>with</c>-like assignment.</summary>
    public static Command Limit(
        long time, int instrument, int account, long id, Side side, int price, int quantity, TimeInForce timeInForce = TimeInForce.GoodTillCancel) => new()
        {
            Kind = CommandKind.NewOrder, Time = time, Instrument = instrument, Account = account, ClientOrderId = id, Side = side, Price = price,
            Quantity = quantity, TimeInForce = timeInForce,
        };

    /// <summary>Takes an order out.</summary>
    public static Command Cancel(long time, int instrument, int account, long id) =>
        new() { Kind = CommandKind.Cancel, Time = time, Instrument = instrument, Account = account, ClientOrderId = id };

    /// <summary>Makes an order smaller: so many units are left of it.</summary>
    public static Command Reduce(long time, int instrument, int account, long id, int leaves) =>
        new() { Kind = CommandKind.Reduce, Time = time, Instrument = instrument, Account = account, ClientOrderId = id, Quantity = leaves };

    /// <summary>Replaces a resting limit order by one with a new number, price, quantity and display quantity.</summary>
    public static Command Replace(long time, int instrument, int account, long original, long id, int price, int quantity, int display = 0) => new()
    {
        Kind = CommandKind.Replace, Time = time, Instrument = instrument, Account = account, ClientOrderId = id, Amount = original, Price = price,
        Quantity = quantity, Display = display,
    };

    /// <summary>Takes all orders of an account out, of one instrument or of <see cref="All"/>.</summary>
    public static Command CancelAll(long time, int account, int instrument = All) =>
        new() { Kind = CommandKind.CancelAll, Time = time, Account = account, Instrument = instrument };

    /// <inheritdoc />
    public readonly bool Equals(Command other) => Bytes(this).SequenceEqual(Bytes(other));

    /// <inheritdoc />
    public override readonly bool Equals(object? obj) => obj is Command other && Equals(other);

    /// <inheritdoc />
    public override readonly int GetHashCode() => HashCode.Combine(Kind, Instrument, Account, ClientOrderId, Time);

    /// <summary>Equality of all 64 bytes.</summary>
    public static bool operator ==(Command left, Command right) => left.Equals(right);

    /// <summary>Inequality of any of the 64 bytes.</summary>
    public static bool operator !=(Command left, Command right) => !left.Equals(right);

    private static ReadOnlySpan<byte> Bytes(in Command command) => MemoryMarshal.AsBytes(new ReadOnlySpan<Command>(in command));
}
