using System.Diagnostics;
using System.Security.Cryptography;
using DataExchange.EventStore;

namespace DataExchange.EndToEnd.Tests;

/// <summary>Certificates and data invoices: issued from a store, checked where there is none.</summary>
public sealed class VoucherTests(MarketToSpoil market)
{
    private const string Events = $"{Schemas.Default}.mt_events";

    [Theory]
    [InlineData("certificate", "DataRightsCertificate", "info:hdl/86.dex/cert.{0}.1", "product/{0}@", " rights_certified.v1")]
    [InlineData("invoice", "ComplianceCirculationCertificate", "info:hdl/86.dex/invoice.{0}", "settlement/{0}@", " data_invoice_issued.v1")]
    public async Task A_document_holds_where_there_is_no_store_and_a_changed_byte_does_not(string command, string type, string handle, string stream, string fact)
    {
        await using var folder = new TemporaryFolder();
        var (file, other, pem, code) = (folder.In("document.json"), folder.In("again.json"), folder.In("venue.pem"), folder.In("code.txt"));
        var store = await market.UntouchedAsync();
        var subject = command == "certificate" ? await CertifiedAsync(store) : await InvoicedAsync(store);
        var name = subject[(subject.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var issued = (await DxProgram.RunAsync(command, subject, "--out", file, "--json", "--postgres", store)).WithExitCode(0).Json();
        await DxProgram.RunAsync(command, subject, "--out", other, "--postgres", store);
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(other, TestContext.Current.CancellationToken));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), issued.GetProperty("digest").GetString());

        var venue = issued.GetProperty("document").GetProperty("issuer").GetProperty("venue").GetString()!;
        var head = (await DxProgram.RunAsync("log", "head", "--json", "--postgres", store)).WithExitCode(0).Json().GetProperty("logs").EnumerateArray().Single(log => log.GetProperty("venue").GetString() == venue);
        await WriteAsync(pem, $"-----BEGIN PUBLIC KEY-----\n{head.GetProperty("publicKey").GetString()}\n-----END PUBLIC KEY-----\n");
        var found = (await DxProgram.RunAsync("verify", file, "--key", pem, "--json")).WithExitCode(0).Json();
        Assert.True(found.GetProperty("verified").GetBoolean() && found.GetProperty("isKeyTrusted").GetBoolean() && found.GetProperty("isThrowAwayKey").GetBoolean());
        Assert.Equal((type, handle.Replace("{0}", name, StringComparison.Ordinal)), (found.GetProperty("type").GetString(), found.GetProperty("handle").GetString()));
        var proved = found.GetProperty("facts")[0].GetString();
        Assert.StartsWith(stream.Replace("{0}", name, StringComparison.Ordinal), proved, StringComparison.Ordinal);
        Assert.EndsWith(fact, proved, StringComparison.Ordinal);
        Assert.Contains("that does not show whose it is", (await DxProgram.RunAsync("verify", file)).WithExitCode(0).Output, StringComparison.Ordinal);
        Assert.Equal(0, await NodeAsync(file, pem));

