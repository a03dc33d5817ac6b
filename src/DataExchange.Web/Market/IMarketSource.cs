using DataExchange.Domain;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using DataExchange.Web.Chain;
using DataExchange.Web.Shelf;

namespace DataExchange.Web.Market;

/// <summary>Where the pages read the market. Everything is read; nothing can be changed through it.</summary>
public interface IMarketSource
{
    /// <summary>What market it is.</summary>
    MarketFacts Facts { get; }

    /// <summary>The shelves as they are now.</summary>
    /// <param name="cancellation">Stops it.</param>
    Task<ShelfIndex> ShelfAsync(CancellationToken cancellation);

    /// <summary>What happened at each venue on each day, in no order.</summary>
    /// <param name="cancellation">Stops it.</param>
    Task<IReadOnlyList<VenueDay>> DaysAsync(CancellationToken cancellation);

    /// <summary>A product; null where there is none.</summary>
    /// <param name="id">The product.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<ProductFacts?> ProductAsync(string id, CancellationToken cancellation);

    /// <summary>The printable certificate of a product, an HTML document; null where it has none.</summary>
    /// <param name="id">The product.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<string?> CertificateAsync(string id, CancellationToken cancellation);

    /// <summary>The printable data invoice of a deal, an HTML document with a QR code; null where it has none.</summary>
    /// <param name="deal">The deal.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<string?> InvoiceAsync(string deal, CancellationToken cancellation);

    /// <summary>The industry chain graph.</summary>
    ChainFacts Chain { get; }

    /// <summary>All auctions, the latest first.</summary>
    /// <param name="cancellation">Stops it.</param>
    Task<IReadOnlyList<AuctionSale>> AuctionsAsync(CancellationToken cancellation);

    /// <summary>All requirements, the latest first.</summary>
    /// <param name="cancellation">Stops it.</param>
    Task<IReadOnlyList<RequirementView>> RequirementsAsync(CancellationToken cancellation);

    /// <summary>What happened in an auction or to a requirement, in order; empty where there is none.</summary>
    /// <param name="stream">Its stream, such as <c>auction/P000032-1</c>.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<IReadOnlyList<ToldFact>> StoryAsync(string stream, CancellationToken cancellation);

    /// <summary>A deal; null where there is none.</summary>
    /// <param name="id">The deal.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<DealFacts?> DealAsync(string id, CancellationToken cancellation);

    /// <summary>The trial balance of the market's books.</summary>
    /// <param name="cancellation">Stops it.</param>
    Task<TrialBalanceFacts> TrialBalanceAsync(CancellationToken cancellation);

    /// <summary>A page of the journal.</summary>
    /// <param name="account">Only entries with a line in this account; empty for all.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<JournalFacts> JournalAsync(string account, int page, CancellationToken cancellation);

    /// <summary>Some deals whose accounts are worth looking at first: of the best-selling products the latest completed one of each channel.</summary>
    /// <param name="cancellation">Stops it.</param>
    Task<IReadOnlyList<string>> DealsToBeginWithAsync(CancellationToken cancellation);

    /// <summary>The latest signed head of each venue's log.</summary>
    /// <param name="cancellation">Stops it.</param>
    Task<IReadOnlyList<LogHeadFacts>> LogHeadsAsync(CancellationToken cancellation);

    /// <summary>The proof that a fact is in its venue's log, as <c>dx log prove --json</c> writes it; null where there is no such fact, or no signed head covers it.</summary>
    /// <param name="stream">The fact's stream.</param>
    /// <param name="version">Its place there, from 1.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<string?> ProofAsync(string stream, long version, CancellationToken cancellation);

    /// <summary>The same of a leaf.</summary>
    /// <param name="venue">Whose log.</param>
    /// <param name="leaf">The leaf, from 0.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<string?> LeafProofAsync(string venue, long leaf, CancellationToken cancellation);

    /// <summary>The order books, those with the most trades first.</summary>
    /// <param name="cancellation">Stops it.</param>
    Task<IReadOnlyList<FloorBook>> BooksAsync(CancellationToken cancellation);

    /// <summary>The facts of an order book, in order; none where there is no such book.</summary>
    /// <param name="product">The product whose packs are traded in it.</param>
    /// <param name="after">How many are known already, 0 or more.</param>
    /// <param name="cancellation">Stops it.</param>
    IAsyncEnumerable<Event> BookFactsAsync(string product, int after, CancellationToken cancellation);

    /// <summary>The newest facts, in order.</summary>
    /// <param name="after">Only those behind this place in the store.</param>
    /// <param name="most">At most so many, the latest of them; 1 or more.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<IReadOnlyList<NewFact>> NewestAsync(long after, int most, CancellationToken cancellation);

    /// <summary>A party's name; its id where none is known.</summary>
    /// <param name="party">The party.</param>
    Text NameOf(string party);
}
