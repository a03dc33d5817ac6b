using System.Buffers.Binary;

namespace DataExchange.EventStore.Appending;

/// <summary>
/// The ids of the events of one run. They are computed, not drawn, so that the same run gives the same ids wherever it is made:
/// a UUID of version 8 (RFC 9562) holding 60 bits of the run's key and the 62 bits of the event's sequence.
/// </summary>
public static class EventIds
{
    private const long LargestSequence = (1L << 62) - 1;

    /// <summary>The id of the event at a place of the global order.</summary>
    /// <param name="runKey">What tells this run from others, for instance a hash of scenario and seed; its lower 60 bits count.</param>
    /// <param name="sequence">The event's place in the global order, 1 to 2⁶²−1.</param>
    public static Guid For(ulong runKey, long sequence)
    {
        Span<byte> bytes = stackalloc byte[16];
        Write(bytes, runKey, sequence);
        return new Guid(bytes, bigEndian: true);
    }

    internal static void Write(Span<byte> destination, ulong runKey, long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, LargestSequence);
        var upper = ((runKey >> 12) & 0x0000_FFFF_FFFF_FFFFUL) << 16 | 0x8000UL | (runKey & 0x0FFFUL);
        var lower = 0x8000_0000_0000_0000UL | (ulong)sequence;
        BinaryPrimitives.WriteUInt64BigEndian(destination, upper);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], lower);
    }
}
