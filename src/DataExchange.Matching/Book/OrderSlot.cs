using System.Runtime.InteropServices;

namespace DataExchange.Matching.Book;

/// <summary>An order in the engine's memory: one cache line. Slots are linked by index; 0 is no slot.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct OrderSlot
{
    /// <summary>The account of a slot that is free while the index still has its entry.</summary>
    public const int NoAccount = -1;

    /// <summary>The account's number of it.</summary>
    public long ClientOrderId;

    /// <summary>Its number among all accepted orders of the engine: the order of expiries at one time.</summary>
    public long Accepted;

    public int Account;
    public int Instrument;

    /// <summary>The later order of its level, or the next free slot.</summary>
    public int Next;

    /// <summary>The earlier order of its level.</summary>
    public int Previous;

    /// <summary>Its level: see <see cref="PriceLevels"/>.</summary>
    public int Level;

    /// <summary>Limit price; 0 without one.</summary>
    public int Price;

    /// <summary>Units left, hidden ones too; of an unlimited posted offer 0.</summary>
    public int Leaves;

    /// <summary>Units others see.</summary>
    public int Shown;

    /// <summary>An iceberg's slice; 0 shows all.</summary>
    public int Display;

    public int StopPrice;
    public Side Side;
    public OrderKind Kind;
    public TimeInForce TimeInForce;
    public SelfTradePrevention SelfTrade;
    public Supply Supply;
    public byte PostOnly;

    /// <summary>1: a stop order that waits.</summary>
    public byte Waits;

    /// <summary>1: a posted offer without a limit to its copies.</summary>
    public byte Unlimited;
}
