using DataExchange.Vouchers.Checking;
using static DataExchange.Vouchers.Page.PageRows;

namespace DataExchange.Vouchers.Page;

/// <summary>What the page of a data invoice says.</summary>
internal static class InvoiceRows
{
    internal static void Write(PageRows rows)
    {
        var (document, subject) = (rows.Document, rows.Document.At("credentialSubject"));
        var (product, settlement) = (subject.At("product"), subject.At("settlement"));
        rows.Head("交易", "Deal")
            .Row("卖方", "Seller", Party(subject.At("seller")))
            .Row("买方", "Buyer", Party(subject.At("buyer")))
            .Row("数据产品", "Data product", $"{Both(Name(product, "title"))}<span class=\"id\">{Escape(product.Text("versionHandle"))}</span>")
            .RowIf(product.Find("certificate") is not null, "产权证书", "Rights certificate", () =>
                $"<code>{Escape(product.Text("certificate"))}</code> {Codes(product.Texts("rights"))}")
            .Row("交易方式", "Channel", Codes([subject.Text("channel")]))
            .Row("许可", "Licence", $"{Codes([subject.Text("licence")])} × {subject.Number("quantity")}"
                + (subject.Number("units") > 0 ? $" · {subject.Number("units")} 次调用 <span lang=\"en\">calls</span>" : ""))
            .RowIf(subject.Find("policy") is not null, "使用条款", "Policy", () => Policy(subject.At("policy")))
            .Head("价款与结算", "Price and settlement")
            .Row("交易金额", "Price, tax included", $"{Yuan(subject.At("price"))} <span class=\"id\">{subject.Number("price", "amountFen")} 分 fen</span>")
            .Row("内含税额", "Tax contained", $"{Yuan(settlement.At("vat"))} · {Percent(settlement.Number("vatBasisPoints"))}")
            .Row("平台服务费", "Venue's fee", $"{Yuan(settlement.At("fee"))} · {Percent(settlement.Number("feeBasisPoints"))}"
                + (settlement.Find("feeSchedule") is null ? "" : "，阶梯费率 <span lang=\"en\">base rate of a schedule</span>"))
            .RowIf(settlement.Number("refund", "amountFen") > 0, "退款", "Refund", () => Yuan(settlement.At("refund")))
            .RowIf(subject.Find("chargedBack") is not null, "售后追回", "Charged back", () => $"{Yuan(subject.At("chargedBack"))} {Time(subject.Text("chargedBack", "at"))}")
            .Row("分配", "Shares", string.Join("<br>", settlement.Items("shares").Select(share => $"{Party(share.At("receiver"))} {Yuan(share)}")))
            .RowIf(!settlement.Flag("throughVenue"), "资金", "Funds", () => "备案合同，资金未经场所 <span lang=\"en\">filed contract: no funds passed through the venue</span>")
            .Head("履行与合规", "Delivery and compliance")
            .Row("登记", "Registered", Time(subject.Text("registeredAt")))
            .RowIf(subject.Find("deliveredAt") is not null, "交付", "Delivered", () => Time(subject.Text("deliveredAt")))
            .RowIf(subject.Find("acceptedAt") is not null, "验收", "Accepted", () => $"{Codes([subject.Text("acceptance")])} {Time(subject.Text("acceptedAt"))}")
            .Row("结算", "Settled", Time(settlement.Text("settledAt")))
            .Row("开具", "Issued", Time(document.Text("validFrom")))
            .Row("来源证据", "Provenance", Codes(subject.Texts("compliance", "provenance")))
            .RowIf(subject.Find("compliance", "passedAt") is not null, "合规评估通过", "Compliance passed", () => Time(subject.Text("compliance", "passedAt")))
            .Row("存证摘要", "Digest", $"<code>{Escape(subject.Text("compliance", "digest"))}</code>");
    }

    private static string Policy(VoucherFields policy)
    {
        var days = policy.Number("termDays");
        return $"用途 <span lang=\"en\">use</span> <b>{Escape(policy.Text("use"))}</b> · 目的 <span lang=\"en\">purpose</span> <b>{Escape(policy.Text("purpose"))}</b> · "
            + $"地域 <span lang=\"en\">region</span> <b>{Escape(policy.Text("region"))}</b> · 期限 <span lang=\"en\">term</span> "
            + (days == 0 ? "<b>不限</b> <span lang=\"en\">open</span>" : $"<b>{days} 天</b> <span lang=\"en\">days</span>")
            + $" · 转售 <span lang=\"en\">resale</span> {Both(VoucherWords.Of(policy.Flag("resaleAllowed")))}";
    }

    // Basis points are hundredths of a percent.
    private static string Percent(long basisPoints) => $"{basisPoints / 100}.{basisPoints % 100:00} %";
}
