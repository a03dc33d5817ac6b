using System.Globalization;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html;

/// <summary>Figures as people read them, in either language.</summary>
internal static class Numbers
{
    internal static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Percent(double share, int decimals = 1) =>
        (share * 100).ToString($"F{decimals}", CultureInfo.InvariantCulture) + " %";

    internal static string Plain(double number) =>
        Math.Abs(number) >= 1000 && Math.Floor(number) == number ? number.ToString("N0", CultureInfo.InvariantCulture)
        : number.ToString(Math.Abs(number) >= 1000 ? "N1" : "0.####", CultureInfo.InvariantCulture);

    /// <summary>An amount rounded to what the eye takes in: 93.12 亿元, 9.31 bn yuan.</summary>
    internal static Text Yuan(double fen)
    {
        var (zh, en) = Parts(fen / 100, "0.00");
        return new(zh + "元", en + " yuan");
    }

    /// <summary>The same for an axis: 20亿, 2 bn.</summary>
    internal static Text YuanTick(double yuan)
    {
        var (zh, en) = Parts(yuan, "0.##");
        return new(zh, en);
    }

    internal static Text Month(DateOnly month) => Text.Same(month.ToString("yyyy-MM", CultureInfo.InvariantCulture));

    internal static Text MonthOfYear(int month) => new(
        $"{month}月", CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month));

    private static (string Zh, string En) Parts(double yuan, string format) => (
        yuan >= 1e8 ? F(yuan / 1e8, format) + " 亿" : yuan >= 1e4 ? F(yuan / 1e4, format) + " 万" : F(yuan, format) + " ",
        yuan >= 1e9 ? F(yuan / 1e9, format) + " bn" : yuan >= 1e6 ? F(yuan / 1e6, format) + " M" : yuan >= 1e3 ? F(yuan / 1e3, format) + " k" : F(yuan, format));

    private static string F(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
