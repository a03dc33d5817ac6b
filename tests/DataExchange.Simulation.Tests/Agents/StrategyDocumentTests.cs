using System.Globalization;
using System.Text;
using DataExchange.Simulation.Agents.Strategies;

namespace DataExchange.Simulation.Tests.Agents;

/// <summary>docs/agents.md lists the built-in strategies with their parameters.</summary>
public sealed class StrategyDocumentTests
{
    private const string Begin = "<!-- strategies: written by the tests with DX_UPDATE=1 -->\n";
    private const string End = "<!-- end -->";

    [Fact]
    public void The_table_of_strategies_is_that_of_the_program()
    {
        var path = Path.Combine(Root(), "docs", "agents.md");
        var text = File.ReadAllText(path);
        var from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = text.IndexOf(End, from, StringComparison.Ordinal);
        var table = Table();
        if (Environment.GetEnvironmentVariable("DX_UPDATE") == "1")
        {
            File.WriteAllText(path, text[..from] + table + text[to..]);
            return;
        }

        Assert.Equal(table, text[from..to]);
    }

    private static string Table()
    {
        var table = new StringBuilder("\n| Strategy 策略 | Parameter 参数 | Allowed | Value | What it is |\n|---|---|---|---|---|\n");
        foreach (var strategy in StrategyCatalogue.BuiltIn.All)
        {
            table.Append(CultureInfo.InvariantCulture, $"| **`{strategy.Name}`** {strategy.Text.Zh} | | from {strategy.FewestMembers} members | | {strategy.Text.En} |\n");
            foreach (var one in strategy.Parameters)
            {
                table.Append(CultureInfo.InvariantCulture, $"| | `{one.Name}` {one.Zh} | {one.Least} … {one.Most} | {one.Value} | {one.En} |\n");
            }
        }

        return table.Append('\n').ToString();
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DataExchange.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
