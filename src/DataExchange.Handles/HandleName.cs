using System.Globalization;
using System.Text;
using DataExchange.Domain;

namespace DataExchange.Handles;

/// <summary>What a handle names.</summary>
public enum HandleKind
{
    /// <summary>A data product.</summary>
    Product,
    /// <summary>One version of a product's content.</summary>
    Version,
    /// <summary>A certificate of a product's rights.</summary>
    Certificate,
    /// <summary>A deal.</summary>
    Deal,
    /// <summary>A deal's data invoice.</summary>
    Invoice,
    /// <summary>A party.</summary>
    Party,
}

/// <summary>What is wrong with a text that is no handle.</summary>
public enum HandleProblem
{
    /// <summary>It is empty.</summary>
    Empty,
    /// <summary>It is longer than <see cref="HandleName.LongestText"/>.</summary>
    TooLong,
    /// <summary>It has a percent sign that begins no code, or codes that are no UTF-8.</summary>
    BadEncoding,
    /// <summary>It has a letter that no handle of this market has.</summary>
    CharacterNotAllowed,
    /// <summary>It has no slash.</summary>
    NoPrefix,
    /// <summary>It has the prefix of somebody else.</summary>
    UnknownPrefix,
    /// <summary>It names no kind that there is.</summary>
    UnknownKind,
    /// <summary>The id is missing.</summary>
    IdMissing,
    /// <summary>The number of a version or certificate is missing or none.</summary>
    NumberInvalid,
}

/// <summary>A text is no handle; the message says what is allowed.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="message">The same in a sentence.</param>
public sealed class HandleFormatException(HandleProblem problem, string message) : Exception(message)
{
    /// <summary>What is wrong.</summary>
    public HandleProblem Problem { get; } = problem;
}

