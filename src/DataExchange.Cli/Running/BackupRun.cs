using System.Diagnostics;
using DataExchange.EventStore.Backups;
using DataExchange.EventStore.Sorting;
using DataExchange.Exchange.Accounts;
using DataExchange.Exchange.Verification;
using DataExchange.Exchange;
using DataExchange.Scenarios;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Scenarios;
using DataExchange.Simulation;
using DataExchange.Trust.Logs;
using DataExchange.Trust;

namespace DataExchange.Cli.Running;

/// <summary>
/// One run from scenario to a verified backup, without a database: memory holds the market and a bounded number of events on their way, whatever
/// the length of the run (docs/decisions/0048-a-run-into-files.md).
/// </summary>
internal sealed class BackupRun(SimulationRequest request, Terminal terminal)
{
    // A batch is what a store would commit: small, because two wait and one is written.
    private const int BatchEvents = 20_000;

    private readonly string _path = request.Backup ?? throw new ArgumentException("No folder for a backup was asked for.", nameof(request));

    /// <summary>Runs it.</summary>
    public async Task<SimulationResult> RunAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var loaded = request.Loaded ?? ScenarioCatalogue.Load(request.Scenario, request.Settings);
        var strategies = AgentAssembly.CatalogueOf(request.Agents);
        AgentAssembly.EnsureServe(strategies, loaded.Scenario, loaded.Origin);
        using var keys = RunKeys.Open(request, loaded.Scenario);
        return await BackupTarget.WriteAsync(_path, "--backup", async () =>
        {
            var session = new SimulationSession(request, terminal);
            var source = await Task.Run(SimulationSession.LoadPopulation, cancellation).ConfigureAwait(false) with { Strategies = strategies };
            var calibrated = await session.CalibrateAsync(loaded.Scenario, source, cancellation).ConfigureAwait(false);
            var sorter = BackupTarget.SorterBeside(_path);
            await using (sorter.ConfigureAwait(false))
            {
                var storing = Stopwatch.StartNew();
                var folder = new BackupFolder(_path);
                var writer = new BackupWriter(folder, sorter, request.Seed);
                await using (writer.ConfigureAwait(false))
                {
                    var venues = await SimulateAsync(calibrated.Scenario, source, writer, keys, cancellation).ConfigureAwait(false);
                    var storingSeconds = storing.Elapsed.TotalSeconds;
                    var verification = await VerifyAsync(sorter, cancellation).ConfigureAwait(false);
                    await folder.CompleteAsync(
                        writer.ManifestOf(
                            session.IdentityOf(loaded) with { IsCompleted = true }, SimulationSession.ProgramVersion, TimeProvider.System.GetUtcNow(), verification.Digest),
                        cancellation).ConfigureAwait(false);
                    await terminal.StepAsync("Read back and compared", _ => folder.VerifySumsAsync(cancellation)).ConfigureAwait(false);
                    return new SimulationResult(
                        loaded, calibrated.With(verification.Totals), verification, clock.Elapsed.TotalSeconds, storingSeconds, LatestOf(venues, writer.Heads),
                        BooksOf(verification.Money), BackupWriter.NoServer, true);
                }
            }
        }).ConfigureAwait(false);
    }

    private Task<IReadOnlyList<string>> SimulateAsync(
        Scenario scenario, PopulationSource source, BackupWriter writer, VenueKeys keys, CancellationToken cancellation) =>
        terminal.StepAsync("Simulated and written", async progress =>
        {
            var logs = new LogKeeper(keys);
            // No ledger with holds and licences: its accounts and transfers grow with every deal. The audit keeps plain books of the money.
            var sink = new StoreSink(writer, null, 0, request.Threads, BatchEvents, logs);
            await using (sink.ConfigureAwait(false))
            {
                var exchange = new InProcessExchange(sink, new RunLogs(logs, sink));
                await Task.Run(() => SimulationRun.ExecuteAsync(
                    scenario, source, request.Seed, exchange, SimulationSession.Days(scenario, progress), cancellation, keepsTruth: false), cancellation).ConfigureAwait(false);
                await sink.CompleteAsync(cancellation).ConfigureAwait(false);
                return logs.Venues;
            }
        });

    // What was simulated is not needed any more; what is verified is read from the disk.
    private Task<VerificationResult> VerifyAsync(EventSorter sorter, CancellationToken cancellation) =>
        terminal.StepAsync("Verified", progress => StreamVerification.RunAsync(
            sorter.SortedAsync(cancellation), null, events => progress(events / (double)sorter.Events, $"{events:N0}"), cancellation));

    private static LedgerTotals BooksOf(MoneyTotals money) => new(money.DifferenceFen, money.DifferenceFen == 0, money.Accounts, checked((int)money.Postings));

    private static IReadOnlyList<StoredLogHead> LatestOf(IReadOnlyList<string> venues, IReadOnlyList<BackupHead> heads) =>
    [
        .. venues.Select(venue => heads.Where(head => head.Venue == venue).MaxBy(head => head.Size)).OfType<BackupHead>()
            .Select(head => StoredLogHead.Of(new SignedHead(head.Venue, head.Size, head.Note))),
    ];
}
