using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Exchange.Logs;
using DataExchange.Gateway.Access;
using DataExchange.Gateway.Commands;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Population;
using DataExchange.Services;
using DataExchange.Simulation;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;
using DataExchange.Trust;
using DataExchange.Trust.Logs;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Gateway.Tests.Description;

/// <summary>
/// Of each command the first that a small simulated market admitted, with its answer, and one that it refused: what the description shows as examples.
/// Commands that no agent gives are given to the same market when it has come to its end.
/// </summary>
internal sealed class AdmittedCommands : IExchange, IEventSink, IVenueLogs
{
    private const ulong Seed = 20250531;
    private const double Scale = 0.02;
    private const int MostEvents = 4;
    private readonly SortedDictionary<string, JsonObject> _found = new(StringComparer.Ordinal);
    private readonly HashSet<ProductId> _certified = [];
    private readonly Dictionary<ProductId, VenueId> _books = [];
    private readonly Dictionary<ProductId, VenueId> _listed = [];
    private readonly List<OfferOpened> _bundled = [];
    private readonly List<OfferOpened> _sharing = [];
    private readonly HashSet<DealId> _registered = [];
    private readonly InProcessExchange _exchange;
    private readonly LogKeeper _logs;
    private IReadOnlyList<RecordedEvent> _recorded = [];
    private JsonObject? _refused;
    private RegisterProduct? _registration;
    private AdmitToSandbox? _admission;
    private SimulatedTime _now;

    private AdmittedCommands(VenueKeys keys) => (_exchange, _logs) = (new InProcessExchange(this, this), new LogKeeper(keys));