/// <summary>A handle taken apart: <c>86.dex/version.P000042.2</c> is version 2 of product P000042.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Id">Id of the product, deal or party.</param>
/// <param name="Number">Number of the version or certificate, 1 or more; 0 for every other kind.</param>
public readonly record struct HandleName(HandleKind Kind, string Id, int Number)
{
    /// <summary>The prefix of this market. It is made up, not registered.</summary>
    public const string Prefix = "86.dex";

    /// <summary>Most letters of a handle that is resolved here. The Handle System sets no such bound; ids of this market are far shorter.</summary>
    public const int LongestText = 255;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly (HandleKind Kind, string Word)[] Words =
    [
        (HandleKind.Product, "product"), (HandleKind.Version, "version"), (HandleKind.Certificate, "cert"), (HandleKind.Deal, "deal"),
        (HandleKind.Invoice, "invoice"), (HandleKind.Party, "party"),
    ];

    /// <summary>The words for kinds, as they stand in handles.</summary>
    public static IReadOnlyList<string> KindWords { get; } = [.. Words.Select(row => row.Word)];

    /// <summary>The handle.</summary>
    public Handle Handle => Kind switch
    {
        HandleKind.Product => Handle.OfProduct(new(Id)),
        HandleKind.Version => Handle.OfVersion(new(Id), Number),
        HandleKind.Certificate => Handle.OfCertificate(new(Id), Number),
        HandleKind.Deal => Handle.OfDeal(new(Id)),
        HandleKind.Invoice => Handle.OfInvoice(new(Id)),
        _ => Handle.OfParty(new(Id)),
    };

    /// <summary>Whether handles of a kind end in a number.</summary>
    public static bool IsNumbered(HandleKind kind) => kind is HandleKind.Version or HandleKind.Certificate;

    /// <summary>The word for a kind.</summary>
    public static string WordOf(HandleKind kind) => Words.First(row => row.Kind == kind).Word;

    /// <summary>
    /// Reads a handle as people write it: with or without <c>hdl:</c> or <c>info:hdl/</c> before it, percent-encoded or not. Prefix and kind are
    /// read in any case, ids as they are: they belong to whoever gave them.
    /// </summary>
    /// <param name="text">The handle.</param>
    /// <exception cref="HandleFormatException">It is none of this market.</exception>
    public static HandleName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var decoded = Decoded(Bare(text));
        if (decoded.Length == 0)
        {
            throw Wrong(HandleProblem.Empty, text, "it is empty");
        }

        if (decoded.Length > LongestText)
        {
            throw new HandleFormatException(HandleProblem.TooLong, $"handle '{decoded[..40]}…' is not allowed: it has {decoded.Length} letters, at most {LongestText} are");
        }

        foreach (var letter in decoded.Where(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || char.IsSurrogate(letter)))
        {
            throw Wrong(
                HandleProblem.CharacterNotAllowed, decoded, $"it has the letter U+{(int)letter:X4}; spaces, control letters and letters beyond U+FFFF are not in handles");
        }

        var slash = decoded.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            throw Wrong(HandleProblem.NoPrefix, decoded, $"a handle is PREFIX/KIND.ID, with the prefix {Prefix}");
        }

        if (!decoded.AsSpan(0, slash).Equals(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            throw Wrong(HandleProblem.UnknownPrefix, decoded, $"the prefix '{decoded[..slash]}' is not this market's, which is {Prefix}");
        }

        var local = decoded[(slash + 1)..];
        var dot = local.IndexOf('.', StringComparison.Ordinal);
        var word = dot < 0 ? local : local[..dot];
        var found = Array.FindIndex(Words, row => row.Word.Equals(word, StringComparison.OrdinalIgnoreCase));
        if (found < 0)
        {
            throw Wrong(HandleProblem.UnknownKind, decoded, $"'{word}' is no kind: allowed are {string.Join(", ", KindWords)}");
        }

        return Of(Words[found].Kind, dot < 0 ? "" : local[(dot + 1)..], decoded);
    }

    /// <inheritdoc />
    public override string ToString() => Handle.Value;

    private static HandleName Of(HandleKind kind, string rest, string text)
    {
        var (id, number) = (rest, 0);
        if (IsNumbered(kind) && rest.Length > 0)
        {
            var dot = rest.LastIndexOf('.');
            id = dot < 0 ? rest : rest[..dot];
            // Leading zeros would make two handles of one thing.
            if (dot < 0 || !int.TryParse(rest.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number) || number < 1 || rest[dot + 1] == '0')
            {
                throw Wrong(HandleProblem.NumberInvalid, text, $"it ends in a number from 1, such as {Prefix}/{WordOf(kind)}.P000042.1");
            }
        }

        return id.Length == 0 || id.Contains('/', StringComparison.Ordinal)
            ? throw Wrong(HandleProblem.IdMissing, text, $"an id without a slash follows the kind, such as {Prefix}/{WordOf(kind)}.{(IsNumbered(kind) ? "P000042.1" : "P000042")}")
            : new HandleName(kind, id, number);
    }

    private static string Bare(string text)
    {
        foreach (var scheme in (ReadOnlySpan<string>)["hdl:", "info:hdl/"])
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return text[scheme.Length..];
            }
        }

        return text;
    }

    // Once: what was encoded twice is no handle. Strictly: what is no UTF-8 would else stay as it is written.
    private static string Decoded(string text)
    {
        var decoded = new StringBuilder(text.Length);
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '%')
            {
                decoded.Append(text[at]);
                continue;
            }

            for (bytes.Clear(); at < text.Length && text[at] == '%'; at += 3)
            {
                if (at + 2 >= text.Length || !byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                {
                    throw Wrong(HandleProblem.BadEncoding, text, "a percent sign begins a code of two hexadecimal digits, such as %2F");
                }

                bytes.Add(code);
            }

            at--;
            try
            {
                decoded.Append(Utf8.GetString([.. bytes]));
            }
            catch (DecoderFallbackException)
            {
                throw Wrong(HandleProblem.BadEncoding, text, $"the codes {string.Join(' ', bytes.Select(code => $"%{code:X2}"))} are no UTF-8");
            }
        }

        return decoded.ToString();
    }

    private static HandleFormatException Wrong(HandleProblem problem, string text, string allowed) => new(problem, $"handle '{text}' is not allowed: {allowed}");
}
