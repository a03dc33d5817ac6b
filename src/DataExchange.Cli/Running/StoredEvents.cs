using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using DataExchange.Domain;
using DataExchange.EventStore;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>One stored event, read.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its place there, from 1.</param>
/// <param name="Type">The name it is stored under.</param>
/// <param name="Data">The event; null when the stored row is none, as after a change by hand.</param>
/// <param name="Json">Its canonical JSON; of an unreadable one the text as it is stored.</param>
/// <param name="Sequence">Its place in the whole store, from 1.</param>
/// <param name="StoredAt">The store's own time, UTC.</param>
internal sealed record StoredEvent(
    string Stream, long Version, string Type, Event? Data, string Json, long Sequence, DateTimeOffset StoredAt);

/// <summary>Looks up stored events.</summary>
internal sealed class StoredEvents(NpgsqlDataSource database)
{
    private readonly RawEventReader _reader = new(database);

    /// <summary>The events of one stream in order.</summary>
    /// <param name="stream">Its id.</param>
    /// <param name="mentioning">Only those in which this text stands as a whole value; null for all.</param>
    /// <param name="cancellation">Stops it.</param>
    public async IAsyncEnumerable<StoredEvent> OfStreamAsync(
        string stream, string? mentioning = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var quoted = mentioning is null ? null : JsonSerializer.SerializeToUtf8Bytes(mentioning);
        await foreach (var raw in _reader.ReadStreamAsync(stream, cancellation).ConfigureAwait(false))
        {
            if (quoted is null || raw.Json.Span.IndexOf(quoted) >= 0)
            {
                yield return Read(raw);
            }
        }
    }

    /// <summary>The last events of the whole store, in order.</summary>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellation">Stops it.</param>
    public async IAsyncEnumerable<StoredEvent> LastAsync(long most, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand($"SELECT coalesce(max(seq_id), 0) FROM {Schemas.Default}.mt_events");
        var last = (long)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
        await foreach (var raw in _reader.ReadBySequenceAsync(Math.Max(1, last - Math.Min(most, last) + 1), last, cancellation).ConfigureAwait(false))
        {
            yield return Read(raw);
        }
    }

    /// <summary>Ids of all streams of a kind, in order.</summary>
    /// <param name="kind">What stands before the slash.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<string>> StreamsAsync(string kind, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"SELECT id FROM {Schemas.Default}.mt_streams WHERE starts_with(id, $1) ORDER BY id COLLATE \"C\"");
        command.Parameters.AddWithValue(kind + "/");
        var found = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    /// <summary>Streams of some kinds in which a deal is mentioned; it looks through all of them.</summary>
    /// <param name="deal">The deal.</param>
    /// <param name="kinds">The kinds.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<string>> MentioningDealAsync(string deal, string[] kinds, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"SELECT DISTINCT stream_id FROM {Schemas.Default}.mt_events WHERE split_part(stream_id, '/', 1) = ANY($1) AND data->>'deal' = $2 ORDER BY 1");
        command.Parameters.AddWithValue(kinds);
        command.Parameters.AddWithValue(deal);
        var found = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    /// <summary>An event as it was read, with its canonical JSON.</summary>
    /// <param name="raw">What was read.</param>
    public static StoredEvent Read(RawEvent raw)
    {
        Event? data = null;
        string json;
        try
        {
            data = EventJson.Read(raw.TypeName, raw.Json.Span);
            json = Encoding.UTF8.GetString(EventJson.Write(data));
        }
        catch (JsonException)
        {
            json = Encoding.UTF8.GetString(raw.Json.Span);
        }

        return new StoredEvent(raw.StreamId, raw.Version, raw.TypeName, data, json, raw.Sequence, raw.StoredAt);
    }
}
