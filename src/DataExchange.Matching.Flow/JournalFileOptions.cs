using DataExchange.Matching.Journal;

namespace DataExchange.Matching.Flow;

/// <summary>How a journal file is written.</summary>
public sealed record JournalFileOptions
{
    /// <summary>Bytes of a block, header included; 4 KiB to <see cref="InputJournal.MostBytes"/>. A full block is written at once.</summary>
    public int BlockBytes { get; init; } = InputJournal.UsualBytes;

    /// <summary>Blocks that may wait to be written before the engine has to wait; 2 to 1,024.</summary>
    public int Blocks { get; init; } = 16;

    /// <summary>Whether what is written is forced onto the disk before it counts as acknowledged.</summary>
    public bool IsDurable { get; init; }

    /// <summary>A block that is not full is written after so long, once <see cref="JournalFile.Tick"/> looks.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMilliseconds(1);
}
