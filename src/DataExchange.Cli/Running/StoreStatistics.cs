using DataExchange.Domain;
using DataExchange.EventStore;
using DataExchange.Reports.ReadModels;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>A venue's figures of one year, or of all years when <paramref name="Year"/> is 0.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Year">Calendar year in China.</param>
/// <param name="Applications">Applications to register a product.</param>
/// <param name="Certified">Products certified.</param>
/// <param name="Listed">Products that came on this venue's shelf for the first time; one on two shelves counts at each.</param>
/// <param name="ShelfDeals">Transactions from the shelf.</param>
/// <param name="RegisteredContracts">Registered contracts.</param>
/// <param name="FiledContracts">Filed contracts.</param>
/// <param name="ShelfAmountFen">Amount of the first, fen.</param>
/// <param name="RegisteredContractAmountFen">Amount of the second, fen.</param>
/// <param name="FiledContractAmountFen">Amount of the third, fen.</param>
/// <param name="FeesFen">The venue's fees, fen.</param>
/// <param name="RefundsFen">Refunds to buyers, fen.</param>
internal sealed record VenueYear(
    string Venue,
    int Year,
    long Applications,
    long Certified,
    long Listed,
    long ShelfDeals,
    long RegisteredContracts,
    long FiledContracts,
    long ShelfAmountFen,
    long RegisteredContractAmountFen,
    long FiledContractAmountFen,
    long FeesFen,
    long RefundsFen)
{
    /// <summary>Trades in order books.</summary>
    public long OrderBookDeals { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long OrderBookAmountFen { get; init; }

    /// <summary>Awards of auctions, registered.</summary>
    public long AuctionDeals { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long AuctionAmountFen { get; init; }

    /// <summary>All transactions.</summary>
    public long Deals => ShelfDeals + RegisteredContracts + FiledContracts + OrderBookDeals + AuctionDeals;

    /// <summary>Their amount, fen.</summary>
    public long AmountFen => ShelfAmountFen + RegisteredContractAmountFen + FiledContractAmountFen + OrderBookAmountFen + AuctionAmountFen;
}

/// <summary>How often something was refused for a reason.</summary>
/// <param name="What">What was refused: <c>application</c> (also price and listing), <c>returned</c> for correction, <c>order</c>, or <c>book order</c>.</param>
/// <param name="Reason">The reason, as in the events.</param>
/// <param name="Zh">It in Chinese.</param>
/// <param name="En">It in English.</param>
/// <param name="Count">How often.</param>
internal sealed record ReasonCount(string What, string Reason, string Zh, string En, long Count);

/// <summary>Streams of a kind and the events in them.</summary>
internal sealed record StreamCount(string Kind, long Streams, long Events);

/// <summary>Sums up a store.</summary>
internal static class StoreStatistics
{
    /// <summary>The figures of each venue and year, by venue, then year.</summary>
    public static IReadOnlyList<VenueYear> Years(IEnumerable<VenueDay> days) =>
        [.. days.GroupBy(day => (day.Venue, day.Day.Year)).Select(group => Sum(group.Key.Venue, group.Key.Year, group)).Where(IsAnything)
            .OrderBy(row => row.Venue, StringComparer.Ordinal).ThenBy(row => row.Year)];

    /// <summary>The figures of each venue over all years.</summary>
    public static IReadOnlyList<VenueYear> Venues(IEnumerable<VenueDay> days) =>
        [.. days.GroupBy(day => day.Venue).Select(group => Sum(group.Key, 0, group)).Where(IsAnything).OrderBy(row => row.Venue, StringComparer.Ordinal)];

    /// <summary>Refusals by what was refused and why, the most frequent first.</summary>
    public static IReadOnlyList<ReasonCount> Refusals(IReadOnlyCollection<VenueDay> days) =>
    [
        .. Reasons("application", days.SelectMany(day => day.Refusals)),
        .. Reasons("returned", days.SelectMany(day => day.Returns)),
        .. Reasons("order", days.SelectMany(day => day.OrdersRejected)),
        .. Reasons("book order", days.SelectMany(day => day.BookOrdersRefused)),
    ];

    /// <summary>Streams and events by kind of stream, as Marten's tables have them.</summary>
    public static async Task<IReadOnlyList<StreamCount>> StreamsAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"SELECT split_part(id, '/', 1), count(*), sum(version)::bigint FROM {Schemas.Default}.mt_streams GROUP BY 1 ORDER BY 1");
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        var counts = new List<StreamCount>();
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            counts.Add(new StreamCount(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));
        }

        return counts;
    }

    /// <summary>Size of the database on disk in bytes.</summary>
    public static async Task<long> BytesAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT pg_database_size(current_database())");
        return (long)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }

    private static VenueYear Sum(string venue, int year, IEnumerable<VenueDay> days)
    {
        var sum = new VenueYear(venue, year, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        foreach (var day in days)
        {
            sum = sum with
            {
                Applications = sum.Applications + day.Applications,
                Certified = sum.Certified + day.Certified,
                Listed = sum.Listed + day.Listed,
                ShelfDeals = sum.ShelfDeals + day.ShelfDeals,
                RegisteredContracts = sum.RegisteredContracts + day.RegisteredContracts,
                FiledContracts = sum.FiledContracts + day.FiledContracts,
                ShelfAmountFen = sum.ShelfAmountFen + day.ShelfAmountFen,
                RegisteredContractAmountFen = sum.RegisteredContractAmountFen + day.RegisteredContractAmountFen,
                FiledContractAmountFen = sum.FiledContractAmountFen + day.FiledContractAmountFen,
                OrderBookDeals = sum.OrderBookDeals + day.OrderBookDeals,
                OrderBookAmountFen = sum.OrderBookAmountFen + day.OrderBookAmountFen,
                AuctionDeals = sum.AuctionDeals + day.AuctionDeals,
                AuctionAmountFen = sum.AuctionAmountFen + day.AuctionAmountFen,
                FeesFen = sum.FeesFen + day.FeesFen,
                RefundsFen = sum.RefundsFen + day.RefundsFen,
            };
        }

        return sum;
    }

    // Days of orders that failed for want of funds belong to no venue and have none of these figures.
    private static bool IsAnything(VenueYear row) => row with { Venue = "", Year = 0 } != new VenueYear("", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static IEnumerable<ReasonCount> Reasons(string what, IEnumerable<KeyValuePair<Rejection, int>> counts) => counts
        .GroupBy(pair => pair.Key, pair => (long)pair.Value)
        .Select(group => new ReasonCount(
            what, group.Key.ToString(), Reports.Words.RejectionWords.Of(group.Key).Zh, Reports.Words.RejectionWords.Of(group.Key).En, group.Sum()))
        .OrderByDescending(row => row.Count).ThenBy(row => row.Reason, StringComparer.Ordinal);
}
