using static DataExchange.Vouchers.Page.PageRows;

namespace DataExchange.Vouchers.Page;

/// <summary>What the page of a rights certificate says.</summary>
internal static class CertificateRows
{
    internal static void Write(PageRows rows)
    {
        var (document, subject) = (rows.Document, rows.Document.At("credentialSubject"));
        rows.Head("数据产品", "Data product")
            .Row("产品名称", "Title", Both(Name(subject, "title")))
            .Row("标识", "Handle", $"<code>{Escape(subject.Text("versionHandle"))}</code>")
            .Row("形式与类别", "Form, category", $"{Codes([subject.Text("form")])} · {Escape(subject.Text("category"))} / {Escape(subject.Text("subTrack"))}")
            .Row("应用场景", "Use scenario", Escape(subject.Text("useScenario")))
            .Row("安全级别", "Security class", Codes([subject.Text("securityClass")]))
            .Row("个人信息 / 公共数据", "Personal / public data", $"{Both(VoucherWords.Of(subject.Flag("containsPersonalInformation")))} / {Both(VoucherWords.Of(subject.Flag("isPublicData")))}")
            .Row("内容指纹", "Fingerprint, SHA-256", $"<code>{Escape(subject.Text("fingerprint"))}</code>")
            .Head("权利", "Rights")
            .Row("持有人", "Holder", Party(subject.At("holder")))
            .Row("登记权利", "Certified rights", Codes(subject.Texts("rights")))
            .Row("有效期", "Term", $"{Time(document.Text("validFrom"))} – {Time(document.Text("validUntil"))}")
            .Row("状态", "Status", Codes([subject.Text("status")]) + (subject.Find("lapsedAt") is null ? "" : " " + Time(subject.Text("lapsedAt"))))
            .Head("来源与合规", "Provenance and compliance")
            .Row("申请人", "Applicant", $"{Party(subject.At("provider"))} {Time(subject.Text("registeredAt"))}")
            .Row("来源证据", "Evidence", Codes(subject.Texts("provenance", "evidence")))
            .RowIf(subject.Find("compliance") is not null, "合规评估通过", "Compliance passed", () =>
                $"{Party(subject.At("compliance", "assessor"))} {Time(subject.Text("compliance", "passedAt"))}")
            .RowIf(subject.Find("quality") is not null, "质量评分", "Quality, of 100", () => Grades(rows));
    }

    private static string Grades(PageRows rows)
    {
        var quality = rows.Document.At("credentialSubject", "quality");
        return $"完整 <span lang=\"en\">completeness</span> {quality.Number("completeness")} · 准确 <span lang=\"en\">accuracy</span> {quality.Number("accuracy")} · "
            + $"时效 <span lang=\"en\">timeliness</span> {quality.Number("timeliness")} · 一致 <span lang=\"en\">consistency</span> {quality.Number("consistency")} · "
            + $"<b>均值 <span lang=\"en\">mean</span> {quality.Number("score")}</b>";
    }
}
