using System.Diagnostics;
using System.Runtime.CompilerServices;
using DataExchange.Matching.Journal;
using Microsoft.Win32.SafeHandles;

namespace DataExchange.Matching.Flow;

/// <summary>
/// An input journal in a file. The thread that feeds the engine fills blocks; another one writes all that are full, forces them onto the
/// disk together (group commit) and then counts their commands as acknowledged. Without a file the blocks are made, checksummed and dropped.
/// </summary>
public sealed class JournalFile : IDisposable
{
    private readonly SafeFileHandle? _file;
    private readonly JournalFileOptions _options;
    private readonly byte[][] _blocks;
    private readonly int[] _lengths;
    private readonly long[] _ends;
    private readonly long[] _sealedAt;
    private readonly InputJournal _encoder;
    private readonly Thread? _thread;
    private readonly object _gate = new();
    private long _handed;
    private long _written;
    private long _length;
    private long _acknowledged;
    private long _openedAt;
    private bool _isEnding;
    private Exception? _fault;

    private JournalFile(SafeFileHandle? file, JournalFileOptions options, JournalReader? read)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BlockBytes, 4_096);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.BlockBytes, InputJournal.MostBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Blocks, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Blocks, 1_024);
        var blocks = file is null ? 1 : options.Blocks;
        (_file, _options, _length) = (file, options, read?.ValidBytes ?? 0);
        _blocks = [.. Enumerable.Range(0, blocks).Select(_ => NewBlock(options.BlockBytes))];
        (_lengths, _ends, _sealedAt) = (new int[blocks], new long[blocks], new long[blocks]);
        _encoder = new InputJournal(_blocks[0], read?.Position ?? default);
        _acknowledged = _encoder.NextRecord;
        if (file is not null)
        {
            _thread = new Thread(Write) { IsBackground = true, Name = "journal writer" };
            _thread.Start();
        }
    }

    /// <summary>The number that the next command gets, from 0.</summary>
    public long NextRecord => _encoder.NextRecord;

    /// <summary>So many commands are in the file, and when it is durable on the disk: these may be acknowledged.</summary>
    public long Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>From handing a block over until it was acknowledged. To be read after <see cref="Commit"/>.</summary>
    public LatencyHistogram CommitLatency { get; } = new();

    /// <summary>Blocks are made and dropped.</summary>
    public static JournalFile InMemory() => new(null, new JournalFileOptions(), null);

    /// <summary>A new journal.</summary>
    /// <param name="path">Its file, which must not be there yet.</param>
    /// <param name="options">How it is written.</param>
    /// <exception cref="FlowException">The file is there, or cannot be made.</exception>
    public static JournalFile Create(string path, JournalFileOptions? options = null)
    {
        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new FlowException($"{path}: there is a journal already; it is not written over. Go on with it (--continue) or name another file.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FlowException($"{path}: the journal cannot be made: {failure.Message}");
        }

        options ??= new JournalFileOptions();
        if (options.IsDurable)
        {
            Disk.FlushName(path);
        }

        return new JournalFile(file, options, null);
    }

    /// <summary>Goes on with a journal: all of it is verified, and what a crash left unfinished at its end is cut off.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="replay">Receives the commands that are in it.</param>
    /// <param name="options">How it is written.</param>
    /// <exception cref="FlowException">It is not there, is in use, or is damaged before its end.</exception>
    public static JournalFile Continue(string path, JournalReplay replay, JournalFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(replay);
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            var reader = JournalRecovery.Read(file, replay);
            JournalRecovery.Truncate(file, path, reader);
            return new JournalFile(file, options ?? new JournalFileOptions(), reader);
        }
        catch (Exception failure)
        {
            file?.Dispose();
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw new FlowException($"{path}: the journal cannot be continued: {failure.Message}");
            }

            throw;
        }
    }

    /// <summary>Adds a command; hands the block over when it is full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(in Command command)
    {
        if (_encoder.Append(in command))
        {
            HandOver();
        }
    }

    /// <summary>Adds commands; hands over each block that they fill.</summary>
    public void Append(ReadOnlySpan<Command> commands)
    {
        while (commands.Length > 0)
        {
            commands = commands[_encoder.Append(commands)..];
            if (_encoder.IsFull)
            {
                HandOver();
            }
        }
    }

    /// <summary>To be called now and then while there is little to do: hands a block over that has waited long enough.</summary>
    public void Tick()
    {
        if (_encoder.Count == 0)
        {
            _openedAt = 0;
        }
        else if (_openedAt == 0)
        {
            _openedAt = Stopwatch.GetTimestamp();
        }
        else if (Stopwatch.GetElapsedTime(_openedAt) >= _options.LongestWait)
        {
            HandOver();
        }
    }

    /// <summary>Hands over what there is and waits until it is acknowledged.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Commit()
    {
        if (_encoder.Count > 0)
        {
            HandOver();
        }

        lock (_gate)
        {
            while (_written < _handed && _fault is null)
            {
                Monitor.Wait(_gate);
            }

            ThrowIfFailed();
        }
    }

    /// <summary>Ends; what was not committed may be lost.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnding = true;
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();
        _file?.Dispose();
    }

    private static byte[] NewBlock(int bytes)
    {
        // Touched now: the first use of a page costs more than all that is done with it.
        var block = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        block.AsSpan().Clear();
        return block;
    }

    private void HandOver()
    {
        _openedAt = 0;
        if (_file is null)
        {
            _encoder.Seal(_blocks[0]);
            _acknowledged = _encoder.NextRecord;
            return;
        }

        var place = (int)(_handed % _blocks.Length);
        var next = (int)((_handed + 1) % _blocks.Length);
        lock (_gate)
        {
            // The next buffer must be free before the encoder may have it.
            while (_handed + 1 - _written >= _blocks.Length && _fault is null)
            {
                Monitor.Wait(_gate);
            }

            ThrowIfFailed();
            _lengths[place] = _encoder.Seal(_blocks[next]);
            _ends[place] = _encoder.NextRecord;
            _sealedAt[place] = Stopwatch.GetTimestamp();
            _handed++;
            Monitor.PulseAll(_gate);
        }
    }

    private void ThrowIfFailed()
    {
        if (_fault is not null)
        {
            throw new IOException($"The journal could not be written: {_fault.Message}", _fault);
        }
    }

    private void Write()
    {
        try
        {
            while (NextHanded() is var handed && handed > _written)
            {
                for (var block = _written; block < handed; block++)
                {
                    var place = (int)(block % _blocks.Length);
                    RandomAccess.Write(_file!, _blocks[place].AsSpan(0, _lengths[place]), _length);
                    _length += _lengths[place];
                }

                if (_options.IsDurable)
                {
                    Disk.FlushData(_file!);
                }

                Acknowledge(handed);
            }
        }
        catch (Exception fault)
        {
            // The thread that feeds the engine has to learn of it, and waits at the gate.
            lock (_gate)
            {
                _fault = fault;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private long NextHanded()
    {
        lock (_gate)
        {
            while (_handed == _written && !_isEnding)
            {
                Monitor.Wait(_gate);
            }

            return _handed;
        }
    }

    private void Acknowledge(long handed)
    {
        var now = Stopwatch.GetTimestamp();
        for (var block = _written; block < handed; block++)
        {
            CommitLatency.Record(LatencySchedule.Nanoseconds(now - _sealedAt[block % _blocks.Length]));
        }

        Volatile.Write(ref _acknowledged, _ends[(handed - 1) % _blocks.Length]);
        lock (_gate)
        {
            _written = handed;
            Monitor.PulseAll(_gate);
        }
    }
}
