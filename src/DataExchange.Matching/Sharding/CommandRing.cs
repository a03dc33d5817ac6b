using System.Runtime.InteropServices;

namespace DataExchange.Matching.Sharding;

/// <summary>
/// A bounded queue of commands from one thread to another, without locks. The producer publishes several commands at once, so that the
/// counters' cache lines travel between the cores once for a batch and not for each command.
/// </summary>
internal sealed class CommandRing
{
    private readonly Command[] _slots;
    private readonly long _mask;
    private Counters _counters;

    /// <summary>A ring.</summary>
    /// <param name="capacity">A power of two.</param>
    public CommandRing(int capacity)
    {
        _slots = new Command[capacity];
        _mask = capacity - 1;
    }

    /// <summary>Producer: commands added so far.</summary>
    public long Added => _counters.Added;

    /// <summary>Commands that the consumer is done with.</summary>
    public long Done => Volatile.Read(ref _counters.Done);

    /// <summary>Consumer: whether there is something to take.</summary>
    public bool HasMore => Volatile.Read(ref _counters.Published) != _counters.Done;

    /// <summary>Producer: whether some of what was added is not published yet.</summary>
    public bool HasUnpublished => _counters.Added != _counters.Published;

    /// <summary>Producer: adds a command that the consumer does not see yet; false when the ring is full.</summary>
    public bool TryAdd(in Command command)
    {
        var added = _counters.Added;
        if (added - _counters.DoneAsSeen > _mask)
        {
            _counters.DoneAsSeen = Volatile.Read(ref _counters.Done);
            if (added - _counters.DoneAsSeen > _mask)
            {
                return false;
            }
        }

        _slots[added & _mask] = command;
        _counters.Added = added + 1;
        return true;
    }

    /// <summary>Producer: lets the consumer see all that was added.</summary>
    public void Publish() => Volatile.Write(ref _counters.Published, _counters.Added);

    /// <summary>Consumer: the next commands, at most so many; none when there is nothing.</summary>
    public ReadOnlySpan<Command> Next(int most)
    {
        var done = _counters.Done;
        var count = Math.Min(Math.Min(Volatile.Read(ref _counters.Published) - done, _slots.Length - (done & _mask)), most);
        return _slots.AsSpan((int)(done & _mask), (int)count);
    }

    /// <summary>Consumer: gives back the places of commands that were carried out.</summary>
    public void Release(int count) => Volatile.Write(ref _counters.Done, _counters.Done + count);

    // Each on two cache lines of its own, because processors fetch them in pairs.
    [StructLayout(LayoutKind.Explicit, Size = 512)]
    private struct Counters
    {
        [FieldOffset(128)]
        public long Added;

        [FieldOffset(136)]
        public long DoneAsSeen;

        [FieldOffset(256)]
        public long Published;

        [FieldOffset(384)]
        public long Done;
    }
}
