using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Domain.Tests.Exchange;

/// <summary>Turns drawn numbers into commands: mostly what a product or a deal waits for, sometimes anything at all.</summary>
internal sealed class RandomWalk(NaiveMarket books)
{
    internal readonly record struct Draw(int Kind, int Product, int Deal, int Party, int Number);

    private static readonly LicenceTerms[] Terms = [Sample.OpenEnded, Sample.TwoCopies, Sample.Exclusive, Sample.CallPack, Sample.ByContract];
    private static readonly PartyId[] Parties = [Sample.Provider, Sample.Buyer, Sample.Contributor];
    private static readonly long[] Amounts = [250_000, 1_000_000, 100_000, 1, 0, -5];

    private static readonly FeeSchedule?[] Fees =
        [null, FeeSchedule.Flat, new([new(20_000, 100), new(60_000, 9_000)], 0, null), new([new(1_000, 33)], 777, 5_001), new([], 30_000, null)];

    private SimulatedTime _now = Sample.Day(0);

    /// <summary>Two buyers come with money; the third party has to be admitted in the walk.</summary>
    internal IEnumerable<Command> Opening()
    {
        yield return new AdmitBuyer(Sample.Buyer, SecurityClass.Important) { At = _now, By = Sample.Buyer };
        yield return new AdmitBuyer(Sample.Contributor, SecurityClass.General) { At = _now, By = Sample.Contributor };
        yield return new DepositFunds(Sample.Buyer, 3_000_000) { At = _now, By = Sample.Buyer };
        yield return new DepositFunds(Sample.Contributor, 400_000) { At = _now, By = Sample.Contributor };
    }

    /// <summary>The commands of one draw; each is chosen after the one before it was written into the books.</summary>
    internal IEnumerable<Command> Commands(Draw draw)
    {
        var product = new ProductId("P" + draw.Product);
        var deal = new DealId("D" + draw.Deal);
        switch (draw.Kind)
        {
            case < 5:
                // All the way to the shelf, where it will go.
                for (var step = 0; step < 9; step++)
                {
                    yield return Product(Math.Max(books.Page(product).Step, step), product, draw);
                }

                yield return Product(9, product, draw);
                break;
            case < 9:
                yield return Product(draw.Number % 18, product, draw);
                break;
            case < 11:
                yield return Party(draw);
                yield return PayOut(Parties[draw.Deal % 3], draw);
                break;
            case < 13:
                yield return PayOut(Parties[draw.Party], draw);
                break;
            case < 15:
                yield return Order(product, deal, draw);
                break;
            case < 18:
                yield return Deal(draw.Number % 19, deal, product, draw);
                break;
            default:
                // Some steps on the way that the deal waits for.
                for (var step = 0; step <= draw.Number % 8; step++)
                {
                    var next = draw with { Number = (draw.Number + (step * 7)) % 50 };
                    yield return Deal(Awaited(books.Page(deal), next), deal, product, next);
                }

                // What was paid out before a claim is owed after it, and kept back from what comes next: chance alone hardly gets there.
                if (books.Page(deal) is { Step: "completed", Product.Value: not null } completed)
                {
                    yield return PayOut(books.Page(completed.Product).Holder, draw with { Number = 1 });
                    yield return Deal(17, deal, product, draw);
                    yield return Deal(18, deal, product, draw with { Number = 1 + (draw.Number % 2) });
                }

                foreach (var debtor in Parties.Where(party => books.Owed.GetValueOrDefault(party) > 0 && books.Payable.GetValueOrDefault(party) > 0))
                {
                    yield return PayOut(debtor, draw with { Number = 1 });
                }

                break;
        }
    }

    private SimulatedTime Tick(int draw) => _now = _now.AddSeconds(3_600 + (draw % 3 * 40_000));

    private Command Product(int step, ProductId product, Draw draw)
    {
        var at = Tick(draw.Number);
        var by = Parties[draw.Party];
        var venue = draw.Deal % 2 == 0 ? Sample.Venue : Sample.OtherVenue;
        return step switch
        {
            0 => MarketWalk.Application(product, by, draw.Product == 1 ? SecurityClass.Important : SecurityClass.General, at),
            1 => new SubmitEvidence(product, EvidenceKinds.LawfulSource | EvidenceKinds.SecurityAssessment) { At = at, By = by },
            2 => new AcceptApplication(product) { At = at, By = by },
            3 => new AssessCompliance(product, false, false, false) { At = at, By = by },
            4 => new EvaluateQuality(product, 90, 90, 90, 90) { At = at, By = by },
            5 => new PublishRights(product, at.AddSeconds(draw.Number % 4 == 0 ? 90_000 : 1_800)) { At = at, By = by },
            6 => new CertifyRights(product, DataRights.ProductOperation, at.AddDays(5 + (draw.Number % 5 * 60)), false) { At = at, By = by },
            7 => new ValueProduct(product, PriceUnit.PerLicence, [new(ValuationApproach.Market, 1_000, 10_000)], 500) { At = at, By = by },
            8 => new SetPrice(product, Terms[draw.Number % Terms.Length], "as asked") { At = at, By = by },
            9 or 10 => new ListProduct(product, venue, []) { At = at, By = by },
            11 => new SuspendListing(product, venue, "complaint") { At = at, By = by },
            12 => new ResumeListing(product, venue) { At = at, By = by },
            13 => new DelistProduct(product, venue, DelistingReason.VenueOrder) { At = at, By = by },
            14 => new RenewCertificate(product, books.Page(product).ValidUntil.AddDays(draw.Deal)) { At = at, By = by },
            15 => new ExpireCertificate(product) { At = at, By = by },
            16 => new TransferRights(product, by) { At = at, By = by },
            _ => draw.Party == 0
                ? new RevokeCertificate(product, "fraud") { At = at, By = by }
                : new RenewCertificate(product, at.AddDays(60)) { At = at, By = by },
        };
    }

