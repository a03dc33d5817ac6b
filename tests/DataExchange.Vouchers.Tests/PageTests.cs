using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CsCheck;
using DataExchange.Domain;
using DataExchange.Vouchers.Checking;
using DataExchange.Vouchers.Page;
using DataExchange.Vouchers.Signing;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace DataExchange.Vouchers.Tests;

/// <summary>The page says what the document says, and its QR code can be read and checked.</summary>
public sealed partial class PageTests(SharedMarket shared) : IClassFixture<SharedMarket>
{
    private readonly LoggedMarket _market = shared.Market;

    [Fact]
    public void The_code_is_read_back_from_the_page_and_holds_handle_and_proof()
    {
        foreach (var id in _market.Invoiced.Where((_, i) => i % 40 == 0))
        {
            var (file, signer) = Signed(_market.Invoice(id));
            var text = Read(VoucherPage.Of(file, signer));
            var code = VoucherCode.Parse(text);
            Assert.Equal(VoucherCode.Of(file, signer).Text, text);
            Assert.Null(code.FindProblem(signer.Key));
            Assert.Equal(("INV", $"86.dex/invoice.{id}", Convert.ToHexStringLower(SHA256.HashData(file))), (code.Kind, code.Handle, code.Digest));
            Assert.Equal(_market.DealOf(id).Registered.AmountFen.ToString(CultureInfo.InvariantCulture), code.Essential);
        }
    }

