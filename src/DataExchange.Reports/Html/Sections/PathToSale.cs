using DataExchange.Reports.Figures;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Sections;

/// <summary>From registration to first sale, and what was refused on the way.</summary>
internal static class PathToSale
{
    internal static string Render(MarketFigures figures, FigureNumbering numbering)
    {
        var applied = Math.Max(1, figures.Funnel[0].Products);
        var most = Math.Max(1, figures.Refusals.Select(refusal => refusal.Count).DefaultIfEmpty().Max());
        return numbering.Bars(
                new("从登记到首次成交", "From registration to first sale"),
                new("到达或超过每一环节的产品数。", "Products that came to each step or further."),
                new(
                    new("漏斗", "Funnel"),
                    [(new("环节", "Step"), false), (new("", ""), false), (new("产品", "Products"), true), (new("占申请", "Of applications"), true)],
                    [.. figures.Funnel.Select(Cell[] (step) =>
                    [
                        Cell.Of(Of(step.Stage)), Cell.BarOf(step.Products / (double)applied), Cell.Count(step.Products),
                        Cell.Number(Text.Same(Numbers.Percent(step.Products / (double)applied))),
                    ])]))
            + numbering.Bars(
                new("拒绝与退回原因", "Refusals by reason"),
                new("申请、定价、上架与订单被拒，以及退回补正与超范围调用。", "Applications, prices, listings and orders refused, applications returned and uses outside the licence."),
                new(
                    new("拒绝原因", "Reasons for refusal"),
                    [(new("原因", "Reason"), false), (new("", ""), false), (new("次数", "Count"), true), (new("对象", "What"), false)],
                    [.. figures.Refusals.Select(Cell[] (refusal) =>
                    [
                        Cell.Of(RejectionWords.Of(refusal.Reason)), Cell.BarOf(refusal.Count / (double)most, 2), Cell.Count(refusal.Count), Cell.Of(Of(refusal.Kind)),
                    ])]));
    }

    internal static Text Of(RefusalKind kind) => kind switch
    {
        RefusalKind.Application => new("申请", "application"),
        RefusalKind.Return => new("退回补正", "return"),
        RefusalKind.Order => new("订单", "order"),
        RefusalKind.Use => new("使用", "use"),
        RefusalKind.BookOrder => new("撮合委托", "book order"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no words"),
    };

    internal static Text Of(ProductStage stage) => stage switch
    {
        ProductStage.Applied => new("申请", "Applied"),
        ProductStage.Registered => new("登记", "Registered"),
        ProductStage.EvidenceSubmitted => new("提交材料", "Evidence submitted"),
        ProductStage.Accepted => new("受理", "Accepted for review"),
        ProductStage.CompliancePassed => new("合规通过", "Compliance passed"),
        ProductStage.QualityEvaluated => new("质量评价", "Quality evaluated"),
        ProductStage.Published => new("公示", "Published for objection"),
        ProductStage.Certified => new("确权发证", "Certified"),
        ProductStage.Valued => new("估值", "Valued"),
        ProductStage.Priced => new("定价", "Priced"),
        ProductStage.Listed => new("上架", "Listed"),
        ProductStage.FirstSale => new("首次成交", "First sale"),
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "no words"),
    };
}
