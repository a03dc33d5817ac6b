using System.Security.Cryptography;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange;

namespace DataExchange.Web.Lessons.Topics;

/// <summary>
/// The exchange itself in memory, with one product, one provider and one buyer, for the length of one answer: the deciders and reactions that the market runs on decide what
/// a class lets happen.
/// </summary>
internal sealed class ClassMarket : IEventSink
{
    internal static readonly VenueId Venue = new("hzdex");
    internal static readonly ProductId Product = new("P000001");
    internal static readonly DealId Deal = new("D000001");
    internal static readonly PartyId Provider = new("provider-0001");
    internal static readonly PartyId Upstream = new("provider-0002");
    internal static readonly PartyId Buyer = new("buyer-0001");
    private static readonly PartyId Operator = new(Venue.Value);
    private static readonly PartyId Assessor = new("assessor-01");
    private static readonly UsagePolicy Policy = new("internal-analysis", "风控", "CN", 0, false);
    private static readonly string Fingerprint = Convert.ToHexStringLower(SHA256.HashData("P000001"u8));
    private const int ObjectionDays = 10;
    private const int SecondsPerMove = 3_600;

    private readonly InProcessExchange _exchange;
    private SimulatedTime _now = SimulatedTime.Parse("2025-03-03T09:00:00+08:00");

    internal ClassMarket() => _exchange = new InProcessExchange(this);

    /// <summary>All facts, in their order.</summary>
    internal List<RecordedEvent> Facts { get; } = [];

    /// <summary>The rights that a certificate is to name.</summary>
    internal DataRights Rights { get; init; } = DataRights.ResourceHolding | DataRights.ProcessingAndUse | DataRights.ProductOperation;

    /// <summary>Price of the product, fen.</summary>
    internal long PriceFen { get; init; } = 500_000;

    /// <summary>The venue's fee, 1/10,000.</summary>
    internal int FeeBasisPoints { get; init; } = 250;

    /// <summary>Value-added tax, 1/10,000.</summary>
    internal int VatBasisPoints { get; init; } = 600;

    /// <summary>What an upstream contributor gets of the proceeds, 1/10,000; 0 for none.</summary>
    internal int UpstreamBasisPoints { get; init; }

    /// <inheritdoc />
    public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        Facts.AddRange(events);
        return ValueTask.CompletedTask;
    }

    /// <summary>Does one thing after the other, which must be accepted.</summary>
    /// <param name="moves">What.</param>
    internal ClassMarket After(params ReadOnlySpan<string> moves)
    {
        foreach (var move in moves)
        {
            if (Do(move) is { Rejection: { } reason })
            {
                throw new InvalidOperationException($"{move} was refused: {reason}.");
            }
        }

        return this;
    }

    /// <summary>Does one thing. Waiting is no command and changes nothing but the time.</summary>
    /// <param name="move">What.</param>
    internal Outcome Do(string move)
    {
        _now = move == "wait" ? _now.AddDays(ObjectionDays + 1) : _now.AddSeconds(SecondsPerMove);
        return move == "wait" ? new Outcome([], null) : Submit(CommandOf(move));
    }

    // The sink and the logs are in memory: nothing is ever waited for.
    private Outcome Submit(Command command)
    {
        var answer = _exchange.SubmitAsync(command, CancellationToken.None);
        return answer.IsCompletedSuccessfully ? answer.Result : throw new InvalidOperationException("The exchange in memory did not answer at once.");
    }

    private Command CommandOf(string move) => OfProduct(move) ?? OfDeal(move) ?? throw new ArgumentOutOfRangeException(nameof(move), move, "no such move");

    private Command? OfProduct(string move) => move switch
    {
        "register" => new RegisterProduct(Product, Provider, Venue, "客流热力日报", "Daily footfall report", ProductForm.Dataset, "transport", "retail",
            SecurityClass.General, false, false, "选址", Fingerprint, false) { At = _now, By = Provider },
        "evidence" => new SubmitEvidence(Product, EvidenceKinds.LawfulSource) { At = _now, By = Provider },
        "accept" => new AcceptApplication(Product) { At = _now, By = Operator },
        "assess" => new AssessCompliance(Product, false, false, false) { At = _now, By = Assessor },
        "evaluate" => new EvaluateQuality(Product, 92, 90, 88, 90) { At = _now, By = Assessor },
        "publish" => new PublishRights(Product, _now.AddDays(ObjectionDays)) { At = _now, By = Operator },
        "object" => new RaiseObjection(Product, Upstream, "数据来源有争议") { At = _now, By = Upstream },
        "dismiss" => new DecideObjection(Product, false) { At = _now, By = Operator },
        "uphold" => new DecideObjection(Product, true) { At = _now, By = Operator },
        "certify" => new CertifyRights(Product, Rights, _now.AddDays(1_095), false) { At = _now, By = Operator },
        "licenseUse" => new LicenseRights(Product, Upstream, DataRights.ProcessingAndUse, _now.AddDays(365)) { At = _now, By = Provider },
        "licenseOperation" => new LicenseRights(Product, Upstream, DataRights.ProductOperation, _now.AddDays(365)) { At = _now, By = Provider },
        "transfer" => new TransferRights(Product, Upstream) { At = _now, By = Provider },
        "revoke" => new RevokeCertificate(Product, "来源不合法") { At = _now, By = Operator },
        "value" => new ValueProduct(Product, PriceUnit.PerLicence, [new(ValuationApproach.Cost, PriceFen, 10_000)], 2_000) { At = _now, By = Assessor },
        "price" => new SetPrice(Product, new LicenceTerms(LicenceKind.OpenEnded, PriceUnit.PerLicence, PriceFen, null, 1, false), null) { At = _now, By = Provider },
        "list" => new ListProduct(Product, Venue, Contributors) { At = _now, By = Provider },
        _ => null,
    };

    private Command? OfDeal(string move) => move switch
    {
        "admit" => new AdmitBuyer(Buyer, SecurityClass.General) { At = _now, By = Operator },
        "deposit" => new DepositFunds(Buyer, 2 * PriceFen) { At = _now, By = Buyer },
        "order" => new PlaceOrder(Product, Deal, Venue, Buyer, null, TradeChannel.Shelf, 1, null) { At = _now, By = Buyer },
        "orderAgain" => new PlaceOrder(Product, new DealId("D000002"), Venue, Buyer, null, TradeChannel.Shelf, 1, null) { At = _now, By = Buyer },
        "agree" => new AgreeContract(Deal, LicenceKind.OpenEnded, 1, Policy, _now.AddDays(7), Contributors) { At = _now, By = Provider },
        "registerDeal" => new RegisterTransaction(Deal, FeeBasisPoints, VatBasisPoints) { At = _now, By = Operator },
        "deliver" => new CompleteTransfer(Deal, _now.AddDays(5)) { At = _now, By = Provider },
        "acceptDelivery" => new AcceptDelivery(Deal) { At = _now, By = Buyer },
        "dispute" => new RaiseDispute(Deal, "缺少字段") { At = _now, By = Buyer },
        "rejectDispute" => new DecideDispute(Deal, 0) { At = _now, By = Operator },
        "refundHalf" => new DecideDispute(Deal, PriceFen / 2) { At = _now, By = Operator },
        "refundAll" => new DecideDispute(Deal, PriceFen) { At = _now, By = Operator },
        "payOut" => new PayOutProceeds(Provider, 0) { At = _now, By = Provider },
        _ => null,
    };

    private ContributorShare[] Contributors => UpstreamBasisPoints == 0 ? [] : [new(Upstream, UpstreamBasisPoints)];
}
