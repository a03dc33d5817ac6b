using System.Net;

namespace DataExchange.Web.Tests;

/// <summary>What the server answers, without a browser.</summary>
public sealed class AnswerTests(OpenedMarket market) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("/en/products/P999999", 404, "There is no product “P999999”.")]
    [InlineData("/zh/products/%3Cb%3E", 404, "没有产品“&lt;b&gt;”。")]
    [InlineData("/en/products/P999999/certificate", 404, "Product “P999999” has no certificate.")]
    [InlineData("/en/deals/C999999/invoice", 404, "Deal “C999999” has no data invoice.")]
    [InlineData("/en/auctions/P1-1", 404, "There is no auction “P1-1”.")]
    [InlineData("/en/requirements/R999999", 404, "There is no requirement “R999999”.")]
    [InlineData("/en/requirements?stage=Lost", 400, "Parameter stage: “Lost” is not allowed; allowed: Posted, Answered, Met, Lapsed, Withdrawn")]
    [InlineData("/zh/requirements?page=x", 400, "参数 page：“x”不可用；可用：1 – ")]
    [InlineData("/en/replay?at=2024-02-30", 400, "Parameter at: “2024-02-30” is not allowed; allowed: 20")]
    [InlineData("/en/chain/smart-iot", 404, "There is no sub-track “smart-iot”.")]
    [InlineData("/en/shelf?rights=None", 400, "Parameter rights: “None” is not allowed; allowed: ResourceHolding, ProcessingAndUse, ProductOperation")]
    [InlineData("/en/deals/C999999", 404, "There is no deal “C999999”.")]
    [InlineData("/zh/log/nowhere?leaf=1", 404, "没有“nowhere”的存证日志。")]
    [InlineData("/en/log/hzdex?leaf=-1", 400, "Parameter leaf: “-1” is not allowed; allowed: 0 – ")]
    [InlineData("/en/ledger/journal?page=0", 400, "Parameter page: “0” is not allowed; allowed: 1 – ")]
    [InlineData("/en/ledger/journal?account=liabilities:nobody", 404, "There is no account “liabilities:nobody”")]
    [InlineData("/zh/shelf?venue=nowhere", 400, "参数 venue：“nowhere”不可用；可用：hzdex, zjbdec")]
    [InlineData("/en/shelf?price=7", 400, "Parameter price: “7” is not allowed; allowed: Under100, ")]
    [InlineData("/en/shelf?seller=x", 400, "Parameter seller: “x” is not allowed; allowed: no such parameter: q, venue")]
    [InlineData("/web/proof?fact=product/P999999@1", 404, "There is no such fact")]
    [InlineData("/web/nothing.js", 404, "There is no file 'nothing.js'.")]
    public async Task A_wrong_address_is_answered_with_what_is_wrong(string path, int status, string says)
    {
        using var answer = await _http.GetAsync(market.Url + path, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(says, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        AssertGuarded(answer);
    }

    [Fact]
    public async Task Every_answer_forbids_what_is_not_its_own()
    {
        foreach (var path in new[] { "/en/", "/zh/shelf/results", "/web/app.js", "/web/theme.css", "/web/proof?venue=hzdex&leaf=0" })
        {
            using var answer = await _http.GetAsync(market.Url + path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            AssertGuarded(answer);
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_log_without_a_leaf_asked_for_shows_its_last()
    {
        var html = await _http.GetStringAsync(market.Url + "/en/log/zjbdec", TestContext.Current.CancellationToken);
        Assert.Contains("Leaf before", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Leaf after", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN,zh;q=0.9", "/zh/")]
    [InlineData("en-GB", "/en/")]
    [InlineData("", "/en/")]
    public async Task The_first_address_leads_to_the_browsers_language(string accepts, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, market.Url + "/");
        if (accepts.Length > 0)
        {
            request.Headers.Add("Accept-Language", accepts);
        }

        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Found, expected), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task A_name_that_somebody_points_at_this_machine_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, market.Url + "/en/");
        request.Headers.Host = "rebound.example";
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(421, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_data_invoice_is_a_document_with_a_code_to_scan()
    {
        using var answer = await _http.GetAsync($"{market.Url}/zh/deals/{market.Deal}/invoice", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(market.Deal, html, StringComparison.Ordinal);
        Assert.Contains("<svg class=\"qr\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_signed_certificate_is_a_document_without_script()
    {
        using var answer = await _http.GetAsync($"{market.Url}/en/products/{market.Product}/certificate", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(market.Product, html, StringComparison.Ordinal);
        Assert.Contains("throw-away key", html, StringComparison.Ordinal);
    }

    private static void AssertGuarded(HttpResponseMessage answer)
    {
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }
}
