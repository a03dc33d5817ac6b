using System.Globalization;
using DataExchange.Cli.Running.Manifests;
using DataExchange.Estimation;
using DataExchange.Scenarios.Moments;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Cli.Running.Fits;

/// <summary>A moment's part in a setting.</summary>
/// <param name="Figure">The moment.</param>
/// <param name="Slope">Change of the moment for each unit of the setting.</param>
/// <param name="SlopeError">Its standard error over the seeds.</param>
/// <param name="Elasticity">Relative change for a relative change; null where one of them is 0.</param>
/// <param name="ErrorsOverRange">Standard errors of the moment that it moves over the setting's whole range.</param>
/// <param name="Share">Part of the estimate's variance that comes from the moment's; null without an interval.</param>
internal sealed record FitInfluence(string Figure, double Slope, double SlopeError, double? Elasticity, double ErrorsOverRange, double? Share);

/// <summary>An estimated setting.</summary>
/// <param name="Path">The setting.</param>
/// <param name="From">The least value.</param>
/// <param name="To">The largest.</param>
/// <param name="Start">Where the search began.</param>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Its standard error; null where there is none.</param>
/// <param name="Low">Lower end of the 95 % interval, within the range.</param>
/// <param name="High">Upper end.</param>
/// <param name="Standing">How well it is known.</param>
/// <param name="Influences">Of each moment.</param>
internal sealed record FitParameter(
    string Path, double From, double To, double Start, double Value, double? StandardError, double? Low, double? High, Standing Standing, IReadOnlyList<FitInfluence> Influences);

/// <summary>A moment as reached.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Zh">What it is, in Chinese.</param>
/// <param name="En">In English.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Target">The published or measured value, at the scale of the runs.</param>
/// <param name="TargetError">Its standard error; null for the model's own spread.</param>
/// <param name="ErrorFrom">Where that comes from.</param>
/// <param name="Provenance">Where the value comes from.</param>
/// <param name="Source">The source.</param>
/// <param name="Reached">Mean over the seeds.</param>
/// <param name="Spread">Standard deviation from seed to seed.</param>
/// <param name="StandardError">Of the deviation.</param>
/// <param name="Errors">The deviation in these errors.</param>
internal sealed record FitMoment(
    string Figure, string Zh, string En, string Unit, double Target, double? TargetError, ErrorSource? ErrorFrom, Provenance Provenance, string? Source,
    double Reached, double Spread, double StandardError, double Errors);

/// <summary>A direction in which settings move together.</summary>
/// <param name="SingularValue">Standard errors that the moments move in all over a whole range in this direction.</param>
/// <param name="Noise">The standard error of these moves over the seeds, in all.</param>
/// <param name="IsIdentified">Whether the moments tell it.</param>
/// <param name="Zh">What it is, in Chinese.</param>
/// <param name="En">In English.</param>
/// <param name="Parts">Of each setting, in ranges.</param>
internal sealed record FitDirection(double SingularValue, double Noise, bool IsIdentified, string Zh, string En, IReadOnlyDictionary<string, double> Parts);

