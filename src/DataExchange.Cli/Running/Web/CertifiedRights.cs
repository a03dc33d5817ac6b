using System.Collections.Concurrent;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using Npgsql;

namespace DataExchange.Cli.Running.Web;

/// <summary>Which rights to each product are certified, by its last certificate. No read model has them; they are read from the few facts that say so, and only from those not seen before.</summary>
/// <param name="database">The store's database.</param>
internal sealed class CertifiedRights(NpgsqlDataSource database)
{
    private static readonly string[] Types =
        [.. new[] { typeof(RightsCertified), typeof(CertificateRenewed), typeof(RightsTransferred) }.SelectMany(type => EventRegistry.NamesOf(EventRegistry.Of(type)))];

    private readonly ConcurrentDictionary<string, DataRights> _rights = new(StringComparer.Ordinal);
    private readonly RawEventReader _reader = new(database);
    private long _seen;

    /// <summary>The rights to a product; none where no certificate was ever issued.</summary>
    /// <param name="product">The product.</param>
    public DataRights Of(string product) => _rights.GetValueOrDefault(product);

    /// <summary>Goes on to the facts stored since. One at a time.</summary>
    /// <param name="cancellation">Stops it.</param>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"SELECT coalesce(max(seq_id), 0) FROM {EventStore.Schemas.Default}.mt_events");
        var last = (long)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
        await foreach (var raw in _reader.ReadTypesAsync(Types, _seen + 1, last, cancellation).ConfigureAwait(false))
        {
            var (product, rights) = EventJson.Read(raw.TypeName, raw.Json.Span) switch
            {
                RightsCertified e => (e.Product, e.Rights),
                CertificateRenewed e => (e.Product, e.Rights),
                RightsTransferred e => (e.Product, e.Rights),
                _ => default,
            };
            _rights[product.Value] = rights;
        }

        _seen = last;
    }
}
