using DataExchange.Cli.Commands;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Reports;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Population;
using DataExchange.Simulation.Population;
using DataExchange.Simulation.Scenarios;
using DataExchange.Web.Chain;
using DataExchange.Web.Market;
using DataExchange.Web.Shelf;
using Marten;
using Provenance = DataExchange.Simulation.Scenarios.Provenance;

namespace DataExchange.Cli.Running.Web;

/// <summary>A store as the pages show it. What is read often is kept until the read models have gone on.</summary>
internal sealed class StoredMarket : IMarketSource, IDisposable
{
    private const int BestSellers = 5;

    private readonly OpenedStore _opened;
    private readonly string? _keysFolder;
    private readonly StoredProducts _products;
    private readonly StoredBooks _books;
    private readonly LogIndex _index;
    private readonly CertifiedRights _rights;
    private readonly StoredFloor _floor;
    private readonly SemaphoreSlim _loading = new(1);
    private volatile Snapshot? _snapshot;
    private volatile Beginning? _toBeginWith;
    private volatile KnownBooks? _known;

    /// <summary>Shows a store, which the caller disposes of.</summary>
    /// <param name="opened">The store.</param>
    /// <param name="keysFolder">The venues' keys; null for the throw-away keys of the run.</param>
    public StoredMarket(OpenedStore opened, string? keysFolder)
    {
        (_opened, _keysFolder) = (opened, keysFolder);
        var words = CatalogueWords.Load();
        (_products, _books, _index) = (new StoredProducts(opened, words), new StoredBooks(opened.Database), new LogIndex(opened.Database));
        _rights = new CertifiedRights(opened.Database);
        _floor = new StoredFloor(opened.Database);
        Facts = FactsOf(opened, words);
    }

    public MarketFacts Facts { get; }

    public ChainFacts Chain { get; } = ChainOf(PopulationData.Load().Graph);

    public async Task<ShelfIndex> ShelfAsync(CancellationToken cancellation) => (await SnapshotAsync(cancellation).ConfigureAwait(false)).Shelf;

    public async Task<IReadOnlyList<VenueDay>> DaysAsync(CancellationToken cancellation) => (await SnapshotAsync(cancellation).ConfigureAwait(false)).Days;

    public async Task<ProductFacts?> ProductAsync(string id, CancellationToken cancellation)
    {
        await SnapshotAsync(cancellation).ConfigureAwait(false);
        return await _products.FindAsync(id, cancellation).ConfigureAwait(false);
    }

    public async Task<string?> CertificateAsync(string id, CancellationToken cancellation)
    {
        try
        {
            var issued = await new StoredVouchers(_opened, _keysFolder, _index).CertificateAsync(id, cancellation).ConfigureAwait(false);
            return Vouchers.Page.VoucherPage.Of(issued.File, issued.Signer);
        }
        catch (WrongInputException)
        {
            return null;
        }
        catch (CommandFailedException failure)
        {
            throw new MarketUnreadableException(failure.Message, failure);
        }
    }

    public async Task<string?> InvoiceAsync(string deal, CancellationToken cancellation)
    {
        try
        {
            var issued = await new StoredVouchers(_opened, _keysFolder, _index).InvoiceAsync(deal, cancellation).ConfigureAwait(false);
            return Vouchers.Page.VoucherPage.Of(issued.File, issued.Signer);
        }
        catch (WrongInputException)
        {
            return null;
        }
        catch (CommandFailedException failure)
        {
            throw new MarketUnreadableException(failure.Message, failure);
        }
    }

    public async Task<IReadOnlyList<AuctionSale>> AuctionsAsync(CancellationToken cancellation) => (await SnapshotAsync(cancellation).ConfigureAwait(false)).Auctions;

    public async Task<IReadOnlyList<RequirementView>> RequirementsAsync(CancellationToken cancellation) => (await SnapshotAsync(cancellation).ConfigureAwait(false)).Requirements;

    public async Task<IReadOnlyList<ToldFact>> StoryAsync(string stream, CancellationToken cancellation)
    {
        var story = await new StreamStory(new StoredEvents(_opened.Database), _opened.Store).OfStreamAsync(stream, cancellation).ConfigureAwait(false);
        return [.. story.Select(one => StoredProducts.Told(one, null) with { Detail = StepDetails.Of(one.Data!, NameOf) })];
    }

    public async Task<DealFacts?> DealAsync(string id, CancellationToken cancellation)
    {
        await SnapshotAsync(cancellation).ConfigureAwait(false);
        await using var session = _opened.Store.QuerySession();
        if (await session.LoadAsync<DealEntry>(id, cancellation).ConfigureAwait(false) is not { } deal)
        {
            return null;
        }

        var product = await session.LoadAsync<ProductTimeline>(deal.Product, cancellation).ConfigureAwait(false);
        var story = await new StreamStory(new StoredEvents(_opened.Database), _opened.Store).OfDealAsync(id, cancellation).ConfigureAwait(false);
        return new DealFacts(
            deal, new(product?.Title ?? deal.Product, product?.TitleEn ?? deal.Product), [.. story.Select(one => StoredProducts.Told(one, null))],
            await _books.EntriesOfAsync(id, cancellation).ConfigureAwait(false));
    }

