using DataExchange.Gateway.Access;

namespace DataExchange.Gateway.Tests;

public sealed class ExpectedVersionTests(RunningGateway gateway)
{
    [Fact]
    public async Task Of_writers_who_saw_the_same_version_exactly_one_is_heard()
    {
        const int Writers = 8;
        var party = gateway.Name("buyer");
        using var buyer = await gateway.AsAsync(party, Role.Buyer);
        using var opened = await buyer.GiveAsync("DepositFunds", Deposit(party, 1));
        var tag = opened.Headers.ETag!.Tag;
        for (var round = 0; round < 10; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(1, Writers).Select(fen => buyer.GiveAsync("DepositFunds", Deposit(party, fen), ifMatch: tag)));

            var heard = Assert.Single(answers, answer => (int)answer.StatusCode == 200);
            foreach (var other in answers.Where(answer => answer != heard))
            {
                var problem = await other.AsProblemAsync(412, "version-moved");
                Assert.Equal((round + 1, round + 2), ((int)problem["expected"]!, (int)problem["version"]!));
                Assert.Equal(heard.Headers.ETag, other.Headers.ETag);
            }

            tag = heard.Headers.ETag!.Tag;
            Array.ForEach(answers, answer => answer.Dispose());
        }
    }

    [Fact]
    public async Task What_was_refused_for_its_version_stays_refused_and_a_key_stands_for_one_expectation()
    {
        var party = gateway.Name("buyer");
        using var buyer = await gateway.AsAsync(party, Role.Buyer);
        var key = gateway.Name("key");
        using var early = await buyer.GiveAsync("DepositFunds", Deposit(party, 5), key, "\"1\"");
        using var first = await buyer.GiveAsync("DepositFunds", Deposit(party, 7), ifMatch: "\"0\"");

        // The stream is now at the version that was expected too early.
        using var again = await buyer.GiveAsync("DepositFunds", Deposit(party, 5), key, "\"1\"");
        using var other = await buyer.GiveAsync("DepositFunds", Deposit(party, 5), key, "\"2\"");
        using var fresh = await buyer.GiveAsync("DepositFunds", Deposit(party, 5), ifMatch: "\"1\"");

        await early.AsProblemAsync(412, "version-moved");
        Assert.True((bool)(await again.AsProblemAsync(412, "version-moved"))["wasRepeated"]!);
        await other.AsProblemAsync(422, "idempotency-key-reused");
        Assert.Equal((200, 200), ((int)first.StatusCode, (int)fresh.StatusCode));
    }

    [Fact]
    public async Task A_read_gives_the_tag_that_a_command_to_each_of_its_streams_is_measured_by()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (owner, product) = (gateway.Name("provider"), gateway.Name("P"));
        using var provider = await gateway.AsAsync(owner, Role.Provider);
        using var registered = await provider.GiveAsync("RegisterProduct", ReadTests.Registration(product, owner, "anywhere"), ifMatch: "\"0\"");
        using var read = await provider.GetAsync(new Uri($"/v1/products/{product}", UriKind.Relative), cancellation);
        using var events = await provider.GetAsync(new Uri($"/v1/streams/product/{product}/events", UriKind.Relative), cancellation);

        using var submitted = await provider.GiveAsync(
            "SubmitEvidence", $$"""{"product":"{{product}}","evidence":["LawfulSource"]}""", ifMatch: read.Headers.ETag!.Tag);
        using var late = await provider.GiveAsync("WithdrawApplication", $$"""{"product":"{{product}}"}""", ifMatch: events.Headers.ETag!.Tag);

        Assert.Equal(("\"product-1.pricing-0.offer-0\"", "\"1\""), (read.Headers.ETag.Tag, events.Headers.ETag.Tag));
        Assert.Equal((200, 200), ((int)registered.StatusCode, (int)submitted.StatusCode));
        await late.AsProblemAsync(412, "version-moved");
    }

    [Theory]
    [InlineData("*")]
    [InlineData("W/\"1\"")]
    [InlineData("1")]
    [InlineData("\"one\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"product-1.pricing-2\"")]
    [InlineData("\"\"")]
    public async Task A_tag_that_names_no_version_of_the_stream_is_refused(string tag)
    {
        var party = gateway.Name("buyer");
        using var buyer = await gateway.AsAsync(party, Role.Buyer);

        using var refused = await buyer.GiveAsync("DepositFunds", Deposit(party, 5), ifMatch: tag);

        Assert.Equal("If-Match", (string?)(await refused.AsProblemAsync(400, "wrong-input"))["field"]);
    }

    private static string Deposit(string party, long fen) => $$"""{"party":"{{party}}","amountFen":{{fen}}}""";
}
