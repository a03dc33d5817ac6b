using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace DataExchange.Web.Tests;

/// <summary>Every page in both languages: it fits, complains of nothing, asks nobody else, and can be used by everybody.</summary>
public sealed partial class PageTests(OpenedMarket market)
{
    // Text of every node that is shown, without names and figures that no translation touches.
    internal const string VisibleTexts = """
        () => {
          document.querySelectorAll("details").forEach(d => d.open = true);
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
          while (walker.nextNode()) {
            const text = walker.currentNode.textContent.trim(), parent = walker.currentNode.parentElement;
            if (!text || parent.closest("[translate=no], code, script, style") || !parent.getClientRects().length) continue;
            found.push(text);
          }
          return found;
        }
        """;

    // A log by its last leaf: earlier ones may tell of the products whose facts were altered.
    private static readonly string[] Paths =
    [
        "/", "/shelf", "/products/{product}", "/deals/{deal}", "/ledger", "/ledger/journal", "/log", "/log/zjbdec", "/replay?at=2024-05-01", "/chain",
        "/chain/smart-iot.chips.design.eda", "/auctions", "/auctions/{auction}", "/requirements", "/requirements/{requirement}", "/lessons",
        "/lessons/bread/handout", "/lessons/escrow/teacher", "/floor", "/floor/{book}", "/floor/try", "/nothing-here",
    ];

    public static TheoryData<string, string> Pages
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var page in Paths)
            {
                data.Add("zh", page);
                data.Add("en", page);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_speaks_its_language_fits_asks_nobody_else_and_has_no_barrier(string language, string path)
    {
        var isZh = language == "zh";
        await using var seen = await market.SeeAsync($"/{language}{Fill(path)}", isZh ? 1280 : 360, isZh ? ColorScheme.Light : ColorScheme.Dark);
        var page = seen.Page;
        Assert.Equal(path == "/nothing-here" ? 404 : 200, seen.Answer.Status);
        if (path.StartsWith("/log/", StringComparison.Ordinal))
        {
            await seen.ShowsAsync(".verdict.holds");
        }

        Assert.Equal(isZh ? "zh-CN" : "en", await page.GetAttributeAsync("html", "lang"));
        if (Axe.IsTurnOf(Array.IndexOf(Paths, path), isZh))
        {
            Assert.Empty(await Axe.ViolationsAsync(page));
        }

        if (isZh)
        {
            await page.SetViewportSizeAsync(360, 800);
        }

        Assert.Equal("", await page.EvaluateAsync<string>(Beyond));
        var foreign = isZh ? English() : Chinese();
        Assert.DoesNotContain(await page.EvaluateAsync<string[]>(VisibleTexts), text => foreign.IsMatch(text) && !OpenedMarket.HostileTitles.Contains(text));
        Assert.DoesNotContain(seen.Complaints, one => !(path == "/nothing-here" && one.Contains("404", StringComparison.Ordinal)));
    }

    // What is wider than the window, if the page can be scrolled sideways.
    internal const string Beyond = """
        () => document.documentElement.scrollWidth <= innerWidth ? "" :
          [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".table")).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(" | ") || "wider"
        """;

    private string Fill(string path) => path.Replace("{product}", market.Product, StringComparison.Ordinal).Replace("{deal}", market.Deal, StringComparison.Ordinal)
        .Replace("{auction}", market.Auction, StringComparison.Ordinal).Replace("{requirement}", market.Requirement, StringComparison.Ordinal)
        .Replace("{book}", market.Book, StringComparison.Ordinal);

    [GeneratedRegex(@"[\u3400-\u9fff]")]
    internal static partial Regex Chinese();

    // Words that Chinese readers use as they are: names of algorithms, formats and of those who found them, ids of venues, handles.
    [GeneratedRegex(@"(?<![A-Za-z/])(?!SHA|API|RFC|PROV|DCAT|JSON|ECDSA|DataExchange|hangzhou|hzdex|zjbdec|Shapley|Merkle|Goldberg)[A-Za-z]{4,}")]
    internal static partial Regex English();
}
