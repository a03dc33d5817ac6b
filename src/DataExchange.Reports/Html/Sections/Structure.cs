using DataExchange.Domain;
using DataExchange.Reports.Figures;
using DataExchange.Reports.Html.Plots;
using DataExchange.Reports.Statistics;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Sections;

/// <summary>What the trade is made of.</summary>
internal static class Structure
{
    internal static string Render(MarketFigures figures, Names names, FigureNumbering numbering) =>
        numbering.Plot(
            new("交易规模分布", "Sizes of deals"),
            new("横轴金额（元），纵轴为达到该金额的交易占比，双对数坐标。直线下降表示帕累托尾部。", "Across: amount in yuan; up: the share of deals of that amount or more, both logarithmic. A straight fall is a Pareto tail."),
            [.. figures.Channels.Select(channel => Terms.Of(channel.Channel))],
            size => CurvePlots.Tails(size, [.. figures.Channels.Select(channel => ((int)channel.Channel + 1, Yuan(channel.Sizes)))], Numbers.YuanTick),
            new(
                new("各渠道交易规模（元）", "Sizes of deals by channel (yuan)"),
                [
                    (new("渠道", "Channel"), false), (new("笔数", "Deals"), true), (new("金额", "Amount"), true), (new("均值", "Mean"), true),
                    (new("中位数", "Median"), true), (new("90 分位", "90th percentile"), true), (new("99 分位", "99th percentile"), true),
                    (new("最大", "Largest"), true), (new("希尔指数", "Hill index"), true),
                ],
                [.. figures.Channels.Select(Cell[] (channel) =>
                [
                    Cell.Of(Terms.Of(channel.Channel)), Cell.Count(channel.Deals), Cell.Number(Numbers.Yuan(channel.AmountFen)),
                    Cell.Number(Numbers.Yuan(channel.Sizes.Mean)), Cell.Number(Numbers.Yuan(channel.Sizes.Quantile(0.5))),
                    Cell.Number(Numbers.Yuan(channel.Sizes.Quantile(0.9))), Cell.Number(Numbers.Yuan(channel.Sizes.Quantile(0.99))),
                    Cell.Number(Numbers.Yuan(channel.Sizes.Largest)), Hill(channel.Sizes),
                ])]),
            isWide: true)
        + numbering.Bars(
            new("产品类别", "Categories"), new("按上架产品数。", "By products listed."),
            Groups(new("各类别的产品、交易与金额", "Products, deals and amount by category"), new("类别", "Category"), figures.Categories, names.Category))
        + numbering.Bars(
            new("产品形态", "Forms"), new("按上架产品数。", "By products listed."),
            Groups(
                new("各形态的产品、交易与金额", "Products, deals and amount by form"), new("形态", "Form"), figures.Forms,
                key => Markup.Span(Terms.Of(Enum.Parse<ProductForm>(key)))));

    internal static Cell Hill(Distribution sizes) =>
        Cell.Number(Text.Same(sizes.HillOfTopDecile() is { } index ? index.ToString("F2", System.Globalization.CultureInfo.InvariantCulture) : "–"));

    private static (double, double)[] Yuan(Distribution sizes) => [.. sizes.Tail().Select(point => (point.Value / 100d, point.Share))];

    private static DataTable Groups(Text caption, Text column, IReadOnlyList<GroupFigures> groups, Func<string, string> name)
    {
        var all = Math.Max(1, groups.Sum(group => group.Products));
        var most = Math.Max(1, groups.Select(group => group.Products).DefaultIfEmpty().Max());
        return new(
            caption,
            [
                (column, false), (new("", ""), false), (new("产品", "Products"), true), (new("占比", "Share"), true), (new("交易", "Deals"), true),
                (new("金额", "Amount"), true),
            ],
            [.. groups.Select(Cell[] (group) =>
            [
                new(name(group.Key)), Cell.BarOf(group.Products / (double)most), Cell.Count(group.Products),
                Cell.Number(Text.Same(Numbers.Percent(group.Products / (double)all))), Cell.Count(group.Deals),
                Cell.Number(Numbers.Yuan(group.AmountFen)),
            ])]);
    }
}
