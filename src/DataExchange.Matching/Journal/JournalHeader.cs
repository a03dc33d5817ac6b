using System.Buffers.Binary;

namespace DataExchange.Matching.Journal;

/// <summary>Where in a journal the next block belongs.</summary>
/// <param name="Block">Its number, from 0.</param>
/// <param name="Record">Number of its first record, from 0.</param>
/// <param name="Previous">Header checksum of the block before; 0 before the first.</param>
public readonly record struct JournalPosition(long Block, long Record, uint Previous);

/// <summary>
/// The 64 bytes before the records of a block, little-endian: magic (4), version (2), bytes of a record (2), block number (8), number of the
/// first record (8), how many records (4), checksum of the records (4), header checksum of the block before (4), zero (24), checksum of
/// these 60 bytes (4).
/// </summary>
internal readonly record struct JournalHeader(ushort Version, ushort RecordBytes, JournalPosition Position, uint Count, uint RecordsChecksum)
{
    public const int Bytes = 64;
    public const ushort CurrentVersion = 1;
    private const uint Magic = 0x4A49_5844; // "DXIJ"
    private const int ChecksumAt = 60;

    /// <summary>Whether the bytes begin as a block does.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic;

    /// <summary>Whether the header is as it was written.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> bytes) => ChecksumOf(bytes) == JournalChecksum.Of(bytes[..ChecksumAt]);

    /// <summary>Whether nothing stands where nothing belongs.</summary>
    public static bool HasNothingElse(ReadOnlySpan<byte> bytes) => !bytes[36..ChecksumAt].ContainsAnyExcept((byte)0);

    /// <summary>The checksum that stands in the header; the next block repeats it.</summary>
    public static uint ChecksumOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]);

    public static JournalHeader Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]),
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]),
        new JournalPosition(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[32..])),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]));

    /// <summary>Writes it and gives its checksum.</summary>
    public uint Write(Span<byte> bytes)
    {
        bytes[..Bytes].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], RecordBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Position.Block);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Position.Record);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[24..], Count);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[28..], RecordsChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[32..], Position.Previous);
        var checksum = JournalChecksum.Of(bytes[..ChecksumAt]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumAt..], checksum);
        return checksum;
    }
}
