using System.Buffers;
using System.Globalization;
using System.Text.Json;
using DataExchange.EventStore.Appending;

namespace DataExchange.StoreBenchmarks;

/// <summary>The data of one synthetic event; as JSON about 300 bytes.</summary>
/// <param name="DealId">The stream it belongs to.</param>
/// <param name="Step">Its version in the stream.</param>
/// <param name="OccurredAt">Simulated time.</param>
/// <param name="BuyerId">A firm.</param>
/// <param name="ProviderId">Another firm.</param>
/// <param name="AmountFen">An amount in fen.</param>
/// <param name="Venue">A venue.</param>
/// <param name="Note">Text in two languages.</param>
public sealed record SyntheticEvent(
    string DealId, long Step, DateTimeOffset OccurredAt, string BuyerId, string ProviderId, long AmountFen, string Venue, string Note);

/// <summary>
/// A made-up market's events in global order, the same for the same count: six of ten belong to short streams (deals of ten events,
/// two thousand open at a time), two to a thousand long ones (accounts), two to four thousand others (products).
/// </summary>
public sealed class SyntheticEvents : IDisposable
{
    private const int OpenDeals = 2_000;
    private const int EventsPerDeal = 10;
    private const int Accounts = 1_000;
    private const int Products = 4_000;
    private static readonly DateTimeOffset Start = new(2023, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));

    private readonly (string Id, long Version)[] _deals = new (string, long)[OpenDeals];
    private readonly (string Id, long Version)[] _accounts = Named("account/firm-", Accounts);
    private readonly (string Id, long Version)[] _products = Named("product/", Products);
    private readonly Utf8JsonWriter _json = new(new ArrayBufferWriter<byte>());
    private ulong _state = 0x9E3779B97F4A7C15UL;
    private int _dealsMade;

    /// <summary>The kind of every synthetic event.</summary>
    public static EventTypeName Type { get; } = EventTypeName.For(typeof(SyntheticEvent), "synthetic_event.v1");

    /// <summary>The first <paramref name="events"/> events, in batches.</summary>
    /// <param name="events">How many events.</param>
    /// <param name="batchSize">How many of them in a batch; the last one may have fewer.</param>
    public static List<EventBatch> Batches(int events, int batchSize)
    {
        using var source = new SyntheticEvents();
        var batches = new List<EventBatch>();
        for (var made = 0; made < events; made += batchSize)
        {
            var count = Math.Min(batchSize, events - made);
            var batch = new EventBatch(count, 320 * count);
            for (var index = 0; index < count; index++)
            {
                var place = source.Next();
                source.WriteJson(place, batch.NextJson);
                batch.Add(place.StreamId, place.Version, Type);
            }

            batches.Add(batch);
        }

        return batches;
    }

    /// <summary>Draws the next event's place.</summary>
    public (string StreamId, long Version) Next()
    {
        var kind = Draw(10);
        if (kind < 6)
        {
            ref var deal = ref _deals[Draw(OpenDeals)];
            if (deal.Version is 0 or EventsPerDeal)
            {
                deal = ($"deal/{_dealsMade++:D7}", 0);
            }

            deal.Version++;
            return deal;
        }

        ref var other = ref kind < 8 ? ref _accounts[Draw(Accounts)] : ref _products[Draw(Products)];
        other.Version++;
        return other;
    }

    /// <summary>Writes the event's JSON.</summary>
    /// <param name="place">Its place, from <see cref="Next"/>.</param>
    /// <param name="destination">Takes the bytes.</param>
    public void WriteJson((string StreamId, long Version) place, IBufferWriter<byte> destination)
    {
        var data = Data(place);
        _json.Reset(destination);
        _json.WriteStartObject();
        _json.WriteString("DealId"u8, data.DealId);
        _json.WriteNumber("Step"u8, data.Step);
        _json.WriteString("OccurredAt"u8, data.OccurredAt);
        _json.WriteString("BuyerId"u8, data.BuyerId);
        _json.WriteString("ProviderId"u8, data.ProviderId);
        _json.WriteNumber("AmountFen"u8, data.AmountFen);
        _json.WriteString("Venue"u8, data.Venue);
        _json.WriteString("Note"u8, data.Note);
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <summary>The event's data.</summary>
    /// <param name="place">Its place, from <see cref="Next"/>.</param>
    public SyntheticEvent Data((string StreamId, long Version) place) => new(
        place.StreamId,
        place.Version,
        Start.AddSeconds(Draw(60_000_000)),
        _accounts[Draw(Accounts)].Id,
        _accounts[Draw(Accounts)].Id,
        Draw(1_000_000_000),
        "hangzhou-data-exchange",
        "licence for processing and use; 数据加工使用权; delivered through the trusted network");

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    // A fixed linear congruential sequence: the benchmark needs the same load each time, not good randomness.
    private int Draw(int below)
    {
        _state = unchecked((_state * 6364136223846793005UL) + 1442695040888963407UL);
        return (int)((_state >> 33) % (ulong)below);
    }

    private static (string Id, long Version)[] Named(string prefix, int count) =>
        [.. Enumerable.Range(1, count).Select(n => (prefix + n.ToString("D5", CultureInfo.InvariantCulture), 0L))];
}
