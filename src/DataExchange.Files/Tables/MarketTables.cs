using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Reports.ReadModels;
using static DataExchange.Files.Tables.Columns;

namespace DataExchange.Files.Tables;

/// <summary>The tables that are exported, and their columns.</summary>
public static partial class MarketTables
{
    internal static readonly Table<EventRow> Events = new(
        "events", "全部事件，一行一个，按提交顺序", "All events, one row each, in the order of commits", ["sequence"],
        [
            Integer<EventRow>("sequence", row => row.Sequence, "提交顺序", "Place in the order of commits"),
            Text<EventRow>("stream", row => row.Stream, "流", "Its stream"),
            Integer<EventRow>("stream_version", row => row.Version, "流内顺序，自1起", "Place in the stream, from 1"),
            Text<EventRow>("event_type", row => row.Type, "事件类型及版本", "Name it is stored under, with its version (docs/events.md)"),
            Text<EventRow>("stream_kind", row => row.Kind.StreamKind, "流的种类", "What stands before the slash of the stream"),
            Text<EventRow>("capability", row => row.Kind.Capability, "业务能力", "Rights, Pricing, Listing, Trading, Settlement or Trust"),
            Moment<EventRow>("happened_at", row => TimeOf(row.Fact.At), "模拟时间", "Simulated time"),
            Day<EventRow>("happened_day", row => row.Fact.At.Date, "模拟日（中国）", "Calendar day in China"),
            Text<EventRow>("party", row => row.Fact.By.Value, "命令发出者", "Whose command made it a fact"),
            Text<EventRow>("data", row => row.Data, "规范JSON（RFC 8785）", "The event as canonical JSON (RFC 8785), as the digest has it"),
        ]);

    internal static readonly Table<PartyAccountView> Parties = new(
        "parties", "主体，一行一个", "Parties: providers, buyers, contributors, venues; one row each", ["party"],
        [
            Text<PartyAccountView>("party", row => row.Id, "主体", "The party"),
            TextOrNone<PartyAccountView>("name_zh", row => row.Name, "中文名称", "Name in Chinese; none for one that was never registered"),
            TextOrNone<PartyAccountView>("name_en", row => row.NameEn, "英文名称", "Name in English"),
            WordOrNone<PartyAccountView, PartyRole>("role", row => row.Role, "角色", "What it does on the market"),
            TextOrNone<PartyAccountView>("sub_track", row => row.SubTrack, "细分赛道", "Its place in the industry chain graph"),
            WordOrNone<PartyAccountView, SecurityClass>("admitted_for", row => row.AdmittedFor, "准入的最高安全级别", "Highest security class it may buy; none when not admitted"),
            Integer<PartyAccountView>("deals_as_buyer", row => row.DealsAsBuyer, "买入登记交易数", "Transactions as buyer", "transactions"),
            Integer<PartyAccountView>("bought_fen", row => row.BoughtFen, "买入金额，分", "Their amount, fen"),
            Integer<PartyAccountView>("deals_as_seller", row => row.DealsAsSeller, "卖出登记交易数", "Transactions as seller, packs sold on included", "transactions"),
            Integer<PartyAccountView>("sold_fen", row => row.SoldFen, "卖出金额，分", "Their amount, fen"),
            Integer<PartyAccountView>("products_registered", row => row.ProductsRegistered, "登记产品数", "Products registered", "products"),
        ]);

    internal static readonly Table<PartyAccountView> Balances = new(
        "balances", "主体资金余额，一行一个主体，最后一个事件之时", "Parties' money when the last event had happened, one row a party. The venues' own books: dx export ledger", ["party"],
        [
            Text<PartyAccountView>("party", row => row.Id, "主体", "The party", "parties"),
            Integer<PartyAccountView>("deposited_fen", row => row.DepositedFen, "存入，分", "Paid in, fen"),
            Integer<PartyAccountView>("available_fen", row => row.AvailableFen, "可用，分", "Free to use, fen"),
            Integer<PartyAccountView>("held_fen", row => row.HeldFen, "冻结，分", "Held for orders, fen"),
            Integer<PartyAccountView>("spent_fen", row => row.SpentFen, "已转入托管，分", "Gone into escrow, fen"),
            Integer<PartyAccountView>("refunded_fen", row => row.RefundedFen, "退款，分", "Refunded, fen"),
            Integer<PartyAccountView>("forfeited_fen", row => row.ForfeitedFen, "没收的保证金，分", "Deposits forfeited in auctions, fen"),
            Integer<PartyAccountView>("payable_fen", row => row.PayableFen, "应付收益，分", "Proceeds to be paid out, fen"),
            Integer<PartyAccountView>("paid_out_fen", row => row.PaidOutFen, "已付收益，分", "Proceeds paid out, fen"),
            Integer<PartyAccountView>("charged_back_fen", row => row.ChargedBackFen, "追回收益，分", "Proceeds taken back after late claims, fen"),
            Integer<PartyAccountView>("owed_fen", row => row.OwedFen, "欠款，分", "Owed, as it was paid out before it was taken back, fen"),
            Integer<PartyAccountView>("filed_proceeds_fen", row => row.FiledProceedsFen, "备案合同收益，分", "Proceeds of filed contracts, paid off the venue, fen"),
        ]);

    /// <summary>All of them, what others refer to first.</summary>
    public static IReadOnlyList<Table> All => new Table[] { Parties, Products, Listings, Prices, Orders, Trades, Deals, Balances, Events };

    private static DateTimeOffset TimeOf(SimulatedTime at) => DateTimeOffset.FromUnixTimeSeconds(at.UnixSeconds);
}
