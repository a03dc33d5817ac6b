using System.Globalization;
using System.Net;
using System.Text;
using DataExchange.Estimation;

namespace DataExchange.Cli.Running.Fits;

/// <summary>A calibration as one page in Chinese and English that needs no network.</summary>
internal static class FitPage
{
    private const string Style =
        """
        :root{color-scheme:light dark;--text:#1c2733;--line:#c9d2dc;--mark:33,102,172;--back:#fff}
        @media(prefers-color-scheme:dark){:root{--text:#e4e9ee;--line:#46515c;--mark:110,168,220;--back:#14191f}}
        body{font:16px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:var(--text);background:var(--back)}
        table{border-collapse:collapse;display:block;overflow-x:auto}th,td{border-bottom:1px solid var(--line);padding:.2rem .6rem;text-align:right}
        th:first-child,td:first-child{text-align:left}td.words,th.words{text-align:left}[lang=en]{opacity:.85}code{font-size:.9em}
        """;

    /// <summary>The page.</summary>
    /// <param name="fit">What it shows.</param>
    public static string Render(FitOutput fit)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Append(CultureInfo.InvariantCulture, $"<title>{Text(fit.Scenario)} – 校准 calibration</title><style>{Style}</style></head><body>\n<main><h1>{Both("校准", "Calibration")}: {Text(fit.Scenario)}</h1>\n");
        Paragraph(
            page,
            $"模拟矩方法：参数使 {fit.Fit.Count} 个指标的模拟均值（{fit.Seeds.Count} 个种子，规模 {FitOutput.Number(fit.Scale)}）尽量接近公布或实测值。模拟结果，不是真实交易记录。目标函数 {FitOutput.Number(fit.ObjectiveAtStart)} → {FitOutput.Number(fit.Objective)}，{fit.Steps} 步，{(fit.IsSettled ? "已收敛" : "未收敛：步数用尽")}。",
            $"Simulated method of moments: settings that bring the simulated means of {fit.Fit.Count} figures ({fit.Seeds.Count} seeds, scale {FitOutput.Number(fit.Scale)}) near to published or measured ones. Simulated, no record of real trade. Objective {FitOutput.Number(fit.ObjectiveAtStart)} → {FitOutput.Number(fit.Objective)} in {fit.Steps} steps, {(fit.IsSettled ? "settled" : "NOT settled: the steps were used up")}.");
        Parameters(page, fit);
        Moments(page, fit);
        Constraints(page, fit);
        Directions(page, fit);
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void Parameters(StringBuilder page, FitOutput fit)
    {
        Begin(page, "参数", "Settings", [("参数", "setting"), ("范围", "range"), ("起点", "start"), ("估计", "estimate"), ("标准误", "standard error"), ("95% 区间", "95 % interval"), ("识别", "standing")]);
        foreach (var one in fit.Parameters)
        {
            var (zh, en) = FitOutput.Words(one.Standing);
            Row(page, [
                $"<code>{Text(one.Path)}</code>", $"{FitOutput.Number(one.From)} … {FitOutput.Number(one.To)}", FitOutput.Number(one.Start), $"<strong>{FitOutput.Number(one.Value)}</strong>",
                FitOutput.Number(one.StandardError), one.StandardError is null ? "–" : $"{FitOutput.Number(one.Low)} … {FitOutput.Number(one.High)}", Both(zh, en)]);
        }

        page.Append("</tbody></table>\n");
        if (fit.Test is { } test)
        {
            Paragraph(
                page,
                string.Create(CultureInfo.InvariantCulture, $"Hansen J = {test.Statistic:0.##}，自由度 {test.DegreesOfFreedom}，p = {test.PValue:0.0000}{(test.IsDiagonal ? "（种子太少，按指标误差相互独立计算）" : "")}。p 很小：模型不能同时解释全部指标。"),
                string.Create(CultureInfo.InvariantCulture, $"Hansen's J = {test.Statistic:0.##} with {test.DegreesOfFreedom} degrees of freedom, p = {test.PValue:0.0000}{(test.IsDiagonal ? " (with so few seeds the moments' errors are taken as independent)" : "")}. A small p says that the model cannot explain all figures at once."));
        }
    }

    private static void Moments(StringBuilder page, FitOutput fit)
    {
        Begin(page, "指标", "Moments", [("指标", "figure"), ("目标", "target"), ("其标准误", "its standard error"), ("达到", "reached"), ("种子间标准差", "spread over seeds"), ("偏差/标准误", "deviation by standard error"), ("来源", "source")]);
        foreach (var one in fit.Fit)
        {
            var (zh, en) = one.ErrorFrom switch
            {
                DataExchange.Scenarios.Moments.ErrorSource.Counted => ("由样本量计算", "from the sample's size"),
                DataExchange.Scenarios.Moments.ErrorSource.Range => ("区间的四分之一", "a quarter of the range"),
                DataExchange.Scenarios.Moments.ErrorSource.Assumed => ("假设", "assumed"),
                _ => ("模型自身的波动", "the model's own spread"),
            };
            Row(page, [
                Both(one.Zh, one.En), FitOutput.Number(one.Target), $"{FitOutput.Number(one.TargetError)} {Both(zh, en)}", FitOutput.Number(one.Reached), FitOutput.Number(one.Spread),
                one.Errors.ToString("+0.0;−0.0;0", CultureInfo.InvariantCulture), Text(one.Source ?? "")]);
        }

        page.Append("</tbody></table>\n");
    }

    private static void Constraints(StringBuilder page, FitOutput fit)
    {
        Begin(page, "哪个指标约束哪个参数", "Which figure constrains which setting", [("指标", "figure"), .. fit.Parameters.Select(one => (one.Path, ""))]);
        for (var k = 0; k < fit.Fit.Count; k++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Both(fit.Fit[k].Zh, fit.Fit[k].En)}</td>");
            foreach (var influence in fit.Parameters.Select(one => one.Influences[k]))
            {
                var share = influence.Share is { } part ? string.Create(CultureInfo.InvariantCulture, $" style=\"background:rgba(var(--mark),{0.75 * part:0.00})\"") : "";
                page.Append(CultureInfo.InvariantCulture, $"<td{share}>{influence.ErrorsOverRange:+0.0;−0.0;0}{(influence.Elasticity is { } elasticity ? string.Create(CultureInfo.InvariantCulture, $" <small>({elasticity:+0.00;−0.00;0})</small>") : "")}</td>");
            }

            page.Append("</tr>\n");
        }

        page.Append("</tbody></table>\n");
        Paragraph(
            page, "每格：参数走完整个范围时该指标移动的标准误个数，括号内为弹性；底色越深，该指标在估计方差中所占份额越大。",
            "A cell: how many of its standard errors the figure moves over the setting's whole range; in brackets the elasticity. The darker, the larger the figure's share of the estimate's variance.");
        var without = fit.Parameters.Where(one => one.Standing == Standing.WithoutMoment).Select(one => one.Path).ToArray();
        if (without.Length > 0)
        {
            Paragraph(page, $"没有任何指标能反映：{Text(string.Join("、", without))}。", $"No figure moves with {Text(string.Join(", ", without))}.");
        }
    }

    private static void Directions(StringBuilder page, FitOutput fit)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Both("识别方向", "Directions")}</h2>\n");
        Paragraph(
            page, $"参数同时移动的方向（奇异值分解，参数以各自范围为单位），从最清楚到最模糊。条件数 {FitOutput.Number(fit.ConditionNumber)}。种子间 t 检验（5%）分不出噪声的斜率不计；走完一个范围合计移动不足一个标准误的方向不可识别。",
            $"Directions in which settings move together (singular value decomposition, settings in units of their ranges), from the best known to the least. Condition number {FitOutput.Number(fit.ConditionNumber)}. Slopes that the seeds do not tell from noise (Student's t, 5 %) do not count; a direction is not identified when the figures move by less than one standard error in all over a range.");
        page.Append("<ol>\n");
        foreach (var one in fit.Directions)
        {
            page.Append(CultureInfo.InvariantCulture, $"<li>{(one.IsIdentified ? "" : $"<strong>{Both("不可识别", "not identified")}</strong> · ")}{Both(one.Zh, one.En)}</li>\n");
        }

        page.Append("</ol>\n");
    }

    private static void Begin(StringBuilder page, string zh, string en, IReadOnlyList<(string Zh, string En)> columns)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Both(zh, en)}</h2>\n<table><thead><tr>");
        foreach (var column in columns)
        {
            page.Append(CultureInfo.InvariantCulture, $"<th>{(column.En.Length == 0 ? $"<code>{Text(column.Zh)}</code>" : Both(column.Zh, column.En))}</th>");
        }

        page.Append("</tr></thead><tbody>\n");
    }

    private static void Row(StringBuilder page, IReadOnlyList<string> cells) => page.Append("<tr>").AppendJoin("", cells.Select(cell => $"<td>{cell}</td>")).Append("</tr>\n");

    private static void Paragraph(StringBuilder page, string zh, string en) => page.Append(CultureInfo.InvariantCulture, $"<p>{zh}<br><span lang=\"en\">{en}</span></p>\n");

    private static string Both(string zh, string en) => $"{Text(zh)} <span lang=\"en\">{Text(en)}</span>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
