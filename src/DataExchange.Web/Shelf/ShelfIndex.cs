using System.Collections.Frozen;
using System.Collections.Immutable;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;

namespace DataExchange.Web.Shelf;

/// <summary>Products that were found.</summary>
/// <param name="Query">What was looked for; its page is one that there is.</param>
/// <param name="Count">How many were found.</param>
/// <param name="Pages">On how many pages, 1 at least.</param>
/// <param name="Products">Those of the page.</param>
public sealed record FoundProducts(ShelfQuery Query, int Count, int Pages, IReadOnlyList<ShelfProduct> Products);

/// <summary>All products of the shelves in memory, each once: some thousands, gone through for each search.</summary>
public sealed class ShelfIndex
{
    /// <summary>Products on a page.</summary>
    public const int PageProducts = 24;

    private readonly ImmutableArray<ShelfProduct> _products;
    private readonly FrozenDictionary<string, ShelfProduct> _byId;

    private ShelfIndex(ImmutableArray<ShelfProduct> products)
    {
        _products = products;
        _byId = products.ToFrozenDictionary(product => product.Id, StringComparer.Ordinal);
        Venues = [.. products.SelectMany(product => product.Venues).Distinct().Order(StringComparer.Ordinal)];
        Categories = [.. products.Select(product => product.Category).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The venues of any product, by id.</summary>
    public IReadOnlyList<string> Venues { get; }

    /// <summary>The categories of any product, by id.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>Products that were ever listed.</summary>
    public int Listed => _products.Length;

    /// <summary>All of them, the best sold first.</summary>
    public IReadOnlyList<ShelfProduct> Products => _products;

    /// <summary>Makes the index.</summary>
    /// <param name="entries">Places on shelves, in no order.</param>
    /// <param name="nameOf">A party's name.</param>
    /// <param name="rightsOf">Which rights to a product are certified.</param>
    public static ShelfIndex Of(IEnumerable<ShelfEntry> entries, Func<string, Text> nameOf, Func<string, DataRights> rightsOf)
    {
        ArgumentNullException.ThrowIfNull(rightsOf);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(nameOf);
        return new([
            .. entries.GroupBy(entry => entry.Product).Select(places => ProductOf([.. places.OrderBy(Rank).ThenBy(place => place.Venue, StringComparer.Ordinal)], nameOf, rightsOf))
                .OrderByDescending(product => product.SalesFen).ThenBy(product => product.Id, StringComparer.Ordinal),
        ]);
    }

    /// <summary>A product's title; its id where it was never listed.</summary>
    /// <param name="id">The product.</param>
    public Text TitleOf(string id) => _byId.TryGetValue(id, out var product) ? product.Title : Text.Same(id);

    /// <summary>Finds products.</summary>
    /// <param name="query">What is looked for. A page beyond the last is the last.</param>
    public FoundProducts Find(ShelfQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var words = query.Text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var found = _products.Where(product => Fits(product, query, words)).ToList();
        IEnumerable<ShelfProduct> ordered = query.Order switch
        {
            ShelfOrder.Newest => found.OrderByDescending(product => product.ListedAt),
            ShelfOrder.Cheapest => found.OrderBy(product => product.UnitPriceFen),
            ShelfOrder.Dearest => found.OrderByDescending(product => product.UnitPriceFen),
            _ => found,
        };
        var pages = Math.Max(1, (found.Count + PageProducts - 1) / PageProducts);
        var page = Math.Clamp(query.Page, 1, pages);
        return new FoundProducts(query with { Page = page }, found.Count, pages, [.. ordered.Skip((page - 1) * PageProducts).Take(PageProducts)]);
    }

    private static bool Fits(ShelfProduct product, ShelfQuery query, string[] words)
    {
        if ((!query.WithDelisted && !product.IsOnShelf)
            || (query.Venue.Length > 0 && !product.Venues.Contains(query.Venue))
            || (query.Category.Length > 0 && product.Category != query.Category)
            || (query.Kind is { } kind && product.Kind != kind)
            || (query.Licence is { } licence && product.Licence != licence)
            || (query.Rights is { } rights && !product.Rights.HasFlag(rights))
            || (query.Price is { } price && product.Band != price))
        {
            return false;
        }

        foreach (var word in words)
        {
            if (!product.Searched.Contains(word, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    // A product that stands somewhere is shown as it stands there, and not as it once stood elsewhere.
    private static int Rank(ShelfEntry place) => place.Status switch { ShelfStatus.Listed => 0, ShelfStatus.Suspended => 1, _ => 2 };

    private static ShelfProduct ProductOf(ShelfEntry[] places, Func<string, Text> nameOf, Func<string, DataRights> rightsOf)
    {
        var first = places[0];
        var isOnShelf = Rank(first) < 2;
        var provider = nameOf(first.Provider);
        return new ShelfProduct
        {
            Id = first.Product,
            Title = new(first.Title, first.TitleEn),
            Provider = first.Provider,
            ProviderName = provider,
            Venues = [.. places.Where(place => !isOnShelf || Rank(place) < 2).Select(place => place.Venue).Order(StringComparer.Ordinal)],
            Category = first.Category,
            SubTrack = first.SubTrack,
            Rights = rightsOf(first.Product),
            Kind = first.Form,
            Licence = first.Licence,
            Unit = first.Unit,
            UnitPriceFen = first.UnitPriceFen,
            IsOnShelf = isOnShelf,
            ListedAt = places.Min(place => place.ListedAt),
            Deals = places.Sum(place => place.Deals),
            SalesFen = places.Sum(place => place.SalesFen),
            Searched = string.Join('\n', first.Product, first.Title, first.TitleEn, first.Provider, provider.Zh, provider.En).ToLowerInvariant(),
        };
    }
}