    [Fact]
    public void A_code_with_one_letter_changed_is_refused()
    {
        var (file, signer) = Signed(_market.Certificate(_market.Certified.First()));
        var text = VoucherCode.Of(file, signer).Text;
        Assert.Null(VoucherCode.Parse(text).FindProblem(signer.Key));
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var letter in "A0b|")
            {
                if (letter != text[i])
                {
                    Assert.False(Holds(text[..i] + letter + text[(i + 1)..]), $"letter {i}: {letter}");
                }
            }
        }

        Assert.StartsWith("key: the code is signed by key", VoucherCode.Parse(text).FindProblem(VoucherKey.Of(_market.Keys.Of("hzdex", 99).Public.SubjectPublicKeyInfo)), StringComparison.Ordinal);

        bool Holds(string changed)
        {
            try
            {
                return VoucherCode.Parse(changed).FindProblem(signer.Key) is null;
            }
            catch (VoucherException)
            {
                return false;
            }
        }
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("</td></table></body></html>")]
    [InlineData("&lt;b&gt; &amp; 'x' `y` {{z}}")]
    public void A_title_is_text_whatever_it_holds(string title) => Assert.True(IsHarmless(title), title);

    [Fact]
    public void Any_title_is_signed_checked_and_shown_as_text() =>
        Gen.OneOf(Gen.String, Gen.Char.Array[0, 8].Select(chars => "<" + new string(chars) + ">")).Where(text => text.All(c => !char.IsSurrogate(c))).Sample(IsHarmless, iter: 50);

    [Fact]
    public void A_corrected_title_and_changed_content_are_told_with_the_facts_that_say_so()
    {
        var id = new ProductId("P1");
        using var market = Made.Product(id, "旧", "old", correctedTo: "新 new", revisedTo: new string('b', 64));
        var file = market.Certificate(id);
        var found = VoucherCheck.Check(file, null);
        Assert.Null(found.Problem);
        Assert.Contains("product/P1@8 registration_corrected.v1", found.Facts);
        Assert.Contains("product/P1@9 product_revised.v1", found.Facts);
        var subject = VoucherTests.Json(file)["credentialSubject"]!;
        Assert.Equal((2, "86.dex/version.P1.2", new string('b', 64)), (subject["productVersion"]!.GetValue<int>(), subject["versionHandle"]!.GetValue<string>(), subject["fingerprint"]!.GetValue<string>()));
        Assert.Contains("新 new", VoucherPage.Of(file, Signed(file, market).Signer), StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_counts_from_every_time_that_it_was_brought()
    {
        var id = new ProductId("P1");
        using var market = Made.Product(id, "题", "title");
        var evidence = VoucherTests.Json(market.Certificate(id))["credentialSubject"]!["provenance"]!["evidence"]!.AsArray().Select(kind => kind!.GetValue<string>());
        Assert.Equal(["LawfulSource", "PersonalConsent", "SecurityAssessment"], evidence);
    }

    [Fact]
    public void The_page_is_bilingual_warns_of_a_throw_away_key_and_says_that_it_is_no_tax_invoice()
    {
        var (file, signer) = Signed(_market.Invoice(_market.Invoiced.First()));
        var page = VoucherPage.Of(file, signer);
        foreach (var told in new[] { "数据合规流通数字证书", "Compliance circulation certificate", "不是税务发票", "not a tax invoice", "一次性密钥", "throw-away key", "default-src 'none'" })
        {
            Assert.Contains(told, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("http://", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        var summary = VoucherSummary.Of(file);
        Assert.Contains(summary, line => line.Label.En == "price" && line.Text.EndsWith("元 CNY", StringComparison.Ordinal));
    }

    /// <summary>The text of the QR code in a page, as a reader of codes sees it.</summary>
    internal static string Read(string page)
    {
        const int Module = 4;
        var size = int.Parse(ViewBox().Match(page).Groups[1].Value, CultureInfo.InvariantCulture);
        var pixels = new byte[size * Module * size * Module];
        Array.Fill(pixels, (byte)255);
        foreach (Match dark in Dark().Matches(page))
        {
            var (x, y) = (int.Parse(dark.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(dark.Groups[2].Value, CultureInfo.InvariantCulture));
            for (var row = 0; row < Module; row++)
            {
                pixels.AsSpan((((y * Module) + row) * size * Module) + (x * Module), Module).Clear();
            }
        }

        var image = new RGBLuminanceSource(pixels, size * Module, size * Module, RGBLuminanceSource.BitmapFormat.Gray8);
        var hints = new Dictionary<DecodeHintType, object> { [DecodeHintType.PURE_BARCODE] = true };
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(image)), hints).Text;
    }

    private static bool IsHarmless(string title)
    {
        var id = new ProductId("P1");
        using var market = Made.Product(id, title, title + " en");
        var file = market.Certificate(id);
        var page = VoucherPage.Of(file, Signed(file, market).Signer);
        // Every tag of the page is one of its own.
        return VoucherCheck.Check(file, null).Problem is null
            && Tag().Matches(page).All(tag => Own.Contains(tag.Groups[1].Value))
            && Tag().Count(page) == Tag().Count(VoucherPage.Of(Plain, PlainSigner))
            && page.Contains(System.Net.WebUtility.HtmlEncode(title), StringComparison.Ordinal);
    }

    private static readonly HashSet<string> Own =
        ["!DOCTYPE", "html", "head", "meta", "title", "style", "body", "header", "h1", "span", "div", "code", "b", "p", "table", "tr", "th", "td", "br", "footer", "svg", "rect", "path"];

    private static readonly LoggedMarket PlainMarket = Made.Product(new("P1"), "题", "title");
    private static readonly byte[] Plain = PlainMarket.Certificate(new("P1"));
    private static readonly VoucherSigner PlainSigner = Signed(Plain, PlainMarket).Signer;

    private static (byte[] File, VoucherSigner Signer) Signed(byte[] file, LoggedMarket market)
    {
        var issuer = VoucherTests.Json(file)["issuer"]!;
        return (file, new VoucherSigner(market.Keys.Of(issuer["venue"]!.GetValue<string>(), issuer["keyGeneration"]!.GetValue<int>()).Key));
    }

    private (byte[] File, VoucherSigner Signer) Signed(byte[] file) => Signed(file, _market);

    [GeneratedRegex("""class="qr"[^>]*viewBox="0 0 (\d+) \d+""")]
    private static partial Regex ViewBox();

    [GeneratedRegex(@"M(\d+) (\d+)h1v1h-1z")]
    private static partial Regex Dark();

    [GeneratedRegex("</?([a-zA-Z0-9!]+)")]
    private static partial Regex Tag();
}
