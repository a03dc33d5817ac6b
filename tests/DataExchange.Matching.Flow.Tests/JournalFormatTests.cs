using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using DataExchange.Matching.Journal;

namespace DataExchange.Matching.Flow.Tests;

/// <summary>The header of a block, number by number; checksums fit, so that what they protect is looked at.</summary>
public sealed class JournalFormatTests
{
    private static readonly Command[] Commands = [.. Flows.Small.Operations.Span[..3]];

    [Fact]
    public void A_block_is_written_as_it_always_was()
    {
        var block = Block();
        Assert.Equal("4458494A010040000000000000000000000000000000000003000000ADF50D8E00000000", Convert.ToHexString(block, 0, 36));
        Assert.Equal(new byte[24], block[36..60]);
        Assert.Equal(64 + (3 * 64), block.Length);
    }

    [Theory]
    [InlineData(4, 2, JournalFault.UnknownVersion)]
    [InlineData(4, 0, JournalFault.UnknownVersion)]
    [InlineData(6, 128, JournalFault.UnknownVersion)]
    [InlineData(8, 1, JournalFault.OutOfOrder)]
    [InlineData(16, 1, JournalFault.OutOfOrder)]
    [InlineData(32, 1, JournalFault.OutOfOrder)]
    [InlineData(24, 0, JournalFault.HeaderDamaged)]
    [InlineData(24, 4, JournalFault.Torn)]
    [InlineData(26, 1, JournalFault.HeaderDamaged)]
    [InlineData(24, 2, JournalFault.RecordsDamaged)]
    [InlineData(28, 1, JournalFault.RecordsDamaged)]
    [InlineData(36, 1, JournalFault.HeaderDamaged)]
    [InlineData(59, 1, JournalFault.HeaderDamaged)]
    [InlineData(0, 1, JournalFault.NotABlock)]
    public void A_header_that_is_intact_but_wrong_is_refused(int at, byte number, JournalFault fault)
    {
        var block = Block();
        block[at] = number;
        Seal(block);
        var reader = new JournalReader();
        Assert.False(reader.TryRead(block, out var commands));
        Assert.True(commands.IsEmpty);
        Assert.Equal(new JournalDamage(0, 0, 0, fault), reader.Damage);
        Assert.False(reader.TryRead(Block(), out _));
    }

    [Theory]
    [InlineData(JournalFault.Torn, "is torn: it ends before its header says so")]
    [InlineData(JournalFault.NotABlock, "does not begin as a block does")]
    [InlineData(JournalFault.HeaderDamaged, "has a damaged header")]
    [InlineData(JournalFault.UnknownVersion, "is of an unknown version")]
    [InlineData(JournalFault.OutOfOrder, "does not follow the one before it")]
    [InlineData(JournalFault.RecordsDamaged, "has damaged records")]
    public void Damage_is_told_in_words(JournalFault fault, string told) =>
        Assert.Equal($"block 3 (from record 30, at byte 2112) {told}", new JournalDamage(3, 30, 2_112, fault).ToString());

    [Fact]
    public void The_largest_block_is_read_and_a_larger_one_refused()
    {
        var journal = new InputJournal(new byte[InputJournal.MostBytes + InputJournal.RecordBytes]);
        while (!journal.Append(in Commands[0]))
        {
        }

        Assert.Equal(InputJournal.MostRecords, journal.Count);
        var written = new ArrayBufferWriter<byte>();
        journal.SealTo(written);
        Assert.True(new JournalReader().TryRead(written.WrittenSpan, out var commands));
        Assert.Equal(InputJournal.MostRecords, commands.Length);
        byte[] larger = [.. written.WrittenSpan, .. new byte[InputJournal.RecordBytes]];
        BinaryPrimitives.WriteInt32LittleEndian(larger.AsSpan(24), InputJournal.MostRecords + 1);
        Seal(larger);
        var reader = new JournalReader();
        Assert.False(reader.TryRead(larger, out _));
        Assert.Equal(JournalFault.HeaderDamaged, reader.Damage!.Value.Fault);
    }

    [Fact]
    public void A_header_is_known_by_its_magic_and_its_checksum()
    {
        var block = Block();
        Assert.True(JournalReader.IsHeader(block));
        Assert.True(JournalReader.IsHeader(block.AsSpan(0, 64)));
        Assert.False(JournalReader.IsHeader(block.AsSpan(0, 63)));
        Assert.False(JournalReader.IsHeader([]));
        block[10] ^= 1;
        Assert.False(JournalReader.IsHeader(block));
        block[0] ^= 1;
        Seal(block);
        Assert.False(JournalReader.IsHeader(block));
    }

    /// <summary>A header is all there is: it is looked at before it is said to be torn.</summary>
    [Fact]
    public void As_many_bytes_as_a_header_are_read_as_one()
    {
        Assert.Equal(JournalFault.Torn, FaultOf(new byte[63]));
        Assert.Equal(JournalFault.NotABlock, FaultOf(new byte[64]));
        Assert.Equal(JournalFault.Torn, FaultOf(Block()[..64]));

        static JournalFault FaultOf(byte[] bytes)
        {
            var reader = new JournalReader();
            Assert.False(reader.TryRead(bytes, out _));
            return reader.Damage!.Value.Fault;
        }
    }

    [Fact]
    public void Numbers_of_records_go_on_from_block_to_block()
    {
        var (buffer, written) = (new byte[InputJournal.UsualBytes], new ArrayBufferWriter<byte>());
        var journal = new InputJournal(buffer, new JournalPosition(4, 40, 7));
        Assert.Equal(40, journal.NextRecord);
        journal.Append(in Commands[0]);
        Assert.Equal((41, 1), (journal.NextRecord, journal.Count));
        journal.SealTo(written);
        Assert.Equal((41, 0), (journal.NextRecord, journal.Count));
    }

    [Fact]
    public void What_a_buffer_held_before_does_not_get_into_a_block()
    {
        var buffer = new byte[InputJournal.HeaderBytes + (3 * InputJournal.RecordBytes)];
        buffer.AsSpan().Fill(0xFF);
        Assert.Equal(Block(), Block(buffer));
    }

    [Fact]
    public void A_journal_needs_a_buffer_for_a_record_and_somewhere_to_write()
    {
        Assert.Throws<ArgumentNullException>(() => new InputJournal(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InputJournal(new byte[127]));
        Assert.Throws<ArgumentNullException>(() => new InputJournal(new byte[128]).SealTo(null!));
        var full = new InputJournal(new byte[128]);
        full.Append(in Commands[0]);
        Assert.Contains("seal it", Assert.Throws<InvalidOperationException>(() => full.Append(in Commands[0])).Message, StringComparison.Ordinal);
    }

    private static byte[] Block(byte[]? buffer = null)
    {
        var journal = new InputJournal(buffer ?? new byte[InputJournal.UsualBytes]);
        foreach (ref readonly var command in Commands.AsSpan())
        {
            journal.Append(in command);
        }

        var written = new ArrayBufferWriter<byte>();
        journal.SealTo(written);
        return written.WrittenSpan.ToArray();
    }

    private static void Seal(byte[] block)
    {
        var checksum = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, uint>(block.AsSpan(0, 60)))
        {
            checksum = BitOperations.Crc32C(checksum, word);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(60), ~checksum);
    }
}
