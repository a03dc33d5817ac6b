using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Exchange;

/// <summary>The ordinary steps of a product and a deal, for walks through the whole exchange.</summary>
internal static class MarketWalk
{
    internal static readonly PartyId Operator = new("operator");
    internal static readonly UsagePolicy Policy = new("internal-analysis", "credit scoring", "CN", 365, false);

    internal static RegisterProduct Application(ProductId product, PartyId provider, SecurityClass securityClass, SimulatedTime at) => new(
        product, provider, Venue, "企业用电指数", "Power use index", ProductForm.Api, "industry", "T001", securityClass, false, false,
        "credit scoring", "content of " + product.Value, false) { At = at, By = provider };

    /// <summary>From registration on day 0 to a certificate from day 20 to day 400.</summary>
    internal static void Certify(this RecordedMarket market)
    {
        market.Do(Application(Product, Provider, SecurityClass.General, Day(0)));
        market.Do(new SubmitEvidence(Product, EvidenceKinds.LawfulSource) { At = Day(1), By = Provider });
        market.Do(new AcceptApplication(Product) { At = Day(2), By = Operator });
        market.Do(new AssessCompliance(Product, false, false, false) { At = Day(3), By = Operator });
        market.Do(new EvaluateQuality(Product, 90, 90, 90, 90) { At = Day(4), By = Operator });
        market.Do(new PublishRights(Product, Day(19)) { At = Day(5), By = Operator });
        market.Do(new CertifyRights(Product, DataRights.ProductOperation, Day(400), false) { At = Day(20), By = Operator });
    }

    /// <summary>On sale at the venues from day 23, to an admitted buyer with 10,000,000 fen.</summary>
    internal static void OpenMarket(this RecordedMarket market, LicenceTerms terms, params VenueId[] venues)
    {
        market.Certify();
        market.Do(new ValueProduct(Product, terms.Unit, [new(ValuationApproach.Cost, terms.UnitPriceFen, 10_000)], 0) { At = Day(21), By = Provider });
        market.Do(new SetPrice(Product, terms, null) { At = Day(22), By = Provider });
        foreach (var venue in venues.Length == 0 ? [Venue] : venues)
        {
            market.Do(new ListProduct(Product, venue, [new(Contributor, 1_000)]) { At = Day(23), By = Provider });
        }

        market.Do(new AdmitBuyer(Buyer, SecurityClass.General) { At = Day(24), By = Operator });
        market.Do(new DepositFunds(Buyer, 10_000_000) { At = Day(24), By = Buyer });
    }

    internal static PlaceOrder Order(int quantity = 1, int day = 30) =>
        new(Product, Deal, Venue, Buyer, null, TradeChannel.Shelf, quantity, null) { At = Day(day), By = Buyer };

    internal static AgreeContract Agreement(LicenceKind licence, int quantity = 1) =>
        new(Deal, licence, quantity, Policy, Day(40), [new(Contributor, 1_000)]) { At = Day(31), By = Buyer };

    /// <summary>From order on day 30 to registration on day 32: fee 2.5 %, tax 6 %.</summary>
    internal static void Buy(this RecordedMarket market, LicenceKind licence, int quantity = 1)
    {
        market.Do(Order(quantity));
        market.Do(Agreement(licence, quantity));
        market.Do(new RegisterTransaction(Deal, 250, 600) { At = Day(32), By = Operator });
    }

    internal static void Deliver(this RecordedMarket market) =>
        market.Do(new CompleteTransfer(Deal, Day(45)) { At = Day(35), By = Provider });

    /// <summary>From request to an offer of 2,000,000 fen that the buyer accepts, the licence, and a final contract.</summary>
    internal static void Negotiate(this RecordedMarket market, TradeChannel channel)
    {
        RequestContract Request(long fen) => new(Deal, Product, Venue, Buyer, Provider, channel, fen) { At = Day(26), By = Buyer };
        market.Do(Request(1_000_000));
        market.Do(new OfferContract(Deal, 3_000_000) { At = Day(27), By = Provider });
        market.Do(Request(1_500_000));
        market.Do(new OfferContract(Deal, 2_000_000) { At = Day(28), By = Provider });
        market.Do(new AcceptContract(Deal) { At = Day(29), By = Buyer });
        market.Do(Order() with { Channel = channel, ContractAmountFen = 2_000_000 });
        market.Do(Agreement(LicenceKind.OpenEnded));
        market.Do(new VerifyContract(Deal) { At = Day(31), By = Buyer });
        market.Do(new FinalizeContract(Deal) { At = Day(31), By = Provider });
        market.Do(new RegisterTransaction(Deal, 250, 600) { At = Day(32), By = Operator });
    }

    internal static IEnumerable<string> Happened(this RecordedMarket market, string stream) =>
        market.Recorded.Where(recorded => recorded.Stream == stream).Select(recorded => recorded.Data.GetType().Name);
}
