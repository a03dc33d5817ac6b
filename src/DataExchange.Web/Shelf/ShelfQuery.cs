using System.Globalization;
using DataExchange.Domain;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Web.Shelf;

/// <summary>Which products come first.</summary>
public enum ShelfOrder
{
    /// <summary>Those that sold most.</summary>
    Sales,
    /// <summary>Those that were listed last.</summary>
    Newest,
    /// <summary>The cheapest.</summary>
    Cheapest,
    /// <summary>The dearest.</summary>
    Dearest,
}

/// <summary>A parameter of an address holds what is not allowed.</summary>
/// <param name="Field">The parameter.</param>
/// <param name="Value">What it holds.</param>
/// <param name="Allowed">What is allowed.</param>
public sealed record WrongParameter(string Field, string Value, string Allowed);

/// <summary>What somebody looks for on the shelves.</summary>
public sealed record ShelfQuery
{
    /// <summary>The longest text that may be searched for, in characters.</summary>
    public const int LongestText = 200;

    /// <summary>The last page that may be asked for.</summary>
    public const int LastPage = 100_000;

    /// <summary>The rights that may be asked for.</summary>
    public static IReadOnlyList<DataRights> AllRights { get; } = [DataRights.ResourceHolding, DataRights.ProcessingAndUse, DataRights.ProductOperation];

    /// <summary>Everything on the shelves.</summary>
    public static ShelfQuery Everything { get; } = new();

    /// <summary>Words that a product must all have, in any case.</summary>
    public string Text { get; init; } = "";

    /// <summary>The venue; empty for all.</summary>
    public string Venue { get; init; } = "";

    /// <summary>The category; empty for all.</summary>
    public string Category { get; init; } = "";

    /// <summary>How it is delivered; null for all.</summary>
    public ProductForm? Kind { get; init; }

    /// <summary>The licence; null for all.</summary>
    public LicenceKind? Licence { get; init; }

    /// <summary>A right that is certified; null for all.</summary>
    public DataRights? Rights { get; init; }

    /// <summary>The band of the price; null for all.</summary>
    public PriceBand? Price { get; init; }

    /// <summary>Whether products that left the shelf are among them.</summary>
    public bool WithDelisted { get; init; }

    /// <summary>Which come first.</summary>
    public ShelfOrder Order { get; init; }

    /// <summary>Page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Reads the parameters of an address; empty ones are as if they were not there, unknown ones are refused.</summary>
    /// <param name="query">The parameters.</param>
    /// <param name="shelf">The shelves: which venues and categories there are.</param>
    /// <param name="wrong">What is wrong; null when nothing is.</param>
    public static ShelfQuery Parse(IQueryCollection query, ShelfIndex shelf, out WrongParameter? wrong)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(shelf);
        var (found, problem) = (Everything, default(WrongParameter));
        foreach (var (name, values) in query)
        {
            var value = values.ToString();
            if (value.Length == 0)
            {
                continue;
            }

            found = name switch
            {
                "q" when value.Length <= LongestText => found with { Text = value },
                "q" => Refuse($"at most {LongestText} characters"),
                "venue" when shelf.Venues.Contains(value) => found with { Venue = value },
                "venue" => Refuse(string.Join(", ", shelf.Venues)),
                "category" when shelf.Categories.Contains(value) => found with { Category = value },
                "category" => Refuse(string.Join(", ", shelf.Categories)),
                "kind" => WordOf<ProductForm>(value) is { } kind ? found with { Kind = kind } : Refuse(WordsOf<ProductForm>()),
                "licence" => WordOf<LicenceKind>(value) is { } licence ? found with { Licence = licence } : Refuse(WordsOf<LicenceKind>()),
                "rights" => WordOf<DataRights>(value) is { } rights and not DataRights.None ? found with { Rights = rights } : Refuse(string.Join(", ", AllRights)),
                "price" => WordOf<PriceBand>(value) is { } price ? found with { Price = price } : Refuse(WordsOf<PriceBand>()),
                "order" => WordOf<ShelfOrder>(value) is { } order ? found with { Order = order } : Refuse(WordsOf<ShelfOrder>()),
                "all" when value == "1" => found with { WithDelisted = true },
                "all" => Refuse("1"),
                "page" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is >= 1 and <= LastPage
                    ? found with { Page = page }
                    : Refuse($"a whole number from 1 to {LastPage}"),
                _ => Refuse("no such parameter: q, venue, category, kind, licence, rights, price, order, all, page"),
            };

            ShelfQuery Refuse(string allowed)
            {
                problem ??= new WrongParameter(name, value.Length > 80 ? value[..80] + "…" : value, allowed);
                return found;
            }
        }

        wrong = problem;
        return found;
    }

    /// <summary>The parameters as they stand in an address, with ? before them; empty for everything.</summary>
    public string ToParameters()
    {
        var parts = new List<string>();
        Add("q", Text);
        Add("venue", Venue);
        Add("category", Category);
        Add("kind", Kind?.ToString());
        Add("licence", Licence?.ToString());
        Add("rights", Rights?.ToString());
        Add("price", Price?.ToString());
        Add("all", WithDelisted ? "1" : null);
        Add("order", Order == ShelfOrder.Sales ? null : Order.ToString());
        Add("page", Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }
    }

    // A number, which the platform would take for an enumeration too, is no word.
    private static T? WordOf<T>(string text)
        where T : struct, Enum =>
        Enum.GetNames<T>().Contains(text) ? Enum.Parse<T>(text) : null;

    private static string WordsOf<T>()
        where T : struct, Enum =>
        string.Join(", ", Enum.GetNames<T>());
}
