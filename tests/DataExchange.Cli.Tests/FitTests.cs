using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Cli.Commands;
using DataExchange.Cli.Running;
using DataExchange.Cli.Running.Fits;
using DataExchange.Estimation;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Moments;

namespace DataExchange.Cli.Tests;

/// <summary>The market itself, small and without what takes time, fitted to figures of its own.</summary>
public sealed class FitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dx-fit-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>One market with planted values is the data; the estimate starts elsewhere and must come back.</summary>
    [Fact]
    public async Task Planted_values_are_recovered_within_their_intervals_and_what_no_figure_shows_is_said()
    {
        const double Planted = 0.3;
        var planted = await PlanAsync([("negotiatedShare", 0.1)], [new("pricing.negotiatedShare", 0, 0.6, Planted)], [900, 901]);
        await RunsAsync(planted, 0);
        FitRun market;
        using (var runs = FitRuns.Open(_folder, planted.Scale, resume: true))
        {
            market = runs.Find(planted.At([Planted]).Hash, 900)!;
        }

        // As a crawl gives it: a share, and how many products it was counted among.
        var (share, products) = (market.Figures["negotiatedShare"]!.Value, market.Figures["productsListed"]!.Value);
        var plan = await PlanAsync([("negotiatedShare", share)], [new("pricing.negotiatedShare", 0, 0.6), new("deals.disputed", 0, 0.2)], [1, 2, 3], Math.Sqrt(share * (1 - share) / products));
        var found = await RunsAsync(plan, 1);

        Assert.Equal([Standing.Identified, Standing.WithoutMoment], found.Parameters.Select(one => one.Standing));
        Assert.InRange(Planted, found.Parameters[0].Low!.Value, found.Parameters[0].High!.Value);
        Assert.NotInRange(found.Parameters[0].Start, found.Parameters[0].Low!.Value, found.Parameters[0].High!.Value);
        Assert.True(found.Objective < found.ObjectiveAtStart / 20);
        Assert.Equal(1, found.Parameters[0].Influences[0].Share);
        var blind = Assert.Single(found.Directions, direction => !direction.IsIdentified);
        Assert.Equal(1, Math.Abs(blind.Parts["deals.disputed"]), 0.01);
        Assert.Contains("deals.disputed +0.2", blind.En, StringComparison.Ordinal);

        // The scenario that comes out is one, has the estimates, and says that they were fitted.
        var fitted = ScenarioCatalogue.Parse(found.ScenarioText(plan), "fitted");
        Assert.Equal(found.Parameters[0].Value, fitted.Scenario.Pricing.NegotiatedShare.Value);
        Assert.Contains("fitted by dx calibrate to own (1 moments, scale 0.05); identified, 95 % interval ", fitted.Scenario.Pricing.NegotiatedShare.Note!.En, StringComparison.Ordinal);
        Assert.Contains("没有指标能反映它", fitted.Scenario.Deals.Disputed.Note!.Zh, StringComparison.Ordinal);

        var page = FitPage.Render(found);
        Assert.Contains("哪个指标约束哪个参数", page, StringComparison.Ordinal);
        Assert.Contains("No figure moves with deals.disputed.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_that_were_finished_are_not_made_again_and_the_result_is_the_same()
    {
        var plan = (await PlanAsync([("negotiatedShare", 0.2)], [new("pricing.negotiatedShare", 0, 0.6)], [1, 2])) with { Scale = 0.01 };
        string Text(FitOutput fit) => JsonSerializer.Serialize(fit, FitJson.Readable.FitOutput);
        var first = Text(await RunsAsync(plan, 1, workers: 1));
        var file = Path.Combine(_folder, FitRuns.FileName);
        var lines = await File.ReadAllLinesAsync(file, Stop);
        // A kill in the middle of the last line but two.
        await File.WriteAllTextAsync(file, string.Join('\n', lines[..^2]) + "\n" + lines[^2][..20], Stop);
        var made = 0;
        Assert.Equal(first, Text(await RunsAsync(plan, 1, workers: 2, count: count => made = count)));
        Assert.Equal(2, made);
        Assert.Equal(lines.Order(StringComparer.Ordinal), (await File.ReadAllLinesAsync(file, Stop)).Order(StringComparer.Ordinal));

        Assert.Contains("give --resume", Assert.Throws<WrongInputException>(() => FitRuns.Open(_folder, plan.Scale, false)).Message, StringComparison.Ordinal);
        Assert.Contains("give another folder", Assert.Throws<WrongInputException>(() => FitRuns.Open(_folder, 0.5, true)).Message, StringComparison.Ordinal);
    }

    /// <summary>Where a whole number is needed the search moves over numbers and the scenario gets the nearest.</summary>
    [Fact]
    public async Task Whole_settings_are_found_out_and_rounded()
    {
        var plan = await PlanAsync([("providerGini", 0.7)], [new("population.providers", 100, 900), new("pricing.negotiatedShare", 0, 1)], [1, 2]);
        Assert.Equal([true, false], plan.Settings.Select(setting => setting.IsWhole));
        Assert.Equal("population.providers=421", plan.Settings[0].With(420.5));
        Assert.Equal(421, plan.At([420.5, 0.25]).Scenario.Population.Providers.Value);
    }

    [Theory]
    [InlineData("population.providers=0.5..900", "population.providers.value = 0.5: must be a whole number")]
    [InlineData("pricing.negotiatedShare=0..2", "parameter pricing.negotiatedShare=2: ")]
    [InlineData("pricing.negotiatedShare=0.2..0.3", "the scenario's value 0.1 must be from 0.2 to 0.3")]
    [InlineData("pricing.nothing=0..1", "pricing has no 'nothing'")]
    [InlineData("supply.applications=1..9000", "the run solves it")]
    [InlineData("pricing.negotiatedShare=1..0", "to = 0 must be above from = 1")]
    public async Task Settings_that_the_scenario_does_not_take_are_refused_before_anything_runs(string parameter, string told) =>
        Assert.Contains(told, (await Assert.ThrowsAsync<WrongInputException>(() => PlanAsync([("providerGini", 0.7)], [CalibrateCommand.SettingOf(parameter)], [1, 2]))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("pricing.negotiatedShare")]
    [InlineData("pricing.negotiatedShare=0.1")]
    [InlineData("=0..1")]
    [InlineData("pricing.negotiatedShare=a..1")]
    [InlineData("pricing.negotiatedShare=0..1:")]
    public void A_parameter_is_a_path_and_a_range(string text) =>
        Assert.Contains($"--parameter '{text}' is not allowed: PATH=FROM..TO", Assert.Throws<WrongInputException>(() => CalibrateCommand.SettingOf(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"figure": "nothing"}""", "moments[0].figure = \"nothing\": must be one of productsListed, ")]
    [InlineData("""{"standardError": 0, "errorFrom": "counted"}""", "moments[0].standardError = 0: is out of range, allowed above 0")]
    [InlineData("""{"standardError": 0.1}""", "moments[0].errorFrom: is required with standardError: counted, range or assumed")]
    [InlineData("""{"provenance": "elsewhere"}""", "moments[0].source: is required, as the provenance is elsewhere")]
    [InlineData("""{"target": "many"}""", "moments[0].target = \"many\": must be a number")]
    public void A_file_of_moments_is_refused_with_field_value_and_what_is_allowed(string change, string told)
    {
        var moment = JsonNode.Parse("""{"figure": "providerGini", "label": {"zh": "甲", "en": "a"}, "unit": "index", "target": 0.7, "provenance": "assumed"}""")!;
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            moment[name] = value?.DeepClone();
        }

        var text = new JsonObject { ["formatVersion"] = 1, ["name"] = "own", ["moments"] = new JsonArray(moment) }.ToJsonString();
        Assert.Contains(told, Assert.Throws<ScenarioException>(() => MomentFile.Parse(text, "here", BenchmarkFigures.Names)).Message, StringComparison.Ordinal);
    }

    /// <summary>Every figure says where it comes from; what is estimated is assumed in the scenario, and in its range.</summary>
    [Fact]
    public async Task The_built_in_figures_have_sources_and_their_settings_are_assumed_ones()
    {
        var plan = await FitPlan.LoadAsync("hangzhou-2025", [], null, [], [1, 2], 1, Stop);
        Assert.All(plan.File.Moments, moment => Assert.True(moment is { Source.Length: > 0, StandardError: > 0, ErrorFrom: not null }));
        var provenance = ScenarioFigures.Of(plan.Scenario.Text).ToDictionary(figure => figure.Path, figure => figure.Figure.Provenance);
        Assert.All(plan.Settings, setting => Assert.Equal(Simulation.Scenarios.Provenance.Assumed, provenance[setting.Path]));
        Assert.True(plan.Settings.Count < plan.Moments.Count);
        Assert.Equal(838 * 0.5, (plan with { Scale = 0.5 }).Moments.Single(moment => moment.Name == "zjbdecListings2024May").Target);
    }

    private async Task<FitPlan> PlanAsync(IEnumerable<(string Figure, double Target)> moments, IReadOnlyList<EstimatedSetting> settings, IReadOnlyList<ulong> seeds, double error = 0.05)
    {
        var scenario = JsonNode.Parse(ScenarioCatalogue.TextOf("hangzhou-2025"))!;
        scenario["calibration"]!["targets"] = new JsonArray();
        scenario["until"] = "2024-09-30";
        var (file, own) = (Path.Combine(_folder, "small.json"), Path.Combine(_folder, "own.json"));
        await File.WriteAllTextAsync(file, scenario.ToJsonString(), Stop);
        await File.WriteAllTextAsync(own, JsonSerializer.Serialize(new
        {
            formatVersion = 1,
            name = "own",
            moments = moments.Select(moment => new { figure = moment.Figure, label = new { zh = "甲", en = "a" }, unit = "share", target = moment.Target, standardError = error, errorFrom = "counted", provenance = "assumed" }),
        }), Stop);
        return await FitPlan.LoadAsync(
            file, ["demand.level=0.01", "orderBooks.books=0", "auctions.products=0", "requirements.posted=0", "sandbox.products=0", "pricing.bundles=0", "logs.headDays=3650"], own, settings, seeds, 0.05, Stop);
    }

    private async Task<FitOutput> RunsAsync(FitPlan plan, int steps, int workers = 2, Action<int>? count = null)
    {
        using var runs = FitRuns.Open(_folder, plan.Scale, resume: true);
        var runner = new FitRunner(plan, runs, workers, steps, (_, _) => { });
        var fit = FitOutput.Of(plan, await runner.EstimateAsync(Stop));
        count?.Invoke(runner.Made);
        return fit;
    }
}
