using System.Diagnostics;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.EventStore;
using DataExchange.EventStore.Schema;
using DataExchange.Reports.Projections;
using DataExchange.Services;
using DataExchange.StoreBenchmarks;
using Npgsql;
using RabbitMQ.Client;

namespace DataExchange.ServiceBenchmarks;

/// <summary>What store and broker do by themselves on this machine at this time.</summary>
public static class Yardsticks
{
    private const int CopiedEvents = 100_000;
    private const int CopyBatch = 5_000;

    /// <summary>Measures them.</summary>
    /// <param name="database">A database; its store is dropped first.</param>
    /// <param name="broker">A node of RabbitMQ; null for none.</param>
    /// <param name="time">How long each part takes, but for COPY.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ServiceYardsticks> MeasureAsync(NpgsqlDataSource database, Uri? broker, TimeSpan time, CancellationToken cancellation)
    {
        await StoreSchema.DropAsync(database, cancellation: cancellation).ConfigureAwait(false);
        using var store = MarketStore.Over(database);
        await StoreSchema.ApplyAsync(store, cancellation).ConfigureAwait(false);
        var oneByOne = await OneByOneAsync(store, time, cancellation).ConfigureAwait(false);
        var orders = await OrderByOrderAsync(store, time, cancellation).ConfigureAwait(false);
        var copy = await CopyLimit.MeasureAsync(database, Schemas.Default, CopiedEvents, CopyBatch, indexed: true, cancellation).ConfigureAwait(false);
        return new ServiceYardsticks(oneByOne, orders, copy, broker is null ? null : await BrokerAsync(broker, time, cancellation).ConfigureAwait(false));
    }

    /// <summary>Takes away the partitions' queues: what waits in them speaks of a store that is dropped.</summary>
    /// <param name="broker">A node of RabbitMQ.</param>
    /// <param name="bus">The store's bus, on which no services run any more.</param>
    /// <param name="map">The partitions.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task ForgetQueuesAsync(Uri broker, ServiceBus bus, PartitionMap map, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(map);
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellation).ConfigureAwait(false);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation).ConfigureAwait(false);
        foreach (var partition in map.All)
        {
            await channel.QueueDeleteAsync(bus.QueueOf(partition), cancellationToken: cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<double> OneByOneAsync(Marten.DocumentStore store, TimeSpan time, CancellationToken cancellation)
    {
        var (count, started) = (0, Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(started) < time; count++)
        {
            await using var session = store.LightweightSession();
            session.Events.Append($"account/Y{count}", new FundsDeposited(new PartyId($"Y{count}"), 5) { At = SimulatedTime.On(new(2025, 1, 2)), By = new PartyId("y") });
            await session.SaveChangesAsync(cancellation).ConfigureAwait(false);
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    // What a service would do that saves each order by itself, if it knew all it has to know already.
    private static async Task<double> OrderByOrderAsync(Marten.DocumentStore store, TimeSpan time, CancellationToken cancellation)
    {
        var (at, venue, seller) = (SimulatedTime.On(new(2025, 1, 2)), new VenueId("hzdex"), new PartyId("seller"));
        var (count, started) = (0, Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(started) < time; count++)
        {
            var (product, deal, buyer) = (new ProductId($"Y{count % ServiceMarket.Products}"), new DealId($"Y{count}"), new PartyId($"z{count % ServiceMarket.Buyers}"));
            await using var session = store.LightweightSession();
            session.Events.Append($"account/{buyer.Value}", new FundsHeld(buyer, deal, 100) { At = at, By = buyer });
            session.Events.Append($"offer/{product.Value}", new LicenceGranted(
                product, deal, venue, buyer, seller, TradeChannel.Shelf, LicenceKind.OpenEnded, 1, 1, 100, 100, 1, false, []) { At = at, By = buyer });
            session.Events.Append($"deal/{deal.Value}", new OrderMatched(
                deal, product, venue, buyer, seller, LicenceKind.OpenEnded, 1, 1, 100, 100, []) { At = at, By = buyer });
            await session.SaveChangesAsync(cancellation).ConfigureAwait(false);
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> BrokerAsync(Uri broker, TimeSpan time, CancellationToken cancellation)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellation).ConfigureAwait(false);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation).ConfigureAwait(false);
        var queue = (await channel.QueueDeclareAsync(durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellation).ConfigureAwait(false)).QueueName;
        var (body, properties) = (new byte[400], new BasicProperties { Persistent = true });
        var (count, started) = (0L, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, 500).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                await channel.BasicPublishAsync("", queue, mandatory: false, properties, body, cancellation).ConfigureAwait(false);
                Interlocked.Increment(ref count);
            }
        })).ConfigureAwait(false);
        var rate = count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await channel.QueueDeleteAsync(queue, cancellationToken: cancellation).ConfigureAwait(false);
        return rate;
    }
}