/// <summary>What a calibration came to: <c>calibration.json</c>, and what <c>dx calibrate --json</c> prints. It depends on scenario, moments, settings, seeds and scale alone.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="ScenarioSha256">SHA-256 of its text.</param>
/// <param name="Moments">Name of the moments.</param>
/// <param name="MomentsSha256">SHA-256 of their file.</param>
/// <param name="Scale">The size of all runs.</param>
/// <param name="Seeds">Seeds of every point.</param>
/// <param name="IsSettled">Whether the search ended because nothing near was better.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Points">Points at which the market was run.</param>
/// <param name="ObjectiveAtStart">The objective at the starting values.</param>
/// <param name="Objective">At the estimate.</param>
/// <param name="Test">Hansen's J; null without moments beyond the identified settings.</param>
/// <param name="ConditionNumber">Largest by smallest singular value; null when the smallest is 0.</param>
/// <param name="Parameters">The settings.</param>
/// <param name="Fit">The moments.</param>
/// <param name="Directions">From the best known to the least.</param>
internal sealed record FitOutput(
    string Scenario, string ScenarioSha256, string Moments, string MomentsSha256, double Scale, IReadOnlyList<ulong> Seeds, bool IsSettled, int Steps, int Points,
    double ObjectiveAtStart, double Objective, OveridentificationTest? Test, double? ConditionNumber, IReadOnlyList<FitParameter> Parameters, IReadOnlyList<FitMoment> Fit,
    IReadOnlyList<FitDirection> Directions)
{
    // Parts of a direction that are smaller than this, of the largest, are left out of its words.
    private const double Least = 0.15;

    /// <summary>That of an estimate.</summary>
    public static FitOutput Of(FitPlan plan, Estimate estimate) => new(
        plan.Scenario.Scenario.Name, plan.Scenario.Hash, plan.File.Name, plan.File.Sha256, plan.Scale, plan.Seeds, estimate.IsSettled, estimate.Steps, estimate.Points,
        estimate.ObjectiveAtStart, estimate.Objective, estimate.Test, estimate.ConditionNumber,
        [.. estimate.Parameters.Select(one => new FitParameter(
            one.Parameter.Name, one.Parameter.From, one.Parameter.To, one.Parameter.Start, one.Value, one.StandardError, one.Low, one.High, one.Standing,
            [.. one.Influences.Select((influence, k) => new FitInfluence(
                plan.File.Moments[k].Figure, influence.Slope, influence.SlopeError, influence.Elasticity, influence.Errors, influence.Share))]))],
        [.. estimate.Moments.Select((fit, k) => Of(plan.File.Moments[k], fit))],
        [.. estimate.Directions.Select(direction => Of(plan, direction))]);

    /// <summary>The scenario with the estimates, each with a note that it was fitted.</summary>
    public string ScenarioText(FitPlan plan) => Scenarios.ScenarioOverrides.ApplyWithNotes(plan.Scenario.Text, [.. Parameters.Select((parameter, i) => (plan.Settings[i].With(parameter.Value), (Bilingual?)NoteOf(parameter)))]) + "\n";

    /// <summary>A number, as people read it.</summary>
    public static string Number(double? value) => value is not { } number ? "–"
        : Math.Abs(number) >= 1_000 ? number.ToString("N0", CultureInfo.InvariantCulture) : number.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>A standing in words.</summary>
    public static (string Zh, string En) Words(Standing standing) => standing switch
    {
        Standing.Identified => ("可识别", "identified"),
        Standing.Weak => ("弱识别：区间比取值范围还宽", "weak: the interval says less than the range"),
        Standing.Unidentified => ("不可识别：可与其他参数一起移动", "not identified: it can move together with others"),
        Standing.WithoutMoment => ("没有指标能反映它", "no moment moves with it"),
        Standing.AtItsBound => ("落在取值范围边界，无区间", "at the end of its range, no interval"),
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, null),
    };

    private Bilingual NoteOf(FitParameter parameter)
    {
        var (zh, en) = Words(parameter.Standing);
        var interval = parameter.StandardError is null ? null : string.Create(CultureInfo.InvariantCulture, $"{Number(parameter.Low)} … {Number(parameter.High)}");
        return new(
            $"由 dx calibrate 拟合到 {Moments}（{Fit.Count} 个指标，规模 {Number(Scale)}）；{zh}{(interval is null ? "" : $"，95% 区间 {interval}")}",
            $"fitted by dx calibrate to {Moments} ({Fit.Count} moments, scale {Number(Scale)}); {en}{(interval is null ? "" : $", 95 % interval {interval}")}");
    }

    private static FitMoment Of(PublishedMoment moment, MomentFit fit) => new(
        moment.Figure, moment.Label.Zh, moment.Label.En, moment.Unit, fit.Moment.Target, fit.Moment.StandardError, moment.ErrorFrom, moment.Provenance, moment.Source,
        fit.Reached, fit.Spread, fit.StandardError, fit.Errors);

    private static FitDirection Of(FitPlan plan, Direction direction)
    {
        var largest = direction.Parts.Max(Math.Abs);
        var parts = plan.Settings.Select((setting, i) => (setting, Part: direction.Parts[i])).ToArray();
        var move = string.Join(", ", parts.Where(one => Math.Abs(one.Part) >= Least * largest).OrderByDescending(one => Math.Abs(one.Part))
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.setting.Path} {(one.Part < 0 ? "−" : "+")}{Number(Math.Abs(one.Part) * (one.setting.To - one.setting.From))}")));
        var (moved, noise) = (Number(Math.Round(direction.SingularValue, 2)), Number(Math.Round(direction.Noise, 2)));
        return new(
            direction.SingularValue, direction.Noise, direction.IsIdentified,
            $"{move}：各指标合计移动 {moved} 个标准误（种子噪声 {noise}）", $"{move}: the moments move by {moved} standard errors in all, noise of the seeds {noise}",
            parts.ToDictionary(one => one.setting.Path, one => one.Part));
    }
}

/// <summary>Which calibration a folder is of. Two of one command differ in <see cref="WrittenAt"/> alone.</summary>
/// <param name="Format">Of this file: 1.</param>
/// <param name="Kind">What it is of: <c>calibration</c>.</param>
/// <param name="Program">The program.</param>
/// <param name="Scenario">The scenario before the fit, as it is in its file beside the manifest; <c>scenario.json</c> has the estimates.</param>
/// <param name="Moments">The file of moments beside it.</param>
/// <param name="MomentsSha256">SHA-256 of it.</param>
/// <param name="Parameters">What was estimated: PATH=FROM..TO:START each.</param>
/// <param name="Seeds">The seeds.</param>
/// <param name="Scale">The size.</param>
/// <param name="Steps">Most steps of the search.</param>
/// <param name="Results">SHA-256 of each file of results.</param>
/// <param name="Command">The command's words after <c>dx</c>.</param>
/// <param name="Runtime">What it ran on.</param>
/// <param name="WrittenAt">When this file was written, UTC.</param>
internal sealed record FitManifest(
    int Format, string Kind, ManifestProgram Program, ManifestScenario Scenario, string Moments, string MomentsSha256, IReadOnlyList<string> Parameters, IReadOnlyList<ulong> Seeds,
    double Scale, int Steps, IReadOnlyList<Sweeps.SweepResultFile> Results, IReadOnlyList<string> Command, ManifestRuntime Runtime, string WrittenAt)
{
    /// <summary>The kind of these manifests.</summary>
    public const string OfCalibration = "calibration";
}
