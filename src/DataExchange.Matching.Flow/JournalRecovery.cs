using System.Globalization;
using DataExchange.Matching.Journal;
using Microsoft.Win32.SafeHandles;

namespace DataExchange.Matching.Flow;

/// <summary>Takes commands that were read from a journal.</summary>
/// <param name="commands">A block's commands; valid during the call.</param>
/// <param name="first">The number of the first of them, from 0.</param>
public delegate void JournalReplay(ReadOnlySpan<Command> commands, long first);

/// <summary>Reads a journal file, and tells a torn tail, which a crash leaves, from damage, which it does not.</summary>
public static class JournalRecovery
{
    /// <summary>Reads all that can be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="replay">Receives the commands in their order.</param>
    /// <returns>The reader at the end: what it could read and why it stopped.</returns>
    public static JournalReader Read(string path, JournalReplay replay)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Read(file, replay);
    }

    internal static JournalReader Read(SafeFileHandle file, JournalReplay replay)
    {
        var reader = new JournalReader();
        var window = new byte[4 * InputJournal.MostBytes];
        var (start, end) = (0, 0);
        while (true)
        {
            if (end - start < InputJournal.MostBytes)
            {
                window.AsSpan(start..end).CopyTo(window);
                (start, end) = (0, end - start);
                end += Fill(file, window.AsSpan(end), reader.ValidBytes + end);
            }

            if (!reader.TryRead(window.AsSpan(start..end), out var commands))
            {
                return reader;
            }

            replay(commands, reader.Position.Record - commands.Length);
            start += InputJournal.HeaderBytes + (commands.Length * InputJournal.RecordBytes);
        }
    }

    /// <summary>Cuts off what a crash left unfinished; refuses when whole blocks follow the damage, as then it was no crash.</summary>
    internal static void Truncate(SafeFileHandle file, string path, JournalReader reader)
    {
        if (reader.Damage is not { } damage)
        {
            return;
        }

        if (damage.Fault is JournalFault.UnknownVersion or JournalFault.OutOfOrder || HasBlockAfter(file, damage.Offset))
        {
            throw new FlowException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: {damage}, and that is no torn end: the journal is left as it is. {damage.Record} records before it can be read."));
        }

        RandomAccess.SetLength(file, damage.Offset);
        Disk.FlushData(file);
    }

    // Blocks are multiples of 64 bytes long, so headers stand at multiples of 64.
    private static bool HasBlockAfter(SafeFileHandle file, long offset)
    {
        var window = new byte[1 << 20];
        for (var at = offset + InputJournal.HeaderBytes; ; at += window.Length)
        {
            var read = Fill(file, window, at);
            for (var place = 0; place + InputJournal.HeaderBytes <= read; place += InputJournal.HeaderBytes)
            {
                if (JournalReader.IsHeader(window.AsSpan(place, read - place)))
                {
                    return true;
                }
            }

            if (read < window.Length)
            {
                return false;
            }
        }
    }

    private static int Fill(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        var filled = 0;
        while (filled < buffer.Length && RandomAccess.Read(file, buffer[filled..], offset + filled) is > 0 and var read)
        {
            filled += read;
        }

        return filled;
    }
}
