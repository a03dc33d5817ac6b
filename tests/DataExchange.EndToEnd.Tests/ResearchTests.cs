using System.Globalization;
using System.Text;

namespace DataExchange.EndToEnd.Tests;

/// <summary>docs/research.md: its queries run, print what it says, and come to what the report of the same run says.</summary>
[Collection(nameof(ExportedTables))]
public sealed class ResearchTests(ExportedTables exported)
{
    private const string Fence = "```";

    [Fact]
    public async Task The_walk_through_prints_what_its_queries_give()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "research.md"), TestContext.Current.CancellationToken);
        var renewed = Renewed(text);
        if (Environment.GetEnvironmentVariable("DX_UPDATE") == "1")
        {
            await File.WriteAllTextAsync(PathInRepository(), renewed, TestContext.Current.CancellationToken);
        }
        else
        {
            Assert.Equal(text, renewed);
        }
    }

    [Fact]
    public void Its_figures_are_those_of_the_report()
    {
        using var db = exported.Open();
        var quality = Row("market_quality.csv", "all");
        var sales = "(SELECT sum(sales_fen - resales_fen)::DOUBLE AS x FROM products WHERE listed_at IS NOT NULL GROUP BY provider)";
        Near(quality["hhi"], db.Real($"SELECT sum(x * x) / (sum(x) * sum(x)) FROM {sales}"));
        var walk = Queries();
        Near(quality["gini"], Of(walk[3], "gini"), 1e-6);
        Near(quality["hhi"], Of(walk[3], "hhi"), 1e-6);
        Near(quality["providers"], Of(walk[3], "providers"));
        Near(quality["products"], Of(walk[4], "products"));
        Near(quality["sold_share"], Of(walk[4], "sold_share"), 1e-6);
        Near(quality["days_to_first_sale_p50"], Of(walk[4], "days_p50"));
        Near(quality["days_to_first_sale_p90"], Of(walk[4], "days_p90"), 1e-3);
        foreach (var row in walk[2].Rows)
        {
            var dispersion = Row("price_dispersion.csv", row[0]);
            string[] names = ["places", "price_q1_fen", "price_median_fen", "price_q3_fen", "quartile_coefficient", "coefficient_of_variation"];
            for (var i = 0; i < names.Length; i++)
            {
                if (dispersion[names[i]] is { Length: > 0 } value)
                {
                    Near(value, double.Parse(row[i + 1], CultureInfo.InvariantCulture), 1e-4);
                }
            }
        }

        Assert.Equal(db.Number("SELECT sum(views) FROM listings"), walk[^1].Rows.Sum(row => long.Parse(row[2], CultureInfo.InvariantCulture)));
        return;

        double Of((string[] Columns, IReadOnlyList<string[]> Rows) result, string column) =>
            double.Parse(Assert.Single(result.Rows)[Array.IndexOf(result.Columns, column)], CultureInfo.InvariantCulture);
    }

    private static void Near(string expected, double found, double tolerance = 1e-9) =>
        Assert.InRange(found, double.Parse(expected, CultureInfo.InvariantCulture) - tolerance, double.Parse(expected, CultureInfo.InvariantCulture) + tolerance);

    private List<(string[] Columns, IReadOnlyList<string[]> Rows)> Queries()
    {
        using var db = exported.Open();
        return [.. Blocks(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "research.md"))).Select(db.Query)];
    }

    private static IEnumerable<string> Blocks(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] == Fence + "sql")
            {
                var end = Array.IndexOf(lines, Fence, i);
                yield return string.Join('\n', lines[(i + 1)..end]);
                i = end;
            }
        }
    }

    // The page with the table after each query made anew.
    private string Renewed(string text)
    {
        var results = new Queue<(string[] Columns, IReadOnlyList<string[]> Rows)>(Queries());
        var lines = text.TrimEnd('\n').Split('\n');
        var made = new StringBuilder();
        var isSql = false;
        for (var i = 0; i < lines.Length; i++)
        {
            made.Append(lines[i]).Append('\n');
            isSql |= lines[i] == Fence + "sql";
            if (isSql && lines[i] == Fence)
            {
                isSql = false;
                Append(results.Dequeue(), made);
                for (i++; i < lines.Length && (lines[i].Length == 0 || lines[i].StartsWith('|')); i++)
                {
                    // What stood there.
                }

                if (i < lines.Length)
                {
                    made.Append('\n');
                }

                i--;
            }
        }

        return made.ToString();
    }

    private static void Append((string[] Columns, IReadOnlyList<string[]> Rows) result, StringBuilder made)
    {
        made.Append($"\n| {string.Join(" | ", result.Columns)} |\n|{string.Concat(result.Columns.Select(_ => "---|"))}\n");
        foreach (var row in result.Rows)
        {
            made.Append($"| {string.Join(" | ", row.Select(cell => cell == "∅" ? "" : cell))} |\n");
        }
    }

    private Dictionary<string, string> Row(string file, string first)
    {
        var lines = File.ReadAllLines(Path.Combine(exported.Market.Data, "report", file));
        return lines[0].TrimStart('\uFEFF').Split(',').Zip(lines.Single(line => line.StartsWith(first + ",", StringComparison.Ordinal)).Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static string PathInRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "DataExchange.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "docs", "research.md");
    }
}
