using System.Runtime.InteropServices;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Figures;

/// <summary>Computes what a report shows. Deals come one by one and are not kept; only their sizes are.</summary>
public sealed class MarketFiguresBuilder
{
    /// <summary>Rows in a table of the largest.</summary>
    public const int TopRows = 15;

    private readonly List<long>[] _sizes = [.. Enum.GetValues<TradeChannel>().Select(_ => new List<long>())];
    private long _vatFen;
    private int _failed;

    /// <summary>Counts a deal.</summary>
    public void Add(DealEntry deal)
    {
        ArgumentNullException.ThrowIfNull(deal);
        if (deal.RegisteredAt is not null)
        {
            _sizes[(int)deal.Channel].Add(deal.AmountFen);
        }

        _failed += deal.Status is DealStage.Terminated or DealStage.Refunded or DealStage.ChargedBack ? 1 : 0;
        _vatFen += deal.VatFen;
    }

    /// <summary>All figures.</summary>
    public MarketFigures Complete(ReadModelSet models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var products = ListedProducts(models);
        var months = Months(models.VenueDays);
        var providers = Providers(products);
        return new()
        {
            ProductsListed = products.Count,
            ShelfEntries = models.Shelf.Count,
            Deals = models.VenueDays.Sum(day => day.Deals),
            AmountFen = models.VenueDays.Sum(day => day.AmountFen),
            DealsFailed = _failed,
            FeesFen = models.VenueDays.Sum(day => day.FeesFen),
            VatFen = _vatFen,
            RefundsFen = models.VenueDays.Sum(day => day.RefundsFen),
            PaidOutFen = models.Parties.Sum(party => party.PaidOutFen),
            PayableFen = models.Parties.Sum(party => party.PayableFen),
            ChargedBackFen = models.VenueDays.Sum(day => day.ChargedBackFen),
            OwedFen = models.Parties.Sum(party => party.OwedFen),
            Buyers = models.Parties.Count(party => party.DealsAsBuyer > 0),
            Providers = providers.Count,
            Channels = [.. Enum.GetValues<TradeChannel>().Select(Channel).Where(channel => channel.Channel is not (TradeChannel.OrderBook or TradeChannel.Auction) || channel.Deals > 0)],
            Months = months,
            ProductsByMonth = [.. months.Select(month => month.Month).Distinct().Select(month => (
                month, products.Count(product => FirstOfMonth(DateOnly.FromDateTime(product.ListedAt!.Value.DateTime)) == month)))],
            Categories = Groups(models.Timelines, product => product.Category),
            Forms = Groups(models.Timelines, product => product.Form?.ToString()),
            Funnel = [.. Enum.GetValues<ProductStage>().Select(stage =>
                new FunnelStep(stage, models.Timelines.Count(timeline => timeline.Furthest >= stage)))],
            Refusals = Refusals(models.VenueDays),
            TopProducts = [.. models.Timelines.Where(product => product.Deals > 0)
                .OrderByDescending(product => product.SalesFen).ThenBy(product => product.Id, StringComparer.Ordinal).Take(TopRows)],
            TopProviders = Top(models.Parties.Select(party => new FirmFigures(
                party.Id, providers.GetValueOrDefault(party.Id).Products, party.DealsAsSeller, party.SoldFen))),
            TopBuyers = Top(models.Parties.Select(party => new FirmFigures(party.Id, 0, party.DealsAsBuyer, party.BoughtFen))),
            ProviderProducts = [.. providers.Values.Select(provider => (long)provider.Products)],
            ProviderAmounts = [.. providers.Values.Select(provider => provider.AmountFen)],
            Views = new(products.Select(product => product.Views)),
            ListingsByCalendarMonth = [.. Enumerable.Range(1, 12).Select(number => months.Where(m => m.Month.Month == number).Sum(m => m.Listed))],
            DecemberShare = DecemberShare(months),
            Quality = QualityFigures.Of(models),
            OrderBooks = BookMarketFigures.Of(models),
            Sandbox = Trials(models),
            Auctions = AuctionFormatFigures.Of(models.Auctions),
        };
    }

    private ChannelFigures Channel(TradeChannel channel)
    {
        var sizes = _sizes[(int)channel];
        return new(channel, sizes.Count, sizes.Sum(), new(sizes));
    }

    private static List<ProductTimeline> ListedProducts(ReadModelSet models) =>
        [.. models.Timelines.Where(timeline => timeline.ListedAt is not null)];

