using System.Security.Cryptography;
using System.Text;

namespace DataExchange.EventStore.Tests;

public sealed class StoreDigestTests
{
    [Fact]
    public void It_is_the_hash_of_the_lines()
    {
        using var digest = new StoreDigest();
        digest.BeginStream("account/B1");
        digest.Append("funds_deposited.v1", "{\"a\":1}"u8);
        digest.Append("funds_held.v1", "{\"a\":\"数据\"}"u8);
        digest.BeginStream("deal/D1");
        digest.Append("deal_completed.v1", "{}"u8);
        Assert.Equal(
            Sha256("account/B1\nfunds_deposited.v1 {\"a\":1}\nfunds_held.v1 {\"a\":\"数据\"}\ndeal/D1\ndeal_completed.v1 {}\n"),
            digest.Finish());
    }

    [Fact]
    public void An_empty_store_has_the_hash_of_nothing()
    {
        using var digest = new StoreDigest();
        Assert.Equal(Sha256(""), digest.Finish());
    }

    [Fact]
    public void It_begins_anew_after_the_end()
    {
        using var digest = new StoreDigest();
        digest.BeginStream("b");
        var first = digest.Finish();
        digest.BeginStream("b");
        Assert.Equal(first, digest.Finish());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public void Long_events_count_whole(int length)
    {
        var json = "\"" + new string('x', length) + "\"";
        using var digest = new StoreDigest();
        digest.BeginStream("s");
        for (var i = 0; i < 5; i++)
        {
            digest.Append("t", Encoding.UTF8.GetBytes(json));
        }

        Assert.Equal(Sha256("s\n" + string.Concat(Enumerable.Repeat($"t {json}\n", 5))), digest.Finish());
    }

    [Theory]
    [InlineData("deal/D2", "deal/D1")]
    [InlineData("deal/D1", "deal/D1")]
    [InlineData("deal/D1", "account/B1")]
    [InlineData("deal/😀", "deal/\uFFFD")]
    public void Streams_out_of_order_are_an_error_that_names_both(string first, string second)
    {
        using var digest = new StoreDigest();
        digest.BeginStream(first);
        var message = Assert.Throws<ArgumentException>(() => digest.BeginStream(second)).Message;
        Assert.Contains(first, message, StringComparison.Ordinal);
        Assert.Contains(second, message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_without_a_stream_is_an_error()
    {
        using var digest = new StoreDigest();
        Assert.Throws<InvalidOperationException>(() => digest.Append("t", "{}"u8));
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
