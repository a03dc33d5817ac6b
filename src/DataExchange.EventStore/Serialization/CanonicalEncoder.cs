using System.Text;
using System.Text.Encodings.Web;

namespace DataExchange.EventStore.Serialization;

/// <summary>
/// Escapes what RFC 8785 escapes and nothing else: the quotation mark, the backslash and the control characters below U+0020, the latter
/// in their short form where JSON has one and else as <c>\u00xx</c> in lower case. The framework's relaxed encoder escapes more
/// (U+007F, U+2028, all characters beyond the basic plane) and in upper case, so its output is not canonical.
/// </summary>
internal sealed class CanonicalEncoder : JavaScriptEncoder
{
    internal static readonly CanonicalEncoder Instance = new();

    private CanonicalEncoder()
    {
    }

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var span = new ReadOnlySpan<char>(text, textLength);
        var index = span.IndexOfAny(Escaped);
        var surrogate = span[..(index < 0 ? span.Length : index)].IndexOfAnyInRange('\uD800', '\uDFFF');

        // The base class joins the halves of a pair, and puts U+FFFD where there is half a one.
        return surrogate < 0 ? index : surrogate;
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var destination = new Span<char>(buffer, bufferLength);
        if (!WillEncode(unicodeScalar))
        {
            return new Rune(unicodeScalar).TryEncodeToUtf16(destination, out numberOfCharactersWritten);
        }

        var escape = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\f' => "\\f",
            '\r' => "\\r",
            _ => $"\\u{unicodeScalar:x4}",
        };
        numberOfCharactersWritten = escape.TryCopyTo(destination) ? escape.Length : 0;
        return numberOfCharactersWritten > 0;
    }

    private static readonly System.Buffers.SearchValues<char> Escaped = System.Buffers.SearchValues.Create(
        "\"\\" + string.Concat(Enumerable.Range(0, 0x20).Select(code => (char)code)));
}
