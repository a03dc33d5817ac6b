using System.Text;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Plots;

/// <summary>Size of a drawing in its own units, which are pixels at the width it is made for.</summary>
/// <param name="Width">Units across.</param>
/// <param name="Height">Units down.</param>
/// <param name="IsNarrow">Made for a telephone: fewer ticks.</param>
internal sealed record PlotSize(int Width, int Height, bool IsNarrow);

/// <summary>A drawing with axes: left, right, top and bottom of the plotting area, and what is drawn so far.</summary>
internal sealed class Canvas(PlotSize size, int left = 58, int right = 24, int top = 16, int bottom = 30)
{
    private readonly StringBuilder _svg = new();

    internal PlotSize Size => size;

    internal double Left => left;

    internal double Right => size.Width - right;

    internal double Top => top;

    internal double Bottom => size.Height - bottom;

    internal double X(double share) => Left + ((Right - Left) * share);

    internal double Y(double share) => Bottom - ((Bottom - Top) * share);

    internal Canvas Line(double x1, double y1, double x2, double y2, string kind)
    {
        _svg.Append($"<line class=\"{kind}\" x1=\"{Markup.N(x1)}\" y1=\"{Markup.N(y1)}\" x2=\"{Markup.N(x2)}\" y2=\"{Markup.N(y2)}\"/>");
        return this;
    }

    internal Canvas Rectangle(double x, double y, double width, double height, string kind)
    {
        if (height > 0 && width > 0)
        {
            _svg.Append($"<rect class=\"{kind}\" x=\"{Markup.N(x)}\" y=\"{Markup.N(y)}\" width=\"{Markup.N(width)}\" height=\"{Markup.N(height)}\"/>");
        }

        return this;
    }

    internal Canvas Path(IEnumerable<(double X, double Y)> points, string kind, bool close = false)
    {
        var path = string.Join('L', points.Select(point => $"{Markup.N(point.X)} {Markup.N(point.Y)}"));
        if (path.Length > 0)
        {
            _svg.Append($"<path class=\"{kind}\" d=\"M{path}{(close ? "Z" : "")}\"/>");
        }

        return this;
    }

    internal Canvas Dots(IEnumerable<(double X, double Y)> points, string kind)
    {
        foreach (var (x, y) in points)
        {
            _svg.Append($"<circle class=\"{kind}\" cx=\"{Markup.N(x)}\" cy=\"{Markup.N(y)}\" r=\"2\"/>");
        }

        return this;
    }

    internal Canvas Label(double x, double y, Text text, string anchor = "middle", string kind = "tick")
    {
        foreach (var (language, words) in text.Zh == text.En ? [("", text.En)] : new[] { (" zh", text.Zh), (" en", text.En) })
        {
            _svg.Append($"<text class=\"{kind}{language}\" x=\"{Markup.N(x)}\" y=\"{Markup.N(y)}\" text-anchor=\"{anchor}\">{Markup.Escape(words)}</text>");
        }

        return this;
    }

    /// <summary>Horizontal grid lines with their labels at the left.</summary>
    internal Canvas LeftAxis(IEnumerable<(double Share, Text Label)> ticks)
    {
        foreach (var (share, label) in ticks)
        {
            Line(Left, Y(share), Right, Y(share), "grid").Label(Left - 7, Y(share) + 4, label, "end");
        }

        return this;
    }

    /// <summary>Ticks with their labels at the bottom.</summary>
    internal Canvas BottomAxis(IEnumerable<(double Share, Text Label)> ticks)
    {
        Line(Left, Bottom, Right, Bottom, "axis");
        foreach (var (share, label) in ticks)
        {
            Line(X(share), Bottom, X(share), Bottom + 5, "axis").Label(X(share), Bottom + 19, label);
        }

        return this;
    }

    /// <summary>The drawing, labelled by an element of the page.</summary>
    internal string ToSvg(string labelledBy) =>
        $"<svg class=\"{(size.IsNarrow ? "narrow" : "wide")}\" viewBox=\"0 0 {size.Width} {size.Height}\" role=\"img\" aria-labelledby=\"{labelledBy}\" focusable=\"false\">{_svg}</svg>";
}
