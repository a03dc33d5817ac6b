using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace DataExchange.Catalogue.Reading;

/// <summary>Makes plain text of what catalogues have in their fields: no markup, no control characters, single spaces, a bounded length.</summary>
public static partial class PlainText
{
    /// <summary>Cleans a text.</summary>
    /// <param name="text">As it stands.</param>
    /// <param name="most">Most characters (UTF-16 units) of the result.</param>
    /// <param name="hadMarkup">Whether markup or character references were taken out.</param>
    /// <param name="hadControl">Whether control characters other than white space, or ones without a glyph, were taken out.</param>
    /// <param name="wasCut">Whether it was too long.</param>
    public static string Clean(string text, int most, out bool hadMarkup, out bool hadControl, out bool wasCut)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = WithoutMarkup(text, most);
        hadMarkup = !ReferenceEquals(plain, text);
        var result = new StringBuilder(Math.Min(plain.Length, most));
        (hadControl, wasCut) = (false, false);
        var space = false;
        foreach (var rune in plain.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                space = result.Length > 0;
                continue;
            }

            if (IsUnseen(rune))
            {
                hadControl = true;
                continue;
            }

            if (result.Length + rune.Utf16SequenceLength + (space ? 1 : 0) > most)
            {
                wasCut = true;
                break;
            }

            if (space)
            {
                result.Append(' ');
                space = false;
            }

            result.Append(rune.ToString());
        }

        return result.ToString();
    }

    // Far more text than is kept needs no cleaning beyond a multiple of it.
    private static string WithoutMarkup(string text, int most)
    {
        var bounded = text.Length > most * 16 ? text[..(most * 16)] : text;
        var plain = bounded;
        if (bounded.Contains('<', StringComparison.Ordinal) && Tag().IsMatch(bounded))
        {
            plain = Tag().Replace(Hidden().Replace(bounded, " "), " ");
        }

        if (plain.Contains('&', StringComparison.Ordinal))
        {
            var decoded = WebUtility.HtmlDecode(plain);
            plain = decoded == plain ? plain : decoded;
        }

        return plain == text ? text : plain;
    }

    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
        || (rune.Value & 0xFFFE) == 0xFFFE
        || rune.Value is >= 0xFDD0 and <= 0xFDEF;

    [GeneratedRegex("</?[A-Za-z][^<>]{0,2000}>|<!--.{0,2000}?-->", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex("<(script|style)\\b.*?</\\1\\s*>", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hidden();
}
