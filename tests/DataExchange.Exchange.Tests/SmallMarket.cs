using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Tests;

/// <summary>Six products, four buyers and a dozen deals, driven through the exchange so that almost every event occurs.</summary>
internal sealed partial class SmallMarket : IEventSink
{
    internal static readonly VenueId Zjbdec = new("zjbdec");
    internal static readonly VenueId Hzdex = new("hzdex");
    internal static readonly PartyId Seller = new("S1");
    internal static readonly PartyId Upstream = new("U1");
    internal static readonly DataRights AllRights = DataRights.ResourceHolding | DataRights.ProcessingAndUse | DataRights.ProductOperation;
    private readonly InProcessExchange _exchange;
    private SimulatedTime _now = SimulatedTime.Parse("2024-01-02T09:00:00+08:00");

    private SmallMarket() => _exchange = new InProcessExchange(this);

    internal List<RecordedEvent> Events { get; } = [];

    /// <summary>Where each command ended: the places at which a store may end in mid-run.</summary>
    internal List<int> CommandEnds { get; } = [];

    /// <summary>Every command, and how many events there were before it.</summary>
    internal List<(Command Command, int Before)> Commands { get; } = [];

    internal static async Task<SmallMarket> RunAsync()
    {
        var market = new SmallMarket();
        await market.SupplyAsync();
        await market.ShelfDealsAsync();
        await market.MeteredDealAsync();
        await market.ContractsAsync();
        await market.EndsAsync();
        return market;
    }

