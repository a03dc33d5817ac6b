using DataExchange.Vouchers.Checking;
using DataExchange.Vouchers.Documents;
using DataExchange.Vouchers.Signing;

namespace DataExchange.Vouchers.Page;

/// <summary>A line of a summary.</summary>
/// <param name="Label">What it is about.</param>
/// <param name="Text">What the document says.</param>
public readonly record struct SummaryLine(BilingualName Label, string Text);

/// <summary>What a document says, in some lines of text for a terminal.</summary>
public static class VoucherSummary
{
    /// <summary>The title of a document.</summary>
    /// <param name="file">The file's bytes.</param>
    public static BilingualName TitleOf(ReadOnlyMemory<byte> file) => PageRows.Name(new VoucherFields(CanonicalText.Parse(file)), "name");

    /// <summary>The lines.</summary>
    /// <param name="file">The file's bytes.</param>
    public static IReadOnlyList<SummaryLine> Of(ReadOnlyMemory<byte> file)
    {
        var document = new VoucherFields(CanonicalText.Parse(file));
        var subject = document.At("credentialSubject");
        List<SummaryLine> lines = [Line("标识", "handle", document.Text("id")[Voucher.HandleScheme.Length..])];
        lines.AddRange(document.Texts("type")[1] == Voucher.InvoiceType ? Invoice(document, subject) : Certificate(document, subject));
        var fact = document.Items("evidence")[0].Items("facts")[0];
        lines.Add(Line("出具", "issued by", $"{document.Text("issuer", "venue")} {Both(PageRows.Name(document, "issuer", "name"))}, {document.Text("proof", "created")}"));
        lines.Add(Line("密钥", "key", document.Text("issuer", "keyId")
            + (document.Flag("issuer", "isThrowAwayKey") ? " 一次性密钥，无证明力 throw-away: anyone can compute it, it proves nothing" : "")));
        lines.Add(Line("日志", "log", $"{document.Items("evidence")[0].Text("origin")}, leaf {fact.Number("leaf")}"));
        return lines;
    }

    private static IEnumerable<SummaryLine> Certificate(VoucherFields document, VoucherFields subject) =>
    [
        Line("产品", "product", $"product/{subject.Text("product")} v{subject.Number("productVersion")} {Both(PageRows.Name(subject, "title"))}"),
        Line("持有人", "holder", Party(subject.At("holder"))),
        Line("权利", "rights", Codes(subject.Texts("rights"))),
        Line("有效期", "term", $"{document.Text("validFrom")} – {document.Text("validUntil")}"),
        Line("状态", "status", Codes([subject.Text("status")])),
        Line("证据", "evidence", Codes(subject.Texts("provenance", "evidence"))),
    ];

    private static IEnumerable<SummaryLine> Invoice(VoucherFields document, VoucherFields subject) =>
    [
        Line("卖方", "seller", Party(subject.At("seller"))),
        Line("买方", "buyer", Party(subject.At("buyer"))),
        Line("产品", "product", $"product/{subject.Text("product", "product")} v{subject.Number("product", "productVersion")} {Both(PageRows.Name(subject.At("product"), "title"))}"),
        Line("许可", "licence", $"{Codes([subject.Text("licence")])} × {subject.Number("quantity")}, {Codes([subject.Text("channel")])}"),
        Line("金额", "price", Yuan(subject.At("price"))),
        Line("税费", "tax, fee", $"{Yuan(subject.At("settlement", "vat"))}, {Yuan(subject.At("settlement", "fee"))}"),
        Line("开具", "issued", document.Text("validFrom")),
    ];

    private static SummaryLine Line(string zh, string en, string text) => new(new(zh, en), text);

    private static string Both(BilingualName text) => $"{text.Zh} {text.En}".Trim();

    private static string Party(VoucherFields party) => $"{party.Text("party")} {Both(PageRows.Name(party, "name"))}";

    private static string Yuan(VoucherFields amount) => $"{amount.Text("amountYuan")} 元 CNY";

    private static string Codes(IEnumerable<string> codes)
    {
        BilingualName[] words = [.. codes.Select(VoucherWords.Of)];
        return Both(new(string.Join("、", words.Select(word => word.Zh)), string.Join(", ", words.Select(word => word.En))));
    }
}
