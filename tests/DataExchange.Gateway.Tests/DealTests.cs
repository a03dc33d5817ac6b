using DataExchange.Client;
using Role = DataExchange.Gateway.Access.Role;

namespace DataExchange.Gateway.Tests;

public sealed class DealTests(RunningGateway gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deal_is_seen_and_moved_on_by_its_own_parties_alone()
    {
        var (buyerName, providerName, venueName, deal) = (gateway.Name("buyer"), gateway.Name("provider"), gateway.Name("exchange"), gateway.Name("D"));
        var (buyer, provider) = (await gateway.ClientAsync(buyerName, Role.Buyer), await gateway.ClientAsync(providerName, Role.Provider));
        var venue = await gateway.ClientAsync("venue-" + venueName, Role.Venue);
        var (otherProvider, otherBuyer) = (await gateway.ClientAsync(gateway.Name("provider"), Role.Provider), await gateway.ClientAsync(gateway.Name("buyer"), Role.Buyer));
        // The provider's own key as a buyer's: the role says which side one is on.
        var sameParty = await gateway.ClientAsync(providerName, Role.Buyer);
        var request = new RequestContract
        {
            Deal = deal, Product = gateway.Name("P"), Venue = venueName, Buyer = buyerName, Provider = providerName, Channel = TradeChannel.RegisteredContract, AmountFen = 100,
        };
        await Assert.ThrowsAsync<NotPermittedException>(() => otherBuyer.GiveAsync(request, cancellation: Cancellation));
        await buyer.GiveAsync(request, cancellation: Cancellation);

        foreach (var party in (GatewayClient[])[buyer, provider, venue])
        {
            Assert.Equal("Requested", (await party.ReadDealAsync(deal, cancellation: Cancellation)).Value.Stage);
        }

        foreach (var stranger in (GatewayClient[])[otherProvider, otherBuyer, sameParty])
        {
            await Assert.ThrowsAsync<NotFoundException>(() => stranger.ReadDealAsync(deal, cancellation: Cancellation));
        }

        var offer = new OfferContract { Deal = deal, AmountFen = 90 };
        await Assert.ThrowsAsync<NotPermittedException>(() => otherProvider.GiveAsync(offer, cancellation: Cancellation));
        await provider.GiveAsync(offer, cancellation: Cancellation);
        await buyer.GiveAsync(new AcceptContract { Deal = deal }, cancellation: Cancellation);
        var read = (await buyer.ReadDealAsync(deal, cancellation: Cancellation)).Value;
        Assert.Equal(("ContractAccepted", 90L), (read.Stage, read.AmountFen));
    }

    [Fact]
    public async Task A_regulator_calls_a_halt_and_no_other_phase()
    {
        var product = gateway.Name("P");
        var regulator = await gateway.ClientAsync(gateway.Name("regulator"), Role.Regulator);

        await Assert.ThrowsAsync<NotPermittedException>(() => CallAsync(TradingPhase.Continuous));
        // It got to the exchange, which has no such book.
        Assert.Equal("NoOrderBook", (await Assert.ThrowsAsync<CommandRefusedException>(() => CallAsync(TradingPhase.Halted))).Rejection);

        async Task CallAsync(TradingPhase phase) => await regulator.GiveAsync(new CallPhase { Product = product, Phase = phase }, cancellation: Cancellation);
    }
}
