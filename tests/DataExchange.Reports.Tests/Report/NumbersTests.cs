using System.Globalization;
using System.Text.RegularExpressions;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Reports.Figures;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Tests.Report;

/// <summary>The numbers of the report, computed a second time from the raw events.</summary>
public sealed partial class NumbersTests(SampleReport report) : IClassFixture<SampleReport>
{
    private IEnumerable<T> All<T>() => report.Events.Select(recorded => recorded.Data).OfType<T>();

    [Fact]
    public void The_headline_figures_are_those_of_the_events()
    {
        var figures = report.Figures;
        var registered = All<TransactionRegistered>().ToList();

        Assert.Equal(All<ProductListed>().Select(e => e.Product).Distinct().Count(), figures.ProductsListed);
        Assert.Equal(registered.Count, figures.Deals);
        Assert.Equal(registered.Sum(e => e.AmountFen), figures.AmountFen);
        Assert.Equal(registered.Select(e => e.Buyer).Distinct().Count(), figures.Buyers);
        Assert.Equal(All<DealRefunded>().Sum(e => e.AmountFen), figures.RefundsFen);
        Assert.Equal(Posted("income:fees"), figures.FeesFen);
        Assert.Equal(Posted("liabilities:vat"), figures.VatFen);
        Assert.Equal(
            (All<ProceedsPaidOut>().Sum(e => e.AmountFen), Posted("liabilities:payable:"), All<ClaimUpheld>().Sum(e => e.AmountFen), -Posted("assets:receivable:")),
            (figures.PaidOutFen, figures.PayableFen, figures.ChargedBackFen, figures.OwedFen));
        Assert.True(figures is { PaidOutFen: > 0, PayableFen: > 0, ChargedBackFen: > 0 });
        foreach (var channel in figures.Channels)
        {
            var deals = registered.Where(e => e.Channel == channel.Channel).ToList();
            Assert.Equal((deals.Count, deals.Sum(e => e.AmountFen)), (channel.Deals, channel.AmountFen));
            Assert.Equal((deals.Min(e => e.AmountFen), deals.Max(e => e.AmountFen)), (channel.Sizes.Smallest, channel.Sizes.Largest));
        }
    }

    [Fact]
    public void Months_categories_forms_and_leaders_are_those_of_the_events()
    {
        var figures = report.Figures;
        var registered = All<TransactionRegistered>().ToList();
        var products = All<ProductRegistered>().ToDictionary(e => e.Product);
        foreach (var month in figures.Months)
        {
            var deals = registered.Where(e => e.Venue.Value == month.Venue && Month(e.At) == month.Month).ToList();
            Assert.Equal((deals.Count, deals.Sum(e => e.AmountFen)), (month.Deals, month.AmountFen));
        }

        var firstListed = All<ProductListed>().GroupBy(e => e.Product).ToDictionary(g => g.Key, g => g.First());
        Assert.All(figures.ProductsByMonth, m => Assert.Equal(firstListed.Values.Count(e => Month(e.At) == m.Month), m.Products));
        Assert.Equal(firstListed.Count, figures.ProductsByMonth.Sum(m => m.Products));
        Check(figures.Categories, id => products[id].Category);
        Check(figures.Forms, id => products[id].Form.ToString());
        var amounts = registered.GroupBy(e => e.Product.Value).OrderByDescending(g => g.Sum(e => e.AmountFen)).ThenBy(g => g.Key, StringComparer.Ordinal);
        Assert.Equal(amounts.Take(15).Select(g => (g.Key, g.Sum(e => e.AmountFen))), figures.TopProducts.Select(p => (p.Id, p.SalesFen)));
        var buyers = registered.GroupBy(e => e.Buyer.Value).OrderByDescending(g => g.Sum(e => e.AmountFen)).ThenBy(g => g.Key, StringComparer.Ordinal);
        Assert.Equal(buyers.Take(15).Select(g => (g.Key, g.Count())), figures.TopBuyers.Select(b => (b.Party, b.Deals)));
        var listings = All<ProductListed>().GroupBy(e => (e.Venue, e.Product)).Select(g => g.First().At.Date.Month).ToList();
        Assert.Equal(Enumerable.Range(1, 12).Select(m => listings.Count(x => x == m)), figures.ListingsByCalendarMonth);
        Assert.Equal(
            All<ViewsRecorded>().GroupBy(e => e.Product).Max(g => g.Sum(e => e.Views)), figures.Views.Largest);

        void Check(IReadOnlyList<GroupFigures> groups, Func<ProductId, string> key)
        {
            Assert.Equal(firstListed.Count, groups.Sum(g => g.Products));
            foreach (var group in groups)
            {
                var deals = registered.Where(e => key(e.Product) == group.Key).ToList();
                Assert.Equal(
                    (firstListed.Keys.Count(id => key(id) == group.Key), deals.Count, deals.Sum(e => e.AmountFen)),
                    (group.Products, group.Deals, group.AmountFen));
            }
        }
    }

