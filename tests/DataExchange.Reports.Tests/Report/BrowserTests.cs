using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace DataExchange.Reports.Tests.Report;

public sealed partial class BrowserTests(SampleReport report, Browser browser) : IClassFixture<SampleReport>, IClassFixture<Browser>
{
    // Text of every node that is shown, without names and figures that no translation touches.
    private const string VisibleTexts = """
        () => {
          document.querySelectorAll("details").forEach(d => d.open = true);
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
          while (walker.nextNode()) {
            const text = walker.currentNode.textContent.trim(), parent = walker.currentNode.parentElement;
            if (!text || parent.closest("[translate=no], script, style, #language") || !parent.getClientRects().length) continue;
            found.push(text);
          }
          return found;
        }
        """;

    [Theory]
    [InlineData("zh", 1280, ColorScheme.Light)]
    [InlineData("en", 1280, ColorScheme.Dark)]
    [InlineData("zh", 360, ColorScheme.Dark)]
    [InlineData("en", 360, ColorScheme.Light)]
    public async Task The_page_speaks_one_language_fits_the_screen_and_asks_the_network_for_nothing(string language, int width, ColorScheme scheme)
    {
        var (page, complaints) = await OpenAsync($"?lang={language}", width, scheme);

        var texts = await page.EvaluateAsync<string[]>(VisibleTexts);

        Assert.InRange(texts.Length, 200, 100_000);
        var foreign = language == "en" ? Chinese() : English();
        Assert.DoesNotContain(texts, text => foreign.IsMatch(text));
        Assert.Equal(language == "zh" ? SampleReport.Facts.Title.Zh : SampleReport.Facts.Title.En, await page.TitleAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"));
        Assert.Equal("", await page.EvaluateAsync<string>(Overlaps));
        Assert.Empty(complaints);
        await KeepAsync(page, $"{language}-{width}-{scheme}");
        await page.CloseAsync();
    }

    [Fact]
    public async Task The_language_is_switched_at_once_and_remembered()
    {
        var (page, _) = await OpenAsync("?lang=zh", 1280, ColorScheme.Light);
        await page.ClickAsync("#language");
        Assert.Equal("en", await page.GetAttributeAsync("html", "lang"));
        Assert.DoesNotContain(await page.EvaluateAsync<string[]>(VisibleTexts), text => Chinese().IsMatch(text));

        await page.GotoAsync(new Uri(report.Page).AbsoluteUri);
        Assert.Equal("en", await page.GetAttributeAsync("html", "lang"));

        await page.GotoAsync(new Uri(report.Page).AbsoluteUri + "#zh");
        Assert.Equal("zh-CN", await page.GetAttributeAsync("html", "lang"));
        await page.CloseAsync();
    }

    [Fact]
    public async Task The_theme_is_switched_and_remembered()
    {
        var (page, _) = await OpenAsync("", 1280, ColorScheme.Light);
        var light = await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        await page.ClickAsync("#theme");
        var dark = await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        await page.ReloadAsync();

        Assert.NotEqual(light, dark);
        Assert.Equal(dark, await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        await page.CloseAsync();
    }

    [Theory]
    [InlineData("zh", ColorScheme.Light)]
    [InlineData("en", ColorScheme.Dark)]
    public async Task The_page_has_no_serious_accessibility_violation(string language, ColorScheme scheme)
    {
        var axe = Environment.GetEnvironmentVariable("DX_AXE");
        Assert.SkipWhen(axe is null, "DX_AXE names no axe.min.js (npm pack axe-core)");
        var (page, _) = await OpenAsync($"?lang={language}", 1280, scheme);
        await page.AddScriptTagAsync(new() { Path = axe });

        var violations = await page.EvaluateAsync<string[]>("""
            async () => (await axe.run()).violations.filter(v => v.impact === "serious" || v.impact === "critical")
              .map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + " " + n.failureSummary).join(" | "))
            """);

        Assert.Empty(violations);
        await page.CloseAsync();
    }

    // Labels of a drawing that touch each other.
    private const string Overlaps = """
        () => {
          const shown = [...document.querySelectorAll("svg")].filter(s => s.getClientRects().length), found = [];
          for (const svg of shown) {
            const boxes = [...svg.querySelectorAll("text.tick")].filter(t => t.getClientRects().length).map(t => [t.textContent, t.getBoundingClientRect()]);
            for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
              const [a, b] = [boxes[i][1], boxes[j][1]];
              if (a.left < b.right && b.left < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom) found.push(svg.parentElement.id + ": " + boxes[i][0] + " / " + boxes[j][0]);
            }
            const edge = svg.getBoundingClientRect();
            for (const [text, box] of boxes) if (box.left < edge.left - 1 || box.right > edge.right + 1) found.push(svg.parentElement.id + " beyond the edge: " + text);
          }
          return found.join("; ");
        }
        """;

    private async Task<(IPage Page, List<string> Complaints)> OpenAsync(string query, int width, ColorScheme scheme)
    {
        var context = await browser.Chromium.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                complaints.Add(request.Url);
            }
        };
        await page.GotoAsync(new Uri(report.Page).AbsoluteUri + query);
        return (page, complaints);
    }

    private static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("DX_REPORT_SAMPLE") is not { } folder)
        {
            return;
        }

        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = false)");
        var parts = await page.QuerySelectorAllAsync(".tiles, section");
        for (var i = 0; i < parts.Count; i++)
        {
            await parts[i].ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{i}.png") });
        }
    }

    [GeneratedRegex(@"[\u3400-\u9fff]")]
    private static partial Regex Chinese();

    // Words that Chinese readers use as they are: names of indices and units of code.
    [GeneratedRegex(@"(?<![A-Za-z])(?!CR10|HHI|SHA|API)[A-Za-z]{2,}")]
    private static partial Regex English();
}
