using System.Diagnostics;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Schema;
using DataExchange.Exchange;
using DataExchange.Exchange.Accounts;
using DataExchange.Postgres;
using DataExchange.Reports.Projections;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Population;
using DataExchange.Simulation;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Scenarios;
using DataExchange.Trust;
using DataExchange.Trust.Logs;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>What the books cost a run: seconds, medians over the rounds.</summary>
/// <param name="Scale">The market's scale.</param>
/// <param name="Events">Its events.</param>
/// <param name="Transfers">Transfers that they post.</param>
/// <param name="PostingSeconds">All events, lying in memory, posted in new books, nothing else.</param>
/// <param name="AuditSeconds">The same as <c>dx verify</c> does it, with its sums, the ledger's own check and the reconciliation.</param>
/// <param name="StoredWithSeconds">The market simulated, stored and projected, its events posted on the way.</param>
/// <param name="StoredWithoutSeconds">The same without books, each time right before or after.</param>
/// <param name="CpuWithSeconds">Processor time of this process for it, all threads, without PostgreSQL: what waits for a processor does not count.</param>
/// <param name="CpuWithoutSeconds">The same without books.</param>
/// <param name="RunSeconds">A whole <c>dx simulate</c> in a process of its own, verification included.</param>
/// <param name="ShareOfStoring">Posting as a part of simulating, storing and projecting.</param>
/// <param name="ShareOfRun">Posting and its audit as a part of the whole run.</param>
/// <param name="Difference">Seconds with less without, as a part of without; on other threads posting may cost nothing.</param>
/// <param name="CpuDifference">The same of processor time.</param>
internal sealed record PostingMeasure(
    double Scale, long Events, int Transfers, double PostingSeconds, double AuditSeconds, double StoredWithSeconds, double StoredWithoutSeconds,
    double CpuWithSeconds, double CpuWithoutSeconds, double RunSeconds, double ShareOfStoring, double ShareOfRun, double Difference, double CpuDifference);

/// <summary>Measures what posting takes of a run, on the default scenario: A and B in turn, on the same server, after one calibration.</summary>
/// <param name="folder">Where the private server and the measured runs live.</param>
/// <param name="scale">The market's scale.</param>
/// <param name="seed">The seed.</param>
/// <param name="threads">Threads, as of <c>dx simulate</c>.</param>
internal sealed class PostingCost(string folder, double scale, ulong seed, int threads)
{
    private const string ScenarioName = "hangzhou-2025";

    /// <summary>Measures it.</summary>
    /// <param name="rounds">How often each way is timed.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<PostingMeasure> MeasureAsync(int rounds, CancellationToken cancellation)
    {
        var population = PopulationData.Load();
        var source = new PopulationSource(population.Graph, population.Calendar, population.Vocabulary);
        var scenario = await CalibrateAsync(ScenarioCatalogue.Load(ScenarioName).Scenario, source, cancellation).ConfigureAwait(false);
        var server = await EmbeddedPostgres.StartAsync(Path.Combine(folder, "posting"), null, cancellation).ConfigureAwait(false);
        await using var started = server.ConfigureAwait(false);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        // A first run warms up and gives the events; those of the logs, which a run in memory has not, are not posted.
        var kept = new KeptEvents();
        await SimulationRun.ExecuteAsync(scenario, source, seed, new InProcessExchange(kept), null, cancellation).ConfigureAwait(false);
        var (with, without, runs) = (new List<(double Wall, double Cpu)>(), new List<(double Wall, double Cpu)>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var posts in round % 2 == 0 ? (bool[])[true, false] : [false, true])
            {
                (posts ? with : without).Add(await StoreAsync(scenario, source, database, posts ? new MarketLedger() : null, cancellation).ConfigureAwait(false));
            }

            runs.Add((await MeasuredRun.ExecuteAsync(folder, scale, seed, cancellation).ConfigureAwait(false)).WallSeconds);
        }

