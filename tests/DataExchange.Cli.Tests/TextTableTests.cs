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
    public void A_line_is_cut_to_the_width_of_a_terminal_and_never_otherwise()
    {
        var table = new TextTable(new TextColumn("title"));
        table.Add("杭州市数据");
        Assert.Equal("title\n杭州…\n", Written(table, 6));
        Assert.Equal("title\n杭州市数据\n", Written(table, 10));
        Assert.Equal("title\n杭州市数据\n", Written(table, null));
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