    private static List<MonthFigures> Months(IReadOnlyList<VenueDay> days)
    {
        var byMonth = new SortedDictionary<(DateOnly Month, string Venue), (int Listed, int Deals, long AmountFen)>();
        var atVenue = days.Where(day => day.Venue != VenueDay.Unattributed).ToList();
        if (atVenue.Count == 0)
        {
            return [];
        }

        var venues = atVenue.Select(day => day.Venue).Distinct().ToList();
        for (var month = FirstOfMonth(atVenue.Min(day => day.Day)); month <= atVenue.Max(day => day.Day); month = month.AddMonths(1))
        {
            venues.ForEach(venue => byMonth[(month, venue)] = default);
        }

        foreach (var day in atVenue)
        {
            var key = (FirstOfMonth(day.Day), day.Venue);
            var (listed, deals, amount) = byMonth[key];
            byMonth[key] = (listed + day.Listed, deals + day.Deals, amount + day.AmountFen);
        }

        return [.. byMonth.Select(m => new MonthFigures(m.Key.Month, m.Key.Venue, m.Value.Listed, m.Value.Deals, m.Value.AmountFen))];
    }

    // What was sold on trial counts too, though it stood on no shelf: the deals of all groups are all deals.
    private static List<GroupFigures> Groups(IEnumerable<ProductTimeline> products, Func<ProductTimeline, string?> key) =>
        [.. products.Where(product => product.ListedAt is not null || product.Deals > 0).GroupBy(product => key(product)!, StringComparer.Ordinal)
            .Select(group => new GroupFigures(
                group.Key, group.Count(product => product.ListedAt is not null), group.Sum(p => p.Deals), group.Sum(p => p.SalesFen)))
            .OrderByDescending(group => group.Products).ThenBy(group => group.Key, StringComparer.Ordinal)];

    private static Dictionary<string, (int Products, long AmountFen)> Providers(IEnumerable<ProductTimeline> products)
    {
        var providers = new Dictionary<string, (int Products, long AmountFen)>(StringComparer.Ordinal);
        foreach (var product in products)
        {
            ref var provider = ref CollectionsMarshal.GetValueRefOrAddDefault(providers, product.Provider, out _);
            provider = (provider.Products + 1, provider.AmountFen + product.SalesFen - product.ResalesFen);
        }

        return providers;
    }

    private static List<RefusalFigures> Refusals(IReadOnlyList<VenueDay> days)
    {
        var counts = new Dictionary<(RefusalKind Kind, Rejection Reason), int>();
        foreach (var day in days)
        {
            Count(RefusalKind.Application, day.Refusals);
            Count(RefusalKind.Return, day.Returns);
            Count(RefusalKind.Order, day.OrdersRejected);
            Count(RefusalKind.BookOrder, day.BookOrdersRefused);
            if (day.UsesRefused > 0)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (RefusalKind.Use, Rejection.UsageOutsideLicence), out _) += day.UsesRefused;
            }
        }

        return [.. counts.Select(count => new RefusalFigures(count.Key.Kind, count.Key.Reason, count.Value))
            .OrderByDescending(refusal => refusal.Count).ThenBy(refusal => refusal.Kind).ThenBy(refusal => refusal.Reason)];

        void Count(RefusalKind kind, IReadOnlyDictionary<Rejection, int> reasons)
        {
            foreach (var (reason, count) in reasons)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (kind, reason), out _) += count;
            }
        }
    }

    private static List<FirmFigures> Top(IEnumerable<FirmFigures> firms) =>
        [.. firms.Where(firm => firm.Deals > 0)
            .OrderByDescending(firm => firm.AmountFen).ThenBy(firm => firm.Party, StringComparer.Ordinal).Take(TopRows)];

    private static double? DecemberShare(List<MonthFigures> months)
    {
        var years = months.Where(month => month.Month.Month == 12).Select(month => month.Month.Year).ToHashSet();
        var whole = months.Where(month => years.Contains(month.Month.Year)).Sum(month => month.Listed);
        return whole == 0 ? null : months.Where(month => month.Month.Month == 12).Sum(month => month.Listed) / (double)whole;
    }

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);

    private static List<(SandboxProduct Trial, Text Title)> Trials(ReadModelSet models)
    {
        if (models.Sandbox.Count == 0)
        {
            return [];
        }

        var titles = models.Timelines.ToDictionary(product => product.Id, product => new Text(product.Title, product.TitleEn), StringComparer.Ordinal);
        return
        [
            .. models.Sandbox.OrderBy(trial => trial.AdmittedAt).ThenBy(trial => trial.Id, StringComparer.Ordinal)
                .Select(trial => (trial, titles.GetValueOrDefault(trial.Id, Text.Same(trial.Id)))),
        ];
    }
}