        await StoreSchema.DropAsync(database, cancellation: cancellation).ConfigureAwait(false);
        var (posting, audit) = (new List<double>(), new List<double>());
        var books = Post(kept.Events);
        for (var round = 0; round < rounds; round++)
        {
            GC.Collect();
            posting.Add(Seconds(() => Post(kept.Events)));
            audit.Add(Seconds(() => Audit(kept.Events)));
        }

        var (alone, whole, run) = (Median(posting), Median(audit), Median(runs));
        var (stored, bare) = (Median(with.Select(one => one.Wall)), Median(without.Select(one => one.Wall)));
        var (cpu, bareCpu) = (Median(with.Select(one => one.Cpu)), Median(without.Select(one => one.Cpu)));
        return new PostingMeasure(
            scale, kept.Events.Count, books.Book.TransferCount, alone, whole, stored, bare, cpu, bareCpu, run, alone / stored, (alone + whole) / run,
            (stored / bare) - 1, (cpu / bareCpu) - 1);
    }

    private async Task<Scenario> CalibrateAsync(Scenario scenario, PopulationSource source, CancellationToken cancellation) =>
        (await Calibrator.SolveScaledAsync(scenario, scale, async (trial, stop) =>
        {
            var measurement = new Measurement();
            await SimulationRun.ExecuteAsync(trial, source, seed, new InProcessExchange(new MeasuringSink(measurement)), null, stop, keepsTruth: false).ConfigureAwait(false);
            return measurement;
        }, cancellation).ConfigureAwait(false)).Scenario;

    private async Task<(double Wall, double Cpu)> StoreAsync(
        Scenario scenario, PopulationSource source, NpgsqlDataSource database, MarketLedger? ledger, CancellationToken cancellation)
    {
        await StoreSchema.DropAsync(database, cancellation: cancellation).ConfigureAwait(false);
        using var store = MarketStore.Over(database);
        await StoreSchema.ApplyAsync(store, cancellation).ConfigureAwait(false);
        GC.Collect();
        var clock = Stopwatch.StartNew();
        using var process = Process.GetCurrentProcess();
        var spent = process.TotalProcessorTime;
        await using var writer = await BulkEventWriter.StartAsync(database, new BulkEventWriterOptions { RunKey = seed }, cancellation).ConfigureAwait(false);
        await using var models = new ReadModelStore(store, database);
        using var keys = VenueKeys.Derive(scenario.Name, seed, scale);
        var logs = new LogKeeper(keys);
        await using var sink = new StoreSink(writer, models.Fold, writer.CommittedSequence, threads, logs: logs, ledger: ledger);
        await SimulationRun.ExecuteAsync(scenario, source, seed, new InProcessExchange(sink, new RunLogs(logs, sink)), null, cancellation).ConfigureAwait(false);
        await sink.CompleteAsync(cancellation).ConfigureAwait(false);
        await models.CompleteAsync(cancellation).ConfigureAwait(false);
        process.Refresh();
        return (clock.Elapsed.TotalSeconds, (process.TotalProcessorTime - spent).TotalSeconds);
    }

    private static MarketLedger Post(List<RecordedEvent> events)
    {
        var ledger = new MarketLedger();
        for (var i = 0; i < events.Count; i++)
        {
            if (ledger.Take(i + 1, events[i].Stream, events[i].Version, events[i].Data) is { } defect)
            {
                throw new InvalidOperationException($"The market's events do not fit the ledger: {defect}");
            }
        }

        return ledger;
    }

    private static void Audit(List<RecordedEvent> events)
    {
        var audit = new LedgerAudit();
        for (var i = 0; i < events.Count; i++)
        {
            audit.Take(i + 1, events[i].Stream, events[i].Version, events[i].Data);
        }

        if (audit.Complete() is { Count: > 0 } problems)
        {
            throw new InvalidOperationException($"The market's books are off: {problems[0]}");
        }
    }

    private static double Seconds(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private sealed class KeptEvents : IEventSink
    {
        internal List<RecordedEvent> Events { get; } = [];

        public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
        {
            Events.AddRange(events);
            return ValueTask.CompletedTask;
        }
    }
}
