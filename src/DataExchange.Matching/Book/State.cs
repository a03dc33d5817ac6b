using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataExchange.Matching.Book;

/// <summary>A product's issuance right and what came of it.</summary>
internal struct ProductState
{
    public long Cap;
    public long Issued;
    public long Revoked;
    public long Reserved;
    public int Issuer;

    /// <summary>Lowest of its instruments plus one; 0 for none.</summary>
    public int FirstInstrument;

    public byte SecurityClass;
    public bool Defined;
    public bool Exclusive;

    /// <summary>Licences that are active.</summary>
    public readonly long Active => Issued - Revoked;

    /// <summary>What may still be issued beyond what is reserved; a number past any order when there is no cap.</summary>
    public readonly long RightLeft => Exclusive ? 0 : Cap == 0 ? long.MaxValue / 4 : Math.Max(0, Cap - Issued - Reserved);
}

/// <summary>What can be spent and what orders hold: the two numbers stand side by side in an account, in fen, and in a position, in units.</summary>
internal struct Funds
{
    public long Available;
    public long Held;
}

/// <summary>A trading account.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct AccountState
{
    /// <summary>First of <see cref="Funds"/>.</summary>
    public long Available;
    public long Held;
    public long LastClientOrderId;
    public int Participant;
    public int Pool;
    public byte AdmittedClass;
    public bool Open;
}

/// <summary>An instrument with its book: three cache lines. What matching touches comes first and is in two of them.</summary>
[StructLayout(LayoutKind.Sequential, Size = 192)]
internal struct InstrumentState
{
    public BookSide Bids;

    /// <summary>Right after the bids: sides can be numbered.</summary>
    public BookSide Asks;
    public int LowestTrade;
    public int HighestTrade;
    public int LastPrice;
    public int Product;
    public long TickFen;
    public long Sequence;

    /// <summary>First of eight bytes that are looked at together: see <see cref="IsPlain"/>.</summary>
    public Phase Phase;
    public bool Defined;
    public bool Resale;
    public byte TickBands;
    public int Lot;
    public int Pool;
    public int LargestQuantity;
    public int LowestPrice;
    public int HighestPrice;
    public byte SecurityClass;
    public BookSide StopBuys;
    public BookSide StopSells;
    public int Reference;
    public int BandBasisPoints;
    public long HaltLength;
    public long BatchInterval;

    /// <summary>The product's next higher instrument plus one; 0 for none.</summary>
    public int NextOfProduct;

    private const ulong Plain = (ulong)Phase.Continuous | (1UL << 8) | (1UL << 16) | (1UL << 32);

    /// <summary>Whether it is in continuous trading, with resale, without tick bands and with a lot of one; on a big-endian machine never.</summary>
    public readonly bool IsPlain =>
        BitConverter.IsLittleEndian && Unsafe.As<Phase, ulong>(ref Unsafe.AsRef(in Phase)) == Plain;
}

/// <summary>From a price on, prices are multiples of a step.</summary>
internal readonly record struct TickBand(int From, int Step);
