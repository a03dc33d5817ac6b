using DataExchange.EventStore;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange.Logs;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>
/// Where each fact stands in the venues' logs, for those who ask more than once: of each log the places of its facts in the store, eight bytes a fact, made in
/// one walk and gone on with when there is more.
/// </summary>
/// <param name="database">The store's database.</param>
internal sealed class LogIndex(NpgsqlDataSource database) : IDisposable
{
    private readonly RawEventReader _reader = new(database);
    private readonly SemaphoreSlim _walking = new(1);
    private LogRouting _routing = new();
    private List<List<long>> _logs = [];
    private long _last;

    /// <summary>Finds facts by their places in streams.</summary>
    /// <param name="places">The places.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Those that are in a log.</returns>
    public async Task<IReadOnlyDictionary<(string Stream, long Version), LoggedFact>> FindAsync(IReadOnlySet<(string Stream, long Version)> places, CancellationToken cancellation)
    {
        await _walking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await GoOnAsync(cancellation).ConfigureAwait(false);
            var found = new Dictionary<(string, long), LoggedFact>();
            foreach (var stream in places.Select(place => place.Stream).Distinct())
            {
                await foreach (var raw in _reader.ReadStreamAsync(stream, cancellation).ConfigureAwait(false))
                {
                    if (places.Contains((raw.StreamId, raw.Version)) && PlaceOf(raw.Sequence) is { } place)
                    {
                        found.Add((raw.StreamId, raw.Version), LogLookup.Logged(place.Venue, place.Leaf, raw, EventJson.Read(raw.TypeName, raw.Json.Span)));
                    }
                }
            }

            return found;
        }
        finally
        {
            _walking.Release();
        }
    }

    /// <summary>Finds a fact by its leaf.</summary>
    /// <param name="venue">Whose log.</param>
    /// <param name="leaf">The leaf, from 0.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The fact; null when there is none.</returns>
    public async Task<LoggedFact?> FindAsync(string venue, long leaf, CancellationToken cancellation)
    {
        await _walking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await GoOnAsync(cancellation).ConfigureAwait(false);
            var log = _routing.Venues.ToList().IndexOf(venue);
            if (log < 0 || leaf < 0 || leaf >= _logs[log].Count)
            {
                return null;
            }

            var sequence = _logs[log][(int)leaf];
            await foreach (var raw in _reader.ReadBySequenceAsync(sequence, sequence, cancellation).ConfigureAwait(false))
            {
                return LogLookup.Logged(venue, leaf, raw, EventJson.Read(raw.TypeName, raw.Json.Span));
            }

            return null;
        }
        finally
        {
            _walking.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _walking.Dispose();

    /// <summary>The last event of which it is known that none before it is still to come.</summary>
    internal static async Task<long> MarkAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var ask = database.CreateCommand($"SELECT coalesce(max(last_seq_id), 0) FROM {Schemas.Default}.mt_event_progression WHERE name = 'HighWaterMark'");
        return (long)(await ask.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }

    // A walk that breaks off is begun again from the start: half of it would put every later fact in the wrong place.
    private async Task GoOnAsync(CancellationToken cancellation)
    {
        var mark = await MarkAsync(database, cancellation).ConfigureAwait(false);
        if (mark <= _last)
        {
            return;
        }

        try
        {
            await foreach (var raw in _reader.ReadBySequenceAsync(_last + 1, mark, cancellation).ConfigureAwait(false))
            {
                if (_routing.LogOf(raw.StreamId, EventJson.Read(raw.TypeName, raw.Json.Span)) is { } log)
                {
                    while (_logs.Count < _routing.Venues.Count)
                    {
                        _logs.Add([]);
                    }

                    _logs[log].Add(raw.Sequence);
                }
            }

            _last = mark;
        }
        catch
        {
            (_routing, _logs, _last) = (new LogRouting(), [], 0);
            throw;
        }
    }

    private (string Venue, long Leaf)? PlaceOf(long sequence)
    {
        for (var log = 0; log < _logs.Count; log++)
        {
            if (_logs[log].BinarySearch(sequence) is >= 0 and var leaf)
            {
                return (_routing.Venues[log], leaf);
            }
        }

        return null;
    }
}
