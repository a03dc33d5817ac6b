using System.Runtime.InteropServices;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Figures;

/// <summary>One order book in figures. Prices are for one pack.</summary>
/// <param name="Product">The product.</param>
/// <param name="Title">Its title in Chinese.</param>
/// <param name="TitleEn">Its title in English.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Trades">Trades.</param>
/// <param name="Packs">Packs traded.</param>
/// <param name="AmountFen">Their amount, fen.</param>
/// <param name="PrimaryAmountFen">Of it, packs issued with the trade, fen.</param>
/// <param name="AuctionAmountFen">Of it, in auctions, fen.</param>
/// <param name="Halts">Halts for a price outside the band.</param>
/// <param name="LastPriceFen">Price of the last trade, fen; null before the first.</param>
/// <param name="PostedPriceFen">Price of as many calls on the shelf, fen.</param>
public sealed record BookFigures(
    string Product,
    string Title,
    string TitleEn,
    string Venue,
    int Trades,
    long Packs,
    long AmountFen,
    long PrimaryAmountFen,
    long AuctionAmountFen,
    int Halts,
    long? LastPriceFen,
    long PostedPriceFen)
{
    /// <summary>Average price of a pack, weighted by volume, fen; null without trades.</summary>
    public double? VwapFen => Packs == 0 ? null : AmountFen / (double)Packs;

    /// <summary>Share of the primary market in the amount, 0 to 1; null without trades.</summary>
    public double? PrimaryShare => AmountFen == 0 ? null : PrimaryAmountFen / (double)AmountFen;

    /// <summary>Share of auctions in the amount, 0 to 1; null without trades.</summary>
    public double? AuctionShare => AmountFen == 0 ? null : AuctionAmountFen / (double)AmountFen;

    /// <summary>Last price over the price on the shelf, less 1; null before the first trade.</summary>
    public double? Premium => LastPriceFen is { } last && PostedPriceFen > 0 ? (last / (double)PostedPriceFen) - 1 : null;
}

/// <summary>All order books in figures.</summary>
public sealed record BookMarketFigures
{
    /// <summary>The books, the largest amount first.</summary>
    public required IReadOnlyList<BookFigures> Books { get; init; }

    /// <summary>Days of the book with the largest amount on which it traded, in order.</summary>
    public required IReadOnlyList<BookDay> MostTraded { get; init; }

    /// <summary>Orders that entered a book, by kind.</summary>
    public required IReadOnlyList<(BookOrderKind Kind, int Count)> Orders { get; init; }

    /// <summary>Orders refused, by reason, the most frequent first.</summary>
    public required IReadOnlyList<(Rejection Reason, int Count)> Refused { get; init; }

    /// <summary>Orders cancelled, by cause, the most frequent first.</summary>
    public required IReadOnlyList<(BookCancelCause Cause, int Count)> Cancelled { get; init; }

    /// <summary>Orders whose time was over.</summary>
    public required int Expired { get; init; }

    /// <summary>Packs redeemed for their calls.</summary>
    public required long Redeemed { get; init; }

    /// <summary>The figures; null when there is no book.</summary>
    internal static BookMarketFigures? Of(ReadModelSet models)
    {
        if (models.Books.Count == 0)
        {
            return null;
        }

        var days = models.BookDays.ToLookup(day => day.Product, StringComparer.Ordinal);
        var products = models.Timelines.ToDictionary(product => product.Id, StringComparer.Ordinal);
        List<BookFigures> books =
        [
            .. models.Books.Select(book => One(book, products.GetValueOrDefault(book.Id), [.. days[book.Id]]))
                .OrderByDescending(book => book.AmountFen).ThenBy(book => book.Product, StringComparer.Ordinal),
        ];
        return new()
        {
            Books = books,
            MostTraded = [.. days[books[0].Product].Where(day => day.Trades > 0).OrderBy(day => day.Day)],
            Orders = [.. Counts(models.BookDays.Select(day => day.OrdersEntered)).OrderBy(count => count.Key)],
            Refused = ByCount(models.BookDays.Select(day => day.OrdersRefused)),
            Cancelled = ByCount(models.BookDays.Select(day => day.Cancelled)),
            Expired = models.BookDays.Sum(day => day.Expired),
            Redeemed = models.BookDays.Sum(day => day.Redeemed),
        };
    }

    private static BookFigures One(BookSummary book, ProductTimeline? product, IReadOnlyList<BookDay> days) => new(
        book.Id, product?.Title ?? book.Id, product?.TitleEn ?? book.Id, book.Venue, days.Sum(day => day.Trades), days.Sum(day => day.Packs),
        days.Sum(day => day.AmountFen), days.Sum(day => day.PrimaryAmountFen), days.Sum(day => day.AuctionAmountFen), days.Sum(day => day.Halts),
        book.LastPriceFen, book.PostedPriceFen);

    private static List<(TKey Key, int Count)> ByCount<TKey>(IEnumerable<IReadOnlyDictionary<TKey, int>> days)
        where TKey : struct, Enum =>
        [.. Counts(days).OrderByDescending(count => count.Count).ThenBy(count => count.Key)];

    private static IEnumerable<(TKey Key, int Count)> Counts<TKey>(IEnumerable<IReadOnlyDictionary<TKey, int>> days)
        where TKey : struct, Enum
    {
        var sums = new Dictionary<TKey, int>();
        foreach (var (key, count) in days.SelectMany(day => day))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(sums, key, out _) += count;
        }

        return sums.Select(sum => (sum.Key, sum.Value));
    }
}
