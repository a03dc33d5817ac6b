using System.Text.RegularExpressions;
using DataExchange.Scenarios;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Architecture.Tests;

/// <summary>docs/assumptions.md numbers every assumption, and scenario and code name the numbers.</summary>
public sealed partial class AssumptionTests
{
    private const string BuiltIn = "hangzhou-2025";
    private static readonly string DocumentPath = Path.Combine(Sources.Root, "docs", "assumptions.md");
    private static readonly string Document = File.ReadAllText(DocumentPath);
    private static readonly IReadOnlyList<ScenarioFigure> Figures = ScenarioFigures.Of(ScenarioCatalogue.TextOf(BuiltIn));

    private static Match[] Rows { get; } = [.. Row().Matches(Document).Cast<Match>()];

    [Fact]
    public void No_number_is_given_twice_and_none_is_left_out() =>
        Assert.Equal(Enumerable.Range(1, Rows.Length).Select(number => $"A{number}"), Rows.Select(NumberOf).OrderBy(number => int.Parse(number[1..], System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Every_figure_that_is_assumed_names_its_assumption()
    {
        var known = Rows.Select(NumberOf).ToHashSet();
        var nameless = Figures.Where(figure => figure.Figure.Provenance == Provenance.Assumed && figure.Figure.Assumption is null).Select(figure => figure.Path).ToArray();
        Assert.True(nameless.Length == 0, $"assumed, but without the number of an assumption (docs/assumptions.md has them; the next is A{Rows.Length + 1}): {string.Join(", ", nameless)}");
        Assert.Empty(Figures.Where(figure => figure.Figure.Assumption is { } number && !known.Contains(number)).Select(figure => $"{figure.Path} names {figure.Figure.Assumption}"));
    }

    [Fact]
    public void An_assumption_stands_in_figures_or_in_code_that_names_it()
    {
        Assert.All(Rows, row => Assert.True(
            FiguresOf(NumberOf(row)).Length > 0 ^ FilesOf(row).Length > 0, $"{NumberOf(row)} must stand either in figures of the scenario or in the code"));
        Assert.All(Rows, row => Assert.All(FilesOf(row), file => Assert.Matches($@"\b{NumberOf(row)}\b", File.ReadAllText(Path.Combine(Sources.Root, file)))));
    }

    [Fact]
    public void The_code_names_no_assumption_that_is_not_there()
    {
        var places = Rows.SelectMany(row => FilesOf(row).Select(file => (NumberOf(row), file))).ToHashSet();
        Assert.Empty(
            from file in Sources.Files
            where file.StartsWith("src/DataExchange.Simulation/", StringComparison.Ordinal)
            from Match comment in Comment().Matches(File.ReadAllText(Path.Combine(Sources.Root, file)))
            from Match number in Number().Matches(comment.Value)
            where !places.Contains((number.Value, file))
            select $"{file} names {number.Value}");
    }

    /// <summary>Each alone must be a setting, and all of them together a scenario.</summary>
    [Fact]
    public void What_varies_an_assumption_is_a_setting_of_one_of_its_figures()
    {
        var rows = Rows.Where(row => FilesOf(row).Length == 0).ToArray();
        var settings = Array.ConvertAll(rows, row => Setting().Match(row.Groups["vary"].Value).Groups[1].Value);
        Assert.All(rows.Zip(settings), one => Assert.Contains(
            Figures, figure => figure.Figure.Assumption == NumberOf(one.First) && one.Second.StartsWith(figure.Path + "=", StringComparison.Ordinal)));
        var scenario = ScenarioCatalogue.Load(BuiltIn, settings);
        var changed = ScenarioFigures.Of(scenario.Text);
        Assert.All(settings, setting => Assert.NotEqual(ValueOf(Figures, setting), ValueOf(changed, setting)));
        Assert.Equal(Figures.Select(figure => figure.Figure.Assumption), changed.Select(figure => figure.Figure.Assumption));
    }

    /// <summary>With DX_UPDATE=1 the cells are renewed.</summary>
    [Fact]
    public void The_figures_of_each_assumption_are_those_that_name_it()
    {
        var renewed = Row().Replace(Document, row => FilesOf(row).Length > 0
            ? row.Value
            : row.Value[..(row.Groups["where"].Index - row.Index)] + string.Join(", ", FiguresOf(NumberOf(row)).Select(path => $"`{path}`")) + " |");
        if (Environment.GetEnvironmentVariable("DX_UPDATE") == "1")
        {
            File.WriteAllText(DocumentPath, renewed);
            return;
        }

        Assert.True(renewed == Document, "docs/assumptions.md is behind the scenario; set DX_UPDATE=1 to renew its last column");
    }

    private static string NumberOf(Match row) => row.Groups["number"].Value;

    private static string[] FilesOf(Match row) =>
        [.. Quoted().Matches(row.Groups["where"].Value).Select(match => match.Groups[1].Value).Where(path => path.StartsWith("src/", StringComparison.Ordinal))];

    // As docs/scenario.md has their paths: items of lists and entries of maps all in one.
    private static string[] FiguresOf(string number) =>
    [
        .. Figures.Where(figure => figure.Figure.Assumption == number)
            .Select(figure => Entry().Replace(Item().Replace(figure.Path, "[]"), "$1.*")).Distinct(),
    ];

    private static double ValueOf(IReadOnlyList<ScenarioFigure> figures, string setting) =>
        figures.First(figure => setting.StartsWith(figure.Path + "=", StringComparison.Ordinal)).Figure.Value;

    [GeneratedRegex(@"^\| (?<number>A\d+) \| [^|]+ \| [^|]+ \| [^|]+ \| (?<vary>[^|]+) \| (?<where>[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^`--set '([^']+)'`$")]
    private static partial Regex Setting();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Item();

    [GeneratedRegex(@"(listingsByYear|dealsByYear|categories|forms|orderKinds)\.[^.]+$")]
    private static partial Regex Entry();

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bA\d+\b")]
    private static partial Regex Number();
}
