using System.Globalization;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Plots;

/// <summary>A published figure to be drawn as a line across.</summary>
internal sealed record Mark(double Value, Text Label);

/// <summary>Plots over months.</summary>
internal static class TimePlots
{
    /// <summary>Cumulative sums of several series, one upon the other, as areas.</summary>
    internal static Canvas Cumulative(
        PlotSize size, IReadOnlyList<DateOnly> months, IReadOnlyList<IReadOnlyList<double>> series, Mark? mark, Func<double, Text> tick)
    {
        var canvas = new Canvas(size);
        var sums = new double[series.Count + 1][];
        sums[0] = new double[months.Count];
        for (var s = 0; s < series.Count; s++)
        {
            sums[s + 1] = new double[months.Count];
            var running = 0d;
            for (var m = 0; m < months.Count; m++)
            {
                running += series[s][m];
                sums[s + 1][m] = sums[s][m] + running;
            }
        }

        var ticks = Ticks.Linear(Math.Max(sums[^1].LastOrDefault(), (mark?.Value ?? 0) * 1.04), size.IsNarrow ? 4 : 5);
        canvas.LeftAxis(ticks.Select(t => (t / ticks[^1], tick(t))));
        for (var s = 0; s < series.Count; s++)
        {
            var upper = Points(sums[s + 1]);
            canvas.Path([.. upper, .. Points(sums[s]).Reverse()], $"area s{s + 1}", close: true).Path(upper, $"line s{s + 1}");
        }

        canvas.BottomAxis(Years(months, size));
        if (mark is not null)
        {
            var y = canvas.Y(mark.Value / ticks[^1]);
            canvas.Line(canvas.Left, y, canvas.Right, y, "mark").Label(canvas.Left + 8, y - 6, mark.Label, "start", "marked");
        }

        return canvas;

        (double X, double Y)[] Points(double[] values) =>
            [.. values.Select((value, m) => (canvas.X((m + 1d) / months.Count), canvas.Y(value / ticks[^1])))];
    }

    /// <summary>Columns of several series, one upon the other.</summary>
    internal static Canvas Columns(
        PlotSize size, IReadOnlyList<DateOnly> months, IReadOnlyList<IReadOnlyList<double>> series, Func<double, Text> tick)
    {
        var canvas = new Canvas(size);
        var largest = months.Count == 0 ? 0 : Enumerable.Range(0, months.Count).Max(m => series.Sum(values => values[m]));
        var ticks = Ticks.Linear(largest, size.IsNarrow ? 4 : 5);
        canvas.LeftAxis(ticks.Select(t => (t / ticks[^1], tick(t))));
        var width = (canvas.Right - canvas.Left) / Math.Max(1, months.Count);
        for (var m = 0; m < months.Count; m++)
        {
            var below = 0d;
            for (var s = 0; s < series.Count; s++)
            {
                var top = canvas.Y((below + series[s][m]) / ticks[^1]);
                canvas.Rectangle(canvas.Left + (m * width) + (width * 0.1), top, width * 0.8, canvas.Y(below / ticks[^1]) - top, $"fill s{s + 1}");
                below += series[s][m];
            }
        }

        return canvas.BottomAxis(Years(months, size));
    }

    /// <summary>A tick at each January; fewer when they would touch.</summary>
    private static IEnumerable<(double Share, Text Label)> Years(IReadOnlyList<DateOnly> months, PlotSize size)
    {
        var years = months.Count / 12d;
        var every = (int)Math.Max(1, Math.Ceiling(years * 42 / (size.Width - 70)));
        for (var m = 0; m < months.Count; m++)
        {
            if (months[m].Month == 1 && months[m].Year % every == 0)
            {
                yield return (m / (double)months.Count, Text.Same(months[m].Year.ToString(CultureInfo.InvariantCulture)));
            }
        }
    }
}
