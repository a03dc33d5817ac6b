using DataExchange.Reports.ReadModels;
using DataExchange.Web.Market;
using DataExchange.Web.Shelf;

namespace DataExchange.Web.Replay;

/// <summary>A day of the whole market: what had come together by its end, and what happened on it.</summary>
/// <param name="Day">The day.</param>
/// <param name="Products">Products ever listed by its end.</param>
/// <param name="Deals">Transactions registered by its end.</param>
/// <param name="AmountFen">Their amount, fen.</param>
/// <param name="DealsOnIt">Transactions registered on it.</param>
/// <param name="AmountOnItFen">Their amount, fen.</param>
/// <param name="ListedOnIt">Products first listed on it.</param>
/// <param name="DisputesOnIt">Disputes raised on it.</param>
/// <param name="VenueFen">Amount of each venue by its end, in the order of <see cref="MarketReplay.Venues"/>.</param>
public sealed record ReplayDay(
    DateOnly Day, int Products, long Deals, long AmountFen, long DealsOnIt, long AmountOnItFen, int ListedOnIt, long DisputesOnIt, IReadOnlyList<long> VenueFen);

/// <summary>The whole market day by day, from the first day on which anything happened to the last, none left out.</summary>
public sealed class MarketReplay
{
    private MarketReplay(IReadOnlyList<string> venues, IReadOnlyList<ReplayDay> days) => (Venues, Days) = (venues, days);

    /// <summary>The venues, in the market's order.</summary>
    public IReadOnlyList<string> Venues { get; }

    /// <summary>The days; none for a market in which nothing happened.</summary>
    public IReadOnlyList<ReplayDay> Days { get; }

    /// <summary>Makes it.</summary>
    /// <param name="days">Statistics of venues and days, in no order.</param>
    /// <param name="shelf">The shelves: a product at two venues is one.</param>
    /// <param name="facts">The market: in which order its venues come.</param>
    public static MarketReplay Of(IReadOnlyList<VenueDay> days, ShelfIndex shelf, MarketFacts facts)
    {
        ArgumentNullException.ThrowIfNull(days);
        ArgumentNullException.ThrowIfNull(shelf);
        ArgumentNullException.ThrowIfNull(facts);
        string[] venues = [.. facts.Venues.Select(venue => venue.Id)];
        if (days.Count == 0)
        {
            return new MarketReplay(venues, []);
        }

        var byDay = days.ToLookup(day => day.Day);
        var listed = shelf.Products.ToLookup(product => DateOnly.FromDateTime(product.ListedAt.ToOffset(TimeSpan.FromHours(8)).DateTime));
        var made = new List<ReplayDay>();
        var sums = new ReplayDay(default, 0, 0, 0, 0, 0, 0, 0, new long[venues.Length]);
        for (var day = days.Min(one => one.Day); day <= days.Max(one => one.Day); day = day.AddDays(1))
        {
            VenueDay[] here = [.. byDay[day]];
            var (first, deals, amount) = (listed[day].Count(), here.Sum(one => (long)one.Deals), here.Sum(one => one.AmountFen));
            sums = new ReplayDay(
                day, sums.Products + first, sums.Deals + deals, sums.AmountFen + amount, deals, amount, first, here.Sum(one => (long)one.Disputes),
                [.. venues.Select((venue, i) => sums.VenueFen[i] + here.Where(one => one.Venue == venue).Sum(one => one.AmountFen))]);
            made.Add(sums);
        }

        return new MarketReplay(venues, made);
    }

    /// <summary>The day, or where it is before the first or after the last, that one.</summary>
    /// <param name="day">The day asked for.</param>
    public ReplayDay At(DateOnly day) => Days[Math.Clamp(day.DayNumber - Days[0].Day.DayNumber, 0, Days.Count - 1)];
}
