using System.Buffers.Binary;
using DataExchange.MerkleLog;

namespace DataExchange.LogBenchmarks;

/// <summary>Entries of 32 bytes, as facts' digests are: the same for the same number in every run, made without hashing.</summary>
internal static class BenchmarkLeaves
{
    /// <summary>Bytes of an entry.</summary>
    internal const int Size = Hash256.Size;

    /// <summary>Writes an entry.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <param name="entry">32 bytes.</param>
    internal static void Write(long number, Span<byte> entry)
    {
        for (var part = 0; part < Size / sizeof(ulong); part++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(entry[(part * sizeof(ulong))..], Stir((ulong)((number * 4) + part)));
        }
    }

    /// <summary>A number below a bound, by its place in a fixed sequence.</summary>
    internal static long Below(long bound, long place) => (long)(Stir((ulong)place ^ 0xD1B5_4A32_D192_ED03UL) % (ulong)bound);

    // The finalizer of SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Stir(ulong value)
    {
        unchecked
        {
            value += 0x9E37_79B9_7F4A_7C15UL;
            value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EBUL;
            return value ^ (value >> 31);
        }
    }
}
