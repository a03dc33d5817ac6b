using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using DataExchange.Cli.Commands;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Schema;
using DataExchange.Exchange;
using DataExchange.Exchange.Accounts;
using DataExchange.Postgres;
using DataExchange.Reports;
using DataExchange.Reports.Projections;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Population;
using DataExchange.Simulation;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Scenarios;
using DataExchange.Simulation.Truth;
using DataExchange.Trust;
using DataExchange.Trust.Logs;
using Marten;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>What a simulation is asked for. Services: how they are reached; null for the direct engine.</summary>
internal sealed record SimulationRequest(
    string Scenario, ulong Seed, double Scale, string DataFolder, string? OutFolder, int Threads, bool Json, bool Reset, string? Postgres, string? Keys = null,
    ServicesRequest? Services = null)
{
    /// <summary>Settings of the scenario that are changed, PATH=VALUE each.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>The scenario itself, where it is not to be looked up by its name.</summary>
    public LoadedScenario? Loaded { get; init; }

    /// <summary>Assemblies with strategies of somebody's own.</summary>
    public IReadOnlyList<AgentAssembly> Agents { get; init; } = [];

    /// <summary>The words that it was asked for with, without secrets.</summary>
    public IReadOnlyList<string> CommandLine { get; init; } = [];
}

/// <summary>What a simulation came to.</summary>
internal sealed record SimulationResult(
    LoadedScenario Scenario,
    CalibratedScenario Calibrated,
    VerificationResult Verification,
    double Seconds,
    double StoringSeconds,
    IReadOnlyList<StoredLogHead> Logs,
    LedgerTotals Ledger,
    string PostgresVersion,
    bool WasStored)
{
    /// <summary>What was measured of it beside the read models.</summary>
    public RunMeasures Measures { get; init; } = new();

    /// <summary>Events of the run, where imports added others; null where there are no others.</summary>
    public long? RunEvents { get; init; }
}

/// <summary>One run from scenario to verified store.</summary>
internal sealed class SimulationSession(SimulationRequest request, Terminal terminal)
{
    /// <summary>The version of this program.</summary>
    public static string ProgramVersion { get; } = InformationalVersion[0];

    /// <summary>The commit that it was built from; <c>unknown</c> where the build did not know it.</summary>
    public static string ProgramCommit { get; } = InformationalVersion is [_, { Length: > 0 } commit] ? commit : "unknown";

