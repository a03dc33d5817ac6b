using Microsoft.Playwright;

namespace DataExchange.Web.Tests;

/// <summary>What pages do: search as one types, check the log by themselves, remember the theme; and what they do not let happen.</summary>
public sealed class BehaviourTests(OpenedMarket market)
{
    [Fact]
    public async Task The_shelf_is_searched_as_one_types_and_the_address_says_what_was_sought()
    {
        await using var seen = await market.SeeAsync("/en/shelf");
        var before = await FoundAsync(seen.Page);
        await seen.Page.FillAsync("#q", market.Product.ToLowerInvariant());
        await seen.Page.WaitForFunctionAsync("() => document.querySelectorAll('.cards > li').length === 1");
        Assert.Equal("Products found: 1", await seen.Page.TextContentAsync("#found"));
        Assert.EndsWith($"/en/shelf?q={market.Product.ToLowerInvariant()}", seen.Page.Url, StringComparison.Ordinal);
        Assert.EndsWith($"/zh/shelf?q={market.Product.ToLowerInvariant()}", await seen.Page.GetAttributeAsync("#language", "href"), StringComparison.Ordinal);

        await seen.Page.FillAsync("#q", "");
        await seen.Page.WaitForFunctionAsync($"() => document.querySelector('#found').textContent === '{before}'");
        await seen.Page.SelectOptionAsync("#venue", "zjbdec");
        await seen.Page.WaitForFunctionAsync($"() => document.querySelector('#found').textContent !== '{before}'");
        Assert.EndsWith("/en/shelf?venue=zjbdec", seen.Page.Url, StringComparison.Ordinal);
        Assert.Empty(seen.Complaints);
    }

    [Fact]
    public async Task Without_script_the_shelf_is_searched_by_its_form()
    {
        await using var seen = await market.SeeAsync("/zh/shelf", withScript: false);
        await seen.Page.FillAsync("#q", market.Product);
        await seen.Page.ClickAsync("#shelf-form [type=submit]");
        Assert.Equal(1, await seen.Page.Locator(".cards > li").CountAsync());
        Assert.Equal("找到 1 个产品", await seen.Page.TextContentAsync("#found"));
    }

    [Fact]
    public async Task The_browser_proves_a_certificate_and_refutes_a_fact_that_was_altered_in_the_store()
    {
        await using (var seen = await market.SeeAsync("/en/products/" + market.Product))
        {
            await seen.Page.ClickAsync("#certificate ~ .card .proof button");
            await seen.ShowsAsync(".verdict.holds");
            Assert.Equal(4, await seen.Page.Locator(".steps .holds").CountAsync());
            Assert.Empty(seen.Complaints);
        }

        await using var spoilt = await market.SeeAsync("/en/products/" + market.Hostile[0]);
        await spoilt.Page.ClickAsync("#timeline ~ .table tbody tr:first-child .proof button");
        await spoilt.ShowsAsync(".verdict.fails");
        Assert.Equal(["✗ the path leads to the root (RFC 9162)"], await spoilt.Page.Locator(".steps .fails").AllTextContentsAsync());
    }

    [Fact]
    public async Task A_copy_that_is_tampered_with_fails_and_holds_again_when_it_is_restored()
    {
        await using var seen = await market.SeeAsync("/en/log/hzdex?leaf=7");
        await seen.ShowsAsync(".verdict.holds");
        var entry = await seen.Page.InputValueAsync("#copy");
        await seen.Page.FillAsync("#copy", entry + " ");
        await seen.ShowsAsync(".verdict.fails");
        Assert.Equal(["✗ the entry's SHA-256 is the leaf", "✗ the path leads to the root (RFC 9162)"], await seen.Page.Locator(".steps .fails").AllTextContentsAsync());
        await seen.Page.ClickAsync(".restore");
        await seen.ShowsAsync(".verdict.holds");
        Assert.Empty(seen.Complaints);
    }

    [Fact]
    public async Task The_theme_is_switched_and_remembered_and_the_keyboard_skips_to_the_content()
    {
        await using var seen = await market.SeeAsync("/en/ledger");
        const string Background = "() => getComputedStyle(document.body).backgroundColor";
        var light = await seen.Page.EvaluateAsync<string>(Background);
        await seen.Page.ClickAsync("#theme");
        var dark = await seen.Page.EvaluateAsync<string>(Background);
        await seen.Page.ReloadAsync();
        Assert.NotEqual(light, dark);
        Assert.Equal(dark, await seen.Page.EvaluateAsync<string>(Background));

        await seen.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await seen.Page.EvaluateAsync<string>("() => document.activeElement.textContent"));
        await seen.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await seen.Page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.Equal("/zh/ledger", await seen.Page.GetAttributeAsync("#language", "href"));
    }

    [Fact]
    public async Task A_hostile_title_is_text_everywhere()
    {
        for (var i = 0; i < market.Hostile.Count; i++)
        {
            await using var seen = await market.SeeAsync("/zh/products/" + market.Hostile[i], width: 360);
            Assert.Equal(200, seen.Answer.Status);
            Assert.Equal(OpenedMarket.HostileTitles[i], await seen.Page.TextContentAsync("h1"));
            await IsHarmlessAsync(seen);
        }

        await using var shelf = await market.SeeAsync("/en/shelf?order=Newest&q=" + market.Hostile[0], width: 360);
        Assert.Equal(OpenedMarket.HostileTitles[0], await shelf.Page.TextContentAsync(".card h2"));
        await shelf.Page.FillAsync("#q", "<script>document.title='owned'</script>");
        await shelf.Page.WaitForFunctionAsync("() => document.querySelectorAll('.cards > li').length === 1");
        await IsHarmlessAsync(shelf);
    }

    private static async Task IsHarmlessAsync(SeenPage seen)
    {
        Assert.NotEqual("owned", await seen.Page.TitleAsync());
        Assert.Equal(0, await seen.Page.Locator("main script, main img, main [onmouseover]").CountAsync());
        Assert.True(await seen.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "It can be scrolled sideways.");
        Assert.Empty(seen.Complaints);
    }

    private static async Task<string> FoundAsync(IPage page) => await page.TextContentAsync("#found") ?? "";
}
