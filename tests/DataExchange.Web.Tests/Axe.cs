using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace DataExchange.Web.Tests;

/// <summary>The accessibility engine, run in the page itself: Playwright may, the page's own rules for scripts notwithstanding.</summary>
internal static class Axe
{
    private static readonly string Engine = Load();

    /// <summary>
    /// Whether a page is looked over in this language. The engine takes longer than all else that is asked of a page, and pages are made of the same parts:
    /// each is looked over once, by turns in light Chinese and in dark English, so that what they share is seen in both.
    /// </summary>
    /// <param name="number">Number of the page, from 0.</param>
    /// <param name="isZh">Whether the language is Chinese.</param>
    public static bool IsTurnOf(int number, bool isZh) => number % 2 == 0 == isZh;

    /// <summary>What of WCAG 2.2 AA and of good practice a page does not hold to, a line a rule.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(Engine);
        var found = await page.EvaluateAsync<JsonElement>("""
            async () => (await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })).violations
              .map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | "))
            """);
        return [.. found.EnumerateArray().Select(one => one.GetString()!)];
    }

    private static string Load()
    {
        var assembly = typeof(AxeResult).Assembly;
        using var stream = assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(name => name.EndsWith("axe.min.js", StringComparison.Ordinal)))!;
        return new StreamReader(stream).ReadToEnd();
    }
}
