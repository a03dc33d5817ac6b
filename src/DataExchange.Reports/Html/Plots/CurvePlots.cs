using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Plots;

/// <summary>Plots of distributions.</summary>
internal static class CurvePlots
{
    /// <summary>Complementary cumulative distributions, both axes logarithmic.</summary>
    internal static Canvas Tails(
        PlotSize size, IReadOnlyList<(int Series, IReadOnlyList<(double Value, double Share)> Points)> curves, Func<double, Text> tick)
    {
        var canvas = new Canvas(size, bottom: 30);
        var values = curves.SelectMany(curve => curve.Points).ToList();
        if (values.Count == 0)
        {
            return canvas.Label(size.Width / 2d, size.Height / 2d, new("无数据", "No data"));
        }

        var across = Ticks.Decades(values.Min(point => point.Value), values.Max(point => point.Value));
        var down = Ticks.Decades(values.Min(point => point.Share), 1);
        canvas.LeftAxis(down.Select(power => (Place(power, down), Share(power))));
        var every = (int)Math.Ceiling(across.Length * 52d / (canvas.Right - canvas.Left));
        canvas.BottomAxis(across.Where((_, i) => i % every == 0).Select(power => (Place(power, across), tick(Math.Pow(10, power)))));
        foreach (var (series, points) in curves)
        {
            var placed = points
                .Select(point => (canvas.X(Place(Math.Log10(point.Value), across)), canvas.Y(Place(Math.Log10(point.Share), down))))
                .ToList();
            canvas.Path(placed, $"line s{series} d{series}").Dots(placed.Count <= 40 ? placed : [], $"fill s{series}");
        }

        return canvas;
    }

    /// <summary>Lorenz curves under the line of equality.</summary>
    internal static Canvas Lorenz(PlotSize size, IReadOnlyList<IReadOnlyList<(double Holders, double Share)>> curves)
    {
        var canvas = new Canvas(size);
        double[] quarters = [0, 0.25, 0.5, 0.75, 1];
        canvas.LeftAxis(quarters.Select(q => (q, Text.Same(Numbers.Percent(q, 0)))))
            .BottomAxis(quarters.Select(q => (q, Text.Same(Numbers.Percent(q, 0)))))
            .Line(canvas.X(0), canvas.Y(0), canvas.X(1), canvas.Y(1), "equality");
        for (var c = 0; c < curves.Count; c++)
        {
            canvas.Path(curves[c].Select(point => (canvas.X(point.Holders), canvas.Y(point.Share))), $"line s{c + 1} d{c + 1}");
        }

        return canvas;
    }

    /// <summary>Twelve columns, one marked.</summary>
    internal static Canvas Season(PlotSize size, IReadOnlyList<int> months, int markedMonth)
    {
        var canvas = new Canvas(size, left: 44);
        var ticks = Ticks.Linear(months.Max(), 4);
        canvas.LeftAxis(ticks.Select(t => (t / ticks[^1], Text.Same(Numbers.Count((long)t)))));
        var width = (canvas.Right - canvas.Left) / 12;
        for (var m = 0; m < 12; m++)
        {
            var top = canvas.Y(months[m] / ticks[^1]);
            canvas.Rectangle(
                canvas.Left + ((m + 0.14) * width), top, width * 0.72, canvas.Bottom - top, m + 1 == markedMonth ? "fill s2" : "fill s1");
        }

        return canvas.BottomAxis([])
            .Labels(Enumerable.Range(1, 12).Select(m => (canvas.Left + ((m - 0.5) * width), Short(m, size))));
    }

    private static Canvas Labels(this Canvas canvas, IEnumerable<(double X, Text Label)> labels)
    {
        foreach (var (x, label) in labels)
        {
            canvas.Label(x, canvas.Bottom + 19, label);
        }

        return canvas;
    }

    private static Text Short(int month, PlotSize size)
    {
        var name = Numbers.MonthOfYear(month);
        return size.IsNarrow ? new(name.Zh[..^1], name.En[..1]) : name;
    }

    private static double Place(double power, int[] decades) => (power - decades[0]) / (decades[^1] - decades[0]);

    private static Text Share(int power) => Text.Same(power switch
    {
        0 => "100 %",
        -1 => "10 %",
        -2 => "1 %",
        _ => $"{Numbers.Plain(Math.Pow(10, power + 2))} %",
    });
}
