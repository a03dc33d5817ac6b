using System.Globalization;
using System.Net;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html;

/// <summary>Pieces of HTML. Whatever comes from data goes through <see cref="Escape"/>.</summary>
internal static class Markup
{
    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A text in both languages; the style sheet shows the one that is chosen.</summary>
    internal static string Span(Text text) => text.Zh == text.En
        ? Escape(text.En)
        : $"<span class=\"zh\" lang=\"zh-CN\">{Escape(text.Zh)}</span><span class=\"en\" lang=\"en\">{Escape(text.En)}</span>";

    /// <summary>A name, id or figure that no translation touches.</summary>
    internal static string Name(string text) => $"<span translate=\"no\">{Escape(text)}</span>";

    /// <summary>A coordinate or length for SVG, two decimals at most.</summary>
    internal static string N(double number) => Math.Round(number, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
