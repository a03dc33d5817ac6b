using DataExchange.Domain;
using DataExchange.Reports.Figures;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Sections;

/// <summary>The figures one looks for first.</summary>
internal static class Overview
{
    internal static string Render(RunFacts facts, MarketFigures figures)
    {
        var shelf = figures.Channels[(int)TradeChannel.Shelf];
        var contracts = figures.Channels.Where(channel => channel.Channel is TradeChannel.RegisteredContract or TradeChannel.FiledContract)
            .Sum(channel => channel.AmountFen);
        return "<div class=\"tiles\">"
            + Tile("registered-amount", new("累计登记交易额", "Registered amount, cumulative"), Numbers.Yuan(figures.AmountFen), facts.PublishedAmountFen is { } amount
                ? new($"公布：破 {Numbers.Yuan(amount).Zh}", $"published: past {Numbers.Yuan(amount).En}") : default)
            + Tile("products-listed", new("累计上架数据产品", "Data products listed, cumulative"), Text.Same(Numbers.Count(figures.ProductsListed)), facts.PublishedProducts is { } products
                ? new($"公布：近 {products} 个", $"published: nearly {Numbers.Count(products)}") : default)
            + Tile("deals", new("登记交易笔数", "Registered transactions"), Text.Same(Numbers.Count(figures.Deals)), new("未公布，属假设", "not published: an assumption"))
            + Tile("contract-share", new("协议与备案占交易额", "Share of contracts in the amount"),
                Text.Same(Numbers.Percent(figures.AmountFen == 0 ? 0 : contracts / (double)figures.AmountFen)),
                Shelf(shelf.Deals, figures.Channels.FirstOrDefault(channel => channel.Channel == TradeChannel.OrderBook)?.Deals))
            + Tile("parties", new("数商 / 需求方", "Providers / buyers"), Text.Same($"{Numbers.Count(figures.Providers)} / {Numbers.Count(figures.Buyers)}"),
                new("有上架产品 / 有成交", "with a listed product / with a deal"))
            + Tile("fees", new("场所服务费", "Venue fees"), Numbers.Yuan(figures.FeesFen), new(
                $"增值税 {Numbers.Yuan(figures.VatFen).Zh}，退款 {Numbers.Yuan(figures.RefundsFen).Zh}",
                $"VAT {Numbers.Yuan(figures.VatFen).En}, refunds {Numbers.Yuan(figures.RefundsFen).En}"))
            + Tile("payouts", new("已支付收益", "Proceeds paid out"), Numbers.Yuan(figures.PaidOutFen), new(
                $"待付 {Numbers.Yuan(figures.PayableFen).Zh}，追回 {Numbers.Yuan(figures.ChargedBackFen).Zh}，欠款 {Numbers.Yuan(figures.OwedFen).Zh}",
                $"payable {Numbers.Yuan(figures.PayableFen).En}, charged back {Numbers.Yuan(figures.ChargedBackFen).En}, owed {Numbers.Yuan(figures.OwedFen).En}"))
            + "</div>";
    }

    private static Text Shelf(int deals, int? trades) => trades is { } inBooks
        ? new($"货架 {Numbers.Count(deals)} 笔，撮合 {Numbers.Count(inBooks)} 笔", $"shelf: {Numbers.Count(deals)}, order books: {Numbers.Count(inBooks)} transactions")
        : new($"货架 {Numbers.Count(deals)} 笔", $"shelf: {Numbers.Count(deals)} transactions");

    private static string Tile(string id, Text name, Text figure, Text note) =>
        $"<div class=\"tile\" id=\"k-{id}\"><p class=\"name\">{Markup.Span(name)}</p><p class=\"figure\">{Markup.Span(figure)}</p>"
        + $"<p class=\"note\">{(note.Zh is null ? "" : Markup.Span(note))}</p></div>";
}
