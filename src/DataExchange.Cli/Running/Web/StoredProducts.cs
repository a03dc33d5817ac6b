using System.Text.Json.Nodes;
using DataExchange.Catalogue;
using DataExchange.Catalogue.Shelf;
using DataExchange.Catalogue.Writing;
using DataExchange.Cli.Commands;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using DataExchange.Vouchers.Facts;
using DataExchange.Web.Market;
using Marten;

namespace DataExchange.Cli.Running.Web;

/// <summary>Products of a store as their pages show them.</summary>
/// <param name="opened">The store.</param>
/// <param name="words">Words of categories and sub-tracks.</param>
internal sealed class StoredProducts(OpenedStore opened, CatalogueWords words)
{
    private const int MostDeals = 20;

    private readonly StoredEvents _events = new(opened.Database);

    /// <summary>A product; null where there is none.</summary>
    public async Task<ProductFacts?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var session = opened.Store.QuerySession();
        if (await session.LoadAsync<ProductTimeline>(id, cancellation).ConfigureAwait(false) is not { } timeline)
        {
            return null;
        }

        var stored = await new StreamStory(_events, opened.Store).OfProductAsync(id, cancellation).ConfigureAwait(false);
        var facts = stored.Select(one => one.Data ?? throw new MarketUnreadableException($"Event {one.Version} of {one.Stream} cannot be read; './dx verify' says more.")).ToArray();
        var deals = await session.Query<DealEntry>().Where(deal => deal.Product == id).ToListAsync(cancellation).ConfigureAwait(false);
        var places = await session.Query<ShelfEntry>().Where(entry => entry.Product == id).ToListAsync(cancellation).ConfigureAwait(false);
        var (catalogue, dcat) = await DescribeAsync(facts, cancellation).ConfigureAwait(false);
        ProductListed[] listings = [.. facts.OfType<ProductListed>()];
        var shares = listings.Length == 0 ? null : ProductShares.Of(listings, deals);
        return new ProductFacts
        {
            Timeline = timeline,
            Story = [.. stored.Where(one => !StreamStory.IsRoutine(one.Data)).Select(one => Told(one, timeline))],
            Places = [.. places.OrderBy(place => place.Venue, StringComparer.Ordinal)],
            Catalogue = catalogue,
            Dcat = dcat,
            Certificate = CertifiedProduct.Of(stored.Where(one => one.Stream == StreamId.Product(new(id))).Select(one => one.Data!), await NowAsync(cancellation).ConfigureAwait(false))
                is { Certificate: not null } certified ? certified : null,
            Valuations = [.. facts.OfType<ProductValued>()],
            Price = facts.OfType<PriceSet>().LastOrDefault(),
            Bundles = BundlesOf(facts),
            Prices = [.. facts.Select(PriceOf).OfType<PricePoint>()],
            Deals = [.. deals.Where(deal => deal.RegisteredAt is not null).OrderByDescending(deal => deal.RegisteredAt).ThenBy(deal => deal.Id, StringComparer.Ordinal).Take(MostDeals)],
            Shares = [.. (shares?.Parties ?? []).Select(party => new ShareFacts(party.Party, party.Role == ShareRole.Holder, party.ShareBasisPoints, party.PaidFen))],
            SharesOrigin = shares?.Basis switch
            {
                null => null,
                SharesBasis.Agreed => SharesOrigin.Agreed,
                SharesBasis.ShapleyValue => SharesOrigin.Shapley,
                _ => SharesOrigin.Alone,
            },
        };
    }

    /// <summary>A stored fact in words.</summary>
    /// <param name="stored">The fact.</param>
    /// <param name="timeline">Where more is said of it; null for nothing.</param>
    public static ToldFact Told(StoredEvent stored, ProductTimeline? timeline)
    {
        var data = stored.Data ?? throw new MarketUnreadableException($"Event {stored.Version} of {stored.Stream} cannot be read; './dx verify' says more.");
        var at = TimeOf(data.At);
        var kind = StreamId.KindOf(stored.Stream).ToString();
        var entry = timeline?.Entries.FirstOrDefault(one => one.Event == stored.Type && one.At == at && one.Stream == kind);
        return new ToldFact(at, data.By.Value, stored.Stream, stored.Version, stored.Type, EventWords.Of(data), new(entry?.DetailZh ?? "", entry?.DetailEn ?? ""));
    }

    private async Task<SimulatedTime> NowAsync(CancellationToken cancellation) =>
        await new StoredPolicies(_events).NowAsync(cancellation).ConfigureAwait(false);

    private static List<string> BundlesOf(IEnumerable<Event> facts)
    {
        var joined = new List<string>();
        foreach (var fact in facts)
        {
            if (fact is BundleJoined join)
            {
                joined.Add(join.Bundle.Value);
            }
            else if (fact is BundleLeft left)
            {
                joined.Remove(left.Bundle.Value);
            }
        }

        return joined;
    }

    private static PricePoint? PriceOf(Event fact) => fact switch
    {
        PriceSet e => new PricePoint(TimeOf(e.At), e.Terms.UnitPriceFen, e.Version, e.OverrideReason, null),
        PriceRefused e => new PricePoint(TimeOf(e.At), e.UnitPriceFen, null, null, RejectionWords.Of(e.Reason)),
        _ => null,
    };

    private static DateTimeOffset TimeOf(SimulatedTime at) => DateTimeOffset.FromUnixTimeSeconds(at.UnixSeconds).ToOffset(TimeSpan.FromHours(8));

    // The catalogue of this product alone, and what it says of it in DCAT.
    private async Task<(CatalogueProduct? Product, string? Dcat)> DescribeAsync(Event[] facts, CancellationToken cancellation)
    {
        var fold = new CatalogueFold();
        if (facts.OfType<ProductRegistered>().FirstOrDefault() is not { } registered)
        {
            return (null, null);
        }

        foreach (var party in new[] { registered.Provider, new PartyId("venue-" + registered.Venue.Value) })
        {
            await foreach (var stored in _events.OfStreamAsync(StreamId.Party(party), null, cancellation).ConfigureAwait(false))
            {
                if (stored.Data is { } known)
                {
                    fold.Apply(known);
                }
            }
        }

        foreach (var fact in facts)
        {
            fold.Apply(fact);
        }

        var product = fold.Products.Single();
        VenueId[] venues = [.. product.Places.Where(place => product.On(place.Venue) is not null).Select(place => place.Venue)];
        var header = new CatalogueHeader("https://dataexchange.invalid/catalogue", Label.Same(""), null, venues.Length > 0 ? [venues[0]] : [registered.Venue], words.All);
        using var written = new MemoryStream();
        DcatWriter.Write(fold, header, withUnlisted: true, written, cancellation);
        var catalog = JsonNode.Parse(written.ToArray())!["dcat:catalog"]![0]!;
        var described = catalog["dcat:dataset"]!.AsArray().Concat(catalog["dcat:service"]!.AsArray()).First();
        return (product, described!.ToJsonString(Readable));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };
}
