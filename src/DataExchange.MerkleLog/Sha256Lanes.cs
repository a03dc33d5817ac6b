using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DataExchange.MerkleLog;

/// <summary>
/// SHA-256 (FIPS 180-4) of eight inputs at a time, one in each lane of a vector. A log hashes short inputs in great numbers, and a call of the
/// platform's library takes several times as long as the hashing itself; here eight nodes are one pass. It allocates nothing.
/// </summary>
internal static class Sha256Lanes
{
    /// <summary>Inputs of a pass.</summary>
    internal const int Count = 8;

    private const int Words = 16;
    private const int StateWords = 8;
    private const int Rounds = 64;
    private const uint End = 0x0080_0000;

    /// <summary>Whether the machine has vectors of eight words; without, one input at a time is faster.</summary>
    internal static bool IsFast => Vector256.IsHardwareAccelerated;

    // Fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2).
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
        0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
        0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
        0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    // Fractional parts of the square roots of the first 8 primes (FIPS 180-4, 5.3.3).
    private static ReadOnlySpan<uint> Initial =>
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    /// <summary>SHA-256 of a zero byte and 32 bytes, eight times.</summary>
    /// <param name="entries">Eight entries.</param>
    /// <param name="hashes">Eight places.</param>
    internal static void Leaves(ReadOnlySpan<Hash256> entries, Span<Hash256> hashes)
    {
        Span<Vector256<uint>> state = stackalloc Vector256<uint>[StateWords];
        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[Rounds];
        Span<Vector256<uint>> input = stackalloc Vector256<uint>[StateWords];
        Transpose(MemoryMarshal.Cast<Hash256, uint>(entries[..Count]), input);
        Begin(state);
        schedule[0] = input[0] >>> 8;
        Shift(input, schedule);
        schedule[StateWords] = (input[^1] << 24) | Vector256.Create(End);
        Finish(schedule, StateWords + 1, 1 + Hash256.Size);
        Compress(state, schedule);
        Write(state, hashes);
    }

    /// <summary>SHA-256 of a one byte and two hashes, eight times.</summary>
    /// <param name="children">Sixteen hashes, left and right in turn.</param>
    /// <param name="parents">Eight places; they may be the first of the children's.</param>
    internal static void Nodes(ReadOnlySpan<Hash256> children, Span<Hash256> parents)
    {
        Span<Vector256<uint>> state = stackalloc Vector256<uint>[StateWords];
        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[Rounds];
        Span<Vector256<uint>> input = stackalloc Vector256<uint>[Words];
        Transpose(MemoryMarshal.Cast<Hash256, uint>(children[..(2 * Count)]), input);
        Begin(state);
        schedule[0] = (input[0] >>> 8) | Vector256.Create(0x0100_0000u);
        Shift(input, schedule);
        Compress(state, schedule);
        schedule[0] = (input[^1] << 24) | Vector256.Create(End);
        Finish(schedule, 1, 1 + (2 * Hash256.Size));
        Compress(state, schedule);
        Write(state, parents);
    }

    // The prefix of one byte puts every word of the input a byte further back.
    private static void Shift(ReadOnlySpan<Vector256<uint>> input, Span<Vector256<uint>> schedule)
    {
        for (var word = 1; word < input.Length; word++)
        {
            schedule[word] = (input[word - 1] << 24) | (input[word] >>> 8);
        }
    }

    private static void Finish(Span<Vector256<uint>> schedule, int from, int bytes)
    {
        schedule[from..(Words - 1)].Clear();
        schedule[Words - 1] = Vector256.Create((uint)bytes * 8);
    }

    private static void Begin(Span<Vector256<uint>> state)
    {
        for (var word = 0; word < StateWords; word++)
        {
            state[word] = Vector256.Create(Initial[word]);
        }
    }

    private static void Transpose(ReadOnlySpan<uint> inputs, Span<Vector256<uint>> words)
    {
        var places = MemoryMarshal.Cast<Vector256<uint>, uint>(words);
        for (var lane = 0; lane < Count; lane++)
        {
            var input = inputs.Slice(lane * words.Length, words.Length);
            for (var word = 0; word < input.Length; word++)
            {
                places[(word * Count) + lane] = BinaryPrimitives.ReverseEndianness(input[word]);
            }
        }
    }

    private static void Write(ReadOnlySpan<Vector256<uint>> state, Span<Hash256> hashes)
    {
        var words = MemoryMarshal.Cast<Vector256<uint>, uint>(state);
        var places = MemoryMarshal.Cast<Hash256, uint>(hashes[..Count]);
        for (var lane = 0; lane < Count; lane++)
        {
            for (var word = 0; word < StateWords; word++)
            {
                places[(lane * StateWords) + word] = BinaryPrimitives.ReverseEndianness(words[(word * Count) + lane]);
            }
        }
    }

    // FIPS 180-4, 6.2.2, with its names.
    private static void Compress(Span<Vector256<uint>> state, Span<Vector256<uint>> schedule)
    {
        ref var w = ref MemoryMarshal.GetReference(schedule);
        for (var t = Words; t < Rounds; t++)
        {
            var (w2, w15) = (Unsafe.Add(ref w, t - 2), Unsafe.Add(ref w, t - 15));
            var s0 = Rotate(w15, 7) ^ Rotate(w15, 18) ^ (w15 >>> 3);
            var s1 = Rotate(w2, 17) ^ Rotate(w2, 19) ^ (w2 >>> 10);
            Unsafe.Add(ref w, t) = Unsafe.Add(ref w, t - 16) + s0 + Unsafe.Add(ref w, t - 7) + s1;
        }

        ref var k = ref MemoryMarshal.GetReference(Constants);
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var t = 0; t < Rounds; t++)
        {
            var t1 = h + (Rotate(e, 6) ^ Rotate(e, 11) ^ Rotate(e, 25)) + (g ^ (e & (f ^ g))) + Vector256.Create(Unsafe.Add(ref k, t)) + Unsafe.Add(ref w, t);
            var t2 = (Rotate(a, 2) ^ Rotate(a, 13) ^ Rotate(a, 22)) + ((a & b) | (c & (a | b)));
            (h, g, f, e) = (g, f, e, d + t1);
            (d, c, b, a) = (c, b, a, t1 + t2);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate(Vector256<uint> x, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(x, bits) : (x >>> bits) | (x << (32 - bits));
}
