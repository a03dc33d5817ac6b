using System.Globalization;
using DataExchange.Cli.Commands;
using DataExchange.Estimation;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Moments;

namespace DataExchange.Cli.Running.Fits;

/// <summary>A setting that is estimated.</summary>
/// <param name="Path">The setting.</param>
/// <param name="From">The least value.</param>
/// <param name="To">The largest.</param>
/// <param name="Start">Where the search begins.</param>
/// <param name="IsWhole">Whether the scenario takes whole numbers alone.</param>
internal sealed record FitSetting(string Path, double From, double To, double Start, bool IsWhole)
{
    /// <summary>PATH=VALUE, as <c>--set</c> takes it.</summary>
    /// <param name="value">The value; a whole number where the scenario takes no other.</param>
    public string With(double value) => $"{Path}={(IsWhole ? Math.Round(value, MidpointRounding.AwayFromZero) : value).ToString("R", CultureInfo.InvariantCulture)}";
}

/// <summary>What is fitted to what.</summary>
/// <param name="Scenario">The scenario, with the settings of all runs.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="Set">The settings of all runs.</param>
/// <param name="File">The moments.</param>
/// <param name="Settings">What is estimated.</param>
/// <param name="Seeds">The seeds of every point.</param>
/// <param name="Scale">The size of all runs.</param>
internal sealed record FitPlan(
    LoadedScenario Scenario, string Origin, IReadOnlyList<string> Set, MomentFile File, IReadOnlyList<FitSetting> Settings, IReadOnlyList<ulong> Seeds, double Scale)
{
    /// <summary>The target of a moment at this scale.</summary>
    public double TargetOf(PublishedMoment moment) => moment.Target * (moment.Scales ? Scale : 1);

    /// <summary>The moments at this scale.</summary>
    public IReadOnlyList<Moment> Moments => [.. File.Moments.Select(moment => new Moment(moment.Figure, TargetOf(moment), moment.StandardError * (moment.Scales ? Scale : 1)))];

    /// <summary>The settings as parameters.</summary>
    public IReadOnlyList<FreeParameter> Parameters => [.. Settings.Select(setting => new FreeParameter(setting.Path, setting.Start, setting.From, setting.To))];

    /// <summary>The scenario at a point.</summary>
    /// <exception cref="ScenarioException">The values do not go together.</exception>
    public LoadedScenario At(double[] point) =>
        ScenarioCatalogue.Parse(ScenarioOverrides.Apply(Scenario.Text, [.. Settings.Select((setting, i) => setting.With(point[i]))]), "at a point of the search");

    /// <summary>Makes it, and tries every setting at both ends of its range.</summary>
    /// <param name="scenario">A built-in name, or a path.</param>
    /// <param name="set">Settings of all runs.</param>
    /// <param name="momentsPath">The file of moments; null for the built-in one.</param>
    /// <param name="parameters">What is estimated; none for what the file says.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="scale">The size.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">A file cannot be read, or a setting is not allowed.</exception>
    /// <exception cref="ScenarioException">The scenario or the file is not allowed.</exception>
    public static async Task<FitPlan> LoadAsync(
        string scenario, IReadOnlyList<string> set, string? momentsPath, IReadOnlyList<EstimatedSetting> parameters, IReadOnlyList<ulong> seeds, double scale, CancellationToken cancellation)
    {
        var text = momentsPath is null ? MomentFile.BuiltInText
            : System.Text.Encoding.UTF8.GetString(await InputFile.ReadAsync(momentsPath, "--moments", cancellation).ConfigureAwait(false)).TrimStart('\uFEFF');
        var file = MomentFile.Parse(text, momentsPath ?? "built-in", BenchmarkFigures.Names);
        var origin = ScenarioCatalogue.Load(scenario).Origin;
        var loaded = ScenarioCatalogue.Load(scenario, set);
        var wanted = parameters.Count > 0 ? parameters : file.Parameters;
        if (MomentFile.Problems(wanted).FirstOrDefault() is { } problem)
        {
            throw new WrongInputException(problem);
        }

        var figures = ScenarioFigures.Of(loaded.Text).ToDictionary(figure => figure.Path, figure => figure.Figure.Value, StringComparer.Ordinal);
        return wanted.Count == 0
            ? throw new WrongInputException($"--parameter is required: the moments '{file.Name}' name no settings to estimate; PATH=FROM..TO, such as population.providerExponent=0.6..2.2")
            : new(loaded, origin, set, file, [.. wanted.Select(one => Checked(one, loaded, figures))], seeds, scale);
    }

    private static FitSetting Checked(EstimatedSetting one, LoadedScenario scenario, Dictionary<string, double> figures)
    {
        if (one.Start is null && !figures.ContainsKey(one.Path))
        {
            Try(one, scenario, one.From, isWhole: false);
            throw new WrongInputException($"parameter {one.Path}: is no number of the scenario with a provenance; give a start, such as {one.Path}=FROM..TO:START");
        }

        var start = one.Start ?? figures[one.Path];
        if (start < one.From || start > one.To)
        {
            throw new WrongInputException(string.Create(CultureInfo.InvariantCulture, $"parameter {one.Path}: the scenario's value {start} must be from {one.From} to {one.To}; or give a start, such as {one.Path}={one.From}..{one.To}:{one.From}"));
        }

        // Whether whole numbers alone are allowed is what the scenario says to a number that is none.
        var isWhole = !Takes(one, scenario, Math.Floor(one.From) + 0.5) && one.From == Math.Floor(one.From) && one.To == Math.Floor(one.To) && one.To - one.From >= 1;
        Try(one, scenario, one.From, isWhole);
        Try(one, scenario, one.To, isWhole);
        return new(one.Path, one.From, one.To, start, isWhole);
    }

    private static bool Takes(EstimatedSetting one, LoadedScenario scenario, double value)
    {
        try
        {
            Try(one, scenario, value, false);
            return true;
        }
        catch (WrongInputException)
        {
            return false;
        }
    }

    private static void Try(EstimatedSetting one, LoadedScenario scenario, double value, bool isWhole)
    {
        var setting = new FitSetting(one.Path, one.From, one.To, value, isWhole).With(value);
        try
        {
            ScenarioCatalogue.Parse(ScenarioOverrides.Apply(scenario.Text, [setting]), "with it");
        }
        catch (ScenarioException wrong)
        {
            throw new WrongInputException($"parameter {setting}: {wrong.Message}");
        }
    }
}
