using System.Globalization;
using DataExchange.Reports.Figures;
using DataExchange.Reports.Html.Plots;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Sections;

/// <summary>Trade in order books: which, at what prices, and what became of the orders.</summary>
internal static class OrderBooks
{
    private const int MostBooks = 30;

    internal static string Render(BookMarketFigures books, Names names, FigureNumbering numbering) =>
        "<div class=\"whole\">" + Books(books, names) + "</div>"
        + (books.MostTraded.Count == 0 ? "" : Prices(books, numbering))
        + numbering.Bars(
            new("委托种类", "Orders by kind"), new("进入订单簿的委托，含随后被拒者。", "Orders that entered a book, those that it refused then included."),
            Bars(
                new("委托", "Orders"), new("种类", "Kind"), 1,
                [.. books.Orders.Select(count => (BookWords.Of(count.Kind), count.Count))]))
        + numbering.Bars(
            new("委托的拒绝与撤销", "Orders refused and cancelled"),
            new(
                $"被拒含资金不足而未进入者。到期 {Numbers.Count(books.Expired)} 笔；兑用 {Numbers.Count(books.Redeemed)} 包。",
                $"Refused also for want of funds, before they entered. Expired: {Numbers.Count(books.Expired)}; packs redeemed: {Numbers.Count(books.Redeemed)}."),
            Bars(
                new("原因", "Causes"), new("原因", "Cause"), 2,
                [
                    .. books.Refused.Select(count => (Prefixed(new("拒绝：", "refused: "), RejectionWords.Of(count.Reason)), count.Count)),
                    .. books.Cancelled.Select(count => (Prefixed(new("撤销：", "cancelled: "), BookWords.Of(count.Cause)), count.Count)),
                ]));

    private static string Books(BookMarketFigures books, Names names)
    {
        var shown = books.Books.Take(MostBooks).ToList();
        var caption = shown.Count == books.Books.Count
            ? new Text("订单簿", "Order books")
            : new($"订单簿：成交额最大的 {shown.Count} 个，共 {Numbers.Count(books.Books.Count)} 个", $"Order books: the {shown.Count} with the largest amounts of {Numbers.Count(books.Books.Count)}");
        return new DataTable(
            caption,
            [
                (new("产品", "Product"), false), (new("场所", "Venue"), false), (new("成交", "Trades"), true), (new("包", "Packs"), true),
                (new("金额", "Amount"), true), (new("发行占比", "Primary"), true), (new("转售占比", "Secondary"), true), (new("均价（元）", "VWAP, yuan"), true),
                (new("最新价（元）", "Last, yuan"), true), (new("较货架价", "Against the shelf"), true), (new("竞价占比", "In auctions"), true),
                (new("停牌", "Halts"), true),
            ],
            [.. shown.Select(Cell[] (book) =>
            [
                new($"{Markup.Span(new(book.Title, book.TitleEn))} <small translate=\"no\">{Markup.Escape(book.Product)}</small>"),
                Cell.Of(names.Venue(book.Venue)), Cell.Count(book.Trades), Cell.Count(book.Packs), Cell.Number(Numbers.Yuan(book.AmountFen)),
                Share(book.PrimaryShare), Share(1 - book.PrimaryShare), Price(book.VwapFen), Price(book.LastPriceFen), Signed(book.Premium),
                Share(book.AuctionShare), Cell.Count(book.Halts),
            ])]).ToHtml("leaders");
    }

    private static string Prices(BookMarketFigures books, FigureNumbering numbering)
    {
        var book = books.Books[0];
        return numbering.Plot(
            new($"每日价格与成交量：{book.Title}", $"Price and volume by day: {book.TitleEn}"),
            new(
                $"成交额最大的订单簿（{book.Product}）。上：每包收盘价与当日高低（元）；下：每日成交包数。",
                $"The book with the largest amount ({book.Product}). Above: closing price of a pack with the day's high and low (yuan); below: packs traded a day."),
            [new("价格", "Price"), new("发行", "Issued"), new("转售", "Resold")],
            size => PricePlot.Daily(size, books.MostTraded, book.PostedPriceFen),
            new(
                new("每日行情（价格：元）", "Days (prices in yuan)"),
                [
                    (new("日期", "Day"), false), (new("开盘", "Open"), true), (new("最高", "High"), true), (new("最低", "Low"), true), (new("收盘", "Close"), true),
                    (new("包", "Packs"), true), (new("发行", "Issued"), true), (new("成交", "Trades"), true), (new("竞价价格", "Auction"), true), (new("停牌", "Halts"), true),
                ],
                [.. books.MostTraded.Select(Cell[] (day) =>
                [
                    Cell.Number(Text.Same(day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))), Price(day.OpenFen), Price(day.HighFen),
                    Price(day.LowFen), Price(day.CloseFen), Cell.Count(day.Packs), Cell.Count(day.PrimaryPacks), Cell.Count(day.Trades),
                    Price(day.AuctionPriceFen), Cell.Count(day.Halts),
                ])]),
            isWide: true);
    }

    private static DataTable Bars(Text caption, Text column, int series, IReadOnlyList<(Text Name, int Count)> rows)
    {
        var most = Math.Max(1, rows.Select(row => row.Count).DefaultIfEmpty().Max());
        return new(
            caption, [(column, false), (new("", ""), false), (new("笔数", "Count"), true)],
            [.. rows.Select(Cell[] (row) => [Cell.Of(row.Name), Cell.BarOf(row.Count / (double)most, series), Cell.Count(row.Count)])]);
    }

    private static Text Prefixed(Text prefix, Text text) => new(prefix.Zh + text.Zh, prefix.En + text.En);

    private static Cell Share(double? share) => Cell.Number(Text.Same(share is { } known ? Numbers.Percent(known) : "–"));

    private static Cell Signed(double? change) =>
        Cell.Number(Text.Same(change is { } known ? (known > 0 ? "+" : "") + Numbers.Percent(known) : "–"));

    private static Cell Price(double? fen) =>
        Cell.Number(Text.Same(fen is { } known ? (known / 100).ToString("N2", CultureInfo.InvariantCulture) : "–"));
}