    public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        Events.AddRange(events);
        CommandEnds.Add(Events.Count);
        return ValueTask.CompletedTask;
    }

    private ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation)
    {
        Commands.Add((command, Events.Count));
        return _exchange.SubmitAsync(command, cancellation);
    }

    private async Task SupplyAsync()
    {
        await Accepted(new RegisterParty(Seller, "数商一号", "Provider One", PartyRole.Provider, "chip") { At = Tick(), By = new("zjbdec") });
        await Certify("P1", isPublic: true);
        await Certify("P2");
        await Certify("P3");
        await Certify("P4");
        await Certify("P5");
        await Certify("P6");
        await Refused(new RegisterProduct(new("P7"), Seller, Zjbdec, "副本", "copy", ProductForm.Dataset, "industry", "chip",
            SecurityClass.General, false, false, "风控", Print("P1"), false) { At = Tick(), By = Seller });
        await Accepted(new SetAuthorityCap(new("P1"), 200_000) { At = Tick(), By = new("authority") });
        await Price("P1", new(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100_001, null, 1, false));
        await Price("P2", new(LicenceKind.Capped, PriceUnit.PerLicence, 50_000, 3, 1, false));
        await Price("P3", new(LicenceKind.Exclusive, PriceUnit.PerLicence, 900_000, null, 1, true));
        await Price("P4", new(LicenceKind.CallPack, PriceUnit.PerCall, 7, null, 1_000, false));
        await Price("P5", new(LicenceKind.Subscription, PriceUnit.Negotiated, 300_000, null, 1, false));
        await Refused(new ListProduct(new("P6"), Zjbdec, []) { At = Tick(), By = Seller });
        await List("P1", Zjbdec, new ContributorShare(Upstream, 1_500));
        await List("P1", Hzdex);
        await List("P2", Zjbdec);
        await List("P3", Zjbdec);
        await List("P3", Hzdex);
        await List("P4", Hzdex);
        await List("P5", Zjbdec);
        foreach (var buyer in new[] { "B1", "B2", "B3" })
        {
            await Accepted(new AdmitBuyer(new(buyer), SecurityClass.Important) { At = Tick(), By = new("zjbdec") });
            await Accepted(new DepositFunds(new(buyer), 10_000_000) { At = Tick(), By = new(buyer) });
        }

        await Accepted(new DepositFunds(new("B4"), 10) { At = Tick(), By = new("B4") });
        await Accepted(new AdmitBuyer(new("B4"), SecurityClass.General) { At = Tick(), By = new("hzdex") });
    }

    private async Task ShelfDealsAsync()
    {
        await Order("P1", "D1", Zjbdec, "B1");
        await Register("D1");
        await Deliver("D1");
        await Accepted(new AcceptDelivery(new("D1")) { At = Tick(), By = new("B1") });

        await Accepted(new SuspendListing(new("P1"), Zjbdec, "核查") { At = Tick(), By = new("zjbdec") });
        await Refused(Wish("P1", "D2", Zjbdec, "B2"));
        await Accepted(new ResumeListing(new("P1"), Zjbdec) { At = Tick(), By = new("zjbdec") });
        await Refused(Wish("P1", "D3", Hzdex, "B4"));

        await Order("P2", "D4", Zjbdec, "B2", 2);
        await Register("D4");
        await Deliver("D4");
        await Accepted(new RaiseDispute(new("D4"), "缺少字段") { At = Tick(), By = new("B2") });
        await Accepted(new DecideDispute(new("D4"), 30_000) { At = Tick(), By = new("zjbdec") });

        await Order("P2", "D5", Zjbdec, "B3");
        await Refused(Wish("P2", "D6", Zjbdec, "B1"));
        await Register("D5");
        _now = _now.AddDays(20);
        await Refused(new ReportLateDelivery(new("D5")) { At = Tick(), By = new("zjbdec") });
        await Accepted(new CancelDeal(new("D5")) { At = Tick(), By = new("B3") });
        await Order("P2", "D7", Zjbdec, "B1");
        await Register("D7");
        await Deliver("D7");
        await Accepted(new RaiseDispute(new("D7"), "无法使用") { At = Tick(), By = new("B1") });
        await Accepted(new DecideDispute(new("D7"), 50_000) { At = Tick(), By = new("zjbdec") });

        await Order("P3", "D8", Hzdex, "B1");
        await Refused(Wish("P3", "D9", Zjbdec, "B2"));
        await Register("D8");
        await Deliver("D8");
        _now = _now.AddDays(10);
        await Accepted(new TimeOutAcceptance(new("D8")) { At = Tick(), By = new("hzdex") });
    }

    private async Task MeteredDealAsync()
    {
        await Order("P4", "D10", Hzdex, "B3");
        await Register("D10");
        await Deliver("D10");
        await Accepted(new RaiseDispute(new("D10"), "响应慢") { At = Tick(), By = new("B3") });
        await Accepted(new DecideDispute(new("D10"), 0) { At = Tick(), By = new("hzdex") });
        await Accepted(new ReportUsage(new("D10"), 400, "风控") { At = Tick(), By = Seller });
        await Refused(new ReportUsage(new("D10"), 10, "转售") { At = Tick(), By = Seller });
        await Accepted(new ReportUsage(new("D10"), 600, "风控") { At = Tick(), By = Seller });
    }

    private async Task ContractsAsync()
    {
        await Negotiate("D11", TradeChannel.RegisteredContract);
        await Deliver("D11");
        await Accepted(new AcceptDelivery(new("D11")) { At = Tick(), By = new("B2") });
        await Negotiate("D12", TradeChannel.FiledContract);
        await Deliver("D12");
        await Accepted(new AcceptDelivery(new("D12")) { At = Tick(), By = new("B2") });
        await Accepted(new RequestContract(new("D13"), new("P5"), Zjbdec, new("B2"), Seller, TradeChannel.RegisteredContract, 1) { At = Tick(), By = new("B2") });
        await Accepted(new TerminateNegotiation(new("D13"), null) { At = Tick(), By = Seller });
    }

    private async Task EndsAsync()
    {
        await Accepted(new RecordViews(new("P1"), Zjbdec, 12) { At = Tick(), By = new("zjbdec") });
        await Accepted(new RenewCertificate(new("P1"), _now.AddDays(800)) { At = Tick(), By = Seller });
        await Price("P1", new(LicenceKind.OpenEnded, PriceUnit.PerLicence, 110_000, null, 1, false));
        await Order("P1", "D14", Hzdex, "B2");
        await Accepted(new ReviseProduct(new("P1"), Print("P1 version 2"), "字段增补", null) { At = Tick(), By = Seller });
        await Refused(new ReviseProduct(new("P1"), Print("P2"), "字段增补", null) { At = Tick(), By = Seller });
        await Accepted(new RevokeCertificate(new("P5"), "来源存疑") { At = Tick(), By = new("zjbdec") });
        _now = _now.AddDays(400);
        await Accepted(new ExpireCertificate(new("P4")) { At = Tick(), By = new("zjbdec") });
        await Order("P1", "D15", Hzdex, "B3");
        await Register("D15");
    }

    private async Task Certify(string id, bool isPublic = false)
    {
        var product = new ProductId(id);
        await Accepted(new RegisterProduct(product, Seller, Zjbdec, "产品" + id, id, ProductForm.Dataset, "industry", "chip",
            SecurityClass.General, false, isPublic, "风控", Print(id), false) { At = Tick(), By = Seller });
        await Accepted(new SubmitEvidence(product, EvidenceKinds.LawfulSource) { At = Tick(), By = Seller });
        await Accepted(new AcceptApplication(product) { At = Tick(), By = new("zjbdec") });
        await Accepted(new AssessCompliance(product, false, false, false) { At = Tick(), By = new("A1") });
        await Accepted(new EvaluateQuality(product, 90, 91, 92, 93) { At = Tick(), By = new("A1") });
        await Accepted(new PublishRights(product, _now.AddDays(5)) { At = Tick(), By = new("zjbdec") });
        _now = _now.AddDays(6);
        await Accepted(new CertifyRights(product, AllRights, _now.AddDays(365), isPublic) { At = Tick(), By = new("zjbdec") });
    }

    private async Task Price(string id, LicenceTerms terms)
    {
        await Accepted(new ValueProduct(new(id), terms.Unit, [new(ValuationApproach.Cost, terms.MostUnitPriceFen, 10_000)], 2_000) { At = Tick(), By = new("A1") });
        await Accepted(new SetPrice(new(id), terms, null) { At = Tick(), By = Seller });
    }

    private Task List(string id, VenueId venue, params ContributorShare[] contributors) =>
        Accepted(new ListProduct(new(id), venue, contributors) { At = Tick(), By = Seller });

    private PlaceOrder Wish(string product, string deal, VenueId venue, string buyer, int quantity = 1) =>
        new(new(product), new(deal), venue, new(buyer), null, TradeChannel.Shelf, quantity, null) { At = Tick(), By = new(buyer) };

    private Task Order(string product, string deal, VenueId venue, string buyer, int quantity = 1) =>
        Accepted(Wish(product, deal, venue, buyer, quantity));

    private async Task Register(string deal)
    {
        var matched = Events.Select(recorded => recorded.Data).OfType<OrderMatched>().Single(e => e.Deal.Value == deal);
        await Accepted(new AgreeContract(new(deal), matched.Licence, matched.Quantity, Policy(), _now.AddDays(7), matched.Contributors) { At = Tick(), By = Seller });
        await Accepted(new RegisterTransaction(new(deal), 250, 600) { At = Tick(), By = new(matched.Venue.Value) });
    }

    private async Task Negotiate(string id, TradeChannel channel)
    {
        var deal = new DealId(id);
        var buyer = new PartyId("B2");
        await Accepted(new RequestContract(deal, new("P5"), Zjbdec, buyer, Seller, channel, 250_000) { At = Tick(), By = buyer });
        await Accepted(new OfferContract(deal, 280_000) { At = Tick(), By = Seller });
        await Accepted(new AcceptContract(deal) { At = Tick(), By = buyer });
        await Accepted(new PlaceOrder(new("P5"), deal, Zjbdec, buyer, null, channel, 1, 280_000) { At = Tick(), By = buyer });
        await Accepted(new AgreeContract(deal, LicenceKind.OpenEnded, 1, Policy(), _now.AddDays(7), []) { At = Tick(), By = Seller });
        await Accepted(new VerifyContract(deal) { At = Tick(), By = buyer });
        await Accepted(new FinalizeContract(deal) { At = Tick(), By = Seller });
        await Accepted(new RegisterTransaction(deal, 100, 600) { At = Tick(), By = new("zjbdec") });
    }

    private Task Deliver(string deal) => Accepted(new CompleteTransfer(new(deal), _now.AddDays(5)) { At = Tick(), By = Seller });

    private async Task Accepted(Command command)
    {
        var outcome = await SubmitAsync(command, CancellationToken.None);
        Assert.True(outcome.Accepted, $"{command} was refused: {outcome.Rejection}");
    }

    private async Task Refused(Command command)
    {
        var outcome = await SubmitAsync(command, CancellationToken.None);
        Assert.False(outcome.Accepted, $"{command} was accepted");
    }

    private SimulatedTime Tick() => _now = _now.AddSeconds(60);

    private static UsagePolicy Policy() => new("internal-analysis", "风控", "CN", 0, false);

    private static string Print(string id) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id.ToString(CultureInfo.InvariantCulture))));
}
