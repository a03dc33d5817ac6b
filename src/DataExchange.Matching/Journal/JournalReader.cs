using System.Globalization;
using System.Runtime.InteropServices;

namespace DataExchange.Matching.Journal;

/// <summary>What is wrong with a block.</summary>
public enum JournalFault
{
    /// <summary>It ends before its header says so.</summary>
    Torn,

    /// <summary>It does not begin as a block does.</summary>
    NotABlock,

    /// <summary>The header is not as it was written.</summary>
    HeaderDamaged,

    /// <summary>Another version of the format.</summary>
    UnknownVersion,

    /// <summary>The block does not follow the one before it.</summary>
    OutOfOrder,

    /// <summary>The records are not as they were written.</summary>
    RecordsDamaged,
}

/// <summary>Where a journal ceases to be readable, and why.</summary>
/// <param name="Block">The block, from 0.</param>
/// <param name="Record">The first record that cannot be read, from 0: so many can.</param>
/// <param name="Offset">The byte at which the block begins.</param>
/// <param name="Fault">What is wrong.</param>
public readonly record struct JournalDamage(long Block, long Record, long Offset, JournalFault Fault)
{
    /// <summary>A part of a sentence.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"block {Block} (from record {Record}, at byte {Offset}) {Text}");

    private string Text => Fault switch
    {
        JournalFault.Torn => "is torn: it ends before its header says so",
        JournalFault.NotABlock => "does not begin as a block does",
        JournalFault.HeaderDamaged => "has a damaged header",
        JournalFault.UnknownVersion => "is of an unknown version",
        JournalFault.OutOfOrder => "does not follow the one before it",
        _ => "has damaged records",
    };
}

/// <summary>
/// Reads blocks of <see cref="InputJournal"/> back in their order and believes none before it is verified. At the first one that is torn or
/// damaged it stops for good: what follows may not be what was decided on.
/// </summary>
public sealed class JournalReader
{
    /// <summary>Where the next block belongs, after all that could be read.</summary>
    public JournalPosition Position { get; private set; }

    /// <summary>Bytes of all blocks that could be read.</summary>
    public long ValidBytes { get; private set; }

    /// <summary>Why reading ended; null while nothing is wrong.</summary>
    public JournalDamage? Damage { get; private set; }

    /// <summary>Reads the next block.</summary>
    /// <param name="bytes">The journal from <see cref="ValidBytes"/> on: all that is left of it, or at least <see cref="InputJournal.MostBytes"/>.</param>
    /// <param name="commands">Its commands, in the same memory.</param>
    /// <returns>False at the end of the journal or of what can be read: then <see cref="Damage"/> is set.</returns>
    public bool TryRead(ReadOnlySpan<byte> bytes, out ReadOnlySpan<Command> commands)
    {
        commands = default;
        if (Damage is not null || bytes.IsEmpty)
        {
            return false;
        }

        if (FaultOf(bytes, out var records) is { } fault)
        {
            Damage = new JournalDamage(Position.Block, Position.Record, ValidBytes, fault);
            return false;
        }

        commands = MemoryMarshal.Cast<byte, Command>(records);
        Position = new JournalPosition(Position.Block + 1, Position.Record + commands.Length, JournalHeader.ChecksumOf(bytes));
        ValidBytes += JournalHeader.Bytes + records.Length;
        return true;
    }

    /// <summary>Whether an undamaged header stands here: behind a damage, a sign that more than the tail is lost.</summary>
    /// <param name="bytes">At least a header.</param>
    public static bool IsHeader(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= JournalHeader.Bytes && JournalHeader.HasMagic(bytes) && JournalHeader.IsIntact(bytes);

    private JournalFault? FaultOf(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> records)
    {
        records = default;
        if (bytes.Length < JournalHeader.Bytes)
        {
            return JournalFault.Torn;
        }

        if (!JournalHeader.HasMagic(bytes))
        {
            return JournalFault.NotABlock;
        }

        if (!JournalHeader.IsIntact(bytes))
        {
            return JournalFault.HeaderDamaged;
        }

        var header = JournalHeader.Read(bytes);
        if (header.Version != JournalHeader.CurrentVersion || header.RecordBytes != InputJournal.RecordBytes)
        {
            return JournalFault.UnknownVersion;
        }

        if (header.Count is 0 or > InputJournal.MostRecords || !JournalHeader.HasNothingElse(bytes))
        {
            return JournalFault.HeaderDamaged;
        }

        if (header.Position != Position)
        {
            return JournalFault.OutOfOrder;
        }

        var length = (int)header.Count * InputJournal.RecordBytes;
        if (bytes.Length - JournalHeader.Bytes < length)
        {
            return JournalFault.Torn;
        }

        records = bytes.Slice(JournalHeader.Bytes, length);
        return JournalChecksum.Of(MemoryMarshal.Cast<byte, Command>(records)) == header.RecordsChecksum ? null : JournalFault.RecordsDamaged;
    }
}
