namespace DataExchange.Reports.Tests.Report;

public sealed class ReportPageTests(SampleReport report) : IClassFixture<SampleReport>
{
    [Fact]
    public void The_page_is_one_file_that_asks_for_nothing_else()
    {
        var html = File.ReadAllText(report.Page);

        Assert.InRange(html.Length, 50_000, 3_000_000);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
    }
}
