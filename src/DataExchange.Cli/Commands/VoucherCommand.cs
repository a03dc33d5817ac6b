using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Vouchers.Checking;
using DataExchange.Vouchers.Page;
using DataExchange.Vouchers.Signing;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx invoice</c> and <c>dx certificate</c>: signed documents of a deal and of a product.</summary>
internal static class VoucherCommand
{
    public static Command Invoice() => Create(
        "invoice",
        "Issue a deal's compliance circulation certificate (data invoice; evidence of the deal, no tax invoice) as a signed document (docs/vouchers.md)\n\n"
        + "  ./dx invoice C000001\n  ./dx invoice C000001 --out invoice.json --pdf invoice.pdf\n  ./dx verify invoice.json",
        new Argument<string>("DEAL") { Description = "The deal, e.g. C000001, firm-0012-0003 or deal/C000001" },
        (vouchers, typed, cancellation) => vouchers.InvoiceAsync(typed, cancellation));

    public static Command Certificate() => Create(
        "certificate",
        "Issue a product's rights certificate as a signed document (docs/vouchers.md)\n\n"
        + "  ./dx certificate P000042\n  ./dx certificate P000042 --out certificate.json --pdf certificate.pdf\n  ./dx verify certificate.json",
        new Argument<string>("PRODUCT") { Description = "The product, e.g. P000042 or product/P000042" },
        (vouchers, typed, cancellation) => vouchers.CertificateAsync(typed, cancellation));

    private static Command Create(
        string name, string description, Argument<string> subject, Func<StoredVouchers, string, CancellationToken, Task<IssuedVoucher>> issue)
    {
        var file = new Option<string?>("--out") { Description = "Write the signed document, which './dx verify FILE' checks without any store", HelpName = "FILE" };
        var pdf = new Option<string?>("--pdf") { Description = "Print it into a PDF file, in Chinese and English, with a QR code; needs Chromium", HelpName = "FILE" };
        var html = new Option<string?>("--html") { Description = "Write the page to print as one HTML file that loads nothing", HelpName = "FILE" };
        var keys = CommonOptions.Keys("Sign with the keys of this folder, which the run was made with");
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(name, description) { subject, file, pdf, html, keys, data, postgres, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = await OpenedStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), false, cancellation).ConfigureAwait(false);
            var issued = await issue(new StoredVouchers(opened, parsed.GetValue(keys)), parsed.GetValue(subject)!, cancellation).ConfigureAwait(false);
            var (outPath, pdfPath, htmlPath) = (parsed.GetValue(file), parsed.GetValue(pdf), parsed.GetValue(html));
            var page = pdfPath is null && htmlPath is null ? null : VoucherPage.Of(issued.File, issued.Signer);

            // The slow and fallible part first: when it fails nothing is written.
            var printed = pdfPath is null ? null : await ChromiumPdf.PrintAsync(page!, cancellation).ConfigureAwait(false);
            await WriteAsync("--out", outPath, issued.File, cancellation).ConfigureAwait(false);
            await WriteAsync("--html", htmlPath, Encoding.UTF8.GetBytes(page ?? ""), cancellation).ConfigureAwait(false);
            await WriteAsync("--pdf", pdfPath, printed ?? [], cancellation).ConfigureAwait(false);
            Print(issued, parsed.GetValue(json), outPath, pdfPath, htmlPath);
            return 0;
        });
        return command;
    }

    private static void Print(IssuedVoucher issued, bool json, string? file, string? pdf, string? html)
    {
        var code = VoucherCode.Of(issued.File, issued.Signer);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new VoucherOutput(code.Handle, code.KeyId, issued.Signer.Key.Did, code.Digest, code.Text, file, pdf, html, CanonicalText.Parse(issued.File)),
                CommandJson.Readable.VoucherOutput));
            return;
        }

        var title = VoucherSummary.TitleOf(issued.File);
        Console.WriteLine($"{title.Zh} {title.En}");
        foreach (var line in VoucherSummary.Of(issued.File))
        {
            WriteLine($"{line.Label.Zh} {line.Label.En}", line.Text);
        }

        WriteLine("摘要 SHA-256", Convert.ToHexStringLower(SHA256.HashData(issued.File)));
        foreach (var path in new[] { file, pdf, html }.OfType<string>())
        {
            WriteLine("文件 file", path);
        }

        static void WriteLine(string label, string text) => Console.WriteLine($"  {label}{new string(' ', Math.Max(1, 18 - TextTable.CellsOf(label)))}{text}");
    }

    // A file appears when it is whole.
    private static async Task WriteAsync(string option, string? path, byte[] bytes, CancellationToken cancellation)
    {
        if (path is null)
        {
            return;
        }

        if (path.Length == 0 || Directory.Exists(path))
        {
            throw new WrongInputException($"{option} '{path}' is {(path.Length == 0 ? "empty" : "a folder")}; a file is needed");
        }

        var partial = path + ".partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await File.WriteAllBytesAsync(partial, bytes, cancellation).ConfigureAwait(false);
            File.Move(partial, path, true);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new WrongInputException($"{option} '{path}' cannot be written: {wrong.Message}");
        }
    }
}
