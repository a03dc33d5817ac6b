using System.Globalization;
using DataExchange.Reports.Html;
using DataExchange.Reports.Html.Plots;
using DataExchange.Reports.Words;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Overview;

/// <summary>The drawings of the first page, as SVG made on the server, each wide and for a telephone. Their words are in one language.</summary>
internal static class OverviewPlots
{
    private static readonly PlotSize Wide = new(1_060, 360, false);
    private static readonly PlotSize Narrow = new(330, 260, true);

    internal static string Amount(MarketOverview market, long? publishedFen, Locale locale, string labelledBy) => Both(
        size => TimePlots.Cumulative(
            size, market.Months, market.Amounts,
            publishedFen is { } fen ? new(fen / 100d, Text.Same(locale.With("overview.pastMark", locale.Amount(fen)))) : null,
            yuan => In(locale, Numbers.YuanTick(yuan))),
        labelledBy);

    internal static string Products(MarketOverview market, int? published, Locale locale, string labelledBy) => Both(
        size => TimePlots.Cumulative(
            size, market.Months, [market.Listed], published is { } products ? new(products, Text.Same(locale.With("overview.nearlyMark", Locale.Count(products)))) : null,
            number => Text.Same(Locale.Count((long)number))),
        labelledBy);

    internal static string Days(MarketOverview market, string labelledBy) => Both(size => DaysOf(market.Days, size), labelledBy);

    private static Canvas DaysOf(IReadOnlyList<(DateOnly Day, long Deals)> days, PlotSize size)
    {
        var canvas = new Canvas(size);
        var ticks = Ticks.Linear(days.Count == 0 ? 0 : days.Max(day => day.Deals), size.IsNarrow ? 4 : 5);
        canvas.LeftAxis(ticks.Select(tick => (tick / ticks[^1], Text.Same(Locale.Count((long)tick)))));
        var width = 1d / Math.Max(1, days.Count);
        canvas.Path(
            days.SelectMany((day, i) => new[] { (canvas.X(i * width), canvas.Y(day.Deals / ticks[^1])), (canvas.X((i + 1) * width), canvas.Y(day.Deals / ticks[^1])) })
                .Prepend((canvas.Left, canvas.Bottom)).Append((canvas.Right, canvas.Bottom)),
            "fill s1", close: true);
        var every = (int)Math.Max(1, Math.Ceiling(days.Count / 365.25 * 42 / (size.Width - 70)));
        return canvas.BottomAxis(days.Select((day, i) => (day.Day, Share: i * width)).Where(day => day.Day is { Month: 1, Day: 1 } && day.Day.Year % every == 0)
            .Select(day => (day.Share, Text.Same(day.Day.Year.ToString(CultureInfo.InvariantCulture)))));
    }

    private static string Both(Func<PlotSize, Canvas> draw, string labelledBy) => draw(Wide).ToSvg(labelledBy) + draw(Narrow).ToSvg(labelledBy);

    private static Text In(Locale locale, Text text) => Text.Same(locale.Of(text));
}
