using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace DataExchange.Matching.Book;

/// <summary>
/// Memory reserved once, beginning at a cache line, so that a record of 64 bytes is one line and not parts of two. It does not move, and
/// places are not checked in a release: whoever numbers them takes the numbers from the engine's own tables or has checked them against
/// <see cref="Length"/>.
/// </summary>
/// <typeparam name="T">What it holds.</typeparam>
internal readonly unsafe struct Slab<T>
    where T : unmanaged
{
    private const int Line = 64;
    private const int Page = 4_096;
    private readonly T* _first;
    private readonly T[] _memory;

    /// <summary>So many, all zero.</summary>
    public Slab(int length)
    {
        Length = length;
        _memory = GC.AllocateArray<T>(length + (Line / sizeof(T)) + 1, pinned: true);
        _first = (T*)(((nuint)Unsafe.AsPointer(ref _memory[0]) + Line - 1) & ~(nuint)(Line - 1));
    }

    /// <summary>How many.</summary>
    public int Length { get; }

    /// <summary>All of them.</summary>
    public Span<T> Span => new(_first, Length);

    /// <summary>One of them.</summary>
    public ref T this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((uint)place < (uint)Length, "A place outside the reserved memory.");
            return ref _first[(uint)place];
        }
    }

    /// <summary>Asks for large pages and writes what is there to each page, so that none is missing later.</summary>
    public void Prefault()
    {
        var length = (long)Length * sizeof(T);
        LargePages.Prefer(_first, length);
        var bytes = (byte*)_first;
        for (var at = 0L; at < length; at += Page)
        {
            Volatile.Write(ref bytes[at], bytes[at]);
        }

        LargePages.Gather(_first, length);
    }
}
