using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DataExchange.Matching.Snapshots;

/// <summary>
/// The frame of a snapshot: "DXMS", version, length and CRC-32C of what follows, all little-endian. What follows are numbers of 64 bits.
/// </summary>
internal static class SnapshotFrame
{
    private const uint Magic = 0x534D_5844;
    private const uint Version = 1;
    private const int HeaderSize = 20;

    public static byte[] Wrap(List<long> numbers)
    {
        var snapshot = new byte[HeaderSize + (numbers.Count * 8)];
        var body = snapshot.AsSpan(HeaderSize);
        for (var i = 0; i < numbers.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(body[(i * 8)..], numbers[i]);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(snapshot, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(snapshot.AsSpan(4), Version);
        BinaryPrimitives.WriteInt64LittleEndian(snapshot.AsSpan(8), body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(snapshot.AsSpan(16), Checksum(body));
        return snapshot;
    }

    /// <exception cref="SnapshotException">It is not a whole snapshot of this version.</exception>
    public static ReadOnlySpan<long> Unwrap(ReadOnlySpan<byte> snapshot)
    {
        if (snapshot.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(snapshot) != Magic)
        {
            throw new SnapshotException("This is not a snapshot of the matching engine.");
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(snapshot[4..]);
        if (version != Version)
        {
            throw new SnapshotException($"The snapshot has version {version}; this engine reads version {Version}.");
        }

        var body = snapshot[HeaderSize..];
        var length = BinaryPrimitives.ReadInt64LittleEndian(snapshot[8..]);
        if (length != body.Length || length % 8 != 0)
        {
            throw new SnapshotException($"The snapshot is cut off: {body.Length} bytes of {length}.");
        }

        if (Checksum(body) != BinaryPrimitives.ReadUInt32LittleEndian(snapshot[16..]))
        {
            throw new SnapshotException("The snapshot is damaged: its checksum differs.");
        }

        var numbers = new long[body.Length / 8];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt64LittleEndian(body[(i * 8)..]);
        }

        return numbers;
    }

    private static uint Checksum(ReadOnlySpan<byte> body)
    {
        var sum = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(body))
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        return ~sum;
    }
}

/// <summary>Takes numbers out of a snapshot one by one, each within its range.</summary>
internal ref struct SnapshotReader(ReadOnlySpan<long> numbers)
{
    private readonly ReadOnlySpan<long> _numbers = numbers;
    private int _at;

    public readonly bool IsAtEnd => _at == _numbers.Length;

    public readonly int Left => _numbers.Length - _at;

    /// <exception cref="SnapshotException">There is none left, or it is outside the range.</exception>
    public long Next(string what, long least, long most)
    {
        if (_at == _numbers.Length)
        {
            throw new SnapshotException($"The snapshot ends before {what}.");
        }

        var number = _numbers[_at++];
        return number >= least && number <= most
            ? number
            : throw new SnapshotException($"The snapshot says {number} for {what}; allowed is {least} to {most}.");
    }

    public int NextInt(string what, long least, long most) => (int)Next(what, least, most);

    public bool NextBool(string what) => Next(what, 0, 1) == 1;
}
