using System.Net;
using System.Text.Json;
using Microsoft.Playwright;

namespace DataExchange.Web.Tests.Floor;

/// <summary>A stored order book in the browser.</summary>
public sealed class ReplayTests(OpenedMarket market)
{
    // By time: a page behind another one draws no frames to look at between.
    private static readonly PageWaitForFunctionOptions Often = new() { PollingInterval = 100 };

    // What the button said while it played is kept, and the button clicked again.
    private const string PauseAtNextStep =
        """
        () => {
          const play = document.querySelector(".play");
          const steps = new MutationObserver(() => {
            steps.disconnect();
            window.playing = play.textContent;
            play.click();
          });
          steps.observe(document.querySelector("[data-part=time]"), { childList: true, characterData: true, subtree: true });
        }
        """;

    [Theory]
    [InlineData("/en/floor/P999999", 404, "There is no order book of “P999999”.")]
    [InlineData("/zh/floor/{book}?at=yesterday", 400, "参数 at：“yesterday”不可用；可用：2025-03-31, ")]
    [InlineData("/en/floor/{book}?at=2024-01-01T09:00", 400, "Parameter at: “2024-01-01T09:00” is not allowed; allowed: 2025-")]
    [InlineData("/web/floor/books/{book}?day=2025-13-01", 400, "day: '2025-13-01' is not allowed; allowed: a day such as 2025-03-31.")]
    [InlineData("/web/floor/books/{book}?day=2024-01-01", 400, "day: '2024-01-01' is not allowed; allowed: 2025-")]
    [InlineData("/web/floor/books/P999999?day=2025-03-31", 404, "There is no order book of 'P999999'.")]
    public async Task A_wrong_moment_or_book_is_answered_with_what_is_wrong(string path, int status, string says)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(market.Url + Fill(path), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Contains(says, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stored_orders_given_to_the_matching_core_again_come_to_what_is_stored()
    {
        using var http = new HttpClient();
        var html = await http.GetStringAsync(market.Url + Fill("/en/floor/{book}"), TestContext.Current.CancellationToken);
        Assert.Contains("says what is stored, fact by fact.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_is_played_paused_scrubbed_and_jumped_in_and_script_and_server_draw_the_same()
    {
        await using var seen = await market.SeeAsync(Fill("/en/floor/{book}"));
        var page = seen.Page;
        await seen.ShowsAsync(".play");
        using var day = JsonDocument.Parse(await page.EvaluateAsync<string>(
            "async () => (await fetch(document.getElementById('replay').dataset.frames + '?day=' + document.getElementById('replay').dataset.day)).text()"));
        var times = day.RootElement.GetProperty("frames").EnumerateArray().Select(frame => frame.GetProperty("time").GetString()!).ToArray();
        Assert.True(times.Length > 2, "The day has too little to play.");

        // Scrubbed to the beginning, the page is what the server makes of that moment; where steps share a second, of the last of them.
        var first = Array.FindLastIndex(times, time => time == times[0]);
        await page.Locator(".place").FillAsync(first.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.EndsWith("?at=" + times[0].Replace(' ', 'T'), page.Url, StringComparison.Ordinal);
        await using (var plain = await market.SeeAsync(Fill("/en/floor/{book}") + new Uri(page.Url).Query, withScript: false))
        {
            Assert.Equal(await plain.Page.InnerTextAsync(".board"), await page.InnerTextAsync(".board"));
        }

        // Paused by the page itself at the first step: a busy machine would have it play to the end before a click from outside arrives.
        await page.SelectOptionAsync(".speed", "30");
        await page.EvaluateAsync(PauseAtNextStep);
        await page.ClickAsync(".play");
        await page.WaitForFunctionAsync("() => window.playing !== undefined", null, Often);
        Assert.Equal("Pause", await page.EvaluateAsync<string>("window.playing"));
        Assert.Equal("Play", await page.TextContentAsync(".play"));
        var stopped = await page.TextContentAsync("[data-part=time]");
        Assert.True(string.CompareOrdinal(stopped, times[0]) > 0, stopped);
        await page.WaitForTimeoutAsync(200);
        Assert.Equal(stopped, await page.TextContentAsync("[data-part=time]"));
        Assert.Contains(stopped!, await page.TextContentAsync(".said"), StringComparison.Ordinal);

        // The browser leaves seconds out where there are none.
        await page.FillAsync("#at", times[^1].Replace(' ', 'T') is var last && last.EndsWith(":00", StringComparison.Ordinal) ? last[..^3] : last);
        await page.ClickAsync("main form [type=submit]");
        Assert.Equal(times[^1], await page.TextContentAsync("[data-part=time]"));
        Assert.Empty(seen.Complaints);
    }

    [Fact]
    public async Task Stepping_goes_over_into_other_days_and_ends_where_the_book_does()
    {
        using var http = new HttpClient();
        var first = System.Text.RegularExpressions.Regex.Match(
            await http.GetStringAsync(market.Url + Fill("/en/floor/{book}"), TestContext.Current.CancellationToken), "min=\"([0-9-]+)T").Groups[1].Value;
        await using var seen = await market.SeeAsync(Fill("/en/floor/{book}?at=") + first);
        await seen.ShowsAsync(".play");
        await seen.Page.ClickAsync(".back");
        await seen.ShowsAsync("text=There is no more of the book in this direction.");
        for (var i = 0; i < 50 && (await seen.Page.TextContentAsync("[data-part=time]"))!.StartsWith(first, StringComparison.Ordinal); i++)
        {
            await seen.Page.ClickAsync(".on");
            await seen.ShowsAsync(".said:has-text('Step')");
        }

        Assert.DoesNotContain(first, await seen.Page.TextContentAsync("[data-part=time]"), StringComparison.Ordinal);
        Assert.Empty(seen.Complaints);
    }

    private string Fill(string path) => path.Replace("{book}", market.Book, StringComparison.Ordinal);
}
