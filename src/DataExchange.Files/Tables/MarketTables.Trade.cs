using DataExchange.Domain.Trading;
using DataExchange.Reports.ReadModels;
using static DataExchange.Files.Tables.Columns;

namespace DataExchange.Files.Tables;

/// <summary>Tables of trade.</summary>
public static partial class MarketTables
{
    internal static readonly Table<OrderRow> Orders = new(
        "orders", "订单，一行一单；拍卖报价不在其中，其成交在内", "Orders, one row each. Bids of auctions are not here; what they were awarded is", ["order_id"],
        [
            Text<OrderRow>("order_id", row => row.Id, "订单编号：交易编号，或产品/主体/序号", "The order: the deal it asks for, or product/party/number in an order book"),
            Word<OrderRow, OrderPlace>("place", row => row.Place, "下单处", "Where it was given"),
            WordOrNone<OrderRow, Domain.TradeChannel>("channel", row => row.Channel, "交易渠道；被拒的挂牌订单未记录", "The channel; not told of one that an offer rejected"),
            TextOrNone<OrderRow>("product", row => row.Product, "产品", "The product; none where funds were wanting", "products"),
            TextOrNone<OrderRow>("venue", row => row.Venue, "交易场所", "The venue; none where funds were wanting"),
            Text<OrderRow>("party", row => row.Party, "下单主体", "Who gave it", "parties"),
            WordOrNone<OrderRow, BookSide>("side", row => row.Terms?.Side, "买卖方向（订单簿）", "Buy or sell, in an order book"),
            WordOrNone<OrderRow, BookOrderKind>("kind", row => row.Terms?.Kind, "订单类型（订单簿）", "Kind of order, in an order book"),
            WordOrNone<OrderRow, BookOrderLife>("life", row => row.Terms?.Life, "有效期类型（订单簿）", "How long it lives, in an order book"),
            IntegerOrNone<OrderRow>("quantity", row => row.Quantity, "数量：包、月或份", "Packs, months or copies asked for; none where it was not told", "packs, months or copies"),
            IntegerOrNone<OrderRow>("limit_price_fen", row => row.Terms is { PriceFen: > 0 } terms ? terms.PriceFen : null, "限价，分/包", "Limit price, fen a pack"),
            IntegerOrNone<OrderRow>("stop_price_fen", row => row.Terms is { StopPriceFen: > 0 } terms ? terms.StopPriceFen : null, "触发价，分/包", "Stop price, fen a pack"),
            IntegerOrNone<OrderRow>("budget_fen", row => row.Terms is { BudgetFen: > 0 } terms ? terms.BudgetFen : null, "预算，分", "Budget of a budget order, fen"),
            Integer<OrderRow>("filled", row => row.Filled, "已成交数量", "Of it granted or traded", "packs, months or copies"),
            IntegerOrNone<OrderRow>("amount_fen", row => row.AmountFen, "成交金额，分", "Amount granted or traded, fen; none where it never came so far"),
            IntegerOrNone<OrderRow>("needed_fen", row => row.NeededFen, "资金不足时所需金额，分", "Funds that were needed and wanting, fen"),
            Word<OrderRow, OrderOutcome>("outcome", row => row.Outcome, "结果", "What became of it"),
            TextOrNone<OrderRow>("reason", row => row.Reason, "原因", "Why, where it came to nothing"),
            TextOrNone<OrderRow>("deal", row => row.Deal, "随之产生的交易（挂牌）", "The deal that followed at an offer; trades name those of order books", "deals"),
            Moment<OrderRow>("given_at", row => TimeOf(row.At), "下单时间", "When it was given"),
            Day<OrderRow>("given_day", row => row.At.Date, "下单日（中国）", "Calendar day in China"),
            MomentOrNone<OrderRow>("ended_at", row => row.EndedAt is { } at ? TimeOf(at) : null, "结束时间", "When it ended; none while it stands"),
        ]);

    internal static readonly Table<PacksTraded> Trades = new(
        "trades", "订单簿成交，一行一笔", "Trades in order books, one row each", ["deal"],
        [
            Text<PacksTraded>("deal", row => row.Deal.Value, "随之产生的交易", "The deal that follows", "deals"),
            Text<PacksTraded>("product", row => row.Product.Value, "产品", "The product", "products"),
            Text<PacksTraded>("venue", row => row.Venue.Value, "交易场所", "The venue"),
            Text<PacksTraded>("buyer", row => row.Buyer.Value, "买方", "The buyer", "parties"),
            Text<PacksTraded>("seller", row => row.Seller.Value, "卖方", "The seller", "parties"),
            Text<PacksTraded>("buy_order", row => $"{row.Product.Value}/{row.Buyer.Value}/{row.BuyNumber}", "买单", "The buyer's order", "orders"),
            Text<PacksTraded>("sell_order", row => $"{row.Product.Value}/{row.Seller.Value}/{row.SellNumber}", "卖单", "The seller's order", "orders"),
            WordOrNone<PacksTraded, BookSide>("taker", row => row.Taker, "主动方；集合竞价为空", "Side of the incoming order; none in a call auction"),
            Truth<PacksTraded>("is_issue", row => row.IsIssue, "是否一级发行", "Whether the packs were issued with it (primary market)"),
            Integer<PacksTraded>("packs", row => row.Quantity, "包数", "Packs", "packs"),
            Integer<PacksTraded>("calls", row => row.Units, "调用次数", "Calls in them", "calls"),
            Integer<PacksTraded>("price_fen", row => row.PriceFen, "成交价，分/包", "Price, fen a pack"),
            Integer<PacksTraded>("amount_fen", row => row.AmountFen, "成交金额，分", "Amount, fen"),
            Moment<PacksTraded>("traded_at", row => TimeOf(row.At), "成交时间", "When"),
            Day<PacksTraded>("traded_day", row => row.At.Date, "成交日（中国）", "Calendar day in China"),
        ]);

