using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Cli.Tests;

public sealed class StoreStatisticsTests
{
    private static readonly VenueDay[] Days =
    [
        Day("hzdex", 2024, 1) with { Listed = 2, ShelfDeals = 3, ShelfAmountFen = 300, FeesFen = 7 },
        Day("hzdex", 2024, 2) with { Listed = 1, RegisteredContracts = 1, RegisteredContractAmountFen = 5_000, RefundsFen = 11 },
        Day("hzdex", 2025, 1) with { FiledContracts = 1, FiledContractAmountFen = 10_000 },
        Day("zjbdec", 2024, 1) with { Certified = 4, Refusals = Reasons((Rejection.NotCertified, 1), (Rejection.UnlawfulSource, 5)) },
        Day(VenueDay.Unattributed, 2024, 1) with { Orders = 2, OrdersRejected = Reasons((Rejection.InsufficientFunds, 2)) },
        Day("hzdex", 2025, 2) with { OrdersRejected = Reasons((Rejection.InsufficientFunds, 1)), Returns = Reasons((Rejection.EvidenceMissing, 3)) },
    ];

    [Fact]
    public void Days_are_summed_by_venue_and_year()
    {
        var years = StoreStatistics.Years(Days);
        Assert.Equal([("hzdex", 2024), ("hzdex", 2025), ("zjbdec", 2024)], years.Select(row => (row.Venue, row.Year)));
        Assert.Equal(new VenueYear("hzdex", 2024, 0, 0, 3, 3, 1, 0, 300, 5_000, 0, 7, 11), years[0]);
        Assert.Equal((4, 5_300), (years[0].Deals, years[0].AmountFen));
    }

    [Fact]
    public void All_years_of_a_venue_are_the_sum_of_each()
    {
        var venues = StoreStatistics.Venues(Days);
        Assert.Equal(["hzdex", "zjbdec"], venues.Select(row => row.Venue));
        Assert.Equal((5, 15_300, 0), (venues[0].Deals, venues[0].AmountFen, venues[0].Year));
    }

    [Fact]
    public void Trades_in_order_books_count_with_the_rest_and_their_refused_orders_apart()
    {
        VenueDay[] days = [.. Days, Day("hzdex", 2025, 3) with { OrderBookDeals = 2, OrderBookAmountFen = 70, BookOrdersRefused = Reasons((Rejection.InsufficientFunds, 4)) }];
        var venue = StoreStatistics.Venues(days)[0];
        Assert.Equal((7, 15_370, 2, 70), (venue.Deals, venue.AmountFen, venue.OrderBookDeals, venue.OrderBookAmountFen));
        Assert.Contains(("book order", "InsufficientFunds", 4), StoreStatistics.Refusals(days).Select(row => (row.What, row.Reason, (int)row.Count)));
    }

    [Fact]
    public void Refusals_are_counted_by_reason_also_those_of_no_venue() =>
        Assert.Equal(
            [
                ("application", "UnlawfulSource", 5), ("application", "NotCertified", 1), ("returned", "EvidenceMissing", 3), ("order", "InsufficientFunds", 3),
            ],
            StoreStatistics.Refusals(Days).Select(row => (row.What, row.Reason, (int)row.Count)));

    private static VenueDay Day(string venue, int year, int month) =>
        new() { Id = $"{venue}/{year}-{month}", Venue = venue, Day = new DateOnly(year, month, 1) };

    private static System.Collections.Immutable.ImmutableSortedDictionary<Rejection, int> Reasons(params (Rejection Reason, int Count)[] counts) =>
        System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(counts.Select(row => KeyValuePair.Create(row.Reason, row.Count)));
}
