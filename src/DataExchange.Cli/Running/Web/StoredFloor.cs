using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DataExchange.Domain;
using DataExchange.EventStore;
using DataExchange.EventStore.Serialization;
using DataExchange.Reports.Words;
using DataExchange.Web.Market;
using DataExchange.Web.Shelf;
using Npgsql;

namespace DataExchange.Cli.Running.Web;

/// <summary>The order books of a store, for the pages.</summary>
/// <param name="database">The store's database.</param>
internal sealed class StoredFloor(NpgsqlDataSource database)
{
    private const string Prefix = "book/";

    /// <summary>All books in a line each, those with the most trades first.</summary>
    /// <param name="shelf">Where titles and venues are.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<FloorBook>> BooksAsync(ShelfIndex shelf, CancellationToken cancellation)
    {
        var known = shelf.Products.ToDictionary(product => product.Id, StringComparer.Ordinal);
        await using var command = database.CreateCommand(
            $"""
            SELECT s.id, s.version, coalesce(d.trades, 0), coalesce(d.venue, ''), d.latest
            FROM {Schemas.Default}.mt_streams s
            LEFT JOIN (SELECT data->>'product' AS product, count(*) AS trades, max(data->>'venue') AS venue, max(data->>'openedAt') AS latest
                       FROM {Schemas.Default}.mt_doc_dealentry WHERE lower(data->>'channel') = 'orderbook' GROUP BY 1) d
              ON s.id = '{Prefix}' || d.product
            WHERE starts_with(s.id, '{Prefix}')
            ORDER BY 3 DESC, s.id COLLATE "C"
            """);
        var found = new List<FloorBook>();
        await using var row = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await row.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var product = row.GetString(0)[Prefix.Length..];
            var place = known.GetValueOrDefault(product);
            found.Add(new FloorBook(
                product, place?.Title ?? Text.Same(product), row.GetString(3) is { Length: > 0 } venue ? venue : place?.Venues is [var only] ? only : "",
                row.GetInt64(1), row.GetInt64(2),
                await row.IsDBNullAsync(4, cancellation).ConfigureAwait(false) ? null : DateTimeOffset.Parse(row.GetString(4), CultureInfo.InvariantCulture)));
        }

        return found;
    }

    /// <summary>The facts of a book behind so many that are known.</summary>
    /// <param name="product">The product.</param>
    /// <param name="after">How many are known.</param>
    /// <param name="cancellation">Stops it.</param>
    public async IAsyncEnumerable<Event> FactsAsync(string product, int after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"SELECT type, data, version FROM {Schemas.Default}.mt_events WHERE stream_id = $1 AND version > $2 ORDER BY version");
        command.Parameters.Add(new() { Value = Prefix + product });
        command.Parameters.Add(new() { Value = (long)after });
        await using var row = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await row.ReadAsync(cancellation).ConfigureAwait(false))
        {
            Event fact;
            try
            {
                fact = EventJson.Read(row.GetString(0), row.GetFieldValue<byte[]>(1));
            }
            catch (JsonException failure)
            {
                throw new MarketUnreadableException($"Fact {row.GetInt64(2)} of the order book of {product} cannot be read; './dx verify' says more.", failure);
            }

            yield return fact;
        }
    }

    /// <summary>The newest facts of the store, in order.</summary>
    /// <param name="after">Only those behind this place.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<NewFact>> NewestAsync(long after, int most, CancellationToken cancellation)
    {
        // Up to where nothing can come in between any more, or a fact would be passed over for ever.
        var mark = await LogIndex.MarkAsync(database, cancellation).ConfigureAwait(false);
        await using var command = database.CreateCommand(
            $"SELECT seq_id, stream_id, type, data FROM {Schemas.Default}.mt_events WHERE seq_id > $1 AND seq_id <= $2 ORDER BY seq_id DESC LIMIT $3");
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = mark });
        command.Parameters.Add(new() { Value = most });
        var found = new List<NewFact>();
        await using var row = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await row.ReadAsync(cancellation).ConfigureAwait(false))
        {
            found.Add(Told(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetFieldValue<byte[]>(3)));
        }

        found.Reverse();
        return found;
    }

    private static NewFact Told(long sequence, string stream, string type, byte[] json)
    {
        try
        {
            var fact = EventJson.Read(type, json);
            return new NewFact(sequence, DateTimeOffset.FromUnixTimeSeconds(fact.At.UnixSeconds), stream, EventWords.Of(fact));
        }
        catch (JsonException)
        {
            // One that was altered by hand is no reason to tell nothing of the others.
            return new NewFact(sequence, DateTimeOffset.UnixEpoch, stream, Text.Same(type));
        }
    }
}
