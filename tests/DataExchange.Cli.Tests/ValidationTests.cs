using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DataExchange.Cli.Commands;
using DataExchange.Cli.Running.Validation;
using DataExchange.Reports.Words;
using DataExchange.Scenarios;

namespace DataExchange.Cli.Tests;

/// <summary>docs/validation.json is what <c>dx validate --json</c> prints, and docs/validation.md shows it. DX_UPDATE=1 renews both.</summary>
public sealed partial class ValidationTests
{
    private const string Begin = "<!-- made by DX_UPDATE=1 from validation.json -->\n";
    private const double Scale = 0.1;
    private static readonly string Docs = Path.Combine(RootOf(AppContext.BaseDirectory), "docs");
    private static readonly string JsonPath = Path.Combine(Docs, "validation.json");
    private static readonly string PagePath = Path.Combine(Docs, "validation.md");
    private static readonly LoadedScenario Scenario = ScenarioCatalogue.Load("hangzhou-2025");

    private static bool IsRenewing => Environment.GetEnvironmentVariable("DX_UPDATE") == "1";

    private static ValidateOutput Committed => JsonSerializer.Deserialize(File.ReadAllText(JsonPath), CommandJson.Readable.ValidateOutput)!;

    /// <summary>One of its runs made again: the same events, the same figures.</summary>
    [Fact]
    public async Task A_run_of_the_document_can_be_made_again()
    {
        ulong[] seeds = IsRenewing ? [.. Enumerable.Range(1, 10).Select(seed => (ulong)seed)] : [1];
        var result = await new ValidationRun(Scenario, Scale, seeds).ExecuteAsync(Environment.ProcessorCount, (_, _) => { }, TestContext.Current.CancellationToken);
        if (IsRenewing)
        {
            var output = ValidateOutput.Of(Scenario.Scenario.Name, Scale, result);
            await File.WriteAllTextAsync(JsonPath, Written(output), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(PagePath, Renewed(output), TestContext.Current.CancellationToken);
            return;
        }

        var (committed, run) = (Committed, Assert.Single(result.Runs));
        Assert.Equal(new ValidatedRunOutput(run.Seed, run.Events, run.Digest), committed.Runs[0]);
        Assert.Equal(committed.Facts.Select(fact => (fact.Fact, fact.Values[0])), result.Facts.Select(fact => (fact.Fact.Id, fact.Values[0])));
    }

    [Fact]
    public void Targets_means_intervals_and_verdicts_are_those_of_the_program()
    {
        if (IsRenewing)
        {
            return;
        }

        var committed = Committed;
        var facts = ValidationFacts.Of(Scenario.Scenario, Scale);
        Assert.Equal(facts.Select(fact => fact.Id), committed.Facts.Select(fact => fact.Fact));
        var again = new ValidationResult(
            [.. committed.Runs.Select(run => new ValidatedRun(run.Seed, run.Events, run.Digest))],
            [.. facts.Zip(committed.Facts, (fact, row) => new FactResult(fact, row.Values))]);
        Assert.Equal(File.ReadAllText(JsonPath), Written(ValidateOutput.Of(Scenario.Scenario.Name, Scale, again)));
    }

    [Fact]
    public void The_page_shows_the_file() => Assert.True(IsRenewing || Renewed(Committed) == File.ReadAllText(PagePath), "docs/validation.md is behind docs/validation.json; set DX_UPDATE=1 to renew both");

    [Fact]
    public void What_is_missed_says_why_and_names_assumptions_that_exist()
    {
        var known = Number().Matches(File.ReadAllText(Path.Combine(Docs, "assumptions.md"))).Select(match => match.Value).ToHashSet();
        Assert.All(Committed.Facts, fact => Assert.True(fact.Verdict != "outside" || fact.WhyEn is not null, $"{fact.Fact} is outside its target and nobody says why"));
        Assert.All(ValidationFacts.Of(Scenario.Scenario, Scale), fact => Assert.Subset(known, Number().Matches(fact.Why?.En ?? "").Select(match => match.Value).ToHashSet()));
    }

    [Theory]
    [InlineData(0.5, 0.7, 0.5, true)]
    [InlineData(0.5, 0.7, 0.7, true)]
    [InlineData(0.5, 0.7, 0.71, false)]
    [InlineData(0.5, 0.7, 0.49, false)]
    [InlineData(2.0, 2.0, 2.2, true)]
    [InlineData(2.0, 2.0, 1.8, true)]
    [InlineData(2.0, 2.0, 2.21, false)]
    [InlineData(0.5, null, 1e9, true)]
    [InlineData(0.5, null, 0.4, false)]
    public void A_range_is_met_inside_it_and_a_single_figure_within_a_tenth(double low, double? high, double value, bool isMet) =>
        Assert.Equal(isMet, new ValidationFact("x", Text.Same("x"), "index", low, high, FactBasis.Background, "", _ => null).IsMetBy(value));

    [Fact]
    public void The_interval_is_Student_s_and_a_run_without_the_figure_counts_not()
    {
        var fact = new ValidationFact("x", Text.Same("x"), "index", 0, 1, FactBasis.Background, "", _ => null);
        // t of 3 degrees of freedom is 3.182446, the standard error √(5/3)/2.
        Assert.Equal((0.44574, 4.55426), new FactResult(fact, [1, 2, null, 3, 4]).Interval);
        Assert.Equal(2.5, new FactResult(fact, [1, 2, null, 3, 4]).Mean);
        Assert.Equal((false, null), (new FactResult(fact, [7]).IsWithin!.Value, new FactResult(fact, [7]).Interval));
        Assert.Equal((null, null), (new FactResult(fact, [null]).IsWithin, new FactResult(fact, [null]).Mean));
    }

    [Theory]
    [InlineData("1-10", "1-10")]
    [InlineData("3,7,20-22", "3,7,20,21,22")]
    [InlineData("5", "5")]
    [InlineData("", null)]
    [InlineData("5-3", null)]
    [InlineData("1,1", null)]
    [InlineData("1-2-3", null)]
    [InlineData("-1", null)]
    [InlineData("1-1001", null)]
    [InlineData("x", null)]
    public void Seeds_are_numbers_and_ranges_each_once(string text, string? expected) => Assert.Equal(expected, SeedList.Parse(text)?.ToString());

    // A fact a line, so that a difference can be read.
    private static string Written(ValidateOutput output) =>
        JsonSerializer.Serialize(output, CommandJson.Readable.ValidateOutput).Replace(",{\"fact\"", ",\n{\"fact\"", StringComparison.Ordinal).Replace(",{\"seed\"", ",\n{\"seed\"", StringComparison.Ordinal) + "\n";

    private static string Renewed(ValidateOutput output)
    {
        var page = File.ReadAllText(PagePath);
        return page[..(page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + Tables(output);
    }

    private static string Tables(ValidateOutput output)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\nOf {output.Facts.Count} facts {output.Within} are within their targets and {output.Outside} outside.\n");
        foreach (var (basis, title) in new[]
        {
            ("published", "Published about the two venues"), ("elsewhere", "Published or measured elsewhere"), ("background", "Regularities usual elsewhere, checked against no document here"),
        })
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| Fact | Target | Mean | 95 % interval | Verdict | Source |\n|---|---|---|---|---|---|\n");
            foreach (var fact in output.Facts.Where(fact => fact.Basis == basis))
            {
                var target = fact.High is not { } high ? $"at least {Shown(fact.Low)}" : fact.Low == high ? $"{Shown(high)} ± 10 %" : $"{Shown(fact.Low)} … {Shown(high)}";
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {fact.En} | {target} | {Shown(fact.Mean)} | {Shown(fact.IntervalLow)} … {Shown(fact.IntervalHigh)} | {(fact.Verdict == "outside" ? "**outside**" : fact.Verdict)}{(fact.SolvedFor ? ", solved for" : "")} | {fact.Source} |\n");
            }
        }

        text.Append("\n## What fails, and why\n\n| Fact | Why |\n|---|---|\n");
        foreach (var fact in output.Facts.Where(fact => fact.Verdict == "outside"))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {fact.En} | {fact.WhyEn} |\n");
        }

        text.Append("\n## The runs\n\n| Seed | Events | Digest |\n|---|---|---|\n");
        foreach (var run in output.Runs)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {run.Seed} | {run.Events:#,0} | `{run.Digest}` |\n");
        }

        return text.ToString();
    }

    private static string Shown(double? value) => ValidateCommand.Number(value);

    private static string RootOf(string folder) => File.Exists(Path.Combine(folder, "DataExchange.sln")) ? folder : RootOf(Path.GetDirectoryName(folder.TrimEnd('/'))!);

    [GeneratedRegex(@"\bA\d+\b")]
    private static partial Regex Number();
}
