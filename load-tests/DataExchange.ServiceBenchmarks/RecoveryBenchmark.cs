using System.Diagnostics;
using System.Text.Json.Serialization;
using DataExchange.Domain;
using DataExchange.EventStore;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Services;
using DataExchange.Trust;
using Npgsql;

namespace DataExchange.ServiceBenchmarks;

/// <summary>
/// The way back into memory: services start over a store that is there already, and have answered an order for every product by every buyer when they have
/// read all offers, books and accounts again. Every state is read in full, with snapshots and without.
/// </summary>
public static class RecoveryBenchmark
{
    private const int Turns = 4;

    /// <summary>Measures the way back over a store.</summary>
    /// <param name="database">A database with an empty store.</param>
    /// <param name="connect">Connects the bus of that store.</param>
    /// <param name="market">What is traded.</param>
    /// <param name="events">How many events the store gets at least, 1 or more.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<Recovery> RunAsync(
        NpgsqlDataSource database, Func<Task<ServiceBus>> connect, RecoveryMarket market, long events, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentOutOfRangeException.ThrowIfLessThan(events, 1);
        var made = await FillAsync(database, market, events, cancellation).ConfigureAwait(false);
        await using var bus = await connect().ConfigureAwait(false);
        var turn = 0;
        // The first keeps the snapshots that the streams have grown to; it and the second have code compiled and pages read. The others count.
        await OnceAsync(isKept: true).ConfigureAwait(false);
        await OnceAsync(isKept: false).ConfigureAwait(false);
        return new Recovery(market, made, await OnceAsync(isKept: true).ConfigureAwait(false), await OnceAsync(isKept: false).ConfigureAwait(false));

        async Task<RecoveryTimes> OnceAsync(bool isKept)
        {
            var loaded = new List<StreamsLoaded>();
            using var keys = VenueKeys.Derive("bench", 1, 1);
            using var metrics = new ServiceMetrics();
            var options = ServiceMarket.Options(1) with { Loaded = one => Add(loaded, one) };
            var started = Stopwatch.GetTimestamp();
            await using var services = await ExchangeServices.StartAsync(
                database, bus, keys, metrics, isKept ? options : options with { SnapshotEvery = 0 }, cancellation).ConfigureAwait(false);
            await services.WaitUntilOwnerAsync(cancellation).ConfigureAwait(false);
            var owned = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var series = Guid.NewGuid().ToString("N");
            // Above all numbers that filled the books, and another one each time: a party's numbers are used once.
            var orderNumber = int.MaxValue - Turns + turn++;
            await Task.WhenAll(Enumerable.Range(0, ServiceMarket.Products).Select(number => OrderAsync(services.Sender, market, number, series, orderNumber, cancellation))).ConfigureAwait(false);
            var all = Stopwatch.GetElapsedTime(started).TotalSeconds;
            lock (loaded)
            {
                return new RecoveryTimes(
                    all, owned, loaded.Sum(one => one.Proceeds.TotalSeconds), loaded.Sum(one => one.Snapshots.TotalSeconds), loaded.Sum(one => one.Facts.TotalSeconds),
                    loaded.Sum(one => one.Following.TotalSeconds), loaded.Sum(one => one.SnapshotsRead), loaded.Sum(one => one.FactsRead));
            }
        }
    }

    private static void Add(List<StreamsLoaded> all, StreamsLoaded one)
    {
        lock (all)
        {
            all.Add(one);
        }
    }

    private static async Task OrderAsync(ICommandSender sender, RecoveryMarket market, int number, string series, int orderNumber, CancellationToken cancellation)
    {
        Command order = market == RecoveryMarket.Shelf ? ServiceMarket.Order(number, series) : ServiceMarket.BookOrder(number, orderNumber);
        while (true)
        {
            // What was due in a book is done first; then the order comes again.
            var answer = await sender.SendAsync(Guid.NewGuid(), order, cancellation).ConfigureAwait(false);
            if (!answer.MovedOn)
            {
                Check(order, answer.Outcome);
                return;
            }
        }
    }

    // By the deciders themselves, so that the facts are those that services record.
    private static async Task<long> FillAsync(NpgsqlDataSource database, RecoveryMarket market, long events, CancellationToken cancellation)
    {
        long made;
        await using (var writer = await BulkEventWriter.StartAsync(database, new BulkEventWriterOptions { RunKey = 1 }, cancellation).ConfigureAwait(false))
        {
            var exchange = new InProcessExchange(new Sink(writer));
            foreach (var command in ServiceMarket.Opening().Concat(market == RecoveryMarket.Books ? ServiceMarket.Books() : []))
            {
                Check(command, await exchange.SubmitAsync(command, cancellation).ConfigureAwait(false));
            }

            for (var number = 0; writer.LastSequence < events; number++)
            {
                if (market == RecoveryMarket.Shelf)
                {
                    await GiveAsync(exchange, ServiceMarket.Order(number, "D"), cancellation).ConfigureAwait(false);
                    continue;
                }

                var round = (number / ServiceMarket.Products) + 1;
                await GiveAsync(exchange, ServiceMarket.BookOrder(number, round), cancellation).ConfigureAwait(false);
                await GiveAsync(exchange, ServiceMarket.BookCancel(number, round), cancellation).ConfigureAwait(false);
            }

            await writer.CompleteAsync(cancellation).ConfigureAwait(false);
            made = writer.LastSequence;
        }

        // Once, so that the server does not do it while it is measured.
        await using var tidy = database.CreateCommand($"VACUUM ANALYZE {Schemas.Default}.mt_events");
        tidy.CommandTimeout = 0;
        await tidy.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        return made;
    }

    private static async ValueTask GiveAsync(InProcessExchange exchange, Command command, CancellationToken cancellation) =>
        Check(command, await exchange.SubmitAsync(command, cancellation).ConfigureAwait(false));

    private static void Check(Command command, Outcome outcome)
    {
        if (outcome.Rejection is { } rejection)
        {
            throw new InvalidOperationException($"{command} was refused: {rejection}");
        }
    }

    private sealed class Sink(BulkEventWriter writer) : IEventSink
    {
        private static readonly Dictionary<Type, EventTypeName> Names = EventRegistry.All.ToDictionary(type => type.Type, type => EventTypeName.For(type.Type, type.Name));

        public async ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
        {
            foreach (var fact in events)
            {
                await writer.AppendAsync(fact.Stream, fact.Version, Names[fact.Data.GetType()], fact.Data, static (data, json) => EventJson.Write(json, data), cancellation).ConfigureAwait(false);
            }
        }
    }
}

