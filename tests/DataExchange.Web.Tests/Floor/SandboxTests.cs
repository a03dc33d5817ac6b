using System.Net;
using DataExchange.Web.Floor.Sandbox;
using Microsoft.Playwright;

namespace DataExchange.Web.Tests.Floor;

/// <summary>The sandbox floor over HTTP and in the browser: who may do what, and what nobody can do for others.</summary>
[Collection("sandbox")]
public sealed class SandboxTests(OpenedMarket market)
{
    // By time: a page behind another one draws no frames to look at between.
    private static readonly PageWaitForFunctionOptions Often = new() { PollingInterval = 100 };

    private const string Table = """
        role      | Buy Sell Cancel Take Post Withdraw Halt Resume Uncross Play Pause Speed Reset Read
        Buyer     | yes yes  yes    yes  -    -        -    -      -       yes  yes   yes   -     -
        Provider  | -   yes  yes    -    yes  yes      -    -      -       yes  yes   yes   -     -
        Venue     | -   -    -      -    -    -        yes  yes    yes     yes  yes   yes   yes   yes
        Regulator | -   -    -      -    -    -        yes  -      -       -    -     -     -     yes
        Auditor   | -   -    -      -    -    -        -    -      -       -    -     -     -     yes
        """;

    private static readonly (string, string)[] AllFields = [("place", "Book"), ("price", "50.00"), ("pieces", "1"), ("number", "1"), ("speed", "2"), ("seed", "7")];

