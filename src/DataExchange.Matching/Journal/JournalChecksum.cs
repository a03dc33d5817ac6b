using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataExchange.Matching.Journal;

/// <summary>
/// CRC32C over records in four lanes that do not wait for each other: an instruction has a result after three cycles, but a new one can
/// start in each, so one lane alone would take three times as long.
/// </summary>
internal struct JournalChecksum
{
    private uint _lane0;
    private uint _lane1;
    private uint _lane2;
    private uint _lane3;

    /// <summary>The checksum of no record. The lanes start apart, so that records with lanes exchanged do not look the same.</summary>
    public static JournalChecksum Start => new() { _lane0 = uint.MaxValue, _lane1 = uint.MaxValue - 1, _lane2 = uint.MaxValue - 2, _lane3 = uint.MaxValue - 3 };

    /// <summary>All four lanes in one number.</summary>
    public readonly uint Value =>
        BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, _lane0 | ((ulong)_lane1 << 32)), _lane2 | ((ulong)_lane3 << 32));

    /// <summary>Adds a record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Command command)
    {
        ref var word = ref Unsafe.As<Command, ulong>(ref Unsafe.AsRef(in command));
        var lane0 = BitOperations.Crc32C(_lane0, word);
        var lane1 = BitOperations.Crc32C(_lane1, Unsafe.Add(ref word, 1));
        var lane2 = BitOperations.Crc32C(_lane2, Unsafe.Add(ref word, 2));
        var lane3 = BitOperations.Crc32C(_lane3, Unsafe.Add(ref word, 3));
        _lane0 = BitOperations.Crc32C(lane0, Unsafe.Add(ref word, 4));
        _lane1 = BitOperations.Crc32C(lane1, Unsafe.Add(ref word, 5));
        _lane2 = BitOperations.Crc32C(lane2, Unsafe.Add(ref word, 6));
        _lane3 = BitOperations.Crc32C(lane3, Unsafe.Add(ref word, 7));
    }

    /// <summary>The checksum of records one after the other.</summary>
    public static uint Of(ReadOnlySpan<Command> commands)
    {
        var checksum = Start;
        foreach (ref readonly var command in commands)
        {
            checksum.Add(in command);
        }

        return checksum.Value;
    }

    /// <summary>Plain CRC32C of the bytes of a header; their number is a multiple of four.</summary>
    public static uint Of(ReadOnlySpan<byte> header)
    {
        var checksum = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, uint>(header))
        {
            checksum = BitOperations.Crc32C(checksum, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        return ~checksum;
    }
}
