using DataExchange.Web.Frame;
using DataExchange.Web.Lessons;
using Microsoft.Playwright;

namespace DataExchange.Web.Tests;

/// <summary>Every lesson in both languages in Chromium, a visit each: the prediction and what follows it, no barrier, no complaint; then what lessons do and refuse.</summary>
public sealed class LessonTests(OpenedMarket market) : IDisposable
{
    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    public static TheoryData<string, string> Lessons
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var lesson in Lesson.All)
            {
                data.Add("zh", lesson.Id);
                data.Add("en", lesson.Id);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Lessons))]
    public async Task A_lesson_asks_first_then_tells_and_has_no_barrier(string language, string id)
    {
        var isZh = language == "zh";
        var lesson = Lesson.Find(id)!;
        await using var seen = await market.SeeAsync($"/{language}/lessons/{id}", isZh ? 1280 : 360, isZh ? ColorScheme.Light : ColorScheme.Dark);
        var page = seen.Page;
        Assert.Equal(0, await page.Locator("#after, #lesson-form, .exercises").CountAsync());
        // The Chinese pupil is right, the English one is not.
        var (truth, wrong) = (lesson.Reveal(Locale.En).Answer, lesson.Asked.Least);
        await AnswerAsync(page, lesson, isZh ? truth : wrong == truth ? wrong + 1 : wrong);
        Assert.Equal(1, await page.Locator($"#after .verdict.{(isZh ? "holds" : "fails")}").CountAsync());
        Assert.Equal(lesson.Steps, await page.Locator(".step").CountAsync());
        Assert.Equal(lesson.Exercises, await page.Locator(".exercises details").CountAsync());
        Assert.NotEmpty(await page.Locator("#lesson-result > div > *").AllAsync());
        if (Axe.IsTurnOf(Lesson.All.Select(one => one.Id).ToList().IndexOf(id), isZh))
        {
            Assert.Empty(await Axe.ViolationsAsync(page));
        }

        if (isZh)
        {
            await page.SetViewportSizeAsync(360, 800);
        }

        Assert.Equal("", await page.EvaluateAsync<string>(PageTests.Beyond));
        var foreign = isZh ? PageTests.English() : PageTests.Chinese();
        Assert.DoesNotContain(await page.EvaluateAsync<string[]>(PageTests.VisibleTexts), foreign.IsMatch);
        Assert.Empty(seen.Complaints);
    }

    [Fact]
    public async Task Progress_is_kept_over_a_reload_and_shown_in_the_list()
    {
        await using var seen = await market.SeeAsync("/en/lessons/life");
        await AnswerAsync(seen.Page, Lesson.Find("life")!, 1);
        await seen.Page.ClickAsync("#lesson-done");
        await seen.Page.ReloadAsync();
        Assert.Equal("true", await seen.Page.GetAttributeAsync("#lesson-done", "aria-pressed"));
        await seen.Page.GotoAsync($"{market.Url}/en/lessons/log?guess=4");
        await seen.ShowsAsync(".proof .verdict.holds");
        await seen.Page.GotoAsync(market.Url + "/en/lessons");
        Assert.Equal("Finished 1 of 10 (kept in this browser only).", await seen.Page.TextContentAsync("#lesson-progress"));
        Assert.Equal("✓ Finished", await seen.Page.TextContentAsync("[data-progress=life]"));
        Assert.Equal("Under way: you have made your prediction", await seen.Page.TextContentAsync("[data-progress=log]"));
        await seen.Page.ClickAsync("#lesson-forget");
        Assert.Equal(0, await seen.Page.Locator("[data-progress]:visible").CountAsync());
        Assert.Empty(seen.Complaints);
    }

    [Fact]
    public async Task A_sandbox_is_computed_as_one_changes_it_and_its_link_starts_a_class_before_the_answer()
    {
        await using var seen = await market.SeeAsync("/en/lessons/shares?guess=50");
        var page = seen.Page;
        await page.FillAsync("[name=abc]", "120");
        await page.WaitForFunctionAsync("() => document.querySelector('#lesson-said').textContent.startsWith('A gets ¥70.00')");
        Assert.EndsWith("abc=120", page.Url, StringComparison.Ordinal);
        Assert.Equal("/en/lessons/shares?abc=120", await page.GetAttributeAsync("#lesson-link", "href"));
        Assert.Contains("abc=120", await page.GetAttributeAsync("#language", "href"), StringComparison.Ordinal);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.ClickAsync("#lesson-copy");
        await seen.ShowsAsync("#lesson-copied:text-matches('^Copied')");
        Assert.Equal(market.Url + "/en/lessons/shares?abc=120", await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        await page.FillAsync("[name=abc]", "9999999");
        await page.WaitForFunctionAsync("() => document.querySelector('#lesson-said').textContent.includes('is not allowed; allowed: whole numbers 0 to 1000000')");
        await page.GotoAsync(market.Url + "/en/lessons/shares?abc=120");
        Assert.Equal(0, await page.Locator("#lesson-form").CountAsync());
        await AnswerAsync(page, Lesson.Find("shares")!, 62);
        Assert.Equal("120", await page.InputValueAsync("[name=abc]"));

        await page.GotoAsync(market.Url + "/en/lessons/life?guess=2");
        await page.ClickAsync(".moves a:text-is('ask for listing')");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#lesson-result tbody tr').length === 3");
        Assert.Equal("refused: Not certified", await page.TextContentAsync("#lesson-result tr.marked td"));
        Assert.Empty(seen.Complaints);
    }

    [Fact]
    public async Task Without_script_a_lesson_is_answered_played_and_computed_by_its_forms_and_links()
    {
        await using var seen = await market.SeeAsync("/zh/lessons/life", withScript: false);
        await AnswerAsync(seen.Page, Lesson.Find("life")!, 2);
        await seen.Page.ClickAsync(".moves a:text-is('受理申请')");
        Assert.Equal(3, await seen.Page.Locator("#lesson-result tbody tr").CountAsync());
        await seen.Page.GotoAsync(market.Url + "/zh/lessons/bread?guess=25");
        await seen.Page.FillAsync("[name=buyers]", "7");
        await seen.Page.ClickAsync("#lesson-form [type=submit]");
        Assert.Equal("7 位顾客：面包卖出 7 个，数据卖出 7 份。", await seen.Page.TextContentAsync("#lesson-said"));
    }

    [Fact]
    public async Task Hostile_text_in_an_address_is_text()
    {
        string[] hostile = [.. OpenedMarket.HostileTitles[..4].Select(title => title[..Math.Min(40, title.Length)])];
        var entries = Uri.EscapeDataString(string.Join('\n', hostile));
        await using var seen = await market.SeeAsync($"/en/lessons/log?guess=4&number=1&proof=2&entries={entries}&altered={Uri.EscapeDataString(hostile[0])}", width: 360);
        await seen.ShowsAsync(".proof .verdict.holds");
        Assert.Equal(string.Join('\n', hostile), await seen.Page.InputValueAsync("[name=entries]"));
        Assert.Equal(hostile[0], await seen.Page.InputValueAsync("[name=altered]"));
        Assert.NotEqual("owned", await seen.Page.TitleAsync());
        Assert.Equal(0, await seen.Page.Locator("main script, main img, main [onmouseover]").CountAsync());
        Assert.Equal("", await seen.Page.EvaluateAsync<string>(PageTests.Beyond));
        Assert.Empty(seen.Complaints);
    }

    [Theory, MemberData(nameof(Lessons))]
    public async Task A_handout_keeps_the_answers_to_itself_and_the_teachers_page_has_them(string language, string id)
    {
        var (lesson, locale) = (Lesson.Find(id)!, language == "zh" ? Locale.Zh : Locale.En);
        var (handout, teacher) = (await TextAsync("handout"), await TextAsync("teacher"));
        string[] secrets =
        [
            .. lesson.Say(locale, "because", lesson.Reveal(locale).Because).Split('\n'),
            .. lesson.Answers(locale).SelectMany((values, i) => lesson.Say(locale, $"answer{i + 1}", values).Split('\n')),
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, handout, StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.Contains(secret, teacher, StringComparison.Ordinal));
        Assert.All(Enumerable.Range(1, lesson.Exercises), i => Assert.Contains(lesson.Say(locale, $"exercise{i}").Split('\n')[0], handout, StringComparison.Ordinal));

        async Task<string> TextAsync(string page) => System.Net.WebUtility.HtmlDecode(
            await _http.GetStringAsync($"{market.Url}/{language}/lessons/{id}/{page}", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/en/lessons/none", 404, "There is no lesson “none”.")]
    [InlineData("/zh/lessons/%3Cb%3E/handout", 404, "没有“&lt;b&gt;”这节课。")]
    [InlineData("/en/lessons/bread?buyers=61", 400, "Parameter buyers: “61” is not allowed; allowed: whole numbers 1 to 60")]
    [InlineData("/zh/lessons/bread?buyers=-1", 400, "参数 buyers：“-1”不可用；可用：1 到 60 的整数")]
    [InlineData("/en/lessons/bread?buyers=1&buyers=2", 400, "Parameter buyers: “1,2” is not allowed; allowed: once only")]
    [InlineData("/en/lessons/bread?loaves=3", 400, "Parameter loaves: “3” is not allowed; allowed: no such parameter; there are buyers, stock")]
    [InlineData("/en/lessons/bread?licence=free", 400, "Parameter licence: “free” is not allowed; allowed: open, capped, exclusive")]
    [InlineData("/en/lessons/life?guess=4", 400, "Parameter guess: “4” is not allowed; allowed: whole numbers 1 to 3")]
    [InlineData("/en/lessons/life?moves=steal", 400, "Parameter moves: “steal” is not allowed; allowed: at most 40 moves, each one of register, evidence")]
    [InlineData("/en/lessons/price?bids=1,2,x", 400, "Parameter bids: “1,2,x” is not allowed; allowed: at most 10 whole numbers, 1 to 1000000 each")]
    [InlineData("/en/lessons/value?alike=1,2", 400, "Parameter alike: “1,2” is not allowed; allowed: as many as there are prices, 3")]
    [InlineData("/en/lessons/value?weightCost=70&weightIncome=40", 400, "Parameter weightIncome: “40” is not allowed; allowed: whole numbers 0 to 30")]
    [InlineData("/en/lessons/value?cash=0", 400, "Parameter units: “100” is not allowed; allowed: so many that each approach")]
    [InlineData("/en/lessons/log?entries=a&number=2", 400, "Parameter number: “2” is not allowed; allowed: whole numbers 1 to 1")]
    [InlineData("/en/lessons/crash?deposits=5&message=2", 400, "Parameter message: “2” is not allowed; allowed: whole numbers 1 to 1")]
    [InlineData("/en/lessons/shares?guess=1&abc=0", 200, "All three together are worth nothing: there is nothing to share.")]
    [InlineData("/en/lessons/shares/result?abc=x", 200, "Parameter abc: “x” is not allowed; allowed: whole numbers 0 to 1000000")]
    public async Task A_wrong_input_is_refused_with_what_is_allowed(string path, int status, string says)
    {
        using var answer = await _http.GetAsync(market.Url + path, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(says, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_very_long_input_is_refused_and_shown_in_part()
    {
        using var answer = await _http.GetAsync($"{market.Url}/en/lessons/log?entries={new string('x', 4_000)}", TestContext.Current.CancellationToken);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains(new string('x', 80) + "…”", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(IPage page, Lesson lesson, int answer)
    {
        if (lesson.Asked.Options > 0)
        {
            await page.CheckAsync($"[name=guess][value='{answer}']");
        }
        else
        {
            await page.FillAsync("#guess", $"{answer}");
        }

        await page.ClickAsync(".guess [type=submit]");
        // It asks again and again: Playwright's own wait may hang on a page that is behind another one.
        for (var i = 0; i < 300 && !(page.Url.Contains("guess=", StringComparison.Ordinal) && await page.EvaluateAsync<string>("() => document.readyState") == "complete"); i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Contains("guess=", page.Url);
    }
}
