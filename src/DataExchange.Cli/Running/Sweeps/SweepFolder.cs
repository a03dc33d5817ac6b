using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Cli.Commands;
using DataExchange.Cli.Running.Manifests;

namespace DataExchange.Cli.Running.Sweeps;

/// <summary>A file of results.</summary>
/// <param name="File">Its name.</param>
/// <param name="Sha256">SHA-256, hexadecimal.</param>
internal sealed record SweepResultFile(string File, string Sha256);

/// <summary>Which sweep a folder of results is of. Two sweeps of one command differ in <see cref="WrittenAt"/> alone.</summary>
/// <param name="Format">Of this file: 1.</param>
/// <param name="Kind">What it is of: <c>sweep</c>.</param>
/// <param name="Program">The program.</param>
/// <param name="Sweep">Name of the sweep; its file is <c>sweep.json</c>.</param>
/// <param name="SweepSha256">SHA-256 of that file.</param>
/// <param name="Scenario">The scenario with the settings of all runs.</param>
/// <param name="Scale">The size of all runs.</param>
/// <param name="Slice">Which part it is, such as 0/1 for the whole.</param>
/// <param name="Runs">Runs in the results.</param>
/// <param name="Failed">Runs that failed.</param>
/// <param name="Results">The files of results.</param>
/// <param name="Columns">Their columns.</param>
/// <param name="Command">The command's words after <c>dx</c>.</param>
/// <param name="Runtime">What it ran on.</param>
/// <param name="WrittenAt">When this file was written, UTC.</param>
internal sealed record SweepManifest(
    int Format, string Kind, ManifestProgram Program, string Sweep, string SweepSha256, ManifestScenario Scenario, double Scale, string Slice, int Runs, int Failed,
    IReadOnlyList<SweepResultFile> Results, IReadOnlyList<SweepColumn> Columns, IReadOnlyList<string> Command, ManifestRuntime Runtime, string WrittenAt)
{
    /// <summary>What sweeps are called.</summary>
    public const string OfSweep = "sweep";
}

/// <summary>The folder of a sweep: its file, its scenario, the journal, and at the end results and manifest.</summary>
internal static class SweepFolder
{
    /// <summary>The sweep file, as it was given.</summary>
    public const string SweepFileName = "sweep.json";

    /// <summary>The scenario with the settings of all runs.</summary>
    public const string ScenarioFileName = RunManifest.ScenarioFile;

    // A further format is a further writer here.
    private static readonly ISweepResultWriter[] Writers = [new SweepCsv(), new SweepParquet()];

    /// <summary>Makes the folder and opens its journal.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="plan">The sweep.</param>
    /// <param name="header">Which slice of it.</param>
    /// <param name="resume">Whether some of its runs may be there.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">The folder cannot be used.</exception>
    public static async Task<SweepJournal> BeginAsync(string folder, SweepPlan plan, SweepHeader header, bool resume, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new WrongInputException($"--out '{folder}' cannot be made: {wrong.Message}");
        }

        var journal = SweepJournal.Open(folder, header, resume);
        try
        {
            await WriteAsync(folder, SweepFileName, plan.File.Text, cancellation).ConfigureAwait(false);
            await WriteAsync(folder, ScenarioFileName, plan.Scenario.Text, cancellation).ConfigureAwait(false);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>The sweep of a folder, and the rows that are in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">It holds no sweep, or its files do not go together.</exception>
    public static async Task<(SweepPlan Plan, SweepHeader Header, IReadOnlyList<SweepRow> Rows)> ReadAsync(string folder, CancellationToken cancellation)
    {
        var (header, rows) = SweepJournal.Read(folder);
        var plan = SweepPlan.Of(
            Encoding.UTF8.GetString(await InputFile.ReadAsync(Path.Combine(folder, SweepFileName), "FOLDER", cancellation).ConfigureAwait(false)),
            Encoding.UTF8.GetString(await InputFile.ReadAsync(Path.Combine(folder, ScenarioFileName), "FOLDER", cancellation).ConfigureAwait(false)), folder);
        var wanted = SweepHeader.Of(plan, header.Slice, header.Slices) with { Program = header.Program };
        return wanted == header ? (plan, header, rows) : throw new WrongInputException($"FOLDER '{folder}' holds files of two sweeps: {SweepJournal.Difference(header, wanted)}");
    }

    /// <summary>Writes results and manifest.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="plan">The sweep.</param>
    /// <param name="header">Which slice of it.</param>
    /// <param name="rows">Its rows, in the order of the design.</param>
    /// <param name="command">The command's words.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<SweepManifest> CompleteAsync(
        string folder, SweepPlan plan, SweepHeader header, IReadOnlyList<SweepRow> rows, IReadOnlyList<string> command, CancellationToken cancellation)
    {
        var table = new SweepTable(SweepRow.Columns(plan.File), rows.Select(row => row.Cells(plan.File)));
        var results = new List<SweepResultFile>();
        foreach (var writer in Writers)
        {
            var (path, partial) = (Path.Combine(folder, writer.FileName), Path.Combine(folder, writer.FileName + ".partial"));
            await using (var file = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite))
            {
                await writer.WriteAsync(table, file, cancellation).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
                file.Position = 0;
                results.Add(new(writer.FileName, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false))));
            }

            File.Move(partial, path, true);
        }

        var manifest = new SweepManifest(
            1, SweepManifest.OfSweep, ManifestProgram.This, plan.File.Name, plan.File.Sha256,
            new(plan.Scenario.Scenario.Name, plan.Scenario.Hash, ScenarioFileName, plan.Origin, plan.File.Set), plan.File.Scale, $"{header.Slice}/{header.Slices}",
            rows.Count, rows.Count(row => row.Error is not null), results, table.Columns, command, ManifestRuntime.This(), RunManifest.Moment(DateTimeOffset.UtcNow));
        await WriteAsync(folder, RunManifest.FileName, JsonSerializer.Serialize(manifest, SweepManifestJson.Readable.SweepManifest) + "\n", cancellation).ConfigureAwait(false);
        return manifest;
    }

    /// <summary>Writes a text file that is whole or not there.</summary>
    public static async Task WriteAsync(string folder, string name, string text, CancellationToken cancellation)
    {
        var partial = Path.Combine(folder, name + ".partial");
        await File.WriteAllTextAsync(partial, text, new UTF8Encoding(false), cancellation).ConfigureAwait(false);
        File.Move(partial, Path.Combine(folder, name), true);
    }
}

/// <summary>How manifests of sweeps are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SweepManifest))]
[JsonSerializable(typeof(IReadOnlyList<SweepColumn>))]
internal sealed partial class SweepManifestJson : JsonSerializerContext
{
    /// <summary>Indented, with Chinese left as it is.</summary>
    public static SweepManifestJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true,
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    });
}