    internal static async Task<string> WriteAsync(CancellationToken cancellation)
    {
        using var keys = VenueKeys.Derive("examples", Seed, Scale);
        var market = new AdmittedCommands(keys);
        var population = PopulationData.Load();
        await SimulationRun.ExecuteAsync(
            Parameters.Scale(ScenarioCatalogue.Load("hangzhou-2025").Scenario, Scale), new PopulationSource(population.Graph, population.Calendar, population.Vocabulary), Seed,
            market, null, cancellation);
        await market.EndAsync(cancellation);
        var all = new JsonObject { ["refused"] = market._refused, ["commands"] = new JsonObject(market._found.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))) };
        return all.ToJsonString(new JsonSerializerOptions(GatewayJson.Readable) { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    public async ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation)
    {
        _recorded = [];
        _now = command.At;
        var outcome = await _exchange.SubmitAsync(command, cancellation);
        (_registration, _admission) = (outcome.Accepted ? command as RegisterProduct ?? _registration : _registration, command as AdmitToSandbox ?? _admission);
        var type = command.GetType();
        var first = _recorded.Where(fact => fact.Stream == command.Stream && outcome.Events.Contains(fact.Data)).Select(fact => fact.Version).FirstOrDefault(1);
        if (CommandAccess.Of(type).Count == 0)
        {
            return outcome;
        }

        var answer = new CommandAnswer(RequestId.Of(command.By, $"example-{type.Name}"), command.Stream, first, first + outcome.Events.Count - 1, outcome, 0);
        // That a delivery is late is a fact and a refusal in one.
        var isFact = outcome.Accepted || (command is ReportLateDelivery && outcome.Events.Count > 0);
        if (isFact && outcome.Events.Count <= MostEvents && !_found.ContainsKey(type.Name))
        {
            var fields = CommandBodies.FieldsOf(type);
            var request = JsonNode.Parse(CommandCodec.Write(command))!.AsObject().Where(field => field.Value is not null && fields.Contains(field.Key));
            _found.Add(type.Name, new JsonObject { ["request"] = new JsonObject(request.Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))) });
            if (outcome.Accepted)
            {
                _found[type.Name]["answer"] = CommandEndpoint.BodyOf(answer);
            }
        }
        else if (outcome is { Rejection: { } rejection, Events.Count: 0 } && _refused is null)
        {
            _refused = await RefusedAsync(type.Name, rejection, answer);
        }

        return outcome;
    }

    public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        _recorded = [.. events];
        foreach (var fact in events)
        {
            _logs.Append(fact.Stream, fact.Version, EventRegistry.NameOf(fact.Data), EventJson.Write(fact.Data), fact.Data);
            switch (fact.Data)
            {
                case RightsCertified e:
                    _certified.Add(e.Product);
                    break;
                case BookOpened e:
                    _books[e.Product] = e.Venue;
                    break;
                case OfferOpened e when BundleCandidate.Fits(e.Terms):
                    _bundled.Add(e);
                    break;
                case OfferOpened { Terms.Revenue: not null } e:
                    _sharing.Add(e);
                    break;
                case ProductListed e:
                    _listed[e.Product] = e.Venue;
                    break;
                case TransactionRegistered e:
                    _registered.Add(e.Deal);
                    break;
            }
        }

        return ValueTask.CompletedTask;
    }

    public string OriginOf(VenueId venue) => _logs.Keys.Origin(venue.Value);

    public LogKey? KeyOf(VenueId venue, int generation) => _logs.Keys.Of(venue.Value, generation) is var key ? new LogKey(generation, key.KeyId, key.PublicKey) : null;

    public ValueTask<TreeHead> HeadOfAsync(VenueId venue, CancellationToken cancellation) => new(_logs.HeadOf(venue.Value));

    // What no agent gave: to whatever takes it, in the order in which one can follow another.
    private async Task EndAsync(CancellationToken cancellation)
    {
        var (by, other) = (new PartyId("provider-0001"), new PartyId("firm-0001"));
        await BundleAsync(other, cancellation);
        await AuctionAsync(by, other, cancellation);
        Func<SimulatedTime, Command>[] all =
        [
            .. _books.SelectMany(book => (Func<SimulatedTime, Command>[])
            [
                now => new SuspendOrderBook(book.Key, book.Value) { At = now, By = by }, now => new ResumeOrderBook(book.Key, book.Value) { At = now, By = by },
            ]),
            .. _listed.Select(one => (Func<SimulatedTime, Command>)(now => new DelistProduct(one.Key, one.Value, DelistingReason.ProviderRequest) { At = now, By = by })),
            // No trial is running any more: one more product like another.
            now => _registration! with { Product = new("P999999"), Fingerprint = new string('9', 64), At = now },
            now => new SubmitEvidence(new("P999999"), EvidenceKinds.LawfulSource | EvidenceKinds.PersonalConsent) { At = now, By = by },
            now => _admission! with { Product = new("P999999"), Conditions = _admission.Conditions with { Until = now.AddDays(30) }, At = now },
            now => new EndSandbox(new("P999999"), "试用结束") { At = now, By = by },
            .. _certified.SelectMany(product => (Func<SimulatedTime, Command>[])
            [
                now => new CorrectRegistration(product, "企业经营指数（更正）", "Business index (corrected)") { At = now, By = by },
                now => new LicenseRights(product, other, DataRights.ProcessingAndUse, now.AddDays(30)) { At = now, By = by },
                now => new TransferRights(product, other) { At = now, By = by },
                now => new CancelRegistration(product) { At = now, By = by },
                now => new RevokeCertificate(product, "来源不合法") { At = now, By = by },
            ]),
            .. _registered.Select(deal => (Func<SimulatedTime, Command>)(now => new ReportLateDelivery(deal) { At = now.AddDays(60), By = by })),
            // Few requirements are posted in so small a market: one more that is met and one that is taken back.
            .. ((string[])["R999998", "R999999"]).SelectMany(id => (Func<SimulatedTime, Command>[])
            [
                now => new PostRequirement(
                    new(id), _listed.Values.First(), other, "求购杭州市企业经营指数", "digital-content.security.network-security.threat-intelligence", "industry", null, null, 80,
                    500_000, now.AddDays(30)) { At = now, By = other },
                now => new AnswerRequirement(
                    new(id), "bm25-chain.1", [new RankedProduct(_listed.Keys.First(), 6_200, 4_000, 10_000, 10_000, 8_600, 2_000)], 75, 3, 2, 1)
                    { At = now, By = new("venue-" + _listed.Values.First()) },
                now => new MeetRequirement(new(id), _listed.Keys.First(), _registered.First()) { At = now, By = other },
                now => new WithdrawRequirement(new(id)) { At = now, By = other },
            ]),
        ];
        foreach (var make in all)
        {
            if (make(_now) is var command && (!_found.ContainsKey(command.GetType().Name) || command is RightsCommand { Product.Value: "P999999" }
                or PostRequirement or AnswerRequirement))
            {
                await SubmitAsync(command, cancellation);
            }
        }

        // Last, as it takes months.
        await ShareRevenueAsync(other, cancellation);
    }

    // A bundle of the first two products of a provider that can be in one: offered, ordered, taken back.
    private async Task BundleAsync(PartyId buyer, CancellationToken cancellation)
    {
        foreach (var group in _bundled.DistinctBy(offer => (offer.Product, offer.Venue)).GroupBy(offer => (offer.Provider, offer.Venue)))
        {
            var (id, provider) = (new BundleId("B999999"), group.Key.Provider);
            foreach (var pair in group.SelectMany((one, i) => group.Skip(i + 1).Select(other => (ProductId[])[one.Product, other.Product])))
            {
                if ((await SubmitAsync(new OfferBundle(id, group.Key.Venue, provider, pair, 1_000) { At = _now, By = provider }, cancellation)).Accepted)
                {
                    await SubmitAsync(new AdmitBuyer(buyer, SecurityClass.Core) { At = _now, By = provider }, cancellation);
                    await SubmitAsync(new Domain.Settlement.DepositFunds(buyer, 1_000_000) { At = _now, By = buyer }, cancellation);
                    await SubmitAsync(new OrderBundle(id, new("B999999-01"), buyer) { At = _now, By = buyer }, cancellation);
                    await SubmitAsync(new WithdrawBundle(id, provider) { At = _now, By = provider }, cancellation);
                    return;
                }
            }
        }
    }

    // A deal of the first product that takes one: its buyer reports one period and forgets the next.
    private async Task ShareRevenueAsync(PartyId buyer, CancellationToken cancellation)
    {
        var deal = new DealId($"{buyer}-9999");
        foreach (var offer in _sharing)
        {
            await SubmitAsync(new AdmitBuyer(buyer, SecurityClass.Core) { At = _now, By = offer.Provider }, cancellation);
            await SubmitAsync(new Domain.Settlement.DepositFunds(buyer, offer.Terms.RegularAmount().Fen) { At = _now, By = buyer }, cancellation);
            var outcome = await SubmitAsync(new PlaceOrder(offer.Product, deal, offer.Venue, buyer, null, TradeChannel.Shelf, 1, null) { At = _now, By = buyer }, cancellation);
            if (!outcome.Accepted)
            {
                continue;
            }

            var (granted, start) = ((LicenceGranted)outcome.Events[0], _now);
            Command[] all =
            [
                new AgreeContract(deal, granted.Licence, 1, new("use", "产业研究", "CN", 0, false), start.AddDays(3), granted.Contributors) { At = start, By = buyer },
                new RegisterTransaction(deal, 250, 600) { At = start, By = new("venue-" + offer.Venue) },
                new CompleteTransfer(deal, start.AddDays(3)) { At = start, By = offer.Provider },
                new AcceptDelivery(deal) { At = start, By = buyer },
                new ReportRevenue(deal, 1, 0) { At = start.AddDays(31), By = buyer },
                new ChargeOverdueRevenue(deal) { At = start.AddDays(91), By = new("venue-" + offer.Venue) },
            ];
            foreach (var command in all)
            {
                await SubmitAsync(command, cancellation);
            }

            return;
        }
    }

    // An open bid, a sealed one from its commitment to the close, and an auction called off, at the first product that takes them.
    private async Task AuctionAsync(PartyId by, PartyId bidder, CancellationToken cancellation)
    {
        foreach (var (product, venue) in _listed)
        {
            for (var number = 1; number <= 2; number++)
            {
                var open = new AuctionRules(AuctionFormat.English, 1, 10_000, 0, _now.AddDays(7), StepFen: 1_000, QuietSeconds: 600);
                if (!(await SubmitAsync(new AnnounceAuction(product, number, venue, open) { At = _now, By = by }, cancellation)).Accepted)
                {
                    continue;
                }

                var (english, closed, cancelled) = (AuctionId.Of(product, number), AuctionId.Of(product, number + 1), AuctionId.Of(product, number + 2));
                var (nonce, until) = (new string('5', 64), _now.AddDays(7));
                var hidden = new AuctionRules(AuctionFormat.SecondPrice, 1, 10_000, 1_000, until, until.AddDays(2));
                Command[] all =
                [
                    new AdmitBuyer(bidder, SecurityClass.Core) { At = _now, By = by },
                    new Domain.Settlement.DepositFunds(bidder, 1_000_000) { At = _now, By = bidder },
                    new PlaceBid(english, bidder, 1, null, 12_000) { At = _now, By = bidder },
                    new AnnounceAuction(product, number + 1, venue, hidden) { At = _now, By = by },
                    new AnnounceAuction(product, number + 2, venue, open) { At = _now, By = by },
                    new CancelAuction(cancelled) { At = _now, By = by },
                    new CommitBid(closed, bidder, null, Exchange.Auctions.AuctionRun.CommitmentOf(closed, bidder, 15_000, nonce)!, 1_000) { At = _now, By = bidder },
                    new RevealBid(closed, bidder, 15_000, nonce) { At = until.AddSeconds(60), By = bidder },
                    new CloseAuction(closed) { At = until.AddDays(3), By = by },
                ];
                foreach (var command in all)
                {
                    await SubmitAsync(command, cancellation);
                }

                return;
            }
        }
    }

    // As the gateway itself writes it.
    private static async Task<JsonObject> RefusedAsync(string command, Rejection rejection, CommandAnswer answer)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body }, Request = { Path = $"/v1/commands/{command}" } };
        await Problems.Refused(rejection, CommandEndpoint.BodyOf(answer)).ExecuteAsync(context);
        return JsonNode.Parse(body.ToArray())!.AsObject();
    }
}
