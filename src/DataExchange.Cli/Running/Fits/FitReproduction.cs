using System.Diagnostics;
using System.Text.Json;
using DataExchange.Cli.Commands;
using DataExchange.Cli.Running.Manifests;
using DataExchange.Cli.Running.Sweeps;

namespace DataExchange.Cli.Running.Fits;

/// <summary>Makes again the calibration that a manifest names, from the files beside it.</summary>
internal sealed class FitReproduction
{
    private readonly FitManifest _manifest;
    private readonly string _folder;

    private FitReproduction(FitManifest manifest, string folder) => (_manifest, _folder) = (manifest, folder);

    /// <summary>The scenario's name.</summary>
    public string Name => _manifest.Scenario.Name;

    /// <summary>Reads a manifest of a calibration.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="WrongInputException">It is wrong.</exception>
    public static FitReproduction Read(byte[] bytes, string path)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(bytes, FitJson.Readable.FitManifest)!;
            return manifest switch
            {
                { Format: not 1 } => throw Wrong("format", manifest.Format, "1"),
                { Scale: not (> 0 and <= 10) } => throw Wrong("scale", manifest.Scale, "a number above 0, at most 10"),
                { Seeds: not { Count: >= 2 } } => throw Wrong("seeds", manifest.Seeds?.Count ?? 0, "two at least"),
                { Steps: < 0 } => throw Wrong("steps", manifest.Steps, "0 or more"),
                { Parameters: null } or { Results: not { Count: > 0 } } => throw Wrong("results", "none", "the files of results"),
                _ => new(manifest, Path.GetDirectoryName(Path.GetFullPath(path))!),
            };
        }
        catch (JsonException wrong)
        {
            throw new WrongInputException($"MANIFEST '{path}' is no manifest of a calibration: {wrong.Path ?? "$"}: {wrong.Message.Split(". Path", 2)[0]}");
        }

        WrongInputException Wrong(string field, object value, string allowed) =>
            new(FormattableString.Invariant($"MANIFEST '{path}': {field} '{value}' is not allowed: {allowed}"));
    }

    /// <summary>Makes it again.</summary>
    /// <param name="terminal">Where progress goes.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">A file beside the manifest cannot be read.</exception>
    public async Task<SweepReproduceOutput> RunAsync(Terminal terminal, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var plan = await FitPlan.LoadAsync(
            Path.Combine(_folder, FitFolder.BaseScenarioFile), [], Path.Combine(_folder, FitFolder.MomentsFile), [.. _manifest.Parameters.Select(CalibrateCommand.SettingOf)], _manifest.Seeds,
            _manifest.Scale, cancellation).ConfigureAwait(false);
        var again = Directory.CreateTempSubdirectory("dx-reproduce-").FullName;
        try
        {
            using var runs = FitRuns.Open(again, plan.Scale, false);
            var made = 0;
            var estimate = await terminal.StepAsync("Calibration", async progress =>
            {
                var runner = new FitRunner(plan, runs, Environment.ProcessorCount, _manifest.Steps, progress);
                var found = await runner.EstimateAsync(cancellation).ConfigureAwait(false);
                made = runner.Made;
                return found;
            }).ConfigureAwait(false);
            var here = await FitFolder.WriteAsync(again, plan, _manifest.Steps, FitOutput.Of(plan, estimate), [], cancellation).ConfigureAwait(false);
            SweepReproducedFile[] results =
                [.. _manifest.Results.Select(old => new SweepReproducedFile(old.File, here.Results.FirstOrDefault(result => result.File == old.File)?.Sha256 ?? "", old.Sha256))];
            return new(results.All(result => result.Sha256 == result.Sha256InManifest), made, results, [.. Differences(here)], double.Round(clock.Elapsed.TotalSeconds, 3));
        }
        finally
        {
            Directory.Delete(again, recursive: true);
        }
    }

    private IEnumerable<ManifestDifference> Differences(FitManifest here)
    {
        ManifestDifference[] all =
        [
            .. ManifestDifference.OfProgram(_manifest.Program, here.Program),
            new("moments SHA-256", _manifest.MomentsSha256, here.MomentsSha256),
            new("scenario SHA-256", _manifest.Scenario.Sha256, here.Scenario.Sha256),
            .. ManifestDifference.OfRuntime(_manifest.Runtime, here.Runtime),
        ];
        return all.Where(one => one.Manifest != one.Here);
    }
}
