using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DataExchange.Matching.Tests.Snapshots;

/// <summary>The bytes of a snapshot from outside: what it takes to forge one.</summary>
internal static class SnapshotImage
{
    private const int HeaderSize = 20;

    public static byte[] Body(byte[] snapshot) => snapshot[HeaderSize..];

    public static long[] Numbers(byte[] snapshot) => MemoryMarshal.Cast<byte, long>(snapshot.AsSpan(HeaderSize)).ToArray();

    public static byte[] Of(ReadOnlySpan<long> numbers) => Seal(MemoryMarshal.AsBytes(numbers));

    /// <summary>A header whose length and checksum fit.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> body)
    {
        var snapshot = new byte[HeaderSize + body.Length];
        "DXMS"u8.CopyTo(snapshot);
        BinaryPrimitives.WriteUInt32LittleEndian(snapshot.AsSpan(4), 1);
        BinaryPrimitives.WriteInt64LittleEndian(snapshot.AsSpan(8), body.Length);
        var checksum = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(body))
        {
            checksum = BitOperations.Crc32C(checksum, word);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(snapshot.AsSpan(16), ~checksum);
        body.CopyTo(snapshot.AsSpan(HeaderSize));
        return snapshot;
    }
}
