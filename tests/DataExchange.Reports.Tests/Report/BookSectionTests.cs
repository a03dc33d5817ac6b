using System.Text.RegularExpressions;
using DataExchange.Domain.Trading;
using DataExchange.Reports.Html.Plots;

namespace DataExchange.Reports.Tests.Report;

public sealed class BookSectionTests(SampleReport report) : IClassFixture<SampleReport>
{
    [Fact]
    public void The_section_shows_each_book_with_its_figures_in_both_languages()
    {
        var section = Regex.Match(File.ReadAllText(report.Page), "<section id=\"books\".*?</section>", RegexOptions.Singleline).Value;
        var trades = report.Events.Select(recorded => recorded.Data).OfType<PacksTraded>().ToList();
        var largest = trades.GroupBy(e => e.Product.Value).OrderByDescending(g => g.Sum(e => e.AmountFen)).ThenBy(g => g.Key, StringComparer.Ordinal).First();

        Assert.NotEmpty(trades);
        Assert.Contains(">订单簿<", section, StringComparison.Ordinal);
        Assert.Contains(">Order books<", section, StringComparison.Ordinal);
        Assert.Equal(largest.Key, report.Figures.OrderBooks!.Books[0].Product);
        Assert.Contains($"The book with the largest amount ({largest.Key})", section, StringComparison.Ordinal);
        Assert.Contains(
            $"<td class=\"number\">{largest.Count():N0}</td><td class=\"number\">{largest.Sum(e => e.Quantity):N0}</td>", section, StringComparison.Ordinal);
        Assert.Contains("cancelled: asked for by its party", section, StringComparison.Ordinal);
        Assert.Contains("拒绝：", section, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 10, 9.5)]
    [InlineData(9.8, 12.3, 9)]
    [InlineData(0.01, 0.02, 0)]
    public void Price_ticks_are_round_and_span_the_prices(double lowest, double highest, double first)
    {
        var ticks = PricePlot.PriceTicks(lowest, highest);

        Assert.True(ticks[0] <= lowest && ticks[^1] >= highest && ticks.Length is >= 2 and <= 8, string.Join(' ', ticks));
        Assert.Equal(ticks.Distinct(), ticks);
        Assert.True(ticks[0] >= first, $"{ticks[0]}");
    }
}
