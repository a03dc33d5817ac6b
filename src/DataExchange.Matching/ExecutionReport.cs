using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataExchange.Matching;

/// <summary>
/// One output of the engine, 64 bytes. From the reports alone, in their order, book, holds and positions can be rebuilt
/// (docs/matching.md).
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
public readonly record struct ExecutionReport
{
    /// <summary>What it tells.</summary>
    public ReportKind Kind { get; init; }

    /// <summary>Why, for a rejection or a cancellation.</summary>
    public Reason Reason { get; init; }

    /// <summary>Side of the order; of a trade, that of the incoming order (of an auction's trade: buy).</summary>
    public Side Side { get; init; }

    /// <summary>The instrument's phase.</summary>
    public Phase Phase { get; init; }

    /// <summary>Instrument.</summary>
    public int Instrument { get; init; }

    /// <summary>Account of the order; of a trade, of the incoming order (of an auction's trade: the buyer's).</summary>
    public int Account { get; init; }

    /// <summary>The other order's account: of a trade, of the resting order.</summary>
    public int OtherAccount { get; init; }

    /// <summary>The order's number.</summary>
    public long ClientOrderId { get; init; }

    /// <summary>The other order's number: of a trade, of the resting order; of a replacement, of the replaced one.</summary>
    public long OtherClientOrderId { get; init; }

    /// <summary>Place among the reports of the instrument, from 1; 0 for a report that belongs to no instrument.</summary>
    public long Sequence { get; init; }

    /// <summary>Time of the input, or of what came due.</summary>
    public long Time { get; init; }

    /// <summary>Price in ticks.</summary>
    public int Price { get; init; }

    /// <summary>Units traded, accepted or cancelled.</summary>
    public int Quantity { get; init; }

    /// <summary>Units left of the order.</summary>
    public int Leaves { get; init; }

    /// <summary>Units left of the other order; of an unlimited posted offer, 0.</summary>
    public int OtherLeaves { get; init; }
}

/// <summary>A report while the engine writes it: the same bytes, see <see cref="ExecutionReport"/>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct ReportFields
{
    public ReportKind Kind;
    public Reason Reason;
    public Side Side;
    public Phase Phase;
    public int Instrument;
    public int Account;
    public int OtherAccount;
    public long ClientOrderId;
    public long OtherClientOrderId;
    public long Sequence;
    public long Time;
    public int Price;
    public int Quantity;
    public int Leaves;
    public int OtherLeaves;
}

/// <summary>Where reports go. A struct, so that the call costs nothing.</summary>
public interface IReportHandler
{
    /// <summary>Takes one report. It is called in the middle of an operation: it must not call the engine.</summary>
    void OnReport(in ExecutionReport report);

    /// <summary>
    /// Whether the handler has memory of its own for reports: each is written to <see cref="PlaceOfNext"/> then, once, instead of being copied there.
    /// Otherwise the engine lends it a place for the length of the call.
    /// </summary>
    static virtual bool HasPlaces => false;

    /// <summary>Where the next report is to be written; <see cref="OnReport"/> is given it there. Asked only of a handler that has places.</summary>
    /// <typeparam name="T">The handler's own type.</typeparam>
    /// <param name="handler">The handler, in the engine.</param>
    static virtual ref ExecutionReport PlaceOfNext<T>(ref T handler)
        where T : IReportHandler => ref Unsafe.NullRef<ExecutionReport>();
}

/// <summary>Bounds of an engine. All memory is reserved at the start; nothing grows.</summary>
public sealed record EngineLimits
{
    /// <summary>Resting and waiting orders at a time; 16 to 2²⁶.</summary>
    public int Orders { get; init; } = 1 << 20;

    /// <summary>Instruments, numbered from 0; 1 to 2²⁰.</summary>
    public int Instruments { get; init; } = 4_096;

    /// <summary>Products, numbered from 0; 1 to 2²⁰.</summary>
    public int Products { get; init; } = 4_096;

    /// <summary>Accounts, numbered from 0; 1 to 2²².</summary>
    public int Accounts { get; init; } = 4_096;

    /// <summary>Pairs of account and instrument with units; 16 to 2²⁶.</summary>
    public int Positions { get; init; } = 1 << 18;

    /// <summary>Blocks of 64 neighbouring prices in use, over all books and sides; 16 to 2²².</summary>
    public int PriceBlocks { get; init; } = 1 << 15;
}
