using DataExchange.Cli.Commands;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Sweeps;
using DataExchange.Sweeps;

namespace DataExchange.Cli.Running.Sweeps;

/// <summary>A run of a sweep.</summary>
/// <param name="Run">Its place in the design, from 0.</param>
/// <param name="Point">The design's point, from 0.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Values">The parameters' values, in their order.</param>
internal sealed record PlannedRun(int Run, int Point, ulong Seed, IReadOnlyList<string> Values);

/// <summary>All runs of a sweep: what each is depends on the sweep file and the scenario's text alone.</summary>
internal sealed class SweepPlan
{
    private readonly IReadOnlyList<double[]> _points;

    private SweepPlan(SweepFile file, LoadedScenario scenario, string origin)
    {
        (File, Scenario, Origin) = (file, scenario, origin);
        var design = file.Design;
        _points = design.Kind switch
        {
            SweepDesignKind.LatinHypercube => Designs.LatinHypercube(file.Parameters.Count, design.Points!.Value, design.Seed ?? 1),
            SweepDesignKind.Sobol => SobolSequence.Points(file.Parameters.Count, 0, design.Points!.Value, design.Seed),
            SweepDesignKind.Saltelli => Designs.Saltelli(file.Parameters.Count, design.Points!.Value, design.Seed),
            _ => Designs.Grid([.. file.Parameters.Select(parameter => parameter.Levels!.Value)]),
        };
    }

    /// <summary>The sweep file.</summary>
    public SweepFile File { get; }

    /// <summary>The scenario with the settings of all runs.</summary>
    public LoadedScenario Scenario { get; }

    /// <summary>Where the scenario came from.</summary>
    public string Origin { get; }

    /// <summary>Points of the design.</summary>
    public int Points => _points.Count;

    /// <summary>How many runs there are.</summary>
    public int Runs => _points.Count * File.Seeds.Count;

    /// <summary>Reads a sweep file and its scenario, and tries every parameter.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">The file cannot be read.</exception>
    /// <exception cref="ScenarioException">It, the scenario or a setting is not allowed.</exception>
    public static async Task<SweepPlan> LoadAsync(string path, CancellationToken cancellation)
    {
        var text = System.Text.Encoding.UTF8.GetString(await InputFile.ReadAsync(path, "FILE", cancellation).ConfigureAwait(false)).TrimStart('\uFEFF');
        var file = SweepFile.Parse(text, path, SobolSequence.MostDimensions);
        var named = ScenarioCatalogue.BuiltIn.Contains(file.Scenario) ? file.Scenario : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file.Scenario);
        var origin = ScenarioCatalogue.Load(named).Origin;
        return Checked(file, ScenarioCatalogue.Load(named, file.Set), origin, path);
    }

    /// <summary>The plan of a sweep from the texts that were kept of it.</summary>
    /// <param name="sweep">The sweep file's text.</param>
    /// <param name="scenario">The scenario's text, with the settings of all runs.</param>
    /// <param name="folder">Where they are, for messages.</param>
    /// <exception cref="ScenarioException">One of them is not allowed.</exception>
    public static SweepPlan Of(string sweep, string scenario, string folder) => Checked(
        SweepFile.Parse(sweep, Path.Combine(folder, SweepFolder.SweepFileName), SobolSequence.MostDimensions),
        ScenarioCatalogue.Parse(scenario, Path.Combine(folder, SweepFolder.ScenarioFileName)), folder, folder);

    /// <summary>A run.</summary>
    /// <param name="run">Its place in the design, from 0.</param>
    public PlannedRun At(int run)
    {
        var (point, seed) = Math.DivRem(run, File.Seeds.Count);
        return new(run, point, File.Seeds[seed], [.. File.Parameters.Select((parameter, i) => parameter.At(_points[point][i]))]);
    }

    /// <summary>The scenario of a run.</summary>
    /// <exception cref="ScenarioException">Its settings do not go together.</exception>
    public LoadedScenario ScenarioOf(PlannedRun run) => ScenarioCatalogue.Parse(
        ScenarioOverrides.Apply(Scenario.Text, [.. File.Parameters.Select((parameter, i) => $"{parameter.Path}={run.Values[i]}")]), $"of run {run.Run}");

    // A setting that is not there should be told before hours of runs, not in each of their rows.
    private static SweepPlan Checked(SweepFile file, LoadedScenario scenario, string origin, string path)
    {
        for (var i = 0; i < file.Parameters.Count; i++)
        {
            var parameter = file.Parameters[i];
            foreach (var value in parameter.Samples)
            {
                try
                {
                    ScenarioCatalogue.Parse(ScenarioOverrides.Apply(scenario.Text, [$"{parameter.Path}={value}"]), "with it");
                }
                catch (ScenarioException wrong)
                {
                    throw new WrongInputException($"sweep {path}: parameters[{i}] {parameter.Path} = {value}: {wrong.Message}");
                }
            }
        }

        return new(file, scenario, origin);
    }
}