    internal static readonly Table<DealEntry> Deals = new(
        "deals", "交易，一行一笔，按结束先后", "Deals, one row each, in the order in which they ended", ["deal"],
        [
            Text<DealEntry>("deal", row => row.Id, "交易", "The deal"),
            Text<DealEntry>("product", row => row.Product, "产品", "The product", "products"),
            Text<DealEntry>("venue", row => row.Venue, "交易场所", "The venue"),
            Text<DealEntry>("buyer", row => row.Buyer, "买方", "The buyer", "parties"),
            Text<DealEntry>("provider", row => row.Provider, "卖方；转售时为转售者", "The seller; of packs sold on, who held them", "parties"),
            Word<DealEntry, Domain.TradeChannel>("channel", row => row.Channel, "交易渠道", "The channel"),
            WordOrNone<DealEntry, Domain.LicenceKind>("licence", row => row.Licence, "许可类型", "Licence kind; none while none is agreed"),
            Integer<DealEntry>("product_version", row => row.ProductVersion, "产品版本", "Version of the content that was sold"),
            Integer<DealEntry>("quantity", row => row.Quantity, "数量：包、月或份", "Packs, months or copies", "packs, months or copies"),
            Integer<DealEntry>("calls", row => row.Units, "购买的调用次数", "Calls bought; 0 for what is not metered", "calls"),
            Integer<DealEntry>("calls_used", row => row.UnitsUsed, "已用调用次数", "Calls used; 0 for packs of an order book", "calls"),
            Integer<DealEntry>("amount_fen", row => row.AmountFen, "含税价款，分", "Price, tax included, fen; in a negotiation the last figure named"),
            Word<DealEntry, DealStage>("status", row => row.Status, "状态", "How far it came"),
            Moment<DealEntry>("opened_at", row => row.OpenedAt, "发起时间", "Requested, matched or traded"),
            MomentOrNone<DealEntry>("agreed_at", row => row.AgreedAt, "签约时间", "Contract agreed"),
            MomentOrNone<DealEntry>("registered_at", row => row.RegisteredAt, "登记时间", "Registered by the venue; none when never"),
            DayOrNone<DealEntry>("registered_day", row => row.RegisteredAt, "登记日（中国）", "Calendar day in China of the registration"),
            MomentOrNone<DealEntry>("delivery_due", row => row.DeliveryDue, "应交付时间", "Delivery due"),
            MomentOrNone<DealEntry>("delivered_at", row => row.DeliveredAt, "交付时间", "Delivered"),
            MomentOrNone<DealEntry>("accepted_at", row => row.AcceptedAt, "验收时间", "Delivery counted as accepted"),
            MomentOrNone<DealEntry>("settled_at", row => row.SettledAt, "结算时间", "Price shared out"),
            MomentOrNone<DealEntry>("completed_at", row => row.CompletedAt, "完成时间", "Completed"),
            MomentOrNone<DealEntry>("ended_at", row => row.EndedAt, "未完成而终止的时间", "Ended without completion"),
            Truth<DealEntry>("was_late", row => row.WasLate, "是否逾期交付", "Whether the delivery was late"),
            Truth<DealEntry>("was_disputed", row => row.WasDisputed, "是否有争议", "Whether the delivery was disputed"),
            Truth<DealEntry>("was_claimed", row => row.WasClaimed, "是否事后索赔", "Whether a late claim was raised"),
            Integer<DealEntry>("fee_fen", row => row.FeeFen, "场所手续费，分", "Venue's fee, less what was given back, fen"),
            Integer<DealEntry>("vat_fen", row => row.VatFen, "增值税，分", "Value-added tax, the same, fen"),
            Integer<DealEntry>("provider_share_fen", row => row.ProviderShareFen, "卖方所得，分", "Provider's share, fen; of a filed contract paid off the venue"),
            Integer<DealEntry>("contributors_fen", row => row.ContributorShares.Sum(share => share.AmountFen), "上游贡献者所得，分", "Contributors' shares together, fen"),
            Integer<DealEntry>("refund_fen", row => row.RefundFen, "结算前退款，分", "Refunded before settlement, fen"),
            Integer<DealEntry>("charged_back_fen", row => row.ChargedBackFen, "结算后退回，分", "Charged back after it, fen"),
            WordOrNone<DealEntry, Domain.Rejection>("reason", row => row.Reason, "未成原因", "Why it came to nothing"),
        ]);
}
