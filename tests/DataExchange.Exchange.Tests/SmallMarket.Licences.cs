using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Tests;

/// <summary>Products of all price policies: call packs with tiers and a minimum (PT), licences in two versions (PV), bundles of licences (PX, PY), a share of revenue (PR).</summary>
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
        await market.BundlesAsync();
        await market.RevenueAsync();
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

    // Together for 100,000 fen what costs 100,001 and 50,000 alone: one is ordered, one cannot be paid, one is ended by a price, one taken back.
    private async Task BundlesAsync()
    {
        await OfferAsync("PX", new(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100_001, null, 1, false));
        await OfferAsync("PY", new(LicenceKind.Subscription, PriceUnit.PerMonth, 50_000, null, 1, false));
        await Refused(Bundling("X0", 150_001));
        await Refused(Bundling("X0", 100_000) with { Products = [new("PX"), new("PT")] });
        await Refused(Bundling("X0", 100_000) with { Products = [new("PX"), new("P0")] });
        await Refused(Bundling("X0", 100_000) with { Provider = Upstream });
        await Accepted(Bundling("X1", 100_000));
        await Accepted(new OrderBundle(new("X1"), new("O1"), new("B1")) { At = Tick(), By = new("B1") });
        await UseAsync("O1-1");
        await UseAsync("O1-2");
        await Refused(new OrderBundle(new("X1"), new("O1"), new("B1")) { At = Tick(), By = new("B1") });
        // The name of a part is taken.
        await Order("PX", "O2-2", Zjbdec, "B2");
        await Refused(new OrderBundle(new("X1"), new("O2"), new("B2")) { At = Tick(), By = new("B2") });
        await Accepted(new AdmitBuyer(new("B6"), SecurityClass.Important) { At = Tick(), By = Hall });
        await Accepted(new DepositFunds(new("B6"), 99_999) { At = Tick(), By = new("B6") });
        await Refused(new OrderBundle(new("X1"), new("O3"), new("B6")) { At = Tick(), By = new("B6") });
        await Accepted(Bundling("X2", 90_000));
        await Accepted(new WithdrawBundle(new("X2"), Seller) { At = Tick(), By = Seller });
        await Price("PX", new(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100_000, null, 1, false));
        await Refused(new OrderBundle(new("X1"), new("O4"), new("B1")) { At = Tick(), By = new("B1") });
        await Accepted(Bundling("X3", 120_000));
        await Accepted(new SuspendListing(new("PY"), Zjbdec, "核查") { At = Tick(), By = Hall });
        await Refused(new OrderBundle(new("X3"), new("O5"), new("B1")) { At = Tick(), By = new("B1") });
    }

    // 60,000 fen, and 5 % of what is earned in three periods, at most 40,000 fen: reported with a rest, until the cap is used up, not at all, and given back in a dispute.
    private async Task RevenueAsync()
    {
        await OfferAsync("PR", new(LicenceKind.OpenEnded, PriceUnit.PerLicence, 60_000, null, 1, false, Revenue: new(500, 3, 40_000, 15)));
        await Refused(Bundling("X9", 100_000) with { Products = [new("PX"), new("PR")] });
        foreach (var deal in (string[])["R1", "R2", "R3"])
        {
            await Order("PR", deal, Zjbdec, "B" + deal[1..]);
            await UseAsync(deal);
        }

        await Order("PR", "R4", Zjbdec, "B4");
        await Register("R4");
        await Deliver("R4");
        await Accepted(new RaiseDispute(new("R4"), "字段缺失") { At = Tick(), By = new("B4") });
        await Accepted(new DecideDispute(new("R4"), 100_000) { At = Tick(), By = Hall });
        await Refused(Report("R1", 1, 100));
        _now = _now.AddDays(31);
        await Accepted(Report("R1", 1, 100_001));
        await Refused(Report("R1", 1, 100_001));
        await Refused(Report("R1", 4, 0));
        await Refused(Report("R1", 2, 0) with { By = Seller });
        await Accepted(Report("R2", 1, 1_000_000));
        await Refused(Report("R2", 2, 1));
        _now = _now.AddDays(15);
        await Refused(Report("R3", 1, 1));
        await Accepted(new ChargeOverdueRevenue(new("R3")) { At = Tick(), By = Hall });
        _now = _now.AddDays(15);
        await Accepted(Report("R1", 2, 0));
        _now = _now.AddDays(15);
        await Accepted(new ChargeOverdueRevenue(new("R3")) { At = Tick(), By = Hall });
        _now = _now.AddDays(15);
        await Accepted(Report("R1", 3, 0));
        _now = _now.AddDays(15);
        await Accepted(new ChargeOverdueRevenue(new("R3")) { At = Tick(), By = Hall });
    }

    private ReportRevenue Report(string deal, int period, long revenueFen) => new(new(deal), period, revenueFen) { At = Tick(), By = new("B" + deal[1..]) };

    private OfferBundle Bundling(string bundle, long price) => new(new(bundle), Zjbdec, Seller, [new("PX"), new("PY")], price) { At = Tick(), By = Seller };

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
