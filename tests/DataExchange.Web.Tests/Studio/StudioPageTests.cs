using System.Net;
using Microsoft.Playwright;

namespace DataExchange.Web.Tests.Studio;

/// <summary>The studio in the browser: a setting is changed, both markets are run, compared, and one of them is the very market of the store.</summary>
public sealed class StudioPageTests(OpenedMarket market)
{
    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task A_setting_is_changed_run_and_compared(string language)
    {
        await using var seen = await market.SeeAsync($"/{language}/studio", language == "zh" ? 1280 : 360, language == "zh" ? ColorScheme.Light : ColorScheme.Dark);
        var page = seen.Page;
        Assert.Empty(await Axe.ViolationsAsync(page));
        await page.FillAsync("#studio-find", "deals.disputed");
        await page.FillAsync("[name='deals.disputed']", "0.9");
        await page.FillAsync("#scale", "0.002");
        Assert.Contains("1", await page.InnerTextAsync("#studio-changed"));
        await page.ClickAsync("#studio-form [type=submit]");
        await seen.ShowsAsync("figure svg");
        var changed = page.Url.Split('/')[^1];
        Assert.Contains("deals.disputed=0.9", await page.InnerTextAsync("main"));
        Assert.Empty(await Axe.ViolationsAsync(page));
        // The link leads to the form with what was set.
        await page.ClickAsync("#studio-link");
        Assert.Equal("0.9", await page.InputValueAsync("[name='deals.disputed']"));
        await page.EvaluateAsync("() => { document.querySelectorAll('details').forEach(group => group.open = true); }");
        await page.FillAsync("[name='deals.disputed']", await page.EvaluateAsync<string>("() => document.querySelector(\"[name='deals.disputed']\").closest('.studio-field').dataset.base"));
        await page.ClickAsync("#studio-form [type=submit]");
        await seen.ShowsAsync("figure svg");

        await page.GotoAsync($"{market.Url}/{language}/studio/compare?a={page.Url.Split('/')[^1]}&b={changed}");
        Assert.Contains("deals.disputed", await page.InnerTextAsync("main"));
        Assert.Empty(await Axe.ViolationsAsync(page));
        Assert.Empty(seen.Complaints);
    }

    [Fact]
    public async Task The_same_scenario_seed_and_scale_give_the_digest_of_the_store()
    {
        await using var seen = await market.SeeAsync("/en/studio");
        await seen.Page.ClickAsync("#studio-form [type=submit]");
        await seen.ShowsAsync("figure svg");

        Assert.Contains(market.Digest, await seen.Page.InnerTextAsync("main"));
    }

    [Theory]
    [InlineData("/en/studio?set=pricing.stepShare%3D1", "setting &#x27;pricing.stepShare&#x27;: pricing has no &#x27;stepShare&#x27;")]
    [InlineData("/en/studio?set=deals.late%3D7", "deals.late.value = 7: is out of range, allowed from 0 to 1")]
    [InlineData("/en/studio?set=%3Cscript%3E", "setting &#x27;&lt;script&gt;&#x27; is not allowed: PATH=VALUE")]
    [InlineData("/en/studio?scale=5", "Parameter scale: “5” is not allowed; allowed: 0.002 – 0.2")]
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
