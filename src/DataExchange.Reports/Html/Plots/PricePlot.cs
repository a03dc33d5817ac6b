using System.Globalization;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Plots;

/// <summary>Prices above, volume below, over the days between the first and the last trade.</summary>
internal static class PricePlot
{
    private const double TopOfVolume = 0.24;
    private const double BottomOfPrices = 0.32;
    private static readonly int[] MonthsBetweenTicks = [1, 2, 3, 6, 12];

    /// <param name="size">Size of the drawing.</param>
    /// <param name="days">Days with trades, in order; one at least.</param>
    /// <param name="postedFen">A price to be drawn as a line across, fen.</param>
    internal static Canvas Daily(PlotSize size, IReadOnlyList<BookDay> days, long postedFen)
    {
        var canvas = new Canvas(size, left: 66);
        var first = days[0].Day.DayNumber;
        var count = days[^1].Day.DayNumber - first + 1;
        var prices = PriceTicks(
            Math.Min(days.Min(day => day.LowFen!.Value), postedFen) / 100d, Math.Max(days.Max(day => day.HighFen!.Value), postedFen) / 100d);
        var volumes = Ticks.Linear(days.Max(day => day.Packs), 2);
        canvas.LeftAxis(prices.Select(price => (PriceShare(price), Text.Same(Numbers.Plain(price)))));
        canvas.LeftAxis(volumes.Select(packs => (VolumeShare(packs), Text.Same(Numbers.Count((long)packs)))));
        var width = (canvas.Right - canvas.Left) / count;
        foreach (var day in days)
        {
            var x = canvas.Left + ((day.Day.DayNumber - first) * width);
            var (issued, all) = (canvas.Y(VolumeShare(day.PrimaryPacks)), canvas.Y(VolumeShare(day.Packs)));
            canvas.Rectangle(x + (width * 0.1), issued, width * 0.8, canvas.Bottom - issued, "fill s2")
                .Rectangle(x + (width * 0.1), all, width * 0.8, issued - all, "fill s3")
                .Line(x + (width / 2), Price(day.LowFen), x + (width / 2), Price(day.HighFen), "line s1");
        }

        canvas.Path(days.Select(day => (canvas.Left + ((day.Day.DayNumber - first + 0.5) * width), Price(day.CloseFen))), "line s1");
        var posted = canvas.Y(PriceShare(postedFen / 100d));
        canvas.Line(canvas.Left, posted, canvas.Right, posted, "mark")
            .Label(canvas.Left + 8, posted - 6, new("货架价", "price on the shelf"), "start", "marked");
        return canvas.BottomAxis(Months(days[0].Day, count, size));

        double Price(long? fen) => canvas.Y(PriceShare(fen!.Value / 100d));

        double PriceShare(double price) => BottomOfPrices + ((1 - BottomOfPrices) * (price - prices[0]) / (prices[^1] - prices[0]));

        double VolumeShare(double packs) => TopOfVolume * packs / volumes[^1];
    }

    /// <summary>Round prices from at or below the lowest to at or above the highest.</summary>
    internal static double[] PriceTicks(double lowest, double highest)
    {
        // A price that never moved gets room around it.
        var room = highest > lowest ? highest - lowest : Math.Max(0.02, highest * 0.1);
        // There is no price between one fen and the next.
        var step = Math.Max(0.01, Ticks.Linear(room, 4)[1]);
        var low = (long)Math.Floor((lowest / step) + 1e-9);
        var high = Math.Max(low + 1, (long)Math.Ceiling((highest / step) - 1e-9));
        return [.. Enumerable.Range(0, (int)(high - low) + 1).Select(i => Math.Round((low + i) * step, 2))];
    }

    /// <summary>A tick at the first of a month, or of fewer when they would touch; the first day alone when there is no first of a month.</summary>
    private static List<(double Share, Text Label)> Months(DateOnly first, int count, PlotSize size)
    {
        var every = MonthsBetweenTicks.FirstOrDefault(months => count / 30.4 / months * 64 <= size.Width - 90, 12);
        var ticks = Enumerable.Range(0, count).Select(first.AddDays)
            .Where(day => day.Day == 1 && (day.Month - 1) % every == 0)
            .Select(day => ((day.DayNumber - first.DayNumber) / (double)count, Numbers.Month(day)))
            .ToList();
        return ticks.Count > 0 ? ticks : [(0.5 / count, Text.Same(first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))];
    }
}
