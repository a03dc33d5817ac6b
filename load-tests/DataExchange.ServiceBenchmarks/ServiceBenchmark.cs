using System.Diagnostics;
using DataExchange.EventStore;
using DataExchange.EventStore.Schema;
using DataExchange.Reports.Projections;
using DataExchange.Services;
using DataExchange.Trust;
using HdrHistogram;
using Npgsql;

namespace DataExchange.ServiceBenchmarks;

/// <summary>
/// Orders from the shelf through running services: each is sent over the bus, has its money held in Settlement, is decided in Trading, and is
/// acknowledged when both are committed. What follows from it (the deal) is committed beside it.
/// </summary>
public static class ServiceBenchmark
{
    private const int WarmUp = 30_000;

    /// <summary>Makes an empty store, and drops the one that is there.</summary>
    /// <param name="database">The database.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task ResetAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await StoreSchema.DropAsync(database, cancellation: cancellation).ConfigureAwait(false);
        using var store = MarketStore.Over(database);
        await StoreSchema.ApplyAsync(store, cancellation).ConfigureAwait(false);
    }

    /// <summary>Measures one way of running.</summary>
    /// <param name="database">A database with an empty store.</param>
    /// <param name="bus">The bus.</param>
    /// <param name="transport">Its name.</param>
    /// <param name="partitions">Partitions of Trading.</param>
    /// <param name="inFlight">Orders under way at a time.</param>
    /// <param name="time">How long each part takes.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ServiceRates> RunAsync(
        NpgsqlDataSource database, ServiceBus bus, string transport, int partitions, int inFlight, TimeSpan time, CancellationToken cancellation)
    {
        using var keys = VenueKeys.Derive("bench", 1, 1);
        using var metrics = new ServiceMetrics();
        await using var services = await ExchangeServices.StartAsync(database, bus, keys, metrics, ServiceMarket.Options(partitions), cancellation).ConfigureAwait(false);
        await services.WaitUntilOwnerAsync(cancellation).ConfigureAwait(false);
        var orders = new Orders(services.Sender);
        await ServiceMarket.OpenAsync(services.Sender, cancellation).ConfigureAwait(false);
        // Admissions get round, code gets compiled: that is over after so many orders, however long they take.
        while (orders.Sent < WarmUp)
        {
            await orders.AsManyAsPossibleAsync(inFlight, TimeSpan.FromSeconds(1), cancellation).ConfigureAwait(false);
        }

        var before = await CountAsync(database, cancellation).ConfigureAwait(false);
        var serverBefore = await ServerProcessor.ReadAsync(database, cancellation).ConfigureAwait(false);
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var (done, rate) = await orders.AsManyAsPossibleAsync(inFlight, time, cancellation).ConfigureAwait(false);
        var cpu = Environment.CpuUsage.TotalTime - cpuBefore;
        var server = ServerProcessor.Between(serverBefore, await ServerProcessor.ReadAsync(database, cancellation).ConfigureAwait(false));
        var events = await CountAsync(database, cancellation).ConfigureAwait(false) - before;
        var (histogram, lag) = await orders.OnScheduleAsync(rate / 2, time, cancellation).ConfigureAwait(false);
        return new ServiceRates(
            transport, partitions, done, rate, events / time.TotalSeconds, cpu.TotalMicroseconds / done, server.TotalMicroseconds / done, inFlight, rate / 2,
            Milliseconds(50), Milliseconds(99), Milliseconds(99.9), lag);

        double Milliseconds(double percentile) => histogram.GetValueAtPercentile(percentile) / 1_000.0;
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var count = database.CreateCommand($"SELECT coalesce(max(seq_id), 0) FROM {Schemas.Default}.mt_events");
        return (long)(await count.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }

    private sealed class Orders(ICommandSender sender, string series = "D")
    {
        private int _number;

        public int Sent => Volatile.Read(ref _number);

        public async Task<(long Done, double PerSecond)> AsManyAsPossibleAsync(int inFlight, TimeSpan time, CancellationToken cancellation)
        {
            var (done, started) = (0L, Stopwatch.GetTimestamp());
            await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
            {
                while (Stopwatch.GetElapsedTime(started) < time)
                {
                    await OneAsync(cancellation).ConfigureAwait(false);
                    Interlocked.Increment(ref done);
                }
            })).ConfigureAwait(false);
            return (done, done / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        // An order counts from when it should have been sent, whether or not the generator came to it then.
        public async Task<(LongHistogram Microseconds, double WorstLag)> OnScheduleAsync(double perSecond, TimeSpan time, CancellationToken cancellation)
        {
            var histogram = new LongHistogram(TimeSpan.FromMinutes(2).Ticks / 10, 3);
            var underWay = new List<Task>();
            var started = Stopwatch.GetTimestamp();
            var total = (int)(perSecond * time.TotalSeconds);
            var worst = TimeSpan.Zero;
            for (var i = 0; i < total; i++)
            {
                var due = TimeSpan.FromSeconds(i / perSecond);
                while (Stopwatch.GetElapsedTime(started) < due)
                {
                    // It shares the cores with what it measures, and never waits by turning round and round.
                    await Task.Delay(1, cancellation).ConfigureAwait(false);
                }

                var late = Stopwatch.GetElapsedTime(started) - due;
                worst = late > worst ? late : worst;
                underWay.Add(MeasureAsync(due));
            }

            await Task.WhenAll(underWay).ConfigureAwait(false);
            return (histogram, worst.TotalMilliseconds);

            async Task MeasureAsync(TimeSpan due)
            {
                await OneAsync(cancellation).ConfigureAwait(false);
                var took = Stopwatch.GetElapsedTime(started) - due;
                lock (histogram)
                {
                    histogram.RecordValue(Math.Max(1, took.Ticks / 10));
                }
            }
        }

        public async Task OneAsync(CancellationToken cancellation)
        {
            var number = Interlocked.Increment(ref _number);
            var answer = await sender.SendAsync(Guid.NewGuid(), ServiceMarket.Order(number, series), cancellation).ConfigureAwait(false);
            if (answer.Outcome.Rejection is { } rejection)
            {
                throw new InvalidOperationException($"Order {number} was refused: {rejection}");
            }
        }
    }
}
