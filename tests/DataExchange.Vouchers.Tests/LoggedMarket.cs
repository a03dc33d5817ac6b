using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trust;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Exchange.Logs;
using DataExchange.MerkleLog;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Population;
using DataExchange.Simulation;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;
using DataExchange.Trust;
using DataExchange.Trust.Logs;
using DataExchange.Vouchers.Documents;
using DataExchange.Vouchers.Facts;

namespace DataExchange.Vouchers.Tests;

/// <summary>A market in memory with the venues' logs, which issues the documents of its products and deals.</summary>
internal sealed class LoggedMarket : IEventSink, IVenueLogs, IDisposable
{
    private readonly LogKeeper _keeper;
    private readonly LogRouting _routing = new();
    private readonly List<MerkleTree> _trees = [];
    private readonly Dictionary<string, List<Event>> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Stream, long Version), (int Log, long Leaf, string Entry)> _leaves = [];
    private Dictionary<string, SignedHead>? _heads;
    private SimulatedTime _last;

    internal LoggedMarket(ulong seed) => _keeper = new LogKeeper(Keys = VenueKeys.Derive("test", seed, 1));

    internal VenueKeys Keys { get; }

    internal List<RecordedEvent> Events { get; } = [];

    internal IEnumerable<ProductId> Certified => Events.Select(e => e.Data).OfType<RightsCertified>().Select(e => e.Product);

    internal IEnumerable<DealId> Invoiced => Events.Select(e => e.Data).OfType<DataInvoiceIssued>().Select(e => e.Deal);

    /// <summary>Simulates one: several years with keys that are changed.</summary>
    internal static async Task<LoggedMarket> SimulateAsync(ulong seed, double scale)
    {
        var population = PopulationData.Load();
        var market = new LoggedMarket(seed);
        await SimulationRun.ExecuteAsync(
            Parameters.Scale(ScenarioCatalogue.Load("hangzhou-2025").Scenario, scale), new PopulationSource(population.Graph, population.Calendar, population.Vocabulary), seed,
            new InProcessExchange(market, market), null, TestContext.Current.CancellationToken);
        return market;
    }

    public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        foreach (var recorded in events)
        {
            Say(recorded.Stream, recorded.Data);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Records a fact, whether or not a decider would.</summary>
    internal void Say(string stream, Event fact)
    {
        var events = _streams.TryGetValue(stream, out var known) ? known : _streams[stream] = [];
        events.Add(fact);
        var (json, type) = (EventJson.Write(fact), EventRegistry.NameOf(fact));
        _keeper.Append(stream, events.Count, type, json, fact);
        Events.Add(new RecordedEvent(stream, events.Count, fact));
        _last = fact.At;
        if (_routing.LogOf(stream, fact) is { } log)
        {
            while (_trees.Count < _routing.Venues.Count)
            {
                _trees.Add(new MerkleTree());
            }

            var digest = new byte[LogEntry.DigestSize];
            LogEntry.Digest(stream, events.Count, type, json, digest);
            _leaves.Add((stream, events.Count), (log, _trees[log].Size, LogEntry.Text(stream, events.Count, type, json)));
            _trees[log].Append(MerkleHash.OfLeaf(digest));
        }
    }

    public string OriginOf(VenueId venue) => Keys.Origin(venue.Value);

    public LogKey KeyOf(VenueId venue, int generation) => new(generation, Keys.Of(venue.Value, generation).KeyId, Keys.Of(venue.Value, generation).PublicKey);

    public ValueTask<TreeHead> HeadOfAsync(VenueId venue, CancellationToken cancellation) => ValueTask.FromResult(_keeper.HeadOf(venue.Value));

    internal CertifiedProduct ProductOf(ProductId product) => CertifiedProduct.Of(_streams[StreamId.Product(product)], _last)!;

    internal InvoicedDeal DealOf(DealId deal) => InvoicedDeal.Of(_streams[StreamId.Deal(deal)], _streams[StreamId.Settlement(deal)])!;

    internal byte[] Certificate(ProductId id, SimulatedTime? asOf = null)
    {
        var product = CertifiedProduct.Of(_streams[StreamId.Product(id)], asOf ?? _last)!;
        var (evidence, key) = Prove([.. product.Proving.Select(version => (StreamId.Product(id), version))]);
        return RightsCertificate.Issue(product, evidence, new Issuance(key, asOf ?? _last, NameOf));
    }

    internal byte[] Invoice(DealId id)
    {
        var deal = DealOf(id);
        var (evidence, key) = Prove(deal.Proving);
        var product = CertifiedProduct.Of(_streams[StreamId.Product(deal.Registered.Product)], deal.Registered.At)!;
        return DataInvoice.Issue(deal, product, ChainOf(id), evidence, new Issuance(key, _last, NameOf));
    }

    /// <summary>Evidence for facts in the log that holds the first of them, and the key in force there.</summary>
    internal (VoucherEvidence Evidence, VenueKey Key) Prove(IReadOnlyList<(string Stream, long Version)> places)
    {
        if (_heads is null)
        {
            _keeper.SignAll();
            _heads = _keeper.TakeSigned().GroupBy(head => head.Venue).ToDictionary(group => group.Key, group => group.MaxBy(head => head.Size)!);
        }

        var log = _leaves[places[0]].Log;
        var venue = _routing.Venues[log];
        var head = _heads[venue];
        var generation = _streams[StreamId.Log(new(venue))].Count(fact => fact is LogKeyRotated);
        var facts = places.Select(place => _leaves[place]).Where(leaf => leaf.Log == log)
            .Select(leaf => new ProvedFact(leaf.Leaf, leaf.Entry, [.. _trees[log].ProveInclusion(leaf.Leaf, head.Size).Select(hash => hash.ToString())]));
        return (new VoucherEvidence(Keys.Origin(venue), head.Note, [.. facts]), Keys.Of(venue, generation));
    }

    public void Dispose() => Keys.Dispose();

    private ChainPlace? ChainOf(DealId deal)
    {
        var before = EvidenceDigest.Genesis;
        foreach (var (place, link) in _streams.GetValueOrDefault(StreamId.Chain(Exchange.Reactions.Chain), []).OfType<InvoiceAnchored>().Index())
        {
            if (link.Deal == deal)
            {
                return new ChainPlace(link.Chain, place + 1, before, link.Head);
            }

            before = link.Head;
        }

        return null;
    }

    private BilingualName NameOf(PartyId party) =>
        _streams.GetValueOrDefault(StreamId.Party(party), []).OfType<PartyRegistered>().FirstOrDefault() is { } registered
            ? new(registered.Name, registered.NameEn)
            : new(party.Value, party.Value);
}

/// <summary>One simulated market for the tests of a class.</summary>
public sealed class SharedMarket : IAsyncLifetime
{
    internal LoggedMarket Market { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Market = await LoggedMarket.SimulateAsync(11, 0.01);

    public ValueTask DisposeAsync()
    {
        Market.Dispose();
        return ValueTask.CompletedTask;
    }
}