    private static string[] InformationalVersion =>
        typeof(SimulationSession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');

    /// <summary>Runs it. The report is made by <paramref name="report"/> while the store is open.</summary>
    public async Task<SimulationResult> RunAsync(
        Func<SimulationResult, PopulationSource, IDocumentStore, CancellationToken, Task> report, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var loaded = request.Loaded ?? ScenarioCatalogue.Load(request.Scenario, request.Settings);
        var strategies = AgentAssembly.CatalogueOf(request.Agents);
        AgentAssembly.EnsureServe(strategies, loaded.Scenario, loaded.Origin);
        using var keys = RunKeys.Open(request, loaded.Scenario);
        var serverStart = PostgresServer.ResolveAsync(
            request.Postgres, request.DataFolder,
            new EmbeddedPostgresOptions { Progress = new Progress<string>(terminal.Note) }, cancellation);
        await using var server = await serverStart.ConfigureAwait(false);
        try
        {
            await using var database = NpgsqlDataSource.Create(server.ConnectionString);
            var identity = IdentityOf(loaded);
            var stored = await PrepareAsync(database, identity, keys, cancellation).ConfigureAwait(false);
            await new ScenarioTable(database).WriteAsync(loaded.Text, cancellation).ConfigureAwait(false);
            var source = await Task.Run(LoadPopulation, cancellation).ConfigureAwait(false) with { Strategies = strategies };
            var calibrated = await CalibrateAsync(loaded.Scenario, source, cancellation).ConfigureAwait(false);
            using var store = MarketStore.Over(database);
            await StoreSchema.ApplyAsync(store, cancellation).ConfigureAwait(false);
            var storing = Stopwatch.StartNew();
            var ledger = new MarketLedger();
            if (!stored.IsCompleted)
            {
                var truth = await (request.Services is { } services
                    ? DriveServicesAsync(calibrated.Scenario, source, server, database, keys, services, cancellation)
                    : SimulateAsync(calibrated.Scenario, source, store, database, ledger, keys, cancellation)).ConfigureAwait(false);
                await new TruthTable(database).WriteAsync(truth, cancellation).ConfigureAwait(false);
                await new DemandTruthTable(database).WriteAsync(truth, cancellation).ConfigureAwait(false);
                await new ManipulationTruthTable(database).WriteAsync(truth, cancellation).ConfigureAwait(false);
                await new StoreIdentityTable(database).MarkCompletedAsync(cancellation).ConfigureAwait(false);
            }

            if (stored.IsCompleted || request.Services is not null)
            {
                // An import that was cut off leaves no read models.
                if (await ReadModelStore.ProgressAsync(database, cancellation).ConfigureAwait(false) == 0)
                {
                    await ReadModelStore.CatchUpAsync(store, database, cancellation).ConfigureAwait(false);
                }

                ledger = (await StoredLedger.ReplayAsync(database, null, cancellation).ConfigureAwait(false)).Ledger;
            }

            var storingSeconds = storing.Elapsed.TotalSeconds;
            var verification = await terminal.StepAsync("Verified", progress => StoreVerification.EventsAsync(
                database, stored.RunEvents, events => progress(0.5, $"{events:N0}"), cancellation)).ConfigureAwait(false);
            var result = new SimulationResult(
                loaded, calibrated.With(verification.Totals), verification, clock.Elapsed.TotalSeconds, storingSeconds,
                await new StoredLogs(database).LatestAsync(cancellation).ConfigureAwait(false), LedgerTotals.Of(ledger), server.Version, !stored.IsCompleted)
            {
                RunEvents = stored.RunEvents,
                Measures = new()
                {
                    Opportunities = await new TruthTable(database).ReadAsync(cancellation).ConfigureAwait(false),
                    Demand = await new DemandTruthTable(database).ReadAsync(cancellation).ConfigureAwait(false),
                    Liquidity = await StoredLiquidity.MeasureAsync(database, cancellation).ConfigureAwait(false),
                },
            };
            await report(result, source, store, cancellation).ConfigureAwait(false);
            return result with { Seconds = clock.Elapsed.TotalSeconds };
        }
        catch (Exception failure) when (failure is not OperationCanceledException && server.Embedded?.Diagnose() is { } diagnosis)
        {
            throw new CommandFailedException($"{diagnosis} What was committed stays valid; the same command goes on from there.", failure);
        }
    }

    /// <summary>What every population is made from.</summary>
    public static PopulationSource LoadPopulation()
    {
        var population = PopulationData.Load();
        return new PopulationSource(population.Graph, population.Calendar, population.Vocabulary);
    }

    // With other strategies it is another run.
    private string HashOf(LoadedScenario loaded) => request.Agents.Count == 0 ? loaded.Hash
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(request.Agents.Select(one => one.Sha256).Prepend(loaded.Hash)))));

    private StoreIdentity IdentityOf(LoadedScenario loaded) => new(
        StoreIdentity.CurrentFormat, loaded.Scenario.Name, HashOf(loaded), request.Seed, request.Scale, ProgramVersion, false);

    // The identity is read before anything is touched: a store of another run or version stays as it is.
    private async Task<StoreIdentity> PrepareAsync(
        NpgsqlDataSource database, StoreIdentity wanted, VenueKeys keys, CancellationToken cancellation)
    {
        var table = new StoreIdentityTable(database);
        if (request.Reset)
        {
            await StoreSchema.DropAsync(database, cancellation: cancellation).ConfigureAwait(false);
        }

        var found = await table.ReadAsync(cancellation).ConfigureAwait(false);
        found?.EnsureServes(wanted);
        if (found is null)
        {
            await table.WriteAsync(wanted, cancellation).ConfigureAwait(false);
            return wanted;
        }

        await RunKeys.EnsureServesAsync(database, keys, request.Keys, cancellation).ConfigureAwait(false);
        terminal.Note(found.IsCompleted
            ? "The store holds this run already; it is verified and reported again. Use --reset to simulate it anew."
            : "The store holds the beginning of this run; it is continued.");
        if (found.RunEvents is { } run)
        {
            terminal.Note($"Events were added to the run's {run:N0} by imports: figures and digest are those of the extended store.");
        }

        return found;
    }

    private Task<CalibratedScenario> CalibrateAsync(Scenario scenario, PopulationSource source, CancellationToken cancellation)
    {
        var trials = 0;
        return terminal.StepAsync("Calibrated", progress => Calibrator.SolveScaledAsync(
            scenario, request.Scale, async (trial, stop) =>
            {
                trials++;
                var measurement = new Measurement();
                await Task.Run(() => SimulationRun.ExecuteAsync(
                    trial, source, request.Seed, new InProcessExchange(new MeasuringSink(measurement)),
                    Days(scenario, (share, day) => progress(share, $"trial {trials} {day}")), stop, keepsTruth: false), stop).ConfigureAwait(false);
                return measurement;
            }, cancellation));
    }

    private Task<GroundTruth> SimulateAsync(
        Scenario scenario, PopulationSource source, DocumentStore store, NpgsqlDataSource database, MarketLedger ledger, VenueKeys keys,
        CancellationToken cancellation) =>
        terminal.StepAsync("Simulated, stored and projected", async progress =>
        {
            await using var writer = await BulkEventWriter.StartAsync(
                database, new BulkEventWriterOptions { RunKey = request.Seed }, cancellation).ConfigureAwait(false);
            await using var models = new ReadModelStore(store, database);
            var logs = new LogKeeper(keys);
            await using var sink = new StoreSink(writer, models.Fold, writer.CommittedSequence, request.Threads, logs: logs, ledger: ledger);
            var exchange = new InProcessExchange(sink, new RunLogs(logs, sink));
            var truth = await Task.Run(() => SimulationRun.ExecuteAsync(
                scenario, source, request.Seed, exchange, Days(scenario, progress), cancellation), cancellation).ConfigureAwait(false);
            await sink.CompleteAsync(cancellation).ConfigureAwait(false);
            await models.CompleteAsync(cancellation).ConfigureAwait(false);
            return truth;
        });

    private Task<GroundTruth> DriveServicesAsync(
        Scenario scenario, PopulationSource source, PostgresServer server, NpgsqlDataSource database, VenueKeys keys, ServicesRequest services,
        CancellationToken cancellation) =>
        terminal.StepAsync("Simulated through services", async progress =>
        {
            await using var broker = await ServiceBroker.ResolveAsync(services, request.DataFolder, terminal.Note, cancellation).ConfigureAwait(false);
            await using var engine = await ServicesEngine.StartAsync(
                server.ConnectionString, database, keys, request.Keys, request.Seed, broker.Nodes, cancellation).ConfigureAwait(false);
            var truth = await Task.Run(() => SimulationRun.ExecuteAsync(
                scenario, source, request.Seed, engine.Exchange, Days(scenario, progress), cancellation), cancellation).ConfigureAwait(false);
            await engine.Exchange.SealAsync(cancellation).ConfigureAwait(false);
            return truth;
        });

    private static Action<DateOnly> Days(Scenario scenario, Action<double, string> progress)
    {
        var from = scenario.Venues.Min(venue => venue.Opens).DayNumber;
        var span = (double)(scenario.Until.DayNumber - from + 1);
        // Most happens late: the square of the elapsed share is nearer to the share of the work.
        return day => progress(Math.Pow(Math.Clamp((day.DayNumber - from) / span, 0, 1), 4), $"{day:yyyy-MM-dd}");
    }
}
