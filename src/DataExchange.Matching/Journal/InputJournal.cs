using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace DataExchange.Matching.Journal;

/// <summary>
/// Gathers commands, as they are in memory, into checksummed blocks. It writes to a buffer that it is given and does nothing else: whoever
/// has a disk writes the sealed block there, before the commands in it are acknowledged. Fed to an engine from the first record on, the
/// journal gives the same state and the same reports again. It allocates nothing.
/// </summary>
public sealed class InputJournal
{
    /// <summary>Bytes of a record.</summary>
    public const int RecordBytes = 64;

    /// <summary>Bytes before the records of a block.</summary>
    public const int HeaderBytes = JournalHeader.Bytes;

    /// <summary>Records that a block has at most.</summary>
    public const int MostRecords = 1 << 16;

    /// <summary>Bytes that a block has at most.</summary>
    public const int MostBytes = HeaderBytes + (MostRecords * RecordBytes);

    /// <summary>A usual size of the buffer: 64 KiB with the header.</summary>
    public const int UsualBytes = 1 << 16;

    private const int Ahead = 40;
    private byte[] _buffer;
    private int _capacity;
    private int _count;
    private JournalChecksum _checksum = JournalChecksum.Start;
    private JournalPosition _position;

    /// <summary>A journal that begins, or goes on.</summary>
    /// <param name="buffer">Takes one block: its length decides how many records that has, at most <see cref="MostRecords"/>.</param>
    /// <param name="position">Where the journal stands: <see cref="JournalReader.Position"/> after what was read, or nothing for a new one.</param>
    public InputJournal(byte[] buffer, JournalPosition position = default)
    {
        _position = position;
        _buffer = Checked(buffer);
        _capacity = CapacityOf(buffer);
    }

    /// <summary>Records in the block that is being filled.</summary>
    public int Count => _count;

    /// <summary>Whether the block has no room: it must be sealed before the next command is added.</summary>
    public bool IsFull => _count >= _capacity;

    /// <summary>The number that the next record gets, from 0.</summary>
    public long NextRecord => _position.Record + _count;

    /// <summary>Adds a command.</summary>
    /// <returns>Whether the block is full: it must be sealed before the next one is added.</returns>
    /// <exception cref="InvalidOperationException">The block is full already.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Append(in Command command)
    {
        var count = _count;
        if (count >= _capacity)
        {
            ThrowFull();
        }

        // The capacity was taken from the buffer's length, so this stays inside it.
        Unsafe.WriteUnaligned(
            ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), HeaderBytes + (count * RecordBytes)), command);
        _checksum.Add(in command);
        _count = count + 1;
        return count + 1 == _capacity;
    }

    /// <summary>Adds as many commands as there is room for.</summary>
    /// <returns>How many: from 0, when the block is full, to all of them.</returns>
    public unsafe int Append(ReadOnlySpan<Command> commands)
    {
        commands = commands[..Math.Min(commands.Length, _capacity - _count)];
        ref var first = ref MemoryMarshal.GetReference(commands);
        ref var place = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), HeaderBytes + (_count * RecordBytes));

        // In registers: in the object, each command would wait for the last one's checksum to come back from memory.
        var checksum = _checksum;
        for (var index = 0; index < commands.Length; index++)
        {
            if (Sse.IsSupported)
            {
                // Mostly they come from far memory. Asking past the end does no harm.
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, index + Ahead)));
            }

            Unsafe.WriteUnaligned(ref Unsafe.Add(ref place, index * RecordBytes), Unsafe.Add(ref first, index));
            checksum.Add(in Unsafe.Add(ref first, index));
        }

        _checksum = checksum;
        _count += commands.Length;
        return commands.Length;
    }

    /// <summary>Finishes the block: so many bytes at the beginning of the buffer are it. 0 when there is no record in it.</summary>
    /// <param name="next">The buffer of the next block; may be the same one once its bytes are no longer needed.</param>
    public int Seal(byte[] next)
    {
        var length = 0;
        if (_count > 0)
        {
            var header = new JournalHeader(JournalHeader.CurrentVersion, RecordBytes, _position, (uint)_count, _checksum.Value);
            var checksum = header.Write(_buffer);
            length = HeaderBytes + (_count * RecordBytes);
            _position = new JournalPosition(_position.Block + 1, _position.Record + _count, checksum);
        }

        _buffer = Checked(next);
        _capacity = CapacityOf(next);
        _count = 0;
        _checksum = JournalChecksum.Start;
        return length;
    }

    /// <summary>Finishes the block and copies it; the buffer is used again.</summary>
    public void SealTo(IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var block = _buffer;
        destination.Write(block.AsSpan(0, Seal(block)));
    }

    private static byte[] Checked(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer.Length, HeaderBytes + RecordBytes);
        return buffer;
    }

    private static int CapacityOf(byte[] buffer) => Math.Min(MostRecords, (buffer.Length - HeaderBytes) / RecordBytes);

    private static void ThrowFull() => throw new InvalidOperationException("The block is full: seal it before the next command.");
}
