using System.Buffers;
using DataExchange.Matching.Journal;

namespace DataExchange.Matching.Flow.Tests;

public sealed class JournalTests
{
    private static readonly Command[] Commands = [.. Flows.Small.Operations.Span[..1_000]];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    [InlineData(5_000)]
    public void What_was_written_is_read_back(int recordsOfBlock)
    {
        var reader = new JournalReader();
        Assert.Equal(Commands, ReadAll(reader, Write(recordsOfBlock)));
        Assert.Null(reader.Damage);
        Assert.Equal(1_000, reader.Position.Record);
    }

    [Fact]
    public void A_journal_that_goes_on_reads_as_one()
    {
        var first = Write(10);
        var reader = new JournalReader();
        ReadAll(reader, first);
        var both = new ArrayBufferWriter<byte>();
        both.Write(first);
        var journal = new InputJournal(new byte[4_096], reader.Position);
        journal.Append(in Commands[5]);
        journal.SealTo(both);
        var again = new JournalReader();
        Assert.Equal([.. Commands, Commands[5]], ReadAll(again, both.WrittenSpan));
        Assert.Null(again.Damage);
    }

    [Fact]
    public void An_empty_journal_is_no_damage()
    {
        var reader = new JournalReader();
        Assert.Empty(ReadAll(reader, []));
        Assert.Null(reader.Damage);
    }

    [Fact]
    public void An_empty_block_is_none()
    {
        var written = new ArrayBufferWriter<byte>();
        new InputJournal(new byte[4_096]).SealTo(written);
        Assert.Equal(0, written.WrittenCount);
    }

    [Theory]
    [InlineData(3 * 704, JournalFault.NotABlock)]
    [InlineData((3 * 704) + 5, JournalFault.HeaderDamaged)]
    [InlineData((3 * 704) + 17, JournalFault.HeaderDamaged)]
    [InlineData((3 * 704) + 64, JournalFault.RecordsDamaged)]
    [InlineData((4 * 704) - 1, JournalFault.RecordsDamaged)]
    public void Damage_is_named_with_its_block_and_nothing_behind_it_is_read(int at, JournalFault fault)
    {
        var bytes = Write(10);
        bytes[at] ^= 1;
        var reader = new JournalReader();
        Assert.Equal(Commands[..30], ReadAll(reader, bytes));
        Assert.Equal(new JournalDamage(3, 30, 3 * 704, fault), reader.Damage);
        Assert.Contains("block 3 (from record 30, at byte 2112)", reader.Damage.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(703)]
    public void A_torn_block_is_not_believed(int bytesLeft)
    {
        var reader = new JournalReader();
        Assert.Equal(Commands[..990], ReadAll(reader, Write(10).AsSpan(0, (99 * 704) + bytesLeft)));
        Assert.Equal(new JournalDamage(99, 990, 99 * 704, JournalFault.Torn), reader.Damage);
    }

    [Fact]
    public void A_block_that_is_missing_repeated_or_of_another_journal_is_out_of_order()
    {
        var bytes = Write(10);
        byte[] missing = [.. bytes[..704], .. bytes[1_408..]];
        byte[] repeated = [.. bytes[..704], .. bytes];
        var other = new ArrayBufferWriter<byte>();
        var journal = new InputJournal(new byte[704]);
        for (var index = 0; index < 20; index++)
        {
            if (journal.Append(in Commands[index + 1]))
            {
                journal.SealTo(other);
            }
        }

        byte[] mixed = [.. bytes[..704], .. other.WrittenSpan[704..]];
        foreach (var wrong in new[] { missing, repeated, mixed })
        {
            var reader = new JournalReader();
            Assert.Equal(Commands[..10], ReadAll(reader, wrong));
            Assert.Equal(JournalFault.OutOfOrder, reader.Damage!.Value.Fault);
        }
    }

    [Fact]
    public void A_full_block_takes_no_more()
    {
        var journal = new InputJournal(new byte[128]);
        Assert.True(journal.Append(in Commands[0]));
        Assert.Throws<InvalidOperationException>(() => journal.Append(in Commands[1]));
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var block = new byte[InputJournal.UsualBytes];
        var journal = new InputJournal(block);

        // Made now: a static field may come into being only when it is first read.
        var commands = Commands;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 10; round++)
        {
            foreach (ref readonly var command in commands.AsSpan())
            {
                if (journal.Append(in command))
                {
                    journal.Seal(block);
                }
            }
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>Whatever the bytes: the reader ends, and what it gives is a beginning of what was written.</summary>
    [Fact]
    public void Changed_bytes_never_give_other_commands()
    {
        var (bytes, seed) = (Write(16), Environment.TickCount);
        var random = new Random(seed);
        for (var round = Flows.FuzzRounds(2_000); round > 0; round--)
        {
            var reader = new JournalReader();
            var read = ReadAll(reader, Flows.Mutated(bytes, random));
            Assert.True(Commands.AsSpan().StartsWith(read.ToArray()), $"seed {seed}, {round} rounds left");
            Assert.True(reader.Damage is not null || read.Count % 16 == 0 || read.Count == Commands.Length, $"seed {seed}, {round} rounds left");
        }
    }

    [Fact]
    public void Random_bytes_are_no_journal()
    {
        var random = new Random(1);
        for (var round = Flows.FuzzRounds(2_000); round > 0; round--)
        {
            var bytes = new byte[random.Next(1, 1_000)];
            random.NextBytes(bytes);
            var reader = new JournalReader();
            Assert.Empty(ReadAll(reader, bytes));
            Assert.NotNull(reader.Damage);
        }
    }

    private static byte[] Write(int recordsOfBlock)
    {
        var written = new ArrayBufferWriter<byte>();
        var journal = new InputJournal(new byte[InputJournal.HeaderBytes + (recordsOfBlock * InputJournal.RecordBytes)]);
        foreach (ref readonly var command in Commands.AsSpan())
        {
            if (journal.Append(in command))
            {
                journal.SealTo(written);
            }
        }

        journal.SealTo(written);
        return written.WrittenSpan.ToArray();
    }

    private static List<Command> ReadAll(JournalReader reader, ReadOnlySpan<byte> bytes)
    {
        var read = new List<Command>();
        while (reader.TryRead(bytes[(int)reader.ValidBytes..], out var commands))
        {
            read.AddRange(commands);
        }

        return read;
    }
}
