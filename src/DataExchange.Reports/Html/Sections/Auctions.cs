using System.Globalization;
using DataExchange.Reports.Figures;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Sections;

/// <summary>Auctions by format: how many, what share sold, bids, revenue, prices against reserves.</summary>
internal static class Auctions
{
    internal static string Render(IReadOnlyList<AuctionFormatFigures> formats) =>
        "<div class=\"whole\">" + new DataTable(
            new("已结束的竞价，按方式", "Auctions that are over, by format"),
            [
                (new("方式", "Format"), false), (new("场次", "Auctions"), true), (new("成交率", "Sold"), true), (new("每场报价", "Bids each"), true),
                (new("成交份数", "Licences"), true), (new("成交额（元）", "Revenue, yuan"), true), (new("成交价/保留价", "Price/reserve"), true),
                (new("没收保证金（元）", "Forfeited, yuan"), true),
            ],
            [.. formats.Select(Cell[] (one) =>
            [
                Cell.Of(AuctionWords.Of(one.Format)), Cell.Count(one.Auctions), Number(one.SoldShare, "P0"), Number(one.BidsPerAuction, "0.0"), Cell.Count(one.Awards),
                Yuan(one.RevenueFen), one.OverReserve is { } over ? Number(over, "0.00") : Cell.Number(new("—", "—")), Yuan(one.ForfeitedFen),
            ])]).ToHtml("leaders") + "</div>";

    private static Cell Number(double value, string format) => Cell.Number(Text.Same(value.ToString(format, CultureInfo.InvariantCulture)));

    private static Cell Yuan(long fen) => Cell.Number(Text.Same((fen / 100m).ToString("N0", CultureInfo.InvariantCulture)));
}
