using DataExchange.Domain;
using DataExchange.Domain.Trust;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Logs;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange.Logs;
using DataExchange.Trust;
using DataExchange.Trust.Logs;
using Npgsql;

namespace DataExchange.Services;

/// <summary>The venues' logs as Trust keeps them: every committed fact, in the order of commits, read from the store.</summary>
/// <param name="database">The database.</param>
/// <param name="keys">The venues' keys.</param>
internal sealed class ServiceLogs(NpgsqlDataSource database, VenueKeys keys) : IVenueLogs
{
    private readonly LogKeeper _keeper = new(keys);
    private readonly RawEventReader _reader = new(database);
    private List<LogTileRow>? _changed;
    private long _taken;

    public string OriginOf(VenueId venue) => keys.Origin(venue.Value);

    public LogKey? KeyOf(VenueId venue, int generation) => keys.Has(venue.Value, generation) ? Key(venue, generation) : null;

    public async ValueTask<TreeHead> HeadOfAsync(VenueId venue, CancellationToken cancellation)
    {
        await CatchUpAsync(cancellation).ConfigureAwait(false);
        return _keeper.HeadOf(venue.Value);
    }

    /// <summary>Makes the logs of all facts and compares them with what is stored: whoever goes on with a log goes on with that one.</summary>
    /// <exception cref="LogAlteredException">They are not as they were.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation).ConfigureAwait(false);
        var sizes = _keeper.Venues.ToDictionary(venue => venue, venue => _keeper.HeadOf(venue).Size);
        // What was signed while reading was signed before, but for what the last owner no longer came to store: those are stored now.
        _changed = [.. await LogOpening.CompareAsync(database, [.. TakeTiles()], sizes, cancellation).ConfigureAwait(false)];
    }

    /// <summary>Catches up with the store and puts what the logs made of it into a batch.</summary>
    /// <returns>The last fact that is covered.</returns>
    public async Task<long> TakeAsync(EventBatch batch, bool isSealed, CancellationToken cancellation)
    {
        await CatchUpAsync(cancellation).ConfigureAwait(false);
        if (isSealed)
        {
            _keeper.SignAll();
        }

        batch.Tiles.AddRange(_changed!);
        batch.Tiles.AddRange(TakeTiles());
        _changed!.Clear();
        batch.Checkpoints.AddRange(_keeper.TakeSigned().Select(head => new LogCheckpointRow(head.Venue, head.Size, head.Note)));
        return _taken;
    }

    private LogKey Key(VenueId venue, int generation)
    {
        var key = keys.Of(venue.Value, generation);
        return new LogKey(generation, key.KeyId, key.PublicKey);
    }

    private IEnumerable<LogTileRow> TakeTiles() =>
        _keeper.TakeTiles().Select(one => new LogTileRow(one.Venue, one.Tile.Level, one.Tile.Index, one.Tile.ToBytes()));

    private Task CatchUpAsync(CancellationToken cancellation) => _changed is null ? OpenAsync(cancellation) : ReadAsync(cancellation);

    private async Task ReadAsync(CancellationToken cancellation)
    {
        await foreach (var raw in _reader.ReadBySequenceAsync(_taken + 1, cancellation: cancellation).ConfigureAwait(false))
        {
            var fact = EventJson.Read(raw.TypeName, raw.Json.Span);
            _keeper.Append(raw.StreamId, raw.Version, raw.TypeName, EventJson.Write(fact), fact);
            _taken = raw.Sequence;
        }
    }
}
