using Microsoft.Playwright;

namespace DataExchange.Web.Tests;

/// <summary>The pictures of the pages in <c>docs/images</c>; <c>DX_UPDATE=1</c> takes them anew.</summary>
public sealed class PictureTests(OpenedMarket market)
{
    private static readonly (string Name, string Path, int Width, ColorScheme Scheme)[] Pictures =
    [
        ("web-overview", "/zh/", 1280, ColorScheme.Light),
        ("web-shelf", "/zh/shelf?kind=Api", 1280, ColorScheme.Light),
        ("web-product", "/en/products/{product}", 1280, ColorScheme.Dark),
        ("web-floor", "/zh/floor/{book}", 1280, ColorScheme.Light),
        ("web-floor-try", "/en/floor/try", 1280, ColorScheme.Dark),
        ("web-chain", "/zh/chain/smart-iot.chips.design.eda", 1280, ColorScheme.Light),
        ("web-auction", "/en/auctions/{auction}", 1280, ColorScheme.Dark),
        ("web-replay", "/zh/replay?at=2024-06-01", 1280, ColorScheme.Light),
        ("web-studio", "/en/studio?set=deals.disputed%3D0.1", 1280, ColorScheme.Dark),
        ("web-deal", "/zh/deals/{deal}", 1280, ColorScheme.Light),
        ("web-leaf", "/en/log/hzdex?leaf=7", 1280, ColorScheme.Dark),
        ("web-lesson", "/zh/lessons/shares?guess=50#predict", 1280, ColorScheme.Light),
        ("web-lesson-log", "/en/lessons/log?guess=4#lesson-said", 1280, ColorScheme.Dark),
        ("web-telephone", "/zh/products/{product}", 360, ColorScheme.Light),
    ];

    [Fact]
    public async Task The_documentation_shows_each_picture()
    {
        var folder = Path.Combine(Repository.Root, "docs", "images");
        if (Environment.GetEnvironmentVariable("DX_UPDATE") == "1")
        {
            foreach (var (name, path, width, scheme) in Pictures)
            {
                await TakeAsync(Path.Combine(folder, name + ".png"), path, width, scheme);
            }
        }

        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "web.md"), TestContext.Current.CancellationToken);
        foreach (var picture in Pictures)
        {
            Assert.True(File.Exists(Path.Combine(folder, picture.Name + ".png")), picture.Name);
            Assert.Contains($"images/{picture.Name}.png", text, StringComparison.Ordinal);
        }
    }

    private async Task TakeAsync(string file, string path, int width, ColorScheme scheme)
    {
        var filled = path.Replace("{product}", market.Product, StringComparison.Ordinal).Replace("{deal}", market.Deal, StringComparison.Ordinal)
            .Replace("{book}", market.Book, StringComparison.Ordinal).Replace("{auction}", market.Auction, StringComparison.Ordinal);
        await using var seen = await market.SeeAsync(filled, width, scheme);
        if (path.Contains("leaf", StringComparison.Ordinal))
        {
            await seen.ShowsAsync(".verdict.holds");
            await seen.Page.FillAsync("#copy", (await seen.Page.InputValueAsync("#copy")).Replace("hzdex", "hzdeX", StringComparison.Ordinal));
            await seen.ShowsAsync(".verdict.fails");
        }

        if (path.EndsWith("/try", StringComparison.Ordinal))
        {
            await seen.Page.SetViewportSizeAsync(width, 1_700);
            await seen.Page.ClickAsync("button[value=Buyer]");
            await seen.ShowsAsync("[data-board=Book] [data-part=trades] tr:nth-child(8)");
        }

        if (path.Contains('#', StringComparison.Ordinal))
        {
            // After the smooth scrolling that a page's own style asks for.
            await seen.Page.WaitForTimeoutAsync(1_000);
            await seen.Page.EvaluateAsync("() => document.querySelector(location.hash).scrollIntoView({ behavior: 'instant' })");
        }

        await seen.Page.ScreenshotAsync(new() { Path = file });
    }
}