    public Task<TrialBalanceFacts> TrialBalanceAsync(CancellationToken cancellation) => _books.TrialBalanceAsync(cancellation);

    public Task<JournalFacts> JournalAsync(string account, int page, CancellationToken cancellation) => _books.JournalAsync(account, page, cancellation);

    public async Task<IReadOnlyList<string>> DealsToBeginWithAsync(CancellationToken cancellation)
    {
        var snapshot = await SnapshotAsync(cancellation).ConfigureAwait(false);
        if (_toBeginWith is { } kept && kept.Progress == snapshot.Progress)
        {
            return kept.Deals;
        }

        string[] products = [.. snapshot.Shelf.Products.Take(BestSellers).Select(product => product.Id)];
        await using var session = _opened.Store.QuerySession();
        var deals = await session.Query<DealEntry>().Where(deal => products.Contains(deal.Product)).ToListAsync(cancellation).ConfigureAwait(false);
        string[] found =
        [
            .. deals.Where(deal => deal.Status == DealStage.Completed).OrderByDescending(deal => deal.CompletedAt).DistinctBy(deal => deal.Channel).OrderBy(deal => deal.Channel)
                .Select(deal => deal.Id),
        ];
        _toBeginWith = new Beginning(snapshot.Progress, found);
        return found;
    }

    public async Task<IReadOnlyList<LogHeadFacts>> LogHeadsAsync(CancellationToken cancellation) =>
    [
        .. (await HeadsAsync(cancellation).ConfigureAwait(false)).Select(head => new LogHeadFacts(
            head.Venue, head.Checkpoint.Origin, head.Checkpoint.Size, head.Checkpoint.Root.ToString(), head.Note.ToString())),
    ];

    public async Task<string?> ProofAsync(string stream, long version, CancellationToken cancellation)
    {
        var found = await _index.FindAsync(new HashSet<(string, long)> { (stream, version) }, cancellation).ConfigureAwait(false);
        return found.TryGetValue((stream, version), out var fact) ? await ProveAsync(fact, cancellation).ConfigureAwait(false) : null;
    }

    public async Task<string?> LeafProofAsync(string venue, long leaf, CancellationToken cancellation) =>
        await _index.FindAsync(venue, leaf, cancellation).ConfigureAwait(false) is { } fact ? await ProveAsync(fact, cancellation).ConfigureAwait(false) : null;

    public async Task<IReadOnlyList<FloorBook>> BooksAsync(CancellationToken cancellation)
    {
        var snapshot = await SnapshotAsync(cancellation).ConfigureAwait(false);
        if (_known is not { } kept || kept.Progress != snapshot.Progress)
        {
            _known = kept = new KnownBooks(snapshot.Progress, await _floor.BooksAsync(snapshot.Shelf, cancellation).ConfigureAwait(false));
        }

        return kept.Books;
    }

    public IAsyncEnumerable<Event> BookFactsAsync(string product, int after, CancellationToken cancellation) => _floor.FactsAsync(product, after, cancellation);

    public Task<IReadOnlyList<NewFact>> NewestAsync(long after, int most, CancellationToken cancellation) => _floor.NewestAsync(after, most, cancellation);

    public Text NameOf(string party) => _snapshot?.Names.Of(party) ?? Text.Same(party);

    /// <summary>Reads what takes longest before anybody asks.</summary>
    /// <param name="cancellation">Stops it.</param>
    public async Task WarmAsync(CancellationToken cancellation)
    {
        await SnapshotAsync(cancellation).ConfigureAwait(false);
        await _books.TrialBalanceAsync(cancellation).ConfigureAwait(false);
        await _books.JournalAsync("", 1, cancellation).ConfigureAwait(false);
        await DealsToBeginWithAsync(cancellation).ConfigureAwait(false);
        await _index.FindAsync(new HashSet<(string, long)>(), cancellation).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _books.Dispose();
        _index.Dispose();
        _loading.Dispose();
    }

    private async Task<string?> ProveAsync(LoggedFact fact, CancellationToken cancellation)
    {
        var head = (await HeadsAsync(cancellation).ConfigureAwait(false)).FirstOrDefault(log => log.Venue == fact.Venue);
        return head is null ? null : (await LogProofs.OfAsync(_opened.Database, fact, head, cancellation).ConfigureAwait(false))?.ToJson(isIndented: false);
    }

    private async Task<IReadOnlyList<StoredLogHead>> HeadsAsync(CancellationToken cancellation)
    {
        try
        {
            return await new StoredLogs(_opened.Database).LatestAsync(cancellation).ConfigureAwait(false);
        }
        catch (CommandFailedException failure)
        {
            throw new MarketUnreadableException(failure.Message, failure);
        }
    }

