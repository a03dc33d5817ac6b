using DataExchange.Domain;
using DataExchange.Reports.Figures;
using DataExchange.Reports.Words;

namespace DataExchange.Cli.Running.Sweeps;

/// <summary>A figure of a run.</summary>
/// <param name="Name">Its name, the column's.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Of">Its value; null where there is none.</param>
internal sealed record SweepFigure(string Name, string Unit, Text Meaning, Func<MemoryRunResult, MarketFigures, double?> Of)
{
    /// <summary>Whether it counts something, or is an amount in fen.</summary>
    public bool IsWhole => Unit is "count" or "fen";
}

/// <summary>The figures of every run, those of the report. A new one goes to the end.</summary>
internal static class SweepFigures
{
    /// <summary>All of them, in the order of the columns.</summary>
    public static IReadOnlyList<SweepFigure> All { get; } =
    [
        new("products_listed", "count", new("上架产品", "Products ever listed"), (_, market) => market.ProductsListed),
        new("transactions_registered", "count", new("登记交易", "Transactions registered"), (_, market) => market.Deals),
        new("registered_amount_fen", "fen", new("登记金额", "Registered amount"), (_, market) => market.AmountFen),
        new("deals_failed", "count", new("未成或撤销的交易", "Deals that ended without registration or were undone after it"), (_, market) => market.DealsFailed),
        new("fees_fen", "fen", new("场所费用", "Fees of the venues"), (_, market) => market.FeesFen),
        new("vat_fen", "fen", new("增值税", "Value-added tax"), (_, market) => market.VatFen),
        new("refunds_fen", "fen", new("退款", "Refunds"), (_, market) => market.RefundsFen),
        new("paid_out_fen", "fen", new("已付收益", "Proceeds paid out"), (_, market) => market.PaidOutFen),
        new("charged_back_fen", "fen", new("追回", "Charged back to buyers after late claims"), (_, market) => market.ChargedBackFen),
        new("buyers", "count", new("买方", "Parties that bought once at least"), (_, market) => market.Buyers),
        new("providers", "count", new("提供方", "Parties that listed a product"), (_, market) => market.Providers),
        new("shelf_transactions", "count", new("货架交易", "Transactions registered from the shelf"), (_, market) => Channel(market, TradeChannel.Shelf)?.Deals ?? 0),
        new("shelf_amount_fen", "fen", new("货架金额", "Amount of transactions from the shelf"), (_, market) => Channel(market, TradeChannel.Shelf)?.AmountFen ?? 0),
        new("order_book_amount_fen", "fen", new("订单簿金额", "Amount traded in order books"), (_, market) => Channel(market, TradeChannel.OrderBook)?.AmountFen ?? 0),
        new("auction_amount_fen", "fen", new("拍卖金额", "Amount of auctions"), (_, market) => Channel(market, TradeChannel.Auction)?.AmountFen ?? 0),
        new("refusals", "count", new("拒绝", "Refusals of all kinds"), (_, market) => market.Refusals.Sum(refusal => (long)refusal.Count)),
        new("sold_share", "share", new("售出产品占比", "Share of listed products that were ever sold"), (_, market) => Whole(market)?.SoldShare),
        new("median_days_to_first_sale", "days", new("首次成交天数中位数", "Median days from the first listing to the first sale"), (_, market) => Whole(market) is { DaysToFirstSale.Count: > 0 } quality ? quality.DaysToFirstSale.Quantile(0.5) : null),
        new("shelf_turnover", "per year", new("货架周转", "Transactions for each year that a place on a shelf existed"), (_, market) => Whole(market)?.Turnover),
        new("provider_gini", "index", new("提供方金额基尼系数", "Gini coefficient of providers' registered amounts"), (_, market) => Whole(market) is { Providers: > 0 } quality ? quality.Gini : null),
        new("provider_hhi", "index", new("提供方金额赫芬达尔指数", "Herfindahl–Hirschman index of providers' registered amounts"), (_, market) => Whole(market) is { Providers: > 0 } quality ? quality.HerfindahlHirschman : null),
        new("calibration_error", "share", new("校准误差", "Largest relative error of a calibrated target"), (run, _) => run.Calibrated.Results.Count > 0 ? run.Calibrated.Results.Max(row => Math.Abs(row.Error)) : null),
    ];

    /// <summary>The figures of a run; null where there is none.</summary>
    public static IReadOnlyList<double?> Of(MemoryRunResult run)
    {
        var builder = new MarketFiguresBuilder();
        foreach (var deal in run.Deals.OrderBy(deal => deal.Id, StringComparer.Ordinal))
        {
            builder.Add(deal);
        }

        var market = builder.Complete(run.Models);
        return [.. All.Select(figure => figure.Of(run, market) is { } value && double.IsFinite(value) ? value : (double?)null)];
    }

    private static ChannelFigures? Channel(MarketFigures market, TradeChannel channel) => market.Channels.FirstOrDefault(one => one.Channel == channel);

    private static MarketQuality? Whole(MarketFigures market) => market.Quality.Markets.FirstOrDefault(one => one.Category is null);
}
