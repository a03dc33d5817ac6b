using System.Security.Cryptography;
using System.Text;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;
using DataExchange.Scenarios;

namespace DataExchange.Cli.Running.Replay.Deals;

/// <summary>A command that a list of deals leads to.</summary>
/// <param name="Row">The row that it follows from.</param>
/// <param name="Command">The command.</param>
internal sealed record PlannedCommand(int Row, Command Command);

/// <summary>
/// What is to be asked of the exchange for a list of deals, in order of time: the venues, the parties, each product from registration to the shelf before its first deal, and each
/// deal as a contract that was agreed off the venue and filed. A list tells only the deals; the rest is assumed, and docs/replay.md lists it.
/// </summary>
/// <param name="rows">The deals.</param>
/// <param name="digest">SHA-256 of the file, hexadecimal.</param>
internal sealed class DealListPlan(IReadOnlyList<DealRow> rows, string digest)
{
    private const int RegisteredBefore = 30;
    private const int CertifiedBefore = 10;
    private const int ListedBefore = 8;
    private const int ObjectionDays = 14;
    private const int CertificateYears = 3;
    private const int AssumedGrade = 60;
    private const int FullTolerance = (int)Money.BasisPoints;

    private static readonly PartyId Assessor = new("assessor");
    private static readonly PartyId Authority = Simulation.Agents.Parties.Authority;

    private readonly List<PlannedCommand> _commands = [];
    private readonly Dictionary<PartyId, PlannedCommand> _parties = [];

    /// <summary>The commands in order of time.</summary>
    public IReadOnlyList<PlannedCommand> Commands()
    {
        DealRow[] ordered = [.. rows.OrderBy(row => row.At).ThenBy(row => row.Row)];
        if (ordered.Length == 0)
        {
            return [];
        }

        Begin(ordered);
        foreach (var product in ordered.GroupBy(row => row.Product))
        {
            Bring([.. product]);
        }

        Dictionary<PartyId, SecurityClass> admitted = ordered.GroupBy(row => row.Buyer).ToDictionary(group => group.Key, group => group.Max(row => row.Security));
        foreach (var row in ordered)
        {
            if (admitted.Remove(row.Buyer, out var security))
            {
                Register(row.Row, row.Buyer, row.BuyerName, PartyRole.Buyer, row.At.AddDays(-1));
                Plan(row.Row, new AdmitBuyer(row.Buyer, security) { At = row.At.AddDays(-1), By = Authority });
            }

            File(row);
        }

        // Who is registered at the moment of another command is so before it.
        return [.. _parties.Values.Concat(_commands).OrderBy(planned => planned.Command.At)];
    }

    private static PartyId Operator(VenueId venue) => new("venue-" + venue.Value);

    private void Plan(int row, Command command) => _commands.Add(new PlannedCommand(row, command));

    private void Begin(DealRow[] ordered)
    {
        var at = ordered[0].At.AddDays(-RegisteredBefore - 1);
        var known = ScenarioCatalogue.Load("hangzhou-2025").Scenario.Venues;
        foreach (var venue in ordered.Select(row => row.Venue).Distinct().OrderBy(venue => venue.Value, StringComparer.Ordinal))
        {
            Plan(ordered[0].Row, new OpenLog(venue) { At = at, By = Operator(venue) });
            var name = known.FirstOrDefault(one => one.Id == venue.Value)?.Name;
            Plan(ordered[0].Row, new RegisterParty(Operator(venue), name?.Zh ?? venue.Value, name?.En ?? venue.Value, PartyRole.Venue, null) { At = at, By = Operator(venue) });
        }

        Office(Authority, "主管部门（假定）", "Authority (assumed)", PartyRole.Authority);
        Office(Assessor, "合规评估机构（假定）", "Assessor (assumed)", PartyRole.Assessor);

        void Office(PartyId party, string name, string nameEn, PartyRole role) =>
            Plan(ordered[0].Row, new RegisterParty(party, name, nameEn, role, null) { At = at, By = party });
    }

    // A party that sells and buys is registered for what it does first.
    private void Register(int row, PartyId party, string name, PartyRole role, SimulatedTime at)
    {
        if (!_parties.TryGetValue(party, out var planned) || at < planned.Command.At)
        {
            _parties[party] = new PlannedCommand(row, new RegisterParty(party, name, name, role, null) { At = at, By = party });
        }
    }