    [Fact]
    public void Refusals_and_funnel_are_those_of_the_events()
    {
        var expected = All<RegistrationRefused>().Select(e => (RefusalKind.Application, e.Reason))
            .Concat(All<ComplianceRejected>().Select(e => (RefusalKind.Application, e.Finding)))
            .Concat(All<ObjectionUpheld>().Select(_ => (RefusalKind.Application, Rejection.ObjectionUpheld)))
            .Concat(All<PriceRefused>().Select(e => (RefusalKind.Application, e.Reason)))
            .Concat(All<ListingRefused>().Select(e => (RefusalKind.Application, e.Reason)))
            .Concat(All<ComplianceReturned>().Select(e => (RefusalKind.Return, e.Finding)))
            .Concat(All<OrderRejected>().Select(e => (RefusalKind.Order, e.Reason)))
            .Concat(All<HoldRefused>().Select(e => (RefusalKind.Order, e.Reason)))
            .Concat(All<BookOrderRefused>().Select(e => (RefusalKind.BookOrder, e.Reason)))
            .Concat(All<OrderFundsRefused>().Select(e => (RefusalKind.BookOrder, e.Reason)))
            .Concat(All<UsageRefused>().Select(e => (RefusalKind.Use, e.Reason)))
            .CountBy(refusal => refusal).OrderByDescending(c => c.Value).ThenBy(c => c.Key).Select(c => (c.Key.Item1, c.Key.Item2, c.Value));
        Assert.Equal(expected, report.Figures.Refusals.Select(refusal => (refusal.Kind, refusal.Reason, refusal.Count)));

        var funnel = report.Figures.Funnel.ToDictionary(step => step.Stage, step => step.Products);
        Assert.Equal(All<ProductRegistered>().Count() + All<RegistrationRefused>().Count(), funnel[ProductStage.Applied]);
        Assert.Equal(All<ProductRegistered>().Count(), funnel[ProductStage.Registered]);
        Assert.Equal(All<RightsCertified>().Count(), funnel[ProductStage.Certified]);
        Assert.Equal(All<ProductListed>().Select(e => e.Product).Distinct().Count(), funnel[ProductStage.Listed]);

        // A sale on trial, before the certificate, is no step behind the listing.
        var (listed, sold) = (new HashSet<ProductId>(), new HashSet<ProductId>());
        foreach (var e in All<Event>())
        {
            _ = e is ProductListed at ? listed.Add(at.Product) : e is TransactionRegistered deal && listed.Contains(deal.Product) && sold.Add(deal.Product);
        }

        Assert.Equal(sold.Count, funnel[ProductStage.FirstSale]);
    }

    [Fact]
    public void Market_quality_follows_from_the_events()
    {
        var first = new Dictionary<ProductId, (DateTimeOffset Listed, DateTimeOffset? Sold)>();
        var places = new Dictionary<(ProductId, VenueId), (DateTimeOffset From, DateTimeOffset? Until)>();
        foreach (var e in All<Event>())
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(e.At.UnixSeconds).ToOffset(TimeSpan.FromHours(8));
            switch (e)
            {
                case ProductListed listed:
                    first.TryAdd(listed.Product, (at, null));
                    places[(listed.Product, listed.Venue)] = (places.TryGetValue((listed.Product, listed.Venue), out var before) ? before.From : at, null);
                    break;
                case ProductDelisted gone when places.TryGetValue((gone.Product, gone.Venue), out var place):
                    places[(gone.Product, gone.Venue)] = place with { Until = at };
                    break;
                case TransactionRegistered deal when first.TryGetValue(deal.Product, out var product) && product.Sold is null:
                    first[deal.Product] = product with { Sold = at };
                    break;
            }
        }