    private async Task<Snapshot> SnapshotAsync(CancellationToken cancellation)
    {
        var progress = await ReadModelStore.ProgressAsync(_opened.Database, cancellation).ConfigureAwait(false);
        if (_snapshot is { } kept && kept.Progress == progress)
        {
            return kept;
        }

        await _loading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_snapshot is { } made && made.Progress == progress)
            {
                return made;
            }

            await using var session = _opened.Store.QuerySession();
            var names = await PartyNames.LoadAsync(_opened.Store, cancellation).ConfigureAwait(false);
            var entries = await session.Query<ShelfEntry>().ToListAsync(cancellation).ConfigureAwait(false);
            var days = await session.Query<VenueDay>().ToListAsync(cancellation).ConfigureAwait(false);
            var auctions = await session.Query<AuctionSale>().ToListAsync(cancellation).ConfigureAwait(false);
            var requirements = await session.Query<RequirementView>().ToListAsync(cancellation).ConfigureAwait(false);
            await _rights.CatchUpAsync(cancellation).ConfigureAwait(false);
            return _snapshot = new Snapshot(
                progress, names, ShelfIndex.Of(entries, party => names.Of(party) ?? Text.Same(party), _rights.Of), days,
                [.. auctions.OrderByDescending(auction => auction.OpenedAt).ThenBy(auction => auction.Id, StringComparer.Ordinal)],
                [.. requirements.OrderByDescending(requirement => requirement.PostedAt).ThenBy(requirement => requirement.Id, StringComparer.Ordinal)]);
        }
        finally
        {
            _loading.Release();
        }
    }

    // The scenario by its name: a store does not keep its text, and one of a file that is gone has no title but its name, and no published figures.
    private static MarketFacts FactsOf(OpenedStore opened, CatalogueWords words)
    {
        var identity = opened.Identity;
        var isKnown = ScenarioCatalogue.BuiltIn.Contains(identity.ScenarioName);
        var scenario = ScenarioCatalogue.Load(isKnown ? identity.ScenarioName : "hangzhou-2025");
        var isSame = scenario.Hash == identity.ScenarioHash;
        return new MarketFacts
        {
            Title = isSame ? new(scenario.Scenario.Title.Zh, scenario.Scenario.Title.En) : Text.Same(identity.ScenarioName),
            Scenario = identity.ScenarioName,
            Seed = identity.Seed,
            Scale = identity.Scale,
            Venues = [.. scenario.Scenario.Venues.Select(venue => new VenueName(venue.Id, new(venue.Name.Zh, venue.Name.En)))],
            Categories = words.All.Where(word => word.Key.StartsWith("category/", StringComparison.Ordinal))
                .ToDictionary(word => word.Key["category/".Length..], word => new Text(word.Value.Zh, word.Value.En)),
            SubTracks = words.All.Where(word => word.Key.StartsWith("subTrack/", StringComparison.Ordinal))
                .ToDictionary(word => word.Key["subTrack/".Length..], word => new Text(word.Value.Zh, word.Value.En)),
            PublishedAmountFen = isSame && Published(scenario.Scenario, "registeredAmountYuan") is { } amount ? (long)(amount.Low * 100 * identity.Scale) : null,
            PublishedProducts = isSame && Published(scenario.Scenario, "productsListed") is { } products ? (int)(products.High * identity.Scale) : null,
            Sources = isSame
                ? [.. new[] { Published(scenario.Scenario, "registeredAmountYuan"), Published(scenario.Scenario, "productsListed") }.OfType<Benchmark>().Select(mark => mark.Source).Distinct()]
                : [],
        };
    }

    private static ChainFacts ChainOf(IndustryChainGraph graph) => new(
        [.. graph.Nodes.Select(node => new ChainNodeFacts(node.Id, new(node.Name.Zh, node.Name.En)))],
        [
            .. Enumerable.Range(0, graph.SubTracks.Count).SelectMany(number => graph.CustomersOf(number).Select(link => new ChainFlow(
                graph.SubTracks[number].Id, graph.SubTracks[link.SubTrack].Id,
                [.. link.DataKinds.Select(kind => new Text(graph.DataKinds[kind].Zh, graph.DataKinds[kind].En))]))),
        ]);

    private static Benchmark? Published(Scenario scenario, string figure) =>
        scenario.Benchmarks.FirstOrDefault(mark => mark.Figure == figure && mark.Provenance == Provenance.Published);

    private sealed record KnownBooks(long Progress, IReadOnlyList<FloorBook> Books);

    private sealed record Beginning(long Progress, IReadOnlyList<string> Deals);

    private sealed record Snapshot(
        long Progress, PartyNames Names, ShelfIndex Shelf, IReadOnlyList<VenueDay> Days, IReadOnlyList<AuctionSale> Auctions, IReadOnlyList<RequirementView> Requirements);
}
