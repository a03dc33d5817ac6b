using System.Diagnostics;
using System.Text;
using DataExchange.Cli.Commands;
using DataExchange.Scenarios;

namespace DataExchange.Cli.Running.Manifests;

/// <summary>Something that is not as the manifest has it.</summary>
/// <param name="What">What.</param>
/// <param name="Manifest">In the manifest.</param>
/// <param name="Here">Here.</param>
internal sealed record ManifestDifference(string What, string Manifest, string Here)
{
    /// <summary>Those of the program, also where there is none.</summary>
    public static IEnumerable<ManifestDifference> OfProgram(ManifestProgram manifest, ManifestProgram here) =>
        [new("program version", manifest.Version, here.Version), new("program commit", manifest.Commit, here.Commit)];

    /// <summary>Those of the machine, also where there is none.</summary>
    public static IEnumerable<ManifestDifference> OfRuntime(ManifestRuntime manifest, ManifestRuntime here) =>
        [new(".NET", manifest.DotNet, here.DotNet), new("operating system", manifest.Os, here.Os), new("architecture", manifest.Architecture, here.Architecture)];
}

/// <summary>What <c>dx reproduce --json</c> prints.</summary>
/// <param name="Identical">Whether digest and events are those of the manifest.</param>
/// <param name="Engine">Where it ran: <c>memory</c> or <c>store</c>.</param>
/// <param name="Events">Events of this run.</param>
/// <param name="EventsInManifest">Events of the manifest's.</param>
/// <param name="Digest">Digest of this run.</param>
/// <param name="DigestInManifest">Digest of the manifest's.</param>
/// <param name="Differences">What of program, scenario and machine is another; only program and scenario can change a result.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record ReproduceOutput(
    bool Identical, string Engine, long Events, long EventsInManifest, string Digest, string DigestInManifest, IReadOnlyList<ManifestDifference> Differences, double Seconds);

/// <summary>Runs again what a manifest names.</summary>
internal sealed class Reproduction(RunManifest manifest, string path, IReadOnlyList<AgentAssembly> agents, Terminal terminal)
{
    /// <summary>Runs it in memory, or into a store.</summary>
    /// <param name="dataFolder">Folder of the store; null for memory.</param>
    /// <param name="keys">Folder of the venues' keys; null for derived ones.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">The scenario's file cannot be read, or the manifest needs keys.</exception>
    public async Task<ReproduceOutput> RunAsync(string? dataFolder, string? keys, CancellationToken cancellation)
    {
        if (manifest.HasGivenKeys != keys is not null || (keys is not null && dataFolder is null))
        {
            throw new WrongInputException(manifest.HasGivenKeys
                ? "MANIFEST: keys 'given' needs the keys that the run was signed with: give --keys DIR and --data DIR"
                : "--keys is not allowed for this manifest: the run's keys were derived from scenario, seed and scale");
        }

        if (agents.Count != (manifest.Agents?.Count ?? 0))
        {
            throw new WrongInputException(manifest.Agents is { } needed
                ? $"MANIFEST: the run had strategies of its own: give --agents FILE for each of {string.Join(", ", needed.Select(one => one.File))}, in this order"
                : "--agents is not allowed for this manifest: the run had no strategies of its own");
        }

        var clock = Stopwatch.StartNew();
        var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, manifest.Scenario.File);
        var scenario = ScenarioCatalogue.Parse(Encoding.UTF8.GetString(await InputFile.ReadAsync(file, "scenario.file", cancellation).ConfigureAwait(false)), file);
        var (events, digest, server) = dataFolder is null
            ? await InMemoryAsync(scenario, cancellation).ConfigureAwait(false)
            : await StoredAsync(file, dataFolder, keys, cancellation).ConfigureAwait(false);
        return new ReproduceOutput(
            events == manifest.Events && digest == manifest.Digest, dataFolder is null ? "memory" : "store", events, manifest.Events, digest, manifest.Digest,
            [.. Differences(scenario, server)], Math.Round(clock.Elapsed.TotalSeconds, 3));
    }

    private async Task<(long Events, string Digest, string? Server)> InMemoryAsync(LoadedScenario scenario, CancellationToken cancellation)
    {
        var run = await terminal.StepAsync("Run in memory", progress => Task.Run(
            () => new MemoryRun(scenario, manifest.Seed, manifest.Scale).ExecuteAsync(
                SimulationSession.LoadPopulation() with { Strategies = AgentAssembly.CatalogueOf(agents) }, (share, trial, day) => progress(share, $"run {trial} {day:yyyy-MM-dd}"), cancellation), cancellation)).ConfigureAwait(false);
        return (run.Events, run.Digest, null);
    }

    private async Task<(long Events, string Digest, string? Server)> StoredAsync(string file, string dataFolder, string? keys, CancellationToken cancellation)
    {
        var request = new SimulationRequest(file, manifest.Seed, manifest.Scale, dataFolder, null, Math.Clamp(Environment.ProcessorCount, 1, 3), false, false, null, keys) { Agents = agents };
        var run = await new SimulationSession(request, terminal).RunAsync((_, _, _, _) => Task.CompletedTask, cancellation).ConfigureAwait(false);
        return (run.RunEvents ?? run.Verification.Events, run.Verification.RunDigest ?? run.Verification.Digest, run.PostgresVersion);
    }

    private IEnumerable<ManifestDifference> Differences(LoadedScenario scenario, string? server)
    {
        var (program, runtime) = (ManifestProgram.This, ManifestRuntime.This(server));
        ManifestDifference[] all =
        [
            .. ManifestDifference.OfProgram(manifest.Program, program),
            new("scenario SHA-256", manifest.Scenario.Sha256, scenario.Hash),
            .. ManifestDifference.OfRuntime(manifest.Runtime, runtime),
        ];
        var assemblies = (manifest.Agents ?? []).Zip(agents, (then, now) => new ManifestDifference($"SHA-256 of {then.File}", then.Sha256, now.Sha256));
        return all.Concat(assemblies).Where(one => one.Manifest != one.Here);
    }
}
