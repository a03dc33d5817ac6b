using DataExchange.Vouchers.Checking;
using DataExchange.Vouchers.Documents;
using DataExchange.Vouchers.Signing;
using static DataExchange.Vouchers.Page.PageRows;

namespace DataExchange.Vouchers.Page;

/// <summary>
/// The printable page of a document: one HTML file for A4, in both languages, with a QR code. It says what the signed document says and nothing else, has no
/// script, and loads nothing.
/// </summary>
public static class VoucherPage
{
    private const string Style = """
        @page { size: A4; margin: 12mm 14mm; }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 181mm; color: #1b1b1b; font: 9.2pt/1.35 "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "PingFang SC", "Microsoft YaHei", sans-serif; }
        header { border-bottom: 1.2mm solid #8c1d18; padding-bottom: 2.5mm; display: flex; justify-content: space-between; align-items: flex-end; gap: 6mm; }
        h1 { margin: 0; flex: none; font-size: 15.5pt; line-height: 1.2; color: #8c1d18; }
        h1 span { display: block; font-size: 10.5pt; font-weight: normal; color: #444; }
        .issuer { text-align: right; }
        .issuer code { display: block; font-size: 10pt; font-weight: bold; }
        .note { margin: 2.5mm 0; }
        .warning { margin: 2.5mm 0; border: 0.4mm solid #8c1d18; padding: 1.2mm 2.5mm; }
        table { width: 100%; border-collapse: collapse; }
        th, td { border: 0.2mm solid #b9b0a8; padding: 0.8mm 2mm; vertical-align: top; text-align: left; overflow-wrap: anywhere; }
        th { width: 46mm; background: #f7f4f0; font-weight: normal; }
        th span { font-size: 7.5pt; color: #555; }
        th.section { width: auto; background: #efe7df; font-weight: bold; }
        th.section span { font-weight: normal; font-size: 8.5pt; }
        td span[lang=en] { color: #444; }
        .id, .time { margin-left: 1.5mm; font-size: 8pt; color: #555; white-space: nowrap; }
        td > .time:first-child { margin-left: 0; }
        code { font: 7.6pt/1.3 "DejaVu Sans Mono", "Liberation Mono", monospace; overflow-wrap: anywhere; }
        footer { margin-top: 3mm; display: flex; gap: 5mm; break-inside: avoid; }
        .qr { width: 42mm; height: 42mm; flex: none; }
        .proof { font-size: 8pt; }
        .proof p { margin: 0 0 1mm; }
        tr { break-inside: avoid; }
        """;

    /// <summary>Writes the page of a file.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="signer">The issuer, who signs the QR code.</param>
    /// <returns>HTML.</returns>
    public static string Of(ReadOnlyMemory<byte> file, VoucherSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var code = VoucherCode.Of(file, signer);
        var document = new VoucherFields(CanonicalText.Parse(file));
        var rows = new PageRows(document);
        if (document.Texts("type")[1] == Voucher.InvoiceType)
        {
            InvoiceRows.Write(rows);
        }
        else
        {
            CertificateRows.Write(rows);
        }

        var (name, issuer) = (Name(document, "name"), Name(document, "issuer", "name"));
        return $"""
            <!DOCTYPE html>
            <html lang="zh">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{Escape($"{name.Zh} {name.En} {code.Handle}")}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <header>
            <h1>{Escape(name.Zh)}<span lang="en">{Escape(name.En)}</span></h1>
            <div class="issuer"><code>{Escape(code.Handle)}</code>{Both(issuer)}</div>
            </header>
            <p class="note">{Both(Name(document, "description"))}</p>
            {Warning(document)}<table>
            {rows}</table>
            {Footer(document, code)}
            </body>
            </html>

            """;
    }

    private static string Warning(VoucherFields document) => document.Flag("issuer", "isThrowAwayKey")
        ? "<p class=\"warning\"><b>模拟市场，一次性密钥：任何人都可算出此密钥，签名仅作演示，不具证明力。</b> <span lang=\"en\">Simulated market, throw-away key: anyone can "
            + "compute the key, so the signature shows how it is done and proves nothing about who signed.</span></p>\n"
        : "";

    private static string Footer(VoucherFields document, VoucherCode code)
    {
        var evidence = document.Items("evidence")[0];
        var anchor = evidence.Items("facts")[0];
        return $"""
            <footer>
            {QrImage.Of(code.Text)}
            <div class="proof">
            <p><b>签名 <span lang="en">Signed</span></b> {Time(document.Text("proof", "created"))} · 密钥 <span lang="en">key</span> <code>{Escape(code.KeyId)}</code><br><code>{Escape(document.Text("issuer", "id"))}</code></p>
            <p><b>日志 <span lang="en">Log</span></b> <code>{Escape(evidence.Text("origin"))}</code> · 叶 <span lang="en">leaf</span> {anchor.Number("leaf")}</p>
            <p><b>文件 <span lang="en">File</span> SHA-256</b> <code>{Escape(code.Digest)}</code></p>
            <p>二维码含标识与签名，凭场所公钥可离线核验。<span lang="en">The QR code holds handle and proof; with the venue's public key it is checked offline:</span> <code>dx verify FILE --key venue.pem</code></p>
            </div>
            </footer>
            """;
    }
}
