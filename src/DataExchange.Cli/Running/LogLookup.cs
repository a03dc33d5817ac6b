using System.Buffers;
using System.Runtime.CompilerServices;
using DataExchange.Domain;
using DataExchange.Domain.Trust;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange.Logs;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>A fact with its place in a log.</summary>
/// <param name="Venue">Whose log.</param>
/// <param name="Leaf">Its number there, from 0.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its place in the stream.</param>
/// <param name="TypeName">The name it is stored under.</param>
/// <param name="Entry">The entry that the leaf stands for.</param>
internal sealed record LoggedFact(string Venue, long Leaf, string Stream, long Version, string TypeName, string Entry);

/// <summary>Finds which leaf a fact is. No index is kept: the facts are walked through in the order of commits, as whoever checks a log does.</summary>
internal static class LogLookup
{
    /// <summary>Finds a fact by its leaf, or by its place in a stream.</summary>
    /// <param name="database">The store's database.</param>
    /// <param name="venue">Whose log; null when the stream says it.</param>
    /// <param name="leaf">The leaf; null to look for the stream's fact.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="version">The place in the stream.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The fact; null when there is none.</returns>
    public static async Task<LoggedFact?> FindAsync(
        NpgsqlDataSource database, string? venue, long? leaf, string? stream, long version, CancellationToken cancellation)
    {
        await foreach (var (of, number, raw, fact) in WalkAsync(database, cancellation).ConfigureAwait(false))
        {
            if (leaf is { } wanted ? number == wanted && of == venue : raw.Version == version && raw.StreamId == stream)
            {
                return Logged(of, number, raw, fact);
            }
        }

        return null;
    }

    /// <summary>Finds several facts by their places in streams, in one walk.</summary>
    /// <param name="database">The store's database.</param>
    /// <param name="places">The places.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Those that are in a log.</returns>
    public static async Task<IReadOnlyDictionary<(string Stream, long Version), LoggedFact>> FindAsync(
        NpgsqlDataSource database, IReadOnlySet<(string Stream, long Version)> places, CancellationToken cancellation)
    {
        var found = new Dictionary<(string Stream, long Version), LoggedFact>();
        await foreach (var (of, number, raw, fact) in WalkAsync(database, cancellation).ConfigureAwait(false))
        {
            if (places.Contains((raw.StreamId, raw.Version)))
            {
                found.Add((raw.StreamId, raw.Version), Logged(of, number, raw, fact));
                if (found.Count == places.Count)
                {
                    break;
                }
            }
        }

        return found;
    }

    private static async IAsyncEnumerable<(string Venue, long Leaf, RawEvent Raw, Event Fact)> WalkAsync(
        NpgsqlDataSource database, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var routing = new LogRouting();
        var sizes = new List<long>();
        await foreach (var raw in new RawEventReader(database).ReadBySequenceAsync(cancellation: cancellation).ConfigureAwait(false))
        {
            var fact = EventJson.Read(raw.TypeName, raw.Json.Span);
            if (routing.LogOf(raw.StreamId, fact) is not { } log)
            {
                continue;
            }

            while (sizes.Count < routing.Venues.Count)
            {
                sizes.Add(0);
            }

            yield return (routing.Venues[log], sizes[log]++, raw, fact);
        }
    }

    /// <summary>A fact as it stands in a log.</summary>
    internal static LoggedFact Logged(string venue, long leaf, in RawEvent raw, Event fact)
    {
        var json = new ArrayBufferWriter<byte>(1_024);
        EventJson.Write(json, fact);
        return new LoggedFact(venue, leaf, raw.StreamId, raw.Version, raw.TypeName, LogEntry.Text(raw.StreamId, raw.Version, raw.TypeName, json.WrittenSpan));
    }

    /// <summary>The public key that signs the heads of a log beyond a size.</summary>
    /// <param name="database">The store's database.</param>
    /// <param name="venue">Whose log.</param>
    /// <param name="keyIds">Ids of the keys that have signed the head.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The latest of the log's keys that has signed it; null for none.</returns>
    public static async Task<LogKey?> KeyAsync(NpgsqlDataSource database, string venue, IReadOnlySet<string> keyIds, CancellationToken cancellation)
    {
        LogKey? found = null;
        await foreach (var raw in new RawEventReader(database).ReadStreamAsync(StreamId.Log(new(venue)), cancellation).ConfigureAwait(false))
        {
            var key = EventJson.Read(raw.TypeName, raw.Json.Span) switch
            {
                LogOpened opened => opened.Key,
                LogKeyRotated rotated => rotated.Key,
                _ => null,
            };
            found = key is not null && keyIds.Contains(key.KeyId) ? key : found;
        }

        return found;
    }
}
