namespace DataExchange.Domain;

/// <summary>How a product is delivered.</summary>
public enum ProductForm
{
    /// <summary>数据接口: answers calls.</summary>
    Api,
    /// <summary>数据报告.</summary>
    Report,
    /// <summary>数据应用.</summary>
    Application,
    /// <summary>数据集.</summary>
    Dataset,
    /// <summary>数据模型.</summary>
    Model,
}

/// <summary>The four kinds of data product.</summary>
public enum ProductKind
{
    /// <summary>数据集: files.</summary>
    Dataset,
    /// <summary>数据服务: an API.</summary>
    DataService,
    /// <summary>数据报告.</summary>
    DataReport,
    /// <summary>数据应用 or 数据模型.</summary>
    DataApplication,
}

/// <summary>How sensitive the data are under the Data Security Law; a buyer is admitted up to a class.</summary>
public enum SecurityClass
{
    /// <summary>一般数据.</summary>
    General,
    /// <summary>重要数据: needs a security assessment.</summary>
    Important,
    /// <summary>国家核心数据: may not be registered.</summary>
    Core,
}

/// <summary>The three rights of the 2022 policy on data as a factor of production (三权分置).</summary>
[Flags]
public enum DataRights
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>数据资源持有权.</summary>
    ResourceHolding = 1,
    /// <summary>数据加工使用权.</summary>
    ProcessingAndUse = 2,
    /// <summary>数据产品经营权: needed to list and sell.</summary>
    ProductOperation = 4,
}

/// <summary>What the buyer of a licence gets. A data product is not used up: only the licence limits it.</summary>
public enum LicenceKind
{
    /// <summary>Non-exclusive, open-ended, any number of copies.</summary>
    OpenEnded,
    /// <summary>At most so many copies.</summary>
    Capped,
    /// <summary>One copy, which blocks all others.</summary>
    Exclusive,
    /// <summary>Non-exclusive for a number of months.</summary>
    Subscription,
    /// <summary>A number of calls, metered.</summary>
    CallPack,
}

/// <summary>What a price is for.</summary>
public enum PriceUnit
{
    /// <summary>One licence, once (一次性).</summary>
    PerLicence,
    /// <summary>One call (按次).</summary>
    PerCall,
    /// <summary>One month (按月).</summary>
    PerMonth,
    /// <summary>Agreed in each contract (面议): the figure is indicative.</summary>
    Negotiated,
}

/// <summary>The way by which a deal reaches the venue.</summary>
public enum TradeChannel
{
    /// <summary>Bought from the shelf (货架).</summary>
    Shelf,
    /// <summary>A contract negotiated bilaterally and registered; funds pass through the venue (协议交易).</summary>
    RegisteredContract,
    /// <summary>Agreed off the venue and filed (备案): registered, but no funds pass through the venue.</summary>
    FiledContract,
    /// <summary>Traded in the order book of a product's call packs (撮合交易).</summary>
    OrderBook,
    /// <summary>Awarded in an auction (竞价交易).</summary>
    Auction,
}

/// <summary>How an auction finds who gets a licence at what price.</summary>
public enum AuctionFormat
{
    /// <summary>Sealed bids; the highest pays itself.</summary>
    FirstPrice,
    /// <summary>Sealed bids; the highest pays the second, or the reserve (Vickrey).</summary>
    SecondPrice,
    /// <summary>Sealed bids for some copies; the highest pay the highest bid that gets none, or the reserve.</summary>
    UniformPrice,
    /// <summary>Sealed bids for any number of copies; each half of the bidders gets the best single price of the other half.</summary>
    RandomSampling,
    /// <summary>Open bids, each above the one before; the last pays itself.</summary>
    English,
    /// <summary>A falling price; who takes it first pays it.</summary>
    Dutch,
}

/// <summary>Why an auction ended without a sale.</summary>
public enum AuctionNoSale
{
    /// <summary>Nobody bid.</summary>
    NoBids,
    /// <summary>There were sealed bids; none was opened in time.</summary>
    NoBidRevealed,
    /// <summary>The reserve is above every bid.</summary>
    ReserveAboveAllBids,
    /// <summary>No bid meets the price that was found.</summary>
    PriceAboveAllBids,
    /// <summary>The coin committed to at the opening was not published in time.</summary>
    CoinNotPublished,
}

/// <summary>When the price of a deal is shared out.</summary>
public enum SettlementMode
{
    /// <summary>All of it when the delivery is accepted.</summary>
    OnAcceptance,
    /// <summary>By the call, period by period (call packs).</summary>
    PerPeriod,
    /// <summary>Off the venue (filed contracts).</summary>
    OffVenue,
}

/// <summary>A share of the provider's proceeds that belongs to an upstream contributor.</summary>
/// <param name="Party">The contributor.</param>
/// <param name="ShareBasisPoints">Its share in 1/10,000 of the provider's net proceeds.</param>
public readonly record struct ContributorShare(PartyId Party, int ShareBasisPoints);

/// <summary>Versions of a product's content, as events record them: the first one is not written, so that what was recorded before versions were is about it.</summary>
public static class ProductVersions
{
    /// <summary>The content as first registered.</summary>
    public const int First = 1;

    /// <summary>The version that an event means.</summary>
    /// <param name="recorded">What it says; null for the first version.</param>
    public static int Of(int? recorded) => recorded ?? First;

    /// <summary>What an event says of a version.</summary>
    /// <param name="version">1 or more.</param>
    internal static int? Recorded(int version) => version == First ? null : version;
}

/// <summary>Names that follow from others.</summary>
public static class Kinds
{
    /// <summary>The kind of product that a form belongs to.</summary>
    public static ProductKind KindOf(ProductForm form) => form switch
    {
        ProductForm.Api => ProductKind.DataService,
        ProductForm.Report => ProductKind.DataReport,
        ProductForm.Dataset => ProductKind.Dataset,
        ProductForm.Application or ProductForm.Model => ProductKind.DataApplication,
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "unknown product form"),
    };
}
