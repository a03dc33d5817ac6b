using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataExchange.Cli.Running.Manifests;
using DataExchange.Cli.Running.Sweeps;

namespace DataExchange.Cli.Running.Fits;

/// <summary>The folder of a calibration's results.</summary>
internal static class FitFolder
{
    /// <summary>The scenario before the fit.</summary>
    public const string BaseScenarioFile = "base-scenario.json";

    /// <summary>The figures as they were used.</summary>
    public const string MomentsFile = "moments.json";

    /// <summary>Writes all files, the manifest last.</summary>
    /// <param name="folder">The folder, which is there.</param>
    /// <param name="plan">What was fitted to what.</param>
    /// <param name="steps">Most steps of the search.</param>
    /// <param name="fit">What came of it.</param>
    /// <param name="words">The command's words.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<FitManifest> WriteAsync(string folder, FitPlan plan, int steps, FitOutput fit, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        (string Name, string Text)[] results =
        [
            ("calibration.json", JsonSerializer.Serialize(fit, FitJson.Readable.FitOutput) + "\n"), (RunManifest.ScenarioFile, fit.ScenarioText(plan)), ("calibration.html", FitPage.Render(fit)),
        ];
        foreach (var (name, text) in results.Append((BaseScenarioFile, plan.Scenario.Text)).Append((MomentsFile, plan.File.Text)))
        {
            await SweepFolder.WriteAsync(folder, name, text, cancellation).ConfigureAwait(false);
        }

        var manifest = new FitManifest(
            1, FitManifest.OfCalibration, ManifestProgram.This, new(plan.Scenario.Scenario.Name, plan.Scenario.Hash, BaseScenarioFile, plan.Origin, plan.Set), MomentsFile, plan.File.Sha256,
            [.. plan.Settings.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Path}={one.From}..{one.To}:{one.Start}"))], plan.Seeds, plan.Scale, steps,
            [.. results.Select(file => new SweepResultFile(file.Name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Text)))))],
            words, ManifestRuntime.This(), RunManifest.Moment(DateTimeOffset.UtcNow));
        await SweepFolder.WriteAsync(folder, RunManifest.FileName, JsonSerializer.Serialize(manifest, FitJson.Readable.FitManifest) + "\n", cancellation).ConfigureAwait(false);
        return manifest;
    }
}
