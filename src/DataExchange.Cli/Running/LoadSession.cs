using System.Globalization;
using DataExchange.Cli.Commands;
using DataExchange.LoadTests;
using DataExchange.LoadTests.Exchange;
using DataExchange.Postgres;

namespace DataExchange.Cli.Running;

/// <summary>Runs scenarios, each in a folder of its own that goes with it.</summary>
internal static class LoadSession
{
    /// <summary>Where the key of an administrator of a running exchange is looked for.</summary>
    public const string KeyVariable = "DX_LOADTEST_KEY";

    /// <summary>Runs one.</summary>
    /// <param name="entry">The scenario.</param>
    /// <param name="request">How.</param>
    /// <param name="terminal">Hears what takes time.</param>
    /// <param name="cancellation">Ends it; what was measured by then is the result.</param>
    /// <exception cref="WrongInputException">It cannot be run like that.</exception>
    public static async Task<(LoadResult Result, LoadRun Run)> RunAsync(CatalogueEntry entry, LoadTestRequest request, Terminal terminal, CancellationToken cancellation)
    {
        Check(entry, request);
        var folder = entry.HasServers ? Directory.CreateTempSubdirectory("dx-loadtest-").FullName : "";
        try
        {
            var options = new ExchangeLoadOptions
            {
                Workers = request.Workers,
                Connections = request.Connections,
                Partitions = request.Partitions,
                Transport = request.Transport,
                Target = request.Target,
                WithServerCounts = request.WithServerCounts,
                StreamsInMemory = request.StreamsInMemory,
                Speed = request.Speed ?? ExchangeLoadOptions.UsualSpeed,
                Scale = request.Scale ?? ExchangeLoadOptions.UsualScale,
                AdministratorKey = Environment.GetEnvironmentVariable(KeyVariable),
                Folder = folder,
                Note = terminal.Note,
            };
            await using var scenario = entry.Create(options);
            var profile = await scenario.OwnProfileAsync(cancellation).ConfigureAwait(false) ?? request.ProfileOf(scenario);
            var result = await LoadTestRunners.Of(request.Runner).RunAsync(
                scenario, profile, new RunnerOptions(request.Workers), terminal.IsWatched ? new Watching(terminal) : null, cancellation).ConfigureAwait(false);
            if (request.Burst is not null && BurstVerdict.Of(profile, result.Seconds) is { } verdict)
            {
                result = result with
                {
                    Notes = new Dictionary<string, string>([.. result.Notes, .. verdict.Notes()]),
                    Problems = [.. result.Problems, .. verdict.Problem is { } problem ? [problem] : (string[])[]],
                };
            }

            if (request.Burst is null && SoakVerdict.Of(profile, result.Seconds) is { } soak)
            {
                result = result with { Notes = new Dictionary<string, string>([.. result.Notes, .. soak.Notes()]) };
            }

            if (request.IsBesideHey && scenario is IOneRequest one && !cancellation.IsCancellationRequested)
            {
                terminal.Note("The same by hey …");
                var hey = await HeyRun.RunAsync(one, profile.Phases[^1].To, profile.Phases[^1].Duration, request.Connections, cancellation).ConfigureAwait(false);
                result = result with { Notes = new Dictionary<string, string>([.. result.Notes, .. hey.Notes(result)]) };
            }

            return (result, LoadRun.Of(result, LoadEnvironment.Here(SimulationSession.ProgramVersion, request.Settings(profile))));
        }
        finally
        {
            if (folder.Length > 0)
            {
                await DatabaseCommands.ResetAsync(Path.Combine(folder, EmbeddedExchange.ServerFolder), ct: CancellationToken.None).ConfigureAwait(false);
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static void Check(CatalogueEntry entry, LoadTestRequest request)
    {
        if (request.Useless(entry.HasOwnTimes).FirstOrDefault() is { } useless)
        {
            throw new WrongInputException(entry.HasOwnTimes
                ? $"{useless} is not allowed with {entry.Name}: its operations have their own times; --speed says how fast they pass"
                : $"{useless} is not allowed with {entry.Name}: it is for {string.Join(", ", LoadCatalogue.All.Where(one => one.HasOwnTimes).Select(one => one.Name))}");
        }

        if (request.IsBesideHey && (!entry.IsOneRequest || request.Burst is not null))
        {
            throw new WrongInputException(
                $"--beside {HeyRun.Program} is not allowed with {(entry.IsOneRequest ? "--burst" : entry.Name)}: it makes one request at one rate, as {string.Join(", ", LoadCatalogue.All.Where(one => one.IsOneRequest).Select(one => one.Name))} does");
        }

        if (request.IsBesideHey && !HeyRun.IsInstalled)
        {
            throw new CommandFailedException($"{HeyRun.Program} is not installed: run 'apt-get install -y {HeyRun.Program}'.");
        }

        if (entry.HasOwnTimes && request.Runner != LoadTestOptions.BuiltIn)
        {
            throw new WrongInputException($"--runner '{request.Runner}' is not allowed with {entry.Name}: {LoadTestOptions.BuiltIn}, which keeps the times of single operations");
        }

        if (request.Target is not null && !entry.TakesTarget)
        {
            throw new WrongInputException(
                $"--target '{request.Target}' is not allowed with {entry.Name}: {LoadTestOptions.Embedded}; a running exchange can be loaded by {string.Join(", ", LoadCatalogue.All.Where(one => one.TakesTarget).Select(one => one.Name))}");
        }

        if (request.Target is not null && string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(KeyVariable)))
        {
            throw new WrongInputException($"{KeyVariable} '' is not allowed with --target {request.Target}: the key of an administrator, who hands out keys to the parties of the run");
        }
    }

    private sealed class Watching(Terminal terminal) : IProgress<LoadSecond>
    {
        public void Report(LoadSecond second) => terminal.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{second.Second + 1,5} s  {second.Ok,9:N0} ok  {second.Shed,6:N0} shed  {second.Failed,6:N0} failed  p50 {LoadRun.Text(second.P50),9}  p99 {LoadRun.Text(second.P99),9}  {second.UnderWay,6:N0} under way  {second.ProcessorPercent,4:0} % of a core"));
    }
}
