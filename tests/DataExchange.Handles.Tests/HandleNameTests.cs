using CsCheck;

namespace DataExchange.Handles.Tests;

public sealed class HandleNameTests
{
    private static readonly Gen<string> Ids = Gen.String[Gen.Char["abcXYZ019-_.~'中()"], 1, 24].Where(id => !id.EndsWith('.'));

    private static readonly Gen<HandleName> Names = Gen.Select(Gen.Enum<HandleKind>(), Ids, Gen.Int[1, int.MaxValue],
        (kind, id, number) => new HandleName(kind, id, HandleName.IsNumbered(kind) ? number : 0));

    [Fact]
    public void What_is_written_is_read_as_it_was() => Names.Sample(name => HandleName.Parse(name.Handle.Value) == name);

    [Fact]
    public void It_is_read_with_a_scheme_encoded_and_with_prefix_and_kind_in_any_case() => Names.Sample(name =>
    {
        var text = name.Handle.Value;
        var local = text.IndexOf('.', text.IndexOf('/', StringComparison.Ordinal));
        string[] written =
        [
            "hdl:" + text, "info:hdl/" + text, "HDL:" + Uri.EscapeDataString(text), Uri.EscapeDataString(text), text[..local].ToUpperInvariant() + text[local..],
        ];
        return written.All(one => HandleName.Parse(one) == name);
    });

    [Fact]
    public void No_text_is_anything_but_a_handle_or_a_named_problem() => Gen.String[Gen.Char["86.dex/productcert%20F,中 \t\u0000\uD800"], 0, 60].Sample(text =>
    {
        try
        {
            return HandleName.Parse(text).Handle.Value.StartsWith("86.dex/", StringComparison.Ordinal);
        }
        catch (HandleFormatException wrong)
        {
            return wrong.Message.Contains("is not allowed: ", StringComparison.Ordinal);
        }
    });

    [Theory]
    [InlineData("86.dex/product.P000042", HandleKind.Product, "P000042", 0)]
    [InlineData("86.dex/version.P000042.12", HandleKind.Version, "P000042", 12)]
    [InlineData("86.dex/cert.P000042.1", HandleKind.Certificate, "P000042", 1)]
    [InlineData("86.dex/deal.P000042-T000007", HandleKind.Deal, "P000042-T000007", 0)]
    [InlineData("86.dex/invoice.firm-0001-0002", HandleKind.Invoice, "firm-0001-0002", 0)]
    [InlineData("86.dex/party.venue-hzdex", HandleKind.Party, "venue-hzdex", 0)]
    [InlineData("86.DEX/Party.venue-hzdex", HandleKind.Party, "venue-hzdex", 0)]
    [InlineData("86.dex%2Fproduct.P000042", HandleKind.Product, "P000042", 0)]
    [InlineData("86.dex/product.%50000042", HandleKind.Product, "P000042", 0)]
    [InlineData("86.dex/product.A.B", HandleKind.Product, "A.B", 0)]
    [InlineData("86.dex/version.A.B.3", HandleKind.Version, "A.B", 3)]
    public void A_handle_is_taken_apart(string text, HandleKind kind, string id, int number) => Assert.Equal(new HandleName(kind, id, number), HandleName.Parse(text));

    [Theory]
    [InlineData("", HandleProblem.Empty, "it is empty")]
    [InlineData("hdl:", HandleProblem.Empty, "it is empty")]
    [InlineData("P000042", HandleProblem.NoPrefix, "a handle is PREFIX/KIND.ID, with the prefix 86.dex")]
    [InlineData("10.1000/182", HandleProblem.UnknownPrefix, "the prefix '10.1000' is not this market's, which is 86.dex")]
    [InlineData("/product.P000042", HandleProblem.UnknownPrefix, "the prefix '' is not this market's")]
    [InlineData("86.dex/", HandleProblem.UnknownKind, "'' is no kind: allowed are product, version, cert, deal, invoice, party")]
    [InlineData("86.dex/certificate.P000042.1", HandleProblem.UnknownKind, "'certificate' is no kind")]
    [InlineData("86.dex/product", HandleProblem.IdMissing, "an id without a slash follows the kind, such as 86.dex/product.P000042")]
    [InlineData("86.dex/product.", HandleProblem.IdMissing, "an id without a slash follows the kind")]
    [InlineData("86.dex/product.a/b", HandleProblem.IdMissing, "an id without a slash follows the kind")]
    [InlineData("86.dex/cert", HandleProblem.IdMissing, "such as 86.dex/cert.P000042.1")]
    [InlineData("86.dex/cert.P000042", HandleProblem.NumberInvalid, "it ends in a number from 1, such as 86.dex/cert.P000042.1")]
    [InlineData("86.dex/cert.P000042.0", HandleProblem.NumberInvalid, "it ends in a number from 1")]
    [InlineData("86.dex/cert.P000042.01", HandleProblem.NumberInvalid, "it ends in a number from 1")]
    [InlineData("86.dex/cert.P000042.-1", HandleProblem.NumberInvalid, "it ends in a number from 1")]
    [InlineData("86.dex/version.P000042.99999999999", HandleProblem.NumberInvalid, "such as 86.dex/version.P000042.1")]
    [InlineData("86.dex/version..1", HandleProblem.IdMissing, "such as 86.dex/version.P000042.1")]
    [InlineData("86.dex/product.P%4", HandleProblem.BadEncoding, "a percent sign begins a code of two hexadecimal digits")]
    [InlineData("86.dex/product.P%zz", HandleProblem.BadEncoding, "a percent sign begins a code")]
    [InlineData("86.dex/product.P%FF", HandleProblem.BadEncoding, "the codes %FF are no UTF-8")]
    [InlineData("86.dex/product.P 1", HandleProblem.CharacterNotAllowed, "it has the letter U+0020")]
    [InlineData("86.dex/product.P%00", HandleProblem.CharacterNotAllowed, "it has the letter U+0000")]
    [InlineData("86.dex/product.P%0A", HandleProblem.CharacterNotAllowed, "it has the letter U+000A")]
    public void What_is_no_handle_is_an_error_with_its_name_and_what_is_allowed(string text, HandleProblem problem, string message)
    {
        var wrong = Assert.Throws<HandleFormatException>(() => HandleName.Parse(text));
        Assert.Equal(problem, wrong.Problem);
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handle_of_255_letters_is_read_and_one_letter_more_is_too_long()
    {
        var longest = "86.dex/product." + new string('P', HandleName.LongestText - 15);
        Assert.Equal(longest, HandleName.Parse(longest).Handle.Value);
        Assert.Equal(HandleProblem.TooLong, Assert.Throws<HandleFormatException>(() => HandleName.Parse(longest + "P")).Problem);
    }
}
