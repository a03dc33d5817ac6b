using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Tests;

internal sealed partial class SmallMarket
{
    internal static readonly ProductId Tried = new("P9");
    private static readonly PartyId Keeper = new("hzdex");

    /// <summary>One product on trial in the sandbox, from admission by way of every entrance to its certificate and ordinary trade.</summary>
    internal static async Task<SmallMarket> RunSandboxAsync()
    {
        var market = new SmallMarket();
        await market.TryAsync();
        return market;
    }

    private async Task TryAsync()
    {
        foreach (var buyer in new[] { "B1", "B2", "B3", "B4" })
        {
            await Accepted(new AdmitBuyer(new(buyer), SecurityClass.Important) { At = Tick(), By = Keeper });
            await Accepted(new DepositFunds(new(buyer), 10_000_000) { At = Tick(), By = new(buyer) });
        }

        await Accepted(new RegisterProduct(Tried, Seller, Hzdex, "试点产品", "on trial", ProductForm.Dataset, "industry", "chip",
            SecurityClass.Important, false, false, "风控", Print("P9"), false) { At = Tick(), By = Seller });
        var terms = new LicenceTerms(LicenceKind.OpenEnded, PriceUnit.PerLicence, 50_000, null, 1, false);
        var conditions = new SandboxConditions(2, 200_000, _now.AddDays(30), [new("B1"), new("B2"), new("B3")]);
        await Refused(new AdmitToSandbox(Tried, Hzdex, terms, [], conditions) { At = Tick(), By = Keeper });
        await Refused(Wish("P9", "S0", Hzdex, "B1"));
        await Accepted(new SubmitEvidence(Tried, EvidenceKinds.LawfulSource) { At = Tick(), By = Seller });
        await Accepted(new AcceptApplication(Tried) { At = Tick(), By = Keeper });
        await Refused(new AssessCompliance(Tried, false, false, false) { At = Tick(), By = new("A1") });
        await Accepted(new AdmitToSandbox(Tried, Hzdex, terms, [new(Upstream, 1_000)], conditions) { At = Tick(), By = Keeper });
        await Order("P9", "S1", Hzdex, "B1");
        await Register("S1");
        await Refused(Wish("P9", "S2", Hzdex, "B4"));
        await Refused(Wish("P9", "S2", Zjbdec, "B2"));
        await Contract("S3", "B2", TradeChannel.FiledContract, 100_000);
        await Refused(Wish("P9", "S4", Hzdex, "B3"));
        await Refused(Wish("P9", "S4", Hzdex, "B1", 2));
        await Refused(new AllotPacks(Tried, Hzdex, 10, new(10, 1_000_000, 10, 0, 60, 0, 0)) { At = Tick(), By = Keeper });
        await Accepted(new ExtendSandbox(Tried, conditions with { MostBuyers = 3, MostAmountFen = 400_000, Until = conditions.Until.AddDays(30) }) { At = Tick(), By = Keeper });
        await Contract("S4", "B3", TradeChannel.RegisteredContract, 200_000);
        await Accepted(new SubmitEvidence(Tried, EvidenceKinds.SecurityAssessment) { At = Tick(), By = Seller });
        await Accepted(new AcceptApplication(Tried) { At = Tick(), By = Keeper });
        await Accepted(new AssessCompliance(Tried, false, false, false) { At = Tick(), By = new("A1") });
        await Accepted(new EvaluateQuality(Tried, 90, 91, 92, 93) { At = Tick(), By = new("A1") });
        await Accepted(new PublishRights(Tried, _now.AddDays(5)) { At = Tick(), By = Keeper });
        _now = _now.AddDays(6);
        await Order("P9", "S5", Hzdex, "B1");
        await Accepted(new CertifyRights(Tried, AllRights, _now.AddDays(365), false) { At = Tick(), By = Keeper });
        await Refused(Wish("P9", "S6", Hzdex, "B1"));
        // Deals under way are not touched by the end of the trial.
        await Register("S5");
        await Deliver("S5");
        await Accepted(new AcceptDelivery(new("S5")) { At = Tick(), By = new("B1") });
        await Price("P9", terms with { UnitPriceFen = 100_000 });
        await List("P9", Hzdex);
        await Order("P9", "S7", Hzdex, "B4");
        await Register("S7");
    }

    private async Task Contract(string id, string buyer, TradeChannel channel, long fen)
    {
        var deal = new DealId(id);
        await Accepted(new RequestContract(deal, Tried, Hzdex, new(buyer), Seller, channel, fen) { At = Tick(), By = new(buyer) });
        await Accepted(new OfferContract(deal, fen) { At = Tick(), By = Seller });
        await Accepted(new AcceptContract(deal) { At = Tick(), By = new(buyer) });
        await Accepted(new PlaceOrder(Tried, deal, Hzdex, new(buyer), null, channel, 1, fen) { At = Tick(), By = new(buyer) });
        await Accepted(new AgreeContract(deal, LicenceKind.OpenEnded, 1, Policy(), _now.AddDays(20), [new(Upstream, 1_000)]) { At = Tick(), By = Seller });
        await Accepted(new VerifyContract(deal) { At = Tick(), By = new(buyer) });
        await Accepted(new FinalizeContract(deal) { At = Tick(), By = Seller });
        await Accepted(new RegisterTransaction(deal, 100, 600) { At = Tick(), By = Keeper });
    }
}