        await WriteAsync(code, issued.GetProperty("code").GetString() + "\n");
        var scanned = (await DxProgram.RunAsync("verify", code, "--key", pem, "--json")).WithExitCode(0).Json();
        Assert.Equal(issued.GetProperty("digest").GetString(), scanned.GetProperty("documentDigest").GetString());

        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        Assert.Contains("NOT verified", (await DxProgram.RunAsync("verify", file, "--key", pem)).WithExitCode(1).Output, StringComparison.Ordinal);
        Assert.Equal(1, await NodeAsync(file, pem));
    }

    [Fact]
    public async Task A_real_Chromium_prints_both_languages_the_amounts_and_a_code_that_can_be_scanned()
    {
        await using var folder = new TemporaryFolder();
        var (pdf, html, file, code, pem) = (folder.In("invoice.pdf"), folder.In("invoice.html"), folder.In("invoice.json"), folder.In("code.txt"), folder.In("venue.pem"));
        var store = await market.UntouchedAsync();
        var deal = await InvoicedAsync(store);
        var issued = (await DxProgram.RunAsync("invoice", deal, "--pdf", pdf, "--html", html, "--out", file, "--json", "--postgres", store)).WithExitCode(0).Json();
        var subject = issued.GetProperty("document").GetProperty("credentialSubject");
        var text = await RunAsync("pdftotext", "-layout", pdf, "-");
        foreach (var told in new[]
        {
            "数据合规流通数字证书", "Compliance circulation certificate", "不是税务发票", "not a tax invoice", "一次性密钥", "86.dex/invoice." + deal["deal/".Length..],
            subject.GetProperty("price").GetProperty("amountYuan").GetString()!, subject.GetProperty("settlement").GetProperty("fee").GetProperty("amountYuan").GetString()!,
            subject.GetProperty("buyer").GetProperty("name")[0].GetProperty("@value").GetString()!,
        })
        {
            Assert.Contains(told, text, StringComparison.Ordinal);
        }

        // The printed page as an image, read as a scanner would.
        await RunAsync("pdftoppm", "-gray", "-png", "-r", "200", "-singlefile", pdf, folder.In("page"));
        var scanned = (await RunAsync("zbarimg", "-q", "--raw", folder.In("page.png"))).TrimEnd('\n');
        Assert.Equal(issued.GetProperty("code").GetString(), scanned);
        Assert.DoesNotContain("<script", await File.ReadAllTextAsync(html, TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        await WriteAsync(code, scanned);
        var head = (await DxProgram.RunAsync("log", "head", "--json", "--postgres", store)).WithExitCode(0).Json().GetProperty("logs").EnumerateArray()
            .Single(log => log.GetProperty("keyId").GetString() == issued.GetProperty("keyId").GetString());
        await WriteAsync(pem, $"-----BEGIN PUBLIC KEY-----\n{head.GetProperty("publicKey").GetString()}\n-----END PUBLIC KEY-----\n");
        Assert.Contains("verified: signed by the key", (await DxProgram.RunAsync("verify", code, "--key", pem)).WithExitCode(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRODUCT 'P999999' is no product of this store; nearest are P0000", "certificate", "P999999")]
    [InlineData("DEAL 'deal/C999999' is no deal of this store; nearest are C0000", "invoice", "deal/C999999")]
    [InlineData("/nowhere/at/all/origin' is missing", "certificate", "P000001", "--keys", "/nowhere/at/all")]
    [InlineData("--out '/' is a folder", "certificate", "P000001", "--out", "/")]
    public async Task What_is_not_there_is_named(string told, params string[] arguments) =>
        BadInputTests.Refuses(await DxProgram.RunAsync([.. arguments, "--postgres", await market.UntouchedAsync()]), 2, told);

    [Fact]
    public async Task A_product_without_certificate_and_a_deal_without_invoice_are_named()
    {
        var store = await market.UntouchedAsync();
        var product = await MarketToSpoil.ReadAsync<string>(store, $"SELECT min(stream_id) FROM {Events} p WHERE stream_id LIKE 'product/%' AND NOT EXISTS (SELECT 1 FROM {Events} WHERE stream_id = p.stream_id AND type LIKE 'rights_certified%')");
        BadInputTests.Refuses(await DxProgram.RunAsync("certificate", product, "--postgres", store), 2, $"PRODUCT '{product}' has no certificate: its last fact is");
        var deal = await MarketToSpoil.ReadAsync<string>(store, $"SELECT min(stream_id) FROM {Events} d WHERE stream_id LIKE 'deal/%' AND NOT EXISTS (SELECT 1 FROM {Events} WHERE stream_id = 'settlement/' || substr(d.stream_id, 6) AND type LIKE 'data_invoice_issued%')");
        BadInputTests.Refuses(await DxProgram.RunAsync("invoice", deal, "--postgres", store), 2, $"DEAL '{deal}' has no data invoice");
    }

    [Fact]
    public async Task Files_that_are_something_else_are_named()
    {
        await using var folder = new TemporaryFolder();
        var (file, pem) = (folder.In("file"), folder.In("key.pem"));
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP384))
        {
            await WriteAsync(pem, key.ExportSubjectPublicKeyInfoPem());
        }

        foreach (var (content, told) in new[] { ("", "it is no JSON"), ("[]", "not an object"), ("{\"a\":1}", "none of what this program checks"), ("DXV1|CRT", "no code of a printed document") })
        {
            await WriteAsync(file, content);
            BadInputTests.Refuses(await DxProgram.RunAsync("verify", file), 2, $"FILE '{file}'", told);
        }

        BadInputTests.Refuses(await DxProgram.RunAsync("verify", folder.In("missing")), 2, "FILE", "cannot be read");
        BadInputTests.Refuses(await DxProgram.RunAsync("verify", file, "--key", file), 2, $"--key '{file}' is no public key in PEM");
        await WriteAsync(file, "{\"type\":[\"VerifiableCredential\",\"DataRightsCertificate\"]}");
        BadInputTests.Refuses(await DxProgram.RunAsync("verify", file, "--key", pem), 2, $"--key '{pem}' is no public key on P-256");
        BadInputTests.Refuses(await DxProgram.RunAsync("verify", file), 2, "format: it is missing");
        BadInputTests.Refuses(await DxProgram.RunAsync("verify", "--key", pem), 2, $"--key '{pem}' is not allowed without FILE");
        BadInputTests.Refuses(await DxProgram.RunAsync("verify", file, "--checkpoint", pem), 2, $"--checkpoint '{pem}' is not allowed with FILE");
    }

    // One whose certificate is the first and in force; a contract whose funds passed through the venue.
    internal static Task<string> CertifiedAsync(string store) => MarketToSpoil.ReadAsync<string>(store, $"""
        SELECT min(stream_id) FROM {Events} p WHERE type LIKE 'rights_certified%' AND NOT EXISTS (SELECT 1 FROM {Events} WHERE stream_id = p.stream_id
          AND (type LIKE 'certificate_renewed%' OR type LIKE 'rights_transferred%' OR type LIKE 'certificate_expired%' OR type LIKE 'certificate_revoked%' OR type LIKE 'registration_cancelled%'))
        """);

    private static Task<string> InvoicedAsync(string store) => MarketToSpoil.ReadAsync<string>(store, $"""
        SELECT min(stream_id) FROM {Events} d WHERE type LIKE 'transaction_registered%' AND data->>'channel' = 'RegisteredContract'
          AND EXISTS (SELECT 1 FROM {Events} WHERE stream_id = 'settlement/' || substr(d.stream_id, 6) AND type LIKE 'data_invoice_issued%')
        """);

    internal static Task WriteAsync(string path, string text) => File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);

    private static async Task<int> NodeAsync(params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "verify-voucher.mjs"), .. arguments]) { RedirectStandardOutput = true })!;
        await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return node.ExitCode;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}");
        return output;
    }
}

