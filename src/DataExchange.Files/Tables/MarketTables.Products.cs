using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Reports.ReadModels;
using static DataExchange.Files.Tables.Columns;

namespace DataExchange.Files.Tables;

/// <summary>Tables of products and their prices.</summary>
public static partial class MarketTables
{
    internal static readonly Table<ProductTimeline> Products = new(
        "products", "申请登记的产品，一行一个", "Products that were applied for, one row each", ["product"],
        [
            Text<ProductTimeline>("product", row => row.Id, "产品", "The product"),
            Text<ProductTimeline>("provider", row => row.Provider, "申请的提供方", "The applying provider", "parties"),
            Text<ProductTimeline>("venue", row => row.Venue, "受理的场所", "Venue that took the application"),
            Text<ProductTimeline>("title_zh", row => row.Title, "中文名称", "Title in Chinese"),
            Text<ProductTimeline>("title_en", row => row.TitleEn, "英文名称", "Title in English"),
            WordOrNone<ProductTimeline, ProductForm>("form", row => row.Form, "形态；未受理者为空", "How it is delivered; none when refused at the door"),
            Text<ProductTimeline>("category", row => row.Category, "类别", "Category id"),
            Text<ProductTimeline>("sub_track", row => row.SubTrack, "细分赛道", "Sub-track id"),
            Word<ProductTimeline, ProductStage>("furthest", row => row.Furthest, "到达的最远步骤", "How far it came"),
            Word<ProductTimeline, RightsStage>("registration", row => row.Registration, "登记状态", "Where its registration stands"),
            WordOrNone<ProductTimeline, Rejection>("refusal", row => row.Refusal, "驳回原因", "Why its application was refused"),
            Integer<ProductTimeline>("product_version", row => row.ProductVersion, "内容版本", "Version of the content"),
            MomentOrNone<ProductTimeline>("listed_at", row => row.ListedAt, "首次挂牌时间", "First listed"),
            DayOrNone<ProductTimeline>("listed_day", row => row.ListedAt, "首次挂牌日（中国）", "Calendar day in China of it"),
            MomentOrNone<ProductTimeline>("first_sale_at", row => row.FirstSaleAt, "首笔登记交易时间", "First transaction registered"),
            Integer<ProductTimeline>("deals", row => row.Deals, "登记交易数", "Transactions registered", "transactions"),
            Integer<ProductTimeline>("sales_fen", row => row.SalesFen, "登记金额，分", "Their amount, fen"),
            Integer<ProductTimeline>("resales", row => row.Resales, "其中转售笔数", "Of these, packs sold on in the order book", "transactions"),
            Integer<ProductTimeline>("resales_fen", row => row.ResalesFen, "转售金额，分", "Their amount, fen"),
            Integer<ProductTimeline>("views", row => row.Views, "浏览次数", "Views at all venues", "views"),
        ]);

    internal static readonly Table<ShelfEntry> Listings = new(
        "listings", "货架位置，一行一个产品与场所", "Places on shelves, one row a product and venue", ["venue", "product"],
        [
            Text<ShelfEntry>("venue", row => row.Venue, "场所", "The venue"),
            Text<ShelfEntry>("product", row => row.Product, "产品", "The product", "products"),
            Text<ShelfEntry>("provider", row => row.Provider, "卖方", "Who sells it", "parties"),
            Word<ShelfEntry, ProductForm>("form", row => row.Form, "形态", "How it is delivered"),
            Text<ShelfEntry>("category", row => row.Category, "类别", "Category id"),
            Word<ShelfEntry, SecurityClass>("security_class", row => row.SecurityClass, "安全级别", "How sensitive the data are"),
            Truth<ShelfEntry>("is_public_data", row => row.IsPublicData, "是否公共数据", "Whether the data are public data"),
            Word<ShelfEntry, LicenceKind>("licence", row => row.Licence, "许可类型", "Licence kind"),
            Word<ShelfEntry, PriceUnit>("price_unit", row => row.Unit, "计价单位", "What the price is for"),
            Integer<ShelfEntry>("unit_price_fen", row => row.UnitPriceFen, "最后单价，分", "Last price of a unit, fen; indicative when negotiated"),
            Word<ShelfEntry, ShelfStatus>("status", row => row.Status, "状态", "Whether it is for sale"),
            Moment<ShelfEntry>("listed_at", row => row.ListedAt, "首次挂牌时间", "First listed there"),
            Day<ShelfEntry>("listed_day", row => DateOnly.FromDateTime(row.ListedAt.DateTime), "首次挂牌日（中国）", "Calendar day in China of it"),
            MomentOrNone<ShelfEntry>("delisted_at", row => row.DelistedAt, "下架时间", "Last left the shelf; none while it stands there"),
            WordOrNone<ShelfEntry, DelistingReason>("delisting_reason", row => row.DelistingReason, "下架原因", "Why it left"),
            Integer<ShelfEntry>("views", row => row.Views, "浏览次数", "Views of its page", "views"),
            Integer<ShelfEntry>("deals", row => row.Deals, "登记交易数", "Transactions registered there", "transactions"),
            Integer<ShelfEntry>("sales_fen", row => row.SalesFen, "登记金额，分", "Their amount, fen"),
        ]);

    internal static readonly Table<PriceSet> Prices = new(
        "prices", "定价，一行一次", "Prices, one row each time one came into force", ["product", "price_version"],
        [
            Text<PriceSet>("product", row => row.Product.Value, "产品", "The product", "products"),
            Integer<PriceSet>("price_version", row => row.Version, "价格版本，自1起", "1 for the first price, one more for each later one"),
            Word<PriceSet, LicenceKind>("licence", row => row.Terms.Licence, "许可类型", "Licence kind"),
            Word<PriceSet, PriceUnit>("price_unit", row => row.Terms.Unit, "计价单位", "What the price is for"),
            Integer<PriceSet>("unit_price_fen", row => row.Terms.UnitPriceFen, "单价，分", "Price of a unit, fen; indicative when negotiated"),
            IntegerOrNone<PriceSet>("copies", row => row.Terms.Copies, "限量份数", "Most copies; none when unlimited", "copies"),
            Integer<PriceSet>("calls_per_pack", row => row.Terms.UnitsPerPack, "每包调用次数", "Calls in a pack; 1 for other licences", "calls"),
            Truth<PriceSet>("resale_allowed", row => row.Terms.ResaleAllowed, "可否转售", "Whether the licence may be sold on"),
            IntegerOrNone<PriceSet>("minimum_fen", row => row.Terms.MinimumFen, "最低消费，分", "Least that an order costs, fen"),
            Truth<PriceSet>("has_steps", row => row.Terms.Steps is { Count: > 0 }, "有无数量折扣", "Whether more costs less a unit"),
            Truth<PriceSet>("has_promotion", row => row.Terms.Promotion is not null, "有无促销", "Whether there is a promotion"),
            TextOrNone<PriceSet>("override_reason", row => row.OverrideReason, "超出评估区间的理由", "Why it is outside the valuation band"),
            Text<PriceSet>("set_by", row => row.By.Value, "定价主体", "Who set it", "parties"),
            Moment<PriceSet>("set_at", row => TimeOf(row.At), "生效时间", "When"),
            Day<PriceSet>("set_day", row => row.At.Date, "生效日（中国）", "Calendar day in China"),
        ]);
}
