using DataExchange.Cli.Running;

namespace DataExchange.Cli.Tests;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_line_up_where_Chinese_takes_two_cells()
    {
        var table = new TextTable(new("形式 form"), new("yuan", IsNumber: true), new("title"));
        table.Add("数据接口", "1.00", "a");
        table.Add("API", "1,234.50", "b");
        Assert.Equal(
            """
            形式 form      yuan  title
            数据接口       1.00  a
            API        1,234.50  b

            """,
            Written(table, null));
    }

    [Fact]
    public void Nothing_is_cut_where_the_last_column_would_all_but_vanish()
    {
        var table = new TextTable(new("product"), new("title"));
        table.Add("product/P000001", "杭州市数据要素市场指数查询接口");
        Assert.EndsWith("  杭州市数据要素市场指数查询接口\n", Written(table, 36), StringComparison.Ordinal);
        Assert.EndsWith("  杭州市数据要素市场…\n", Written(table, 37), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_is_cut_to_the_width_of_a_terminal_and_never_otherwise()
    {
        var table = new TextTable(new TextColumn("title"));
        table.Add("杭州市数据要素市场指数查询接口");
        Assert.Equal("title\n杭州市数据要素市场…\n", Written(table, 20));
        Assert.Equal("title\n杭州市数据要素市场指数查询接口\n", Written(table, 30));
        Assert.Equal("title\n杭州市数据要素市场指数查询接口\n", Written(table, null));
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("数据", 4)]
    [InlineData("（元）", 6)]
    [InlineData("𠀀", 2)]
    [InlineData("é–", 2)]
    public void Width_is_counted_in_cells(string text, int cells) => Assert.Equal(cells, TextTable.CellsOf(text));

    private static string Written(TextTable table, int? width)
    {
        var output = new StringWriter { NewLine = "\n" };
        table.WriteTo(output, width);
        return output.ToString();
    }
}
