using System.Net;
using Microsoft.Playwright;

namespace DataExchange.Web.Tests.Studio;

/// <summary>The studio in the browser: a setting is changed, both markets are run, compared, and one of them is the very market of the store.</summary>
public sealed class StudioPageTests(OpenedMarket market)
{
    [Fact]
    public async Task A_setting_is_changed_run_and_compared_with_the_very_market_of_the_store()
    {
        await using var seen = await market.SeeAsync("/zh/studio");
        var page = seen.Page;
        await page.FillAsync("#studio-find", "deals.disputed");
        await page.FillAsync("[name='deals.disputed']", "0.9");
        Assert.Contains("1", await page.InnerTextAsync("#studio-changed"));
        await page.ClickAsync("#studio-form [type=submit]");
        await seen.ShowsAsync("#studio-progress");
        await LooksGoodAsync(seen, isLookedOver: true);
        await seen.ShowsAsync("figure svg");
        var changed = page.Url.Split('/')[^1];
        Assert.Contains("deals.disputed=0.9", await page.InnerTextAsync("main"));
        Assert.DoesNotContain(market.Digest, await page.InnerTextAsync("main"));
        await LooksGoodAsync(seen, isLookedOver: false);

        // The link leads to the form with what was set; with the value of the scenario it is the market of the store.
        await page.ClickAsync("#studio-link");
        Assert.Equal("0.9", await page.InputValueAsync("[name='deals.disputed']"));
        await page.FillAsync("[name='deals.disputed']", await page.EvaluateAsync<string>("() => document.querySelector(\"[name='deals.disputed']\").closest('.studio-field').dataset.base"));
        await page.ClickAsync("#studio-form [type=submit]");
        await seen.ShowsAsync("figure svg");
        Assert.Contains(market.Digest, await page.InnerTextAsync("main"));
        var asItWas = page.Url.Split('/')[^1];

        foreach (var (language, scheme, width) in new[] { ("zh", ColorScheme.Light, 1280), ("en", ColorScheme.Dark, 360) })
        {
            foreach (var (number, path) in new[] { $"compare?a={asItWas}&b={changed}", "", "?set=deals.disputed%3D0.9", $"runs/{changed}" }.Index())
            {
                await using var other = await market.SeeAsync($"/{language}/studio{(path.StartsWith('?') || path.Length == 0 ? "" : "/")}{path}", width, scheme);
                Assert.Equal(200, other.Answer.Status);
                Assert.Contains("deals.disputed", await other.Page.TextContentAsync("main"));
                await LooksGoodAsync(other, Axe.IsTurnOf(number, language == "zh"));
            }
        }

        // A long one is cancelled.
        await page.GotoAsync(market.Url + "/en/studio?scale=0.2");
        await page.ClickAsync("#studio-form [type=submit]");
        await seen.ShowsAsync("#studio-progress");
        await page.ClickAsync("form[action$=cancel] [type=submit]");
        Assert.Contains("cancelled", await page.InnerTextAsync("main"));
        Assert.Empty(seen.Complaints);
    }

    private static async Task LooksGoodAsync(SeenPage seen, bool isLookedOver)
    {
        if (isLookedOver)
        {
            Assert.Empty(await Axe.ViolationsAsync(seen.Page));
        }

        Assert.Equal("", await seen.Page.EvaluateAsync<string>(PageTests.Beyond));
        var foreign = seen.Page.Url.Contains("/zh/", StringComparison.Ordinal) ? PageTests.English() : PageTests.Chinese();
        Assert.DoesNotContain(await seen.Page.EvaluateAsync<string[]>(PageTests.VisibleTexts), text => foreign.IsMatch(text));
        Assert.Empty(seen.Complaints);
    }

    [Theory]
    [InlineData("/en/studio?set=pricing.stepShare%3D1", "setting &#x27;pricing.stepShare&#x27;: pricing has no &#x27;stepShare&#x27;")]
    [InlineData("/en/studio?set=deals.late%3D7", "deals.late.value = 7: is out of range, allowed from 0 to 1")]
    [InlineData("/en/studio?set=%3Cscript%3E", "setting &#x27;&lt;script&gt;&#x27; is not allowed: PATH=VALUE")]
    [InlineData("/en/studio?scale=5", "Parameter scale: “5” is not allowed; allowed: 0.005 – 0.2")]
    [InlineData("/zh/studio?seed=-1", "参数 seed：“-1”不可用；可用：0 – 9223372036854775807")]
    [InlineData("/en/studio/compare?a=1000&b=x", "Parameter a: “1000” is not allowed")]
    public async Task A_wrong_address_is_refused(string path, string told)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(market.Url + path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(WebUtility.HtmlDecode(told), WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_somebody_else_starts_and_cancels_nothing()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        foreach (var (path, origin, status) in new[] { ("run", null, 400), ("run", "https://elsewhere.example", 403), ("runs/1/cancel", null, 400), ("runs/1/cancel", "https://elsewhere.example", 403) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{market.Url}/web/studio/{path}") { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["scale"] = "0.002" }) };
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }
}
