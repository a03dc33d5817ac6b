using DataExchange.Domain;
using DataExchange.Exchange.Verification;

namespace DataExchange.Exchange.Tests;

/// <summary>A market's events, to be altered as somebody might alter rows, and audited.</summary>
internal sealed class Tampering
{
    private readonly SortedDictionary<string, List<(int Version, Event Data)>> _streams = new(StringComparer.Ordinal);

    internal Tampering(IEnumerable<RecordedEvent> events)
    {
        foreach (var recorded in events)
        {
            if (!_streams.TryGetValue(recorded.Stream, out var stream))
            {
                _streams.Add(recorded.Stream, stream = []);
            }

            stream.Add((recorded.Version, recorded.Data));
        }
    }

    internal AuditFindings Audit(bool backwards = false)
    {
        var audit = new MarketAudit();
        foreach (var (id, events) in backwards ? _streams.Reverse() : _streams)
        {
            audit.BeginStream(id);
            foreach (var (version, data) in events)
            {
                audit.Apply(version, data);
            }

            audit.EndStream();
        }

        return audit.Complete();
    }

    /// <summary>Alters the one event of a type that a condition names, where it stands.</summary>
    internal Tampering Change<T>(Func<T, bool> which, Func<T, T> change)
        where T : Event
    {
        var (stream, index) = Find(which);
        _streams[stream][index] = (_streams[stream][index].Version, change((T)_streams[stream][index].Data));
        return this;
    }

    /// <summary>Removes an event; the ones after it move up, so that versions have no gap, unless they are to.</summary>
    internal Tampering Remove<T>(Func<T, bool> which, bool leavesGap = false)
        where T : Event
    {
        var (stream, index) = Find(which);
        _streams[stream].RemoveAt(index);
        return leavesGap ? this : Renumber(stream);
    }

    /// <summary>Puts an event behind another, or in its stream's end when there is none to be behind.</summary>
    internal Tampering Insert(string stream, Event added, int? at = null)
    {
        if (!_streams.TryGetValue(stream, out var events))
        {
            _streams.Add(stream, events = []);
        }

        events.Insert(at ?? events.Count, (0, added));
        return Renumber(stream);
    }

    /// <summary>Swaps an event with the one after it.</summary>
    internal Tampering SwapWithNext<T>(Func<T, bool> which)
        where T : Event
    {
        var (stream, index) = Find(which);
        var events = _streams[stream];
        (events[index], events[index + 1]) = (events[index + 1], events[index]);
        return Renumber(stream);
    }

    internal Tampering RemoveStream(string stream)
    {
        Assert.True(_streams.Remove(stream), $"no stream {stream}");
        return this;
    }

    internal T Get<T>(Func<T, bool> which)
        where T : Event
    {
        var (stream, index) = Find(which);
        return (T)_streams[stream][index].Data;
    }

    private (string Stream, int Index) Find<T>(Func<T, bool> which)
        where T : Event
    {
        var found = _streams.SelectMany(stream => stream.Value.Select((e, index) => (stream.Key, index, e.Data)))
            .Where(entry => entry.Data is T e && which(e))
            .ToArray();
        Assert.True(found.Length == 1, $"{found.Length} events {typeof(T).Name} are meant");
        return (found[0].Key, found[0].index);
    }

    private Tampering Renumber(string stream)
    {
        var events = _streams[stream];
        for (var i = 0; i < events.Count; i++)
        {
            events[i] = (i + 1, events[i].Data);
        }

        return this;
    }
}