        var market = report.Figures.Quality.Markets[0];
        var days = first.Values.Where(one => one.Sold is not null).Select(one => (long)(one.Sold!.Value - one.Listed).TotalDays).Order().ToArray();
        Assert.Equal(first.Count, market.Products);
        // Sold on trial before its listing: its first sale took no time on the shelf.
        Assert.InRange(market.DaysToFirstSale.Count, days.Length - report.Models.Sandbox.Count, days.Length);
        Assert.InRange(market.DaysToFirstSale.Quantile(0.5), days[0], days[^1]);
        var end = report.Models.VenueDays.Max(day => day.Day).AddDays(1).DayNumber;
        var years = places.Values.Sum(place => (place.Until is { } until ? DateOnly.FromDateTime(until.DateTime).DayNumber : end) - DateOnly.FromDateTime(place.From.DateTime).DayNumber) / 365.25;
        Assert.Equal(years, market.ShelfYears, 6);
        Assert.Equal(report.Models.Shelf.Sum(place => place.Deals) / years, market.Turnover!.Value, 6);
        Assert.Equal(market.Products, report.Figures.Quality.Markets.Skip(1).Sum(category => category.Products));
        Assert.All(report.Figures.Quality.Prices, price => Assert.InRange(price.Quartiles, 0, 1));
        Assert.Equal(report.Models.Shelf.Count, report.Figures.Quality.Prices.Sum(price => price.Prices.Count));
    }

    [Fact]
    public void The_page_shows_these_figures()
    {
        var html = File.ReadAllText(report.Page);
        var registered = All<TransactionRegistered>().ToList();

        Assert.Equal(registered.Count.ToString("N0", CultureInfo.InvariantCulture), Tile("deals"));
        Assert.Equal(All<ProductListed>().Select(e => e.Product).Distinct().Count().ToString("N0", CultureInfo.InvariantCulture), Tile("products-listed"));
        Assert.Contains($"{registered.Sum(e => e.AmountFen) / 1e6:F2} 万元", Tile("registered-amount"), StringComparison.Ordinal);

        string Tile(string id) => Regex.Match(html, $"id=\"k-{id}\">.*?class=\"figure\">(.*?)</p>").Groups[1].Value;
    }

    [Fact]
    public void The_csv_files_hold_every_document()
    {
        Assert.Equal(report.Deals.Count, Rows("deals.csv").Count);
        Assert.Equal(report.Models.Shelf.Count, Rows("shelf.csv").Count);
        Assert.Equal(report.Models.Timelines.Count, Rows("products.csv").Count);
        Assert.Equal(report.Models.Timelines.Sum(t => t.Entries.Count), Rows("timeline.csv").Count);
        Assert.Equal(report.Models.Parties.Count, Rows("parties.csv").Count);
        Assert.Equal(
            report.Models.BookDays.Select(day => (day.Product, day.CloseFen?.ToString(CultureInfo.InvariantCulture) ?? "", day.Packs.ToString(CultureInfo.InvariantCulture))),
            Rows("order_books.csv").Select(row => (row["product"], row["close_fen"], row["packs"])));
        var amounts = Rows("deals.csv").Where(row => row["registered_at"].Length > 0).Sum(row => long.Parse(row["amount_fen"], CultureInfo.InvariantCulture));
        Assert.Equal(All<TransactionRegistered>().Sum(e => e.AmountFen), amounts);
        Assert.Equal(
            report.Models.Shelf.Select(entry => (entry.Title, entry.TitleEn)), Rows("shelf.csv").Select(row => (row["title_zh"], row["title_en"])));
    }

    [Fact]
    public void Csv_files_begin_with_a_byte_order_mark_end_lines_with_crlf_and_are_described()
    {
        var readme = File.ReadAllText(Path.Combine(report.Folder, "README.txt"));
        foreach (var file in report.Result.Files.Where(file => file.EndsWith(".csv", StringComparison.Ordinal)))
        {
            var bytes = File.ReadAllBytes(file);
            Assert.Equal("EFBBBF", Convert.ToHexString(bytes.AsSpan(0, 3)));
            Assert.Equal("0D0A", Convert.ToHexString(bytes.AsSpan(bytes.Length - 2)));
            Assert.Contains(Path.GetFileName(file) + "\n", readme, StringComparison.Ordinal);
            Assert.All(File.ReadLines(file).First().Split(','), column => Assert.Contains($"  {column} ", readme, StringComparison.Ordinal));
        }

        Assert.Empty(Directory.GetFiles(report.Folder, "*.part"));
    }

    private List<Dictionary<string, string>> Rows(string file)
    {
        // Read by hand after RFC 4180, so that writer and reader do not share a mistake.
        var text = File.ReadAllText(Path.Combine(report.Folder, file));
        var rows = Record().Matches(text).Select(record => Field().Matches(record.Groups[1].Value)
            .Select(field => field.Groups[1].Success ? field.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : field.Groups[2].Value).ToList()).ToList();
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private long Posted(string account) => report.Events.SelectMany(recorded => LedgerEntries.Of(recorded.Data))
        .Sum(posting => posting.Credit.StartsWith(account, StringComparison.Ordinal) ? posting.AmountFen
            : posting.Debit.StartsWith(account, StringComparison.Ordinal) ? -posting.AmountFen : 0);

    private static DateOnly Month(SimulatedTime at) => new(at.Date.Year, at.Date.Month, 1);

    [GeneratedRegex("((?:\"(?:[^\"]|\"\")*\"|[^\"\r\n])+)\r\n")]
    private static partial Regex Record();

    [GeneratedRegex("(?<=^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))(?=,|$)")]
    private static partial Regex Field();
}
