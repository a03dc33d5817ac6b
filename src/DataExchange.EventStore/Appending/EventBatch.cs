using System.Buffers;
using System.Runtime.InteropServices;
using DataExchange.EventStore.Logs;

namespace DataExchange.EventStore.Appending;

/// <summary>
/// Events in global order that are committed together. It owns one growing buffer for their JSON, so that adding an event
/// allocates nothing once the batch has been used; the writer empties it and hands it out again. One thread at a time uses it.
/// </summary>
public sealed class EventBatch
{
    private readonly ArrayBufferWriter<byte> _json;
    private readonly List<Entry> _entries;
    private int _written;

    /// <summary>Creates an empty batch.</summary>
    /// <param name="expectedEvents">How many events it is likely to hold; it grows when there are more.</param>
    /// <param name="expectedJsonBytes">How many bytes of JSON it is likely to hold; it grows when there are more.</param>
    public EventBatch(int expectedEvents = 20_000, int expectedJsonBytes = 6 * 1024 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expectedEvents);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expectedJsonBytes);
        _entries = new List<Entry>(expectedEvents);
        _json = new ArrayBufferWriter<byte>(expectedJsonBytes);
    }

    /// <summary>How many events it holds.</summary>
    public int Count => _entries.Count;

    /// <summary>Tiles of the venues' logs that change with these events.</summary>
    public List<LogTileRow> Tiles { get; } = [];

    /// <summary>Heads of the venues' logs that were signed among these events.</summary>
    public List<LogCheckpointRow> Checkpoints { get; } = [];

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty => Count == 0 && Tiles.Count == 0 && Checkpoints.Count == 0;

    /// <summary>How many bytes of JSON it holds.</summary>
    public int JsonBytes => _written;

    /// <summary>
    /// Where the JSON of the next event may be written directly (a <see cref="System.Text.Json.Utf8JsonWriter"/> takes it),
    /// followed by <see cref="Add(string, long, EventTypeName)"/>.
    /// </summary>
    public IBufferWriter<byte> NextJson => _json;

    /// <summary>The place of its first event in the global order, or 0 when the writer has not taken it yet.</summary>
    public long FirstSequence { get; internal set; }

    /// <summary>The event at <paramref name="index"/>, from 0, in global order.</summary>
    public EncodedEvent this[int index]
    {
        get
        {
            var entry = _entries[index];
            return new EncodedEvent(
                entry.StreamId,
                entry.Version,
                entry.Type,
                _json.WrittenMemory.Slice(entry.Start, entry.Length),
                FirstSequence == 0 ? 0 : FirstSequence + index);
        }
    }

    /// <summary>Adds an event whose JSON is copied.</summary>
    /// <param name="streamId">The stream it belongs to.</param>
    /// <param name="version">Its place in the stream, from 1.</param>
    /// <param name="type">Its kind.</param>
    /// <param name="json">Its data as UTF-8 JSON.</param>
    public void Add(string streamId, long version, EventTypeName type, ReadOnlySpan<byte> json)
    {
        _json.Write(json);
        Add(streamId, version, type);
    }

    /// <summary>Adds an event whose JSON is what was written to <see cref="NextJson"/> since the last event.</summary>
    /// <param name="streamId">The stream it belongs to.</param>
    /// <param name="version">Its place in the stream, from 1.</param>
    /// <param name="type">Its kind.</param>
    /// <exception cref="ArgumentException">The stream id or the JSON is empty.</exception>
    public void Add(string streamId, long version, EventTypeName type)
    {
        ArgumentException.ThrowIfNullOrEmpty(streamId);
        ArgumentNullException.ThrowIfNull(type);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(version);
        var length = _json.WrittenCount - _written;
        if (length == 0)
        {
            throw new ArgumentException($"Event {version} of stream {streamId} has no JSON.", nameof(type));
        }

        _entries.Add(new Entry(streamId, version, type, _written, length));
        _written += length;
    }

    /// <summary>Empties the batch and keeps its memory.</summary>
    public void Clear()
    {
        _entries.Clear();
        Tiles.Clear();
        Checkpoints.Clear();
        _json.ResetWrittenCount();
        _written = 0;
        FirstSequence = 0;
    }

    internal (string StreamId, long Version) PlaceOf(int index)
    {
        ref readonly var entry = ref CollectionsMarshal.AsSpan(_entries)[index];
        return (entry.StreamId, entry.Version);
    }

    private readonly record struct Entry(string StreamId, long Version, EventTypeName Type, int Start, int Length);
}
