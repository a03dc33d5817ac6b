using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Tests;

/// <summary>Four deals with fees in tiers, paid out, claimed back, and what is owed kept back from two more.</summary>
internal sealed partial class SmallMarket
{
    /// <summary>2.5 % (the base rate) of the first 200 yuan, 1 % above, at least 1 yuan.</summary>
    internal static readonly FeeSchedule Tiers = new([new(20_000, 100)], 100, null);

    internal static async Task<SmallMarket> WithClaimsAsync()
    {
        var market = new SmallMarket();
        await market.Certify("P1");
        await market.Certify("P4");
        await market.Price("P1", new(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100_001, null, 1, false));
        await market.Price("P4", new(LicenceKind.CallPack, PriceUnit.PerCall, 31, null, 1_000, false));
        await market.List("P1", Zjbdec, new ContributorShare(Upstream, 1_500));
        await market.List("P4", Zjbdec);
        foreach (var buyer in new[] { "B1", "B2" })
        {
            await market.Accepted(new AdmitBuyer(new(buyer), SecurityClass.Important) { At = market.Tick(), By = new("zjbdec") });
            await market.Accepted(new DepositFunds(new(buyer), 10_000_000) { At = market.Tick(), By = new(buyer) });
        }

        await market.Sell("P1", "C1", "B1");
        await market.Sell("P1", "C2", "B2");
        await market.Sell("P1", "C3", "B2");
        await market.Sell("P4", "C4", "B1");
        await market.Accepted(new ReportUsage(new("C4"), 333, "风控") { At = market.Tick(), By = Seller });
        await market.Accepted(new ReportUsage(new("C4"), 600, "风控") { At = market.Tick(), By = Seller });
        await market.PayOut(Seller);
        await market.Accepted(new ReportUsage(new("C4"), 67, "风控") { At = market.Tick(), By = Seller });
        // In part out of what is payable, in part owed; then all of it owed; then nothing; then only what is payable.
        await market.Claim("C1", "B1", 100_001);
        await market.Claim("C2", "B2", 33_333);
        await market.Claim("C3", "B2", 0);
        await market.Sell("P1", "C5", "B2");
        await market.Sell("P1", "C6", "B1");
        await market.PayOut(Seller);
        await market.PayOut(Upstream);
        await market.Claim("C4", "B1", 10);
        await market.Refused(new RaiseClaim(new("C4"), "再次") { At = market.Tick(), By = new("B1") });
        return market;
    }

    /// <summary>A moment in which claims may still be raised on the last deals, and one when on none.</summary>
    internal (SimulatedTime InTime, SimulatedTime Late) WithinAndBeyondClaims() => (_now.AddDays(89), _now.AddDays(91));

    /// <summary>What the exchange answers; null for yes.</summary>
    internal async Task<Rejection?> AnswerAsync(Command command) => (await _exchange.SubmitAsync(command, TestContext.Current.CancellationToken)).Rejection;

    private async Task Sell(string product, string deal, string buyer)
    {
        await Order(product, deal, Zjbdec, buyer);
        var matched = Events.Select(recorded => recorded.Data).OfType<OrderMatched>().Single(e => e.Deal.Value == deal);
        await Accepted(new AgreeContract(new(deal), matched.Licence, 1, Policy(), _now.AddDays(7), matched.Contributors) { At = Tick(), By = Seller });
        await Accepted(new RegisterTransaction(new(deal), 250, 600, Tiers, 90) { At = Tick(), By = new("venue-zjbdec") });
        await Deliver(deal);
        await Accepted(new AcceptDelivery(new(deal)) { At = Tick(), By = new(buyer) });
    }

    private async Task Claim(string deal, string buyer, long fen)
    {
        await Accepted(new RaiseClaim(new(deal), "隐性缺陷") { At = Tick(), By = new(buyer) });
        await Accepted(new DecideClaim(new(deal), fen) { At = Tick(), By = new("venue-zjbdec") });
    }

    private Task PayOut(PartyId party) => Accepted(new PayOutProceeds(party, 0) { At = Tick(), By = new("clearing") });
}
