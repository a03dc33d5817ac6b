using System.Text.Json;
using DataExchange.Domain;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Reports.Figures;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>Measures spread and depth of all stored order books.</summary>
internal static class StoredLiquidity
{
    /// <summary>By product; what cannot be read, or cannot follow, ends its book there, as <c>dx verify</c> tells more of it.</summary>
    public static async Task<IReadOnlyList<BookLiquidity>> MeasureAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var reader = new RawEventReader(database);
        var liquidity = new LiquidityBuilder();
        foreach (var stream in await new StoredEvents(database).StreamsAsync("book", cancellation).ConfigureAwait(false))
        {
            var product = new ProductId(stream["book/".Length..]);
            try
            {
                await foreach (var raw in reader.ReadStreamAsync(stream, cancellation).ConfigureAwait(false))
                {
                    liquidity.Take(product, EventJson.Read(raw.TypeName, raw.Json.Span));
                }
            }
            catch (Exception altered) when (altered is JsonException or ImpossibleHistoryException)
            {
            }
        }

        return liquidity.Complete();
    }
}
