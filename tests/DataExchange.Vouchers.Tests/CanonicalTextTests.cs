using System.Text;
using CsCheck;
using DataExchange.EventStore.Serialization;
using DataExchange.Vouchers.Signing;

namespace DataExchange.Vouchers.Tests;

public sealed class CanonicalTextTests(SharedMarket shared) : IClassFixture<SharedMarket>
{
    /// <summary>Properties and order of RFC 8785, section 3.2.3.</summary>
    [Fact]
    public void Names_stand_in_the_order_of_their_UTF_16_units() => Assert.Equal(
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
        Canonical(
            """
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face",
             "\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """));

    /// <summary>The string of RFC 8785, section 3.2.2.</summary>
    [Fact]
    public void Nothing_is_escaped_that_need_not_be() => Assert.Equal(
        "{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
        Canonical("""{ "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }"""));

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("[]", "array, not an object")]
    [InlineData("null", "null, not an object")]
    [InlineData("{\"a\":1,\"a\":2}", "no JSON")]
    [InlineData("{\"a\":1.5}", "the number 1.5 is not allowed")]
    [InlineData("{\"a\":1e2}", "the number 1e2 is not allowed")]
    [InlineData("{\"a\":9007199254740992}", "the number 9007199254740992 is not allowed")]
    [InlineData("{\"a\":\"\\ud800\"}", "no Unicode text")]
    [InlineData("{\"\\udc00\":1}", "no Unicode text")]
    [InlineData("\uFEFF{}", "no JSON")]
    public void What_has_no_canonical_form_is_refused(string json, string told) =>
        Assert.Contains(told, Assert.Throws<VoucherException>(() => Canonical(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Stored_events_are_in_this_form_already() => Assert.All(shared.Market.Events.Where((_, i) => i % 7 == 0), recorded =>
    {
        var json = EventJson.Write(recorded.Data);
        Assert.Equal(json, CanonicalText.Of(CanonicalText.Parse(json)));
    });

    [Fact]
    public void A_text_comes_back_as_it_was() => Gen.String.Where(text => text.All(c => !char.IsSurrogate(c))).Sample(text =>
    {
        var canonical = CanonicalText.Of(new System.Text.Json.Nodes.JsonObject { ["text"] = text });
        return CanonicalText.Parse(canonical).GetProperty("text").GetString() == text && CanonicalText.Of(CanonicalText.Parse(canonical)).AsSpan().SequenceEqual(canonical);
    }, iter: 2_000);

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalText.Of(CanonicalText.Parse(Encoding.UTF8.GetBytes(json))));
}
