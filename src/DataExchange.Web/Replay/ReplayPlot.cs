using System.Globalization;
using DataExchange.Web.Chain;

namespace DataExchange.Web.Replay;

/// <summary>The curve of the cumulative amount: faint as it will be, strong as far as it has come. The script draws the strong part on.</summary>
internal static class ReplayPlot
{
    internal const int Width = 1_000;
    internal const int Height = 260;

    internal static string Draw(MarketReplay replay, ReplayDay now, string labelledBy)
    {
        var svg = ChainPlot.Begin(Width, Height, labelledBy, "replay");
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"0\" y1=\"{Height}\" x2=\"{Width}\" y2=\"{Height}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line s1 replay-all\" d=\"{PathOf(replay, replay.Days.Count - 1)}\"/><path class=\"line s1\" id=\"replay-line\" d=\"{PathOf(replay, replay.Days.ToList().IndexOf(now))}\"/>");
        return svg.Append("</svg>").ToString();
    }

    // A point a week is finer than a line is thick; the last one is always there.
    private static string PathOf(MarketReplay replay, int last)
    {
        var most = Math.Max(1, replay.Days[^1].AmountFen);
        return "M" + string.Join('L', Enumerable.Range(0, last + 1).Where(i => i % 7 == 0 || i == last).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{i * (double)Width / Math.Max(1, replay.Days.Count - 1):0.#} {Height - ((Height - 10) * (double)replay.Days[i].AmountFen / most):0.#}")));
    }
}
