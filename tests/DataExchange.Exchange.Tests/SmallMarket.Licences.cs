using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Tests;

/// <summary>Products of all price policies: call packs with tiers and a minimum (PT), licences in two versions (PV).</summary>
internal sealed partial class SmallMarket
{
    internal static async Task<SmallMarket> WithPricePoliciesAsync()
    {
        var market = new SmallMarket();
        await market.Accepted(new RegisterParty(Seller, "数商一号", "Provider One", PartyRole.Provider, "chip") { At = market.Tick(), By = Hall });
        foreach (var buyer in Bidders)
        {
            await market.Accepted(new AdmitBuyer(new(buyer), SecurityClass.Important) { At = market.Tick(), By = Hall });
            await market.Accepted(new DepositFunds(new(buyer), 10_000_000) { At = market.Tick(), By = new(buyer) });
        }

        await market.TiersAsync();
        await market.VersionsAsync();
        return market;
    }

    // 1,000 calls at 7 fen, further ones at 6.333: one pack costs the minimum of 10,000 fen, three cost 7,000 and 12,666.
    private async Task TiersAsync()
    {
        await OfferAsync("PT", new(LicenceKind.CallPack, PriceUnit.PerCall, 7, null, 1_000, false, Tiers: [new(1_000, 6_333)], MinimumFen: 10_000));
        await Order("PT", "T1", Zjbdec, "B1");
        await UseAsync("T1", 999, 1);
        await Order("PT", "T3", Zjbdec, "B2", 3);
        await UseAsync("T3", 500, 501, 1_999);
    }

    private async Task VersionsAsync()
    {
        await OfferAsync("PV", new(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100_001, null, 1, false, Degraded: [new(Degradation.Sampled, 10, 4_000)]));
        await Order("PV", "V1", Zjbdec, "B1");
        await UseAsync("V1");
        await Accepted(Wish("PV", "V2", Zjbdec, "B2") with { Degraded = Degradation.Sampled });
        await UseAsync("V2");
        await Refused(Wish("PV", "V3", Zjbdec, "B3") with { Degraded = Degradation.Aggregated });
    }

    private async Task OfferAsync(string product, LicenceTerms terms)
    {
        await Certify(product);
        await Price(product, terms);
        await List(product, Zjbdec, new ContributorShare(Upstream, 1_500));
    }

    private async Task UseAsync(string deal, params int[] calls)
    {
        await Register(deal);
        await Deliver(deal);
        await Accepted(new AcceptDelivery(new(deal)) { At = Tick(), By = new("buyer") });
        foreach (var part in calls)
        {
            await Accepted(new ReportUsage(new(deal), part, "风控") { At = Tick(), By = Seller });
        }
    }
}
