using System.Diagnostics;
using System.Text;
using System.Text.Json;
using DataExchange.Cli.Commands;
using DataExchange.Cli.Running.Manifests;

namespace DataExchange.Cli.Running.Sweeps;

/// <summary>A file of results, made again.</summary>
/// <param name="File">Its name.</param>
/// <param name="Sha256">SHA-256 of the one made now; empty when this program makes none of that name.</param>
/// <param name="Sha256InManifest">SHA-256 in the manifest.</param>
internal sealed record SweepReproducedFile(string File, string Sha256, string Sha256InManifest);

/// <summary>What <c>dx reproduce --json</c> prints of a sweep.</summary>
/// <param name="Identical">Whether all files of results are those of the manifest.</param>
/// <param name="Runs">Runs made.</param>
/// <param name="Results">The files.</param>
/// <param name="Differences">What of program, sweep file, scenario and machine is another.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record SweepReproduceOutput(
    bool Identical, int Runs, IReadOnlyList<SweepReproducedFile> Results, IReadOnlyList<ManifestDifference> Differences, double Seconds);

/// <summary>Makes again the sweep that a manifest names, from the files beside it.</summary>
internal sealed class SweepReproduction
{
    private readonly SweepManifest _manifest;
    private readonly string _folder;

    private SweepReproduction(SweepManifest manifest, string folder) => (_manifest, _folder) = (manifest, folder);

    /// <summary>The sweep's name.</summary>
    public string Name => _manifest.Sweep;

    /// <summary>Reads a manifest of a sweep.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="WrongInputException">It is wrong.</exception>
    public static SweepReproduction Read(byte[] bytes, string path)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(bytes, SweepManifestJson.Readable.SweepManifest)!;
            return manifest.Format == 1
                ? new(manifest, Path.GetDirectoryName(Path.GetFullPath(path))!)
                : throw new WrongInputException($"MANIFEST '{path}': format '{manifest.Format}' is not allowed: 1");
        }
        catch (JsonException wrong)
        {
            throw new WrongInputException($"MANIFEST '{path}' is no manifest of a sweep: {wrong.Path ?? "$"}: {wrong.Message.Split(". Path", 2)[0]}");
        }
    }

    /// <summary>Makes it again.</summary>
    /// <param name="terminal">Where progress goes.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">A file beside the manifest cannot be read, or the slice is none.</exception>
    public async Task<SweepReproduceOutput> RunAsync(Terminal terminal, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var plan = SweepPlan.Of(await TextAsync(SweepFolder.SweepFileName, cancellation).ConfigureAwait(false), await TextAsync(SweepFolder.ScenarioFileName, cancellation).ConfigureAwait(false), _folder);
        var (slice, slices) = SweepCommand.SliceOf(_manifest.Slice) is { } part && part.Slices <= plan.Runs
            ? part : throw new WrongInputException($"MANIFEST: slice '{_manifest.Slice}' is not allowed: I/N with I below N, N at most the sweep's {plan.Runs} runs");
        var header = SweepHeader.Of(plan, slice, slices);
        var again = Directory.CreateTempSubdirectory("dx-reproduce-").FullName;
        try
        {
            using var journal = await SweepFolder.BeginAsync(again, plan, header, false, cancellation).ConfigureAwait(false);
            var runs = await terminal.StepAsync("Runs", progress => new SweepRunner(plan, header, journal).RunAsync(Environment.ProcessorCount, progress, cancellation)).ConfigureAwait(false);
            var made = await SweepFolder.CompleteAsync(again, plan, header, journal.Rows, [], cancellation).ConfigureAwait(false);
            SweepReproducedFile[] results =
                [.. _manifest.Results.Select(old => new SweepReproducedFile(old.File, made.Results.FirstOrDefault(result => result.File == old.File)?.Sha256 ?? "", old.Sha256))];
            return new(
                results.Length > 0 && results.All(result => result.Sha256 == result.Sha256InManifest), runs, results, [.. Differences(made)],
                double.Round(clock.Elapsed.TotalSeconds, 3));
        }
        finally
        {
            Directory.Delete(again, recursive: true);
        }
    }

    private async Task<string> TextAsync(string name, CancellationToken cancellation) =>
        Encoding.UTF8.GetString(await InputFile.ReadAsync(Path.Combine(_folder, name), "MANIFEST", cancellation).ConfigureAwait(false));

    private IEnumerable<ManifestDifference> Differences(SweepManifest made)
    {
        ManifestDifference[] all =
        [
            .. ManifestDifference.OfProgram(_manifest.Program, made.Program),
            new("sweep file SHA-256", _manifest.SweepSha256, made.SweepSha256),
            new("scenario SHA-256", _manifest.Scenario.Sha256, made.Scenario.Sha256),
            .. ManifestDifference.OfRuntime(_manifest.Runtime, made.Runtime),
        ];
        return all.Where(one => one.Manifest != one.Here);
    }
}