/// <summary>What the store is full of that services go on from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RecoveryMarket>))]
public enum RecoveryMarket
{
    /// <summary>Licences from the shelf: an offer remembers every deal that holds one, so that its state grows with its facts.</summary>
    Shelf,

    /// <summary>Orders entered into books and cancelled: a book's state is what rests in it, however many facts there were.</summary>
    Books,
}

/// <summary>How long the way back takes.</summary>
/// <param name="Market">What the store is full of.</param>
/// <param name="Events">Events in the store.</param>
/// <param name="WithSnapshots">With the snapshots that services keep by themselves.</param>
/// <param name="WithoutSnapshots">From facts alone.</param>
public sealed record Recovery(RecoveryMarket Market, long Events, RecoveryTimes WithSnapshots, RecoveryTimes WithoutSnapshots)
{
    /// <summary>Seconds for a million events of the store, with snapshots.</summary>
    public double WithSnapshotsPerMillion => WithSnapshots.Seconds * 1_000_000 / Events;

    /// <summary>Seconds for a million events of the store, without.</summary>
    public double WithoutSnapshotsPerMillion => WithoutSnapshots.Seconds * 1_000_000 / Events;
}

/// <summary>One way back, and what it is made up of. The parts of two partitions may overlap: they read side by side.</summary>
/// <param name="Seconds">From the start of services to an order for every product by every buyer answered.</param>
/// <param name="OwnedSeconds">Of these, until the partitions and the feed were owned: leases, connections, queues, Marten's daemon.</param>
/// <param name="ProceedsSeconds">Reading what settlements ever credited to parties.</param>
/// <param name="SnapshotSeconds">Reading snapshots and making states of them.</param>
/// <param name="FactsSeconds">Reading facts behind the snapshots, or all facts of the streams, and making events of them.</param>
/// <param name="FollowingSeconds">Following these to the streams' states, books through the matching core.</param>
/// <param name="SnapshotsRead">Snapshots read.</param>
/// <param name="FactsRead">Facts read.</param>
public sealed record RecoveryTimes(
    double Seconds, double OwnedSeconds, double ProceedsSeconds, double SnapshotSeconds, double FactsSeconds, double FollowingSeconds, long SnapshotsRead, long FactsRead);