    // The shortest way to a valid certificate and a price, each step on a day of its own.
    private void Bring(DealRow[] deals)
    {
        var (first, product, begin) = (deals[0], deals[0].Product, deals[0].At.AddDays(-RegisteredBefore));
        var venue = Operator(first.Venue);
        Register(first.Row, first.Provider, first.ProviderName, PartyRole.Provider, begin);
        var security = deals.Max(row => row.Security);
        Plan(first.Row, new RegisterProduct(
            product, first.Provider, first.Venue, first.Title, first.TitleEn, first.Form, first.Category, "", security, false, false, first.Purpose, FingerprintOf(product), false)
        {
            At = begin,
            By = first.Provider,
            Source = new ProductSource(digest, first.Row, first.ProductText, first.ProviderName, "csv"),
        });
        var evidence = EvidenceKinds.LawfulSource | (security == SecurityClass.Important ? EvidenceKinds.SecurityAssessment : EvidenceKinds.None);
        Plan(first.Row, new SubmitEvidence(product, evidence) { At = begin.AddDays(1), By = first.Provider });
        Plan(first.Row, new AcceptApplication(product) { At = begin.AddDays(2), By = venue });
        Plan(first.Row, new AssessCompliance(product, false, false, false) { At = begin.AddDays(3), By = Assessor });
        Plan(first.Row, new EvaluateQuality(product, AssumedGrade, AssumedGrade, AssumedGrade, AssumedGrade) { At = begin.AddDays(4), By = Assessor });
        Plan(first.Row, new PublishRights(product, begin.AddDays(5 + ObjectionDays)) { At = begin.AddDays(5), By = venue });
        Certify(deals, begin.AddDays(RegisteredBefore - CertifiedBefore));
        foreach (var shelf in deals.GroupBy(row => row.Venue).Select(group => group.First()))
        {
            Plan(shelf.Row, new ListProduct(product, shelf.Venue, []) { At = shelf.At.AddDays(-ListedBefore), By = first.Provider });
        }
    }

    private void Certify(DealRow[] deals, SimulatedTime at)
    {
        var (first, product) = (deals[0], deals[0].Product);
        var (usual, needed) = (at.Date.AddYears(CertificateYears), deals[^1].At.Date.AddYears(1));
        Plan(first.Row, new CertifyRights(
            product, DataRights.ResourceHolding | DataRights.ProcessingAndUse | DataRights.ProductOperation, SimulatedTime.On(needed > usual ? needed : usual), false)
        {
            At = at,
            By = Operator(first.Venue),
        });
        Plan(first.Row, new ValueProduct(product, PriceUnit.Negotiated, [new ValueEstimate(ValuationApproach.Market, first.AmountFen, (int)Money.BasisPoints)], FullTolerance)
        {
            At = at.AddDays(1),
            By = Simulation.Agents.Parties.Valuer,
        });
        Plan(first.Row, new SetPrice(product, new LicenceTerms(LicenceKind.OpenEnded, PriceUnit.Negotiated, first.AmountFen, null, 1, false), null)
        {
            At = at.AddDays(1),
            By = first.Provider,
        });
    }

    // Agreed and performed off the venue: all that the venue learns, it learns as it is filed.
    private void File(DealRow row)
    {
        var (deal, at, buyer, provider) = (row.Deal, row.At, row.Buyer, row.Provider);
        Plan(row.Row, new RequestContract(deal, row.Product, row.Venue, buyer, provider, TradeChannel.FiledContract, row.AmountFen) { At = at, By = buyer });
        Plan(row.Row, new OfferContract(deal, row.AmountFen) { At = at, By = provider });
        Plan(row.Row, new AcceptContract(deal) { At = at, By = buyer });
        Plan(row.Row, new PlaceOrder(row.Product, deal, row.Venue, buyer, null, TradeChannel.FiledContract, 1, row.AmountFen) { At = at, By = buyer });
        Plan(row.Row, new AgreeContract(deal, LicenceKind.OpenEnded, 1, new UsagePolicy("use", row.Purpose, "CN", 0, false), at.AddDays(1), []) { At = at, By = provider });
        Plan(row.Row, new VerifyContract(deal) { At = at, By = buyer });
        Plan(row.Row, new FinalizeContract(deal) { At = at, By = provider });
        Plan(row.Row, new RegisterTransaction(deal, 0, 0) { At = at, By = Operator(row.Venue) });
        Plan(row.Row, new CompleteTransfer(deal, at.AddDays(1)) { At = at, By = provider });
        Plan(row.Row, new AcceptDelivery(deal) { At = at, By = buyer });
    }

    private static string FingerprintOf(ProductId product) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("deal list\n" + product.Value)));
}
