using DataExchange.Gateway.Access;

namespace DataExchange.Gateway.Tests;

public sealed class DealTests(RunningGateway gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deal_is_seen_and_moved_on_by_its_own_parties_alone()
    {
        var (buyerName, providerName, venueName, deal) = (gateway.Name("buyer"), gateway.Name("provider"), gateway.Name("exchange"), gateway.Name("D"));
        using var buyer = await gateway.AsAsync(buyerName, Role.Buyer);
        using var provider = await gateway.AsAsync(providerName, Role.Provider);
        using var venue = await gateway.AsAsync("venue-" + venueName, Role.Venue);
        using var otherProvider = await gateway.AsAsync(gateway.Name("provider"), Role.Provider);
        using var otherBuyer = await gateway.AsAsync(gateway.Name("buyer"), Role.Buyer);
        // The provider's own key as a buyer's: the role says which side one is on.
        using var sameParty = await gateway.AsAsync(providerName, Role.Buyer);
        var request = $$"""
            {"deal":"{{deal}}","product":"{{gateway.Name("P")}}","venue":"{{venueName}}","buyer":"{{buyerName}}","provider":"{{providerName}}","channel":"RegisteredContract","amountFen":100}
            """;
        using var forged = await otherBuyer.GiveAsync("RequestContract", request);
        using var requested = await buyer.GiveAsync("RequestContract", request);
        await forged.AsProblemAsync(403, "not-permitted");
        Assert.True((int)requested.StatusCode == 200, await requested.Content.ReadAsStringAsync(Cancellation));

        foreach (var (client, sees) in ((HttpClient, bool)[])[(buyer, true), (provider, true), (venue, true), (otherProvider, false), (otherBuyer, false), (sameParty, false)])
        {
            using var read = await client.GetAsync(new Uri($"/v1/deals/{deal}", UriKind.Relative), Cancellation);
            Assert.Equal(sees ? 200 : 404, (int)read.StatusCode);
        }

        using var stolen = await otherProvider.GiveAsync("OfferContract", $$"""{"deal":"{{deal}}","amountFen":90}""");
        using var offered = await provider.GiveAsync("OfferContract", $$"""{"deal":"{{deal}}","amountFen":90}""");
        using var accepted = await buyer.GiveAsync("AcceptContract", $$"""{"deal":"{{deal}}"}""");
        await stolen.AsProblemAsync(403, "not-permitted");
        Assert.Equal((200, 200), ((int)offered.StatusCode, (int)accepted.StatusCode));
        using var shown = await buyer.GetAsync(new Uri($"/v1/deals/{deal}", UriKind.Relative), Cancellation);
        var body = await shown.JsonAsync();
        Assert.Equal(("ContractAccepted", 90L), ((string?)body["stage"], (long)body["amountFen"]!));
    }

    [Fact]
    public async Task A_regulator_calls_a_halt_and_no_other_phase()
    {
        var product = gateway.Name("P");
        using var regulator = await gateway.AsAsync(gateway.Name("regulator"), Role.Regulator);

        using var opened = await regulator.GiveAsync("CallPhase", $$"""{"product":"{{product}}","phase":"Continuous"}""");
        using var halted = await regulator.GiveAsync("CallPhase", $$"""{"product":"{{product}}","phase":"Halted"}""");

        await opened.AsProblemAsync(403, "not-permitted");
        // It got to the exchange, which has no such book.
        await halted.AsProblemAsync(404, "no-order-book");
    }
}