    [Fact]
    public async Task What_a_role_may_not_do_is_not_offered_and_is_refused()
    {
        var rows = Table.Split('\n').Select(row => row.Split(['|', ' '], StringSplitOptions.RemoveEmptyEntries)).ToArray();
        Assert.Equal(Enum.GetNames<SandboxAction>(), rows[0][1..]);
        Assert.Equal(Enum.GetNames<SandboxRole>(), rows[1..].Select(row => row[0]));
        foreach (var row in rows[1..])
        {
            using var visitor = await SandboxVisitor.AsAsync(market.Url, Enum.Parse<SandboxRole>(row[0]));
            // There is an order to cancel, or there cannot be one.
            using var ordered = await visitor.PostAsync("do/sell", ("place", "Book"), ("price", "900.00"), ("pieces", "1"));
            Assert.Equal(row[2] == "yes", ordered.StatusCode == HttpStatusCode.OK);
            var page = await visitor.SeeAsync();
            for (var i = 1; i < row.Length; i++)
            {
                var (may, action) = (row[i] == "yes", rows[0][i].ToLowerInvariant());
                var offer = action == "read" ? "/en/floor/try/log" : $"/web/floor/try/do/{action}";
                Assert.True(may == page.Contains($"\"{offer}\"", StringComparison.Ordinal), $"{row[0]}, {action}: it is {(may ? "not " : "")}offered.");
                using var answer = action == "read" ? await visitor.GetAsync(offer) : await visitor.PostAsync("do/" + action, AllFields);
                Assert.True(answer.StatusCode == (may ? HttpStatusCode.OK : HttpStatusCode.Forbidden), $"{row[0]}, {action}: {answer.StatusCode}");
            }
        }

        // The last that did something was the venue, which began anew; it is all in the log.
        using var auditor = await SandboxVisitor.AsAsync(market.Url, SandboxRole.Auditor);
        using var log = await auditor.GetAsync("/en/floor/try/log");
        Assert.Contains("A new market with seed 7.", await log.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await PlayAsync();
    }

    [Fact]
    public async Task Who_acts_as_nobody_is_refused_everything()
    {
        using var visitor = new SandboxVisitor(market.Url);
        var page = await visitor.SeeAsync();
        Assert.DoesNotContain("/web/floor/try/do/", page, StringComparison.Ordinal);
        foreach (var action in Enum.GetValues<SandboxAction>().Where(action => action != SandboxAction.Read))
        {
            using var answer = await visitor.PostAsync("do/" + action.ToString().ToLowerInvariant(), AllFields);
            Assert.Equal((HttpStatusCode.Forbidden, "First choose as whom you act. Nothing was changed."), (answer.StatusCode, await SandboxVisitor.SaysAsync(answer)));
        }

        using var read = await visitor.GetAsync("/en/floor/try/log");
        Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
    }

    [Fact]
    public async Task A_form_that_is_not_ours_is_refused_and_changes_nothing()
    {
        using var buyer = await SandboxVisitor.AsAsync(market.Url, SandboxRole.Buyer);
        using var other = await SandboxVisitor.AsAsync(market.Url, SandboxRole.Buyer);
        var before = await buyer.MineAsync();
        (string? Token, (string, string)[] Headers, int Status)[] forged =
        [
            (null, [], 400), ("", [], 400), (new string('0', 32), [], 400), (other.Token, [], 400), (buyer.Token + "0", [], 400),
            (buyer.Token, [("Origin", "http://evil.example")], 403), (buyer.Token, [("Origin", market.Url + "0")], 403), (buyer.Token, [("Origin", "null")], 403),
            (buyer.Token, [("Sec-Fetch-Site", "cross-site")], 403), (buyer.Token, [("Sec-Fetch-Site", "same-site")], 403),
            (buyer.Token, [("Origin", "http://evil.example"), ("Sec-Fetch-Site", "same-origin")], 403),
        ];
        foreach (var (token, headers, status) in forged)
        {
            using var answer = await buyer.PostAsync("do/take", token, headers, ("pieces", "1"));
            Assert.True((int)answer.StatusCode == status, $"{token} {string.Join(' ', headers)}: {answer.StatusCode}");
            Assert.EndsWith("Nothing was changed.", await SandboxVisitor.SaysAsync(answer), StringComparison.Ordinal);
            using var signIn = await buyer.PostAsync("sign-in", token, headers, ("role", "Venue"));
            Assert.Equal(status, (int)signIn.StatusCode);
        }

        // Nor under a name that somebody points at this machine, by which his page would be of this host.
        using var rebound = await buyer.PostAsync("do/take", buyer.Token, [("Host", "rebound.example"), ("Origin", "http://rebound.example")], ("pieces", "1"));
        Assert.Equal(421, (int)rebound.StatusCode);

        Assert.Equal(before, await buyer.MineAsync());
        // A form of its own page counts, also as browsers send it from a page that tells nobody where it is.
        using var own = await buyer.PostAsync("do/take", buyer.Token, [("Origin", "null"), ("Sec-Fetch-Site", "same-origin")], ("pieces", "1"));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var named = await buyer.PostAsync("do/take", buyer.Token, [("Origin", market.Url)], ("pieces", "1"));
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        Assert.NotEqual(before, await buyer.MineAsync());
    }

    [Fact]
    public async Task A_form_that_is_no_form_or_too_long_is_refused()
    {
        using var http = new HttpClient();
        foreach (var content in new HttpContent[]
        {
            new StringContent("{\"token\":\"x\"}", System.Text.Encoding.UTF8, "application/json"), new MultipartFormDataContent { { new StringContent("x"), "token" } },
            new StringContent("token=" + new string('x', 10_000), System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"),
        })
        {
            using var answer = await http.PostAsync(market.Url + "/web/floor/try/do/take", content, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            content.Dispose();
        }
    }

    [Fact]
    public async Task The_cookie_is_for_the_server_alone_and_another_one_with_each_sign_in()
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false });
        using var page = await http.GetAsync(market.Url + "/en/floor/try", TestContext.Current.CancellationToken);
        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith($"dx-floor-{new Uri(market.Url).Port}=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);

        using var visitor = new SandboxVisitor(market.Url);
        await visitor.SeeAsync();
        var before = visitor.Token;
        using var signedIn = await visitor.PostAsync("sign-in", ("role", "Auditor"));
        Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        using var late = await visitor.PostAsync("sign-out", before, []);
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
    }

    [Theory]
    [InlineData("buy", "place", "Offer", "Book, Auction")]
    [InlineData("buy", "price", "100.05", "0.10, 0.20, … 1000.00")]
    [InlineData("buy", "price", "0", "0.10, 0.20, … 1000.00")]
    [InlineData("buy", "price", "1000.10", "0.10, 0.20, … 1000.00")]
    [InlineData("buy", "price", "1e2", "0.10, 0.20, … 1000.00")]
    [InlineData("buy", "pieces", "1001", "1 – 1000")]
    [InlineData("buy", "pieces", "-1", "1 – 1000")]
    [InlineData("take", "pieces", "", "1 – 1000")]
    [InlineData("cancel", "number", "x", "1, 2, …")]
    [InlineData("speed", "speed", "3", "1, 2, 5, 10, 30")]
    public async Task A_wrong_field_is_named_with_what_is_allowed(string action, string field, string value, string allowed)
    {
        using var buyer = await SandboxVisitor.AsAsync(market.Url, SandboxRole.Buyer);
        using var answer = await buyer.PostAsync("do/" + action, [.. AllFields.Where(one => one.Item1 != field), (field, value)]);
        Assert.Equal((HttpStatusCode.BadRequest, $"Parameter {field}: “{value}” is not allowed; allowed: {allowed}"), (answer.StatusCode, await SandboxVisitor.SaysAsync(answer)));
    }

    [Fact]
    public async Task In_the_browser_one_buys_orders_and_cancels_and_a_halt_is_seen_by_all()
    {
        await PlayAsync();
        await using var seen = await market.SeeAsync("/en/floor/try");
        var page = seen.Page;
        await page.ClickAsync("button[value=Buyer]");
        await seen.ShowsAsync("text=You act as the demo buyer");
        await page.ClickAsync("button:text-is('Buy licences')");
        await seen.ShowsAsync("text=Licences bought at ¥88.00 each: 5.");
        await page.FillAsync("form[aria-label='Limit order'] [name=price]", "20.00");
        await page.ClickAsync("button:text-is('Buy')");
        await seen.ShowsAsync("#mine button:text-is('Cancel')");
        await page.ClickAsync("#mine button:text-is('Cancel')");
        await seen.ShowsAsync("text=was cancelled.");
        Assert.Equal(0, await page.Locator("#mine tr", new() { HasText = "¥20.00" }).CountAsync());

        using (var regulator = await SandboxVisitor.AsAsync(market.Url, SandboxRole.Regulator))
        {
            (await regulator.PostAsync("do/halt", ("place", "Book"))).Dispose();
            await seen.ShowsAsync("[data-board=Book] [data-part=phase]:text-is('halted')");
        }

        using var venue = await SandboxVisitor.AsAsync(market.Url, SandboxRole.Venue);
        (await venue.PostAsync("do/resume", ("place", "Book"))).Dispose();
        await seen.ShowsAsync("[data-board=Book] [data-part=phase]:text-is('continuous trading')");
        Assert.Empty(seen.Complaints);
    }

    [Fact]
    public async Task The_picture_is_held_for_oneself_and_moves_on_for_all_others()
    {
        await PlayAsync();
        await using var seen = await market.SeeAsync("/zh/floor/try");
        const string Time = "[data-board=Book] [data-part=time]";
        var first = await seen.Page.TextContentAsync(Time);
        await seen.Page.WaitForFunctionAsync($"() => document.querySelector('{Time}').textContent > '{first}'", null, Often);
        await seen.Page.ClickAsync(".hold");
        var held = await seen.Page.TextContentAsync(Time);
        await seen.Page.WaitForTimeoutAsync(1_200);
        Assert.Equal(held, await seen.Page.TextContentAsync(Time));
        await seen.Page.ClickAsync(".hold");
        await seen.Page.WaitForFunctionAsync($"() => document.querySelector('{Time}').textContent > '{held}'", null, Often);

        // Who prefers that nothing moves begins with it held.
        await seen.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await seen.Page.ReloadAsync();
        await seen.ShowsAsync(".hold:text-is('继续跟随')");
        Assert.Empty(seen.Complaints);
    }

    [Fact]
    public async Task Without_script_the_forms_work_and_say_what_became_of_them()
    {
        await using var seen = await market.SeeAsync("/zh/floor/try", withScript: false);
        await seen.Page.ClickAsync("button[value=Provider]");
        Assert.Equal("您现在的身份：示例供方。", await seen.Page.TextContentAsync(".said"));
        await seen.Page.FillAsync("form[action$=post] [name=price]", "77.50");
        await seen.Page.ClickAsync("form[action$=post] button");
        Assert.Equal("已以 ¥77.50 挂牌。", await seen.Page.TextContentAsync(".said"));
        Assert.Contains("¥77.50", await seen.Page.TextContentAsync("[data-board=Offer] [data-part=ladder]"), StringComparison.Ordinal);
        await seen.Page.FillAsync("form[action$=post] [name=price]", "88.00");
        await seen.Page.ClickAsync("form[action$=post] button");
        await seen.Page.ReloadAsync();
        Assert.Equal("", await seen.Page.TextContentAsync(".said"));
    }

    // As a test begins with it: playing, the offer posted, nothing halted.
    private async Task PlayAsync()
    {
        using var venue = await SandboxVisitor.AsAsync(market.Url, SandboxRole.Venue);
        (await venue.PostAsync("do/reset", ("seed", "20250602"))).Dispose();
        (await venue.PostAsync("do/play")).Dispose();
    }
}