    private Command Party(Draw draw)
    {
        var at = Tick(draw.Number);
        var party = Parties[draw.Party];
        return draw.Kind == 9
            ? new AdmitBuyer(party, draw.Number % 3 == 0 ? SecurityClass.General : SecurityClass.Important) { At = at, By = party }
            : new DepositFunds(party, Amounts[draw.Number % Amounts.Length]) { At = at, By = party };
    }

    private PayOutProceeds PayOut(PartyId party, Draw draw) => new(party, draw.Number % 4 == 0 ? 50_000 : 0) { At = Tick(draw.Number), By = party };

    private PlaceOrder Order(ProductId product, DealId deal, Draw draw) => new(
        product, deal, draw.Number % 2 == 0 ? Sample.Venue : Sample.OtherVenue, Parties[draw.Party], null, TradeChannel.Shelf,
        (draw.Number % 4) + (draw.Number % 13 == 0 ? 0 : 1), draw.Number % 17 == 0 ? 5 : null) { At = Tick(draw.Number), By = Parties[draw.Party] };

    private static int Awaited(NaiveMarket.DealPage deal, Draw draw) => deal.Step switch
    {
        "none" => 0,
        "requested" => 1,
        "offered" => draw.Number % 5 == 0 ? 0 : 2,
        "accepted" => 4,
        "matched" => 5,
        "agreed" => deal.Channel == TradeChannel.Shelf ? 8 : 6,
        "verified" => 7,
        "final" => 8,
        "registered" => draw.Number % 3 == 0 ? 9 : 10,
        "overdue" => draw.Number % 2 == 0 ? 11 : 10,
        "delivered" => 12 + (draw.Number % 3),
        "disputed" => 15,
        "completed" => 17,
        "claimed" => 18,
        _ => 16,
    };

    private Command Deal(int step, DealId id, ProductId anyProduct, Draw draw)
    {
        var at = Tick(draw.Number);
        var by = Parties[draw.Party];
        var deal = books.Page(id);
        var isNew = deal.Step == "none";
        var product = isNew ? anyProduct : deal.Product;
        var venue = isNew ? (draw.Number % 2 == 0 ? Sample.Venue : Sample.OtherVenue) : deal.Venue;
        var channel = isNew ? (draw.Number % 3 == 0 ? TradeChannel.FiledContract : TradeChannel.RegisteredContract) : deal.Channel;
        var amount = Amounts[draw.Number % 3];
        return step switch
        {
            0 => new RequestContract(id, product, venue, isNew ? by : deal.Buyer,
                isNew ? books.Page(product).Holder : deal.Provider, channel, amount) { At = at, By = by },
            1 => new OfferContract(id, Amounts[(draw.Number + 1) % 4], draw.Number % 3 == 0 ? null : at.AddDays(draw.Number % 5)) { At = at, By = by },
            2 => new AcceptContract(id) { At = at, By = by },
            3 => new TerminateNegotiation(id, null) { At = at, By = by },
            4 => new PlaceOrder(product, id, venue, deal.Buyer, null, channel, 1, deal.AmountFen + (draw.Number % 11 == 0 ? 1 : 0)) { At = at, By = by },
            5 => new AgreeContract(id, draw.Number % 11 == 0 ? LicenceKind.Capped : deal.Licence, Math.Max(1, deal.Quantity), MarketWalk.Policy,
                at.AddDays(draw.Number % 4), []) { At = at, By = by },
            6 => new VerifyContract(id) { At = at, By = by },
            7 => new FinalizeContract(id) { At = at, By = by },
            8 => new RegisterTransaction(id, draw.Number % 29 == 0 ? 10_001 : draw.Number * 200, 600, Fees[draw.Number % Fees.Length],
                draw.Number % 4 == 0 ? null : 1 + draw.Number) { At = at, By = by },
            9 => new ReportLateDelivery(id) { At = deal.Due > at && draw.Number % 2 == 0 ? _now = deal.Due.AddSeconds(1) : at, By = by },
            10 => new CompleteTransfer(id, at.AddDays(draw.Number % 5)) { At = at, By = by },
            11 => new CancelDeal(id) { At = at, By = by },
            12 => new AcceptDelivery(id) { At = at, By = by },
            13 => new RaiseDispute(id, "incomplete") { At = at, By = by },
            14 => new TimeOutAcceptance(id) { At = at, By = by },
            15 => new DecideDispute(id, deal.AmountFen * (draw.Number % 4) / 2) { At = at, By = by },
            17 => new RaiseClaim(id, "hidden defect") { At = at, By = by },
            18 => new DecideClaim(id, (deal.AmountFen - deal.RefundedFen) * (draw.Number % 4) / 2) { At = at, By = by },
            _ => new ReportUsage(id, draw.Number % 2 == 0 ? deal.CallsLeft : (draw.Number * 40) - 40,
                draw.Number % 7 == 0 ? "resale" : MarketWalk.Policy.Purpose) { At = at, By = by },
        };
    }
}