/// <summary>A run with keys from a folder.</summary>
public sealed class VenueKeyFolderTests
{
    [Fact]
    public async Task A_store_made_with_keys_of_a_folder_goes_on_and_issues_with_those_alone()
    {
        await using var folder = new TemporaryFolder();
        var (keys, others, file, pem) = (folder.In("keys"), folder.In("others"), folder.In("certificate.json"), folder.In("venue.pem"));
        BadInputTests.Refuses(await DxProgram.RunAsync([.. SmallMarket.Simulate, "--keys", keys, "--data", folder.Data]), 2, Path.Combine(keys, "origin"));
        await MakeAsync(keys, "log.example.org");
        await MakeAsync(others, "log.example.org");
        File.Delete(Path.Combine(keys, "hzdex.pem"));
        BadInputTests.Refuses(await DxProgram.RunAsync([.. SmallMarket.Simulate, "--keys", keys, "--data", folder.Data]), 2, Path.Combine(keys, "hzdex.pem"), "is missing");
        Assert.False(Directory.Exists(folder.Data), "unfit keys should leave no data folder behind");
        File.Copy(Path.Combine(others, "hzdex.pem"), Path.Combine(keys, "hzdex.pem"));

        var made = (await DxProgram.RunAsync([.. SmallMarket.Simulate, "--keys", keys, "--data", folder.Data])).WithExitCode(0).Json();
        Assert.True(made.GetProperty("verified").GetBoolean());
        Assert.All(made.GetProperty("logs").EnumerateArray(), log => Assert.StartsWith("log.example.org/", log.GetProperty("origin").GetString(), StringComparison.Ordinal));
        Assert.True((await DxProgram.RunAsync("verify", "--json", "--data", folder.Data)).WithExitCode(0).Json().GetProperty("verified").GetBoolean());

        BadInputTests.Refuses(await DxProgram.RunAsync([.. SmallMarket.Simulate, "--data", folder.Data]), 1, "other keys", "name of log", "without --keys", "--reset");
        BadInputTests.Refuses(await DxProgram.RunAsync([.. SmallMarket.Simulate, "--keys", others, "--data", folder.Data]), 1, "other keys", "key 0 of venue zjbdec", others);
        BadInputTests.Refuses(await DxProgram.RunAsync("certificate", "P000001", "--data", folder.Data), 2, "--keys is missing", "no throw-away key");
        BadInputTests.Refuses(await DxProgram.RunAsync("certificate", "P000001", "--keys", others, "--data", folder.Data), 2, $"--keys '{others}' does not fit");

        var issued = (await DxProgram.RunAsync("certificate", "P000001", "--keys", keys, "--out", file, "--json", "--data", folder.Data)).WithExitCode(0).Json();
        Assert.False(issued.GetProperty("document").GetProperty("issuer").GetProperty("isThrowAwayKey").GetBoolean());
        var venue = issued.GetProperty("document").GetProperty("issuer").GetProperty("venue").GetString();
        foreach (var (from, code) in new[] { (keys, 0), (others, venue == "hzdex" ? 0 : 1) })
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(from, venue + ".pem"), TestContext.Current.CancellationToken));
            await VoucherTests.WriteAsync(pem, key.ExportSubjectPublicKeyInfoPem());
            (await DxProgram.RunAsync("verify", file, "--key", pem)).WithExitCode(code);
        }
    }

    private static async Task MakeAsync(string folder, string origin)
    {
        Directory.CreateDirectory(folder);
        await VoucherTests.WriteAsync(Path.Combine(folder, "origin"), origin + "\n");
        foreach (var venue in new[] { "zjbdec", "hzdex" })
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            await VoucherTests.WriteAsync(Path.Combine(folder, venue + ".pem"), key.ExportPkcs8PrivateKeyPem());
        }
    }
}
