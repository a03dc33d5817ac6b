using DataExchange.Domain;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Statistics;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Figures;

/// <summary>Trade through one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Deals">Transactions registered.</param>
/// <param name="AmountFen">Their amount, fen.</param>
/// <param name="Sizes">Their sizes, fen.</param>
public sealed record ChannelFigures(TradeChannel Channel, int Deals, long AmountFen, Distribution Sizes);

/// <summary>One venue's month.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Listed">Products that came on this shelf for the first time.</param>
/// <param name="Deals">Transactions registered.</param>
/// <param name="AmountFen">Their amount, fen.</param>
public sealed record MonthFigures(DateOnly Month, string Venue, int Listed, int Deals, long AmountFen);

/// <summary>A category or form of listed products.</summary>
/// <param name="Key">Category id or form.</param>
/// <param name="Products">Products ever listed.</param>
/// <param name="Deals">Transactions registered.</param>
/// <param name="AmountFen">Their amount, fen.</param>
public sealed record GroupFigures(string Key, int Products, int Deals, long AmountFen);

/// <summary>What a refusal stopped.</summary>
public enum RefusalKind
{
    /// <summary>An application, a price or a listing.</summary>
    Application,
    /// <summary>An application, sent back for correction.</summary>
    Return,
    /// <summary>An order.</summary>
    Order,
    /// <summary>A metered use.</summary>
    Use,
    /// <summary>An order given to an order book.</summary>
    BookOrder,
}

/// <summary>Refusals of one kind for one reason.</summary>
/// <param name="Kind">What they stopped.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many.</param>
public sealed record RefusalFigures(RefusalKind Kind, Rejection Reason, int Count);

/// <summary>A step of the funnel.</summary>
/// <param name="Stage">The step.</param>
/// <param name="Products">Products that came so far or further.</param>
public sealed record FunnelStep(ProductStage Stage, int Products);

/// <summary>A firm in a table of the largest.</summary>
/// <param name="Party">The party.</param>
/// <param name="Products">Products it ever listed; 0 for a buyer.</param>
/// <param name="Deals">Transactions registered.</param>
/// <param name="AmountFen">Their amount, fen.</param>
public sealed record FirmFigures(string Party, int Products, int Deals, long AmountFen);

/// <summary>Everything a report shows, computed from the read models.</summary>
public sealed record MarketFigures
{
    /// <summary>Products ever listed, each once.</summary>
    public required int ProductsListed { get; init; }

    /// <summary>Places on the shelves: a product at two venues counts twice.</summary>
    public required int ShelfEntries { get; init; }

    /// <summary>Transactions registered.</summary>
    public required int Deals { get; init; }

    /// <summary>Their amount, fen: the registered amount.</summary>
    public required long AmountFen { get; init; }

    /// <summary>Deals that ended without registration or were undone after it.</summary>
    public required int DealsFailed { get; init; }

    /// <summary>Fees of the venues, fen.</summary>
    public required long FeesFen { get; init; }

    /// <summary>Value-added tax, fen.</summary>
    public required long VatFen { get; init; }

    /// <summary>Refunds, fen.</summary>
    public required long RefundsFen { get; init; }

    /// <summary>Proceeds paid out to providers, contributors and sellers, fen.</summary>
    public required long PaidOutFen { get; init; }

    /// <summary>Proceeds still to be paid out, fen.</summary>
    public required long PayableFen { get; init; }

    /// <summary>Charged back to buyers after late claims, fen.</summary>
    public required long ChargedBackFen { get; init; }

    /// <summary>What parties owe at the end, fen.</summary>
    public required long OwedFen { get; init; }

    /// <summary>Parties that bought once at least.</summary>
    public required int Buyers { get; init; }

    /// <summary>Parties that listed a product.</summary>
    public required int Providers { get; init; }

    /// <summary>By channel: shelf, registered, filed, and order book when anything was traded in one.</summary>
    public required IReadOnlyList<ChannelFigures> Channels { get; init; }

    /// <summary>By venue and month, every month between the first and the last for every venue.</summary>
    public required IReadOnlyList<MonthFigures> Months { get; init; }

    /// <summary>Products first listed anywhere, by month, every month of <see cref="Months"/>.</summary>
    public required IReadOnlyList<(DateOnly Month, int Products)> ProductsByMonth { get; init; }

    /// <summary>Categories, the largest first.</summary>
    public required IReadOnlyList<GroupFigures> Categories { get; init; }

    /// <summary>Forms, the largest first.</summary>
    public required IReadOnlyList<GroupFigures> Forms { get; init; }

    /// <summary>From application to first sale.</summary>
    public required IReadOnlyList<FunnelStep> Funnel { get; init; }

    /// <summary>Refusals, the most frequent first.</summary>
    public required IReadOnlyList<RefusalFigures> Refusals { get; init; }

    /// <summary>Products with the largest amounts.</summary>
    public required IReadOnlyList<ProductTimeline> TopProducts { get; init; }

    /// <summary>Sellers with the largest amounts.</summary>
    public required IReadOnlyList<FirmFigures> TopProviders { get; init; }

    /// <summary>Buyers with the largest amounts.</summary>
    public required IReadOnlyList<FirmFigures> TopBuyers { get; init; }

    /// <summary>Listed products of each provider.</summary>
    public required IReadOnlyList<long> ProviderProducts { get; init; }

    /// <summary>Registered amount of each provider of a listed product, without resales by others, fen.</summary>
    public required IReadOnlyList<long> ProviderAmounts { get; init; }

    /// <summary>Views of each listed product.</summary>
    public required Distribution Views { get; init; }

    /// <summary>First listings on a shelf by calendar month, January first.</summary>
    public required IReadOnlyList<int> ListingsByCalendarMonth { get; init; }

    /// <summary>Share of a year's first listings that fall in December, 0 to 1, over years with a December in them; null without one.</summary>
    public required double? DecemberShare { get; init; }

    /// <summary>Time to sell, turnover, dispersion of prices, concentration.</summary>
    public required QualityFigures Quality { get; init; }

    /// <summary>What trade was worth, to whom; null where nobody knows.</summary>
    public WelfareFigures? Welfare { get; init; }

    /// <summary>Spread and depth of the order books, by product; empty where they were not measured.</summary>
    public IReadOnlyList<BookLiquidity> Liquidity { get; init; } = [];

    /// <summary>What buyers asked for; null when nothing was.</summary>
    public DemandFigures? Demand { get; init; }

    /// <summary>The order books; null when there are none.</summary>
    public BookMarketFigures? OrderBooks { get; init; }

    /// <summary>The auctions that are over, by format; empty when there are none.</summary>
    public IReadOnlyList<AuctionFormatFigures> Auctions { get; init; } = [];

    /// <summary>The trials in the sandbox, in the order of admission, with the products' titles; empty when there are none.</summary>
    public IReadOnlyList<(SandboxProduct Trial, Text Title)> Sandbox { get; init; } = [];
}
