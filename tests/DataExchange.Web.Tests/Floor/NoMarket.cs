using DataExchange.Domain;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using DataExchange.Web.Market;
using DataExchange.Web.Shelf;

namespace DataExchange.Web.Tests.Floor;

/// <summary>A market with nothing in it: for what needs a server and no store.</summary>
internal sealed class NoMarket : IMarketSource
{
    public MarketFacts Facts { get; } = new()
    {
        Title = Text.Same("none"), Scenario = "none", Seed = 0, Scale = 1, Venues = [], Categories = new Dictionary<string, Text>(), SubTracks = new Dictionary<string, Text>(),
    };

    public Task<ShelfIndex> ShelfAsync(CancellationToken cancellation) => Task.FromResult(ShelfIndex.Of([], Text.Same, _ => Domain.DataRights.None));

    public Web.Chain.ChainFacts Chain { get; } = new([], []);

    public Task<string?> InvoiceAsync(string deal, CancellationToken cancellation) => Task.FromResult<string?>(null);

    public Task<IReadOnlyList<AuctionSale>> AuctionsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<AuctionSale>>([]);

    public Task<IReadOnlyList<RequirementView>> RequirementsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<RequirementView>>([]);

    public Task<IReadOnlyList<ToldFact>> StoryAsync(string stream, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ToldFact>>([]);

    public Task<IReadOnlyList<VenueDay>> DaysAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<VenueDay>>([]);

    public Task<ProductFacts?> ProductAsync(string id, CancellationToken cancellation) => Task.FromResult<ProductFacts?>(null);

    public Task<string?> CertificateAsync(string id, CancellationToken cancellation) => Task.FromResult<string?>(null);

    public Task<DealFacts?> DealAsync(string id, CancellationToken cancellation) => Task.FromResult<DealFacts?>(null);

    public Task<TrialBalanceFacts> TrialBalanceAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<JournalFacts> JournalAsync(string account, int page, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> DealsToBeginWithAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<IReadOnlyList<LogHeadFacts>> LogHeadsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<LogHeadFacts>>([]);

    public Task<string?> ProofAsync(string stream, long version, CancellationToken cancellation) => Task.FromResult<string?>(null);

    public Task<string?> LeafProofAsync(string venue, long leaf, CancellationToken cancellation) => Task.FromResult<string?>(null);

    public Task<IReadOnlyList<FloorBook>> BooksAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<FloorBook>>([]);

    public IAsyncEnumerable<Event> BookFactsAsync(string product, int after, CancellationToken cancellation) => AsyncEnumerable.Empty<Event>();

    public Task<IReadOnlyList<NewFact>> NewestAsync(long after, int most, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<NewFact>>([]);

    public Text NameOf(string party) => Text.Same(party);
}
