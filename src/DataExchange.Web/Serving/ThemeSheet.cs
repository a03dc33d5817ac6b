using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MudBlazor;

namespace DataExchange.Web.Serving;

/// <summary>
/// The component library's variables for light and dark as a file. The library writes them into each page as inline style for the one theme that the server
/// has chosen; as a file the browser chooses, and no inline style is needed.
/// </summary>
internal static class ThemeSheet
{
    private const string Sans = "system-ui, \"Noto Sans CJK SC\", \"PingFang SC\", \"Microsoft YaHei\", \"WenQuanYi Micro Hei\", \"Segoe UI\", sans-serif";

    private static readonly MudTheme Theme = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1f4e8c", Secondary = "#8a3b12", Background = "#f6f7f9", Surface = "#ffffff", AppbarBackground = "#1f3a5f", AppbarText = "#ffffff",
            TextPrimary = "#1b2330", TextSecondary = "#4a5565", LinesDefault = "#d5d9e0", TableLines = "#d5d9e0", Warning = "#8a4b00", Success = "#1c6b45", Error = "#a01530",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8ab8f5", Secondary = "#f2a878", Background = "#11151b", Surface = "#1a2029", AppbarBackground = "#0c1a2c", AppbarText = "#f2f5f9",
            TextPrimary = "#e9ebee", TextSecondary = "#b0bac7", LinesDefault = "#3a4452", TableLines = "#3a4452", Warning = "#f0c070", Success = "#6fd3a1", Error = "#ff9aa8",
        },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = [Sans], FontSize = "1rem", LineHeight = "1.6", LetterSpacing = "normal" } },
    };

    internal static async Task<string> WriteAsync(IServiceProvider services)
    {
        var (light, dark) = (await VariablesAsync(services, false).ConfigureAwait(false), await VariablesAsync(services, true).ConfigureAwait(false));
        return $"""
            :root {light}
            @media (prefers-color-scheme: dark) {"{"} :root:not([data-theme=light]) {dark} {"}"}
            :root[data-theme=dark] {dark}
            """;
    }

    // The block of variables that the library's own component writes for a theme.
    private static async Task<string> VariablesAsync(IServiceProvider services, bool isDark)
    {
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = new Dictionary<string, object?> { [nameof(MudThemeProvider.Theme)] = Theme, [nameof(MudThemeProvider.IsDarkMode)] = isDark };
            return (await renderer.RenderComponentAsync<MudThemeProvider>(ParameterView.FromDictionary(parameters)).ConfigureAwait(false)).ToHtmlString();
        }).ConfigureAwait(false);
        var from = html.IndexOf(":root", StringComparison.Ordinal);
        var (begin, end) = (html.IndexOf('{', Math.Max(0, from)), html.IndexOf('}', Math.Max(0, from)));
        return from >= 0 && begin > 0 && end > begin
            ? System.Net.WebUtility.HtmlDecode(html[begin..(end + 1)])
            : throw new InvalidOperationException("The component library writes its variables in another form than it did.");
    }
}
