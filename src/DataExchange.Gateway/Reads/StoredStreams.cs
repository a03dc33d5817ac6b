using System.Globalization;
using DataExchange.Domain;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using Npgsql;

namespace DataExchange.Gateway.Reads;

/// <summary>A stream as it is stored.</summary>
/// <param name="Facts">Its events in order; empty when there is no such stream.</param>
internal sealed record StoredStream(IReadOnlyList<Event> Facts)
{
    internal int Version => Facts.Count;

    internal T StateAs<T>(string stream)
        where T : class
    {
        var kind = StreamKind.Of(stream);
        return (T)Facts.Aggregate(kind.Initial, kind.Evolve);
    }
}

/// <summary>Reads streams whole, several with one query.</summary>
internal sealed class StoredStreams(NpgsqlDataSource database)
{
    internal async Task<StoredStream> ReadAsync(string stream, CancellationToken cancellation) =>
        (await ReadAsync([stream], cancellation).ConfigureAwait(false))[stream];

    internal async Task<Dictionary<string, StoredStream>> ReadAsync(IReadOnlyCollection<string> streams, CancellationToken cancellation)
    {
        var facts = streams.Distinct().ToDictionary(stream => stream, _ => new List<Event>(), StringComparer.Ordinal);
        await using var read = database.CreateCommand(
            $"SELECT stream_id, type, data::text FROM {GatewayTables.Schema}.mt_events WHERE stream_id = ANY($1) ORDER BY stream_id, version");
        read.Parameters.Add(new() { Value = facts.Keys.ToArray() });
        await using var row = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await row.ReadAsync(cancellation).ConfigureAwait(false))
        {
            facts[row.GetString(0)].Add(EventJson.Read(row.GetString(1), System.Text.Encoding.UTF8.GetBytes(row.GetString(2))));
        }

        return facts.ToDictionary(one => one.Key, one => new StoredStream(one.Value), StringComparer.Ordinal);
    }

    /// <summary>A stream's version; 0 where there is none.</summary>
    internal async Task<int> VersionAsync(string stream, CancellationToken cancellation)
    {
        await using var read = database.CreateCommand($"SELECT version FROM {GatewayTables.Schema}.mt_streams WHERE id = $1");
        read.Parameters.Add(new() { Value = stream });
        return await read.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is long version ? (int)version : 0;
    }

    /// <summary>Names of streams of a kind whose first fact says some things, in the order of the store, after one of them.</summary>
    internal async Task<List<string>> NamesAsync(string kind, string after, int limit, IReadOnlyList<FirstFactFilter> filters, CancellationToken cancellation)
    {
        var conditions = string.Concat(filters.Select((filter, index) => string.Create(CultureInfo.InvariantCulture, $" AND {filter.Expression} = ${index + 4}")));
        var first = filters.Count == 0 ? "" : $" AND EXISTS (SELECT FROM {GatewayTables.Schema}.mt_events first WHERE first.stream_id = s.id AND first.version = 1{conditions})";
        await using var read = database.CreateCommand(
            $"SELECT s.id FROM {GatewayTables.Schema}.mt_streams s WHERE s.id LIKE $1 AND s.id > $2{first} ORDER BY s.id LIMIT $3");
        read.Parameters.Add(new() { Value = $"{kind}/%" });
        read.Parameters.Add(new() { Value = $"{kind}/{after}" });
        read.Parameters.Add(new() { Value = limit });
        foreach (var filter in filters)
        {
            read.Parameters.Add(new() { Value = filter.Value });
        }

        await using var row = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        var names = new List<string>();
        while (await row.ReadAsync(cancellation).ConfigureAwait(false))
        {
            names.Add(row.GetString(0));
        }

        return names;
    }
}
