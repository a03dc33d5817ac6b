using DataExchange.Reports.Figures;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Csv;

/// <summary>Columns of the CSV files, in order.</summary>
internal static partial class Columns
{
    internal static readonly Column<DealEntry>[] Deals =
    [
        new("deal", row => row.Id, "The deal"),
        new("product", row => row.Product, "The product"),
        new("venue", row => row.Venue, "The venue"),
        new("buyer", row => row.Buyer, "The buyer"),
        new("provider", row => row.Provider, "The seller"),
        new("channel", row => row.Channel, "Shelf, RegisteredContract, FiledContract, OrderBook or Auction"),
        new("licence", row => row.Licence, "Licence kind; empty when none was agreed"),
        new("product_version", row => row.ProductVersion, "Version of the product's content that was sold"),
        new("quantity", row => row.Quantity, "Packs, months or copies"),
        new("units", row => row.Units, "Calls bought; 0 for what is not metered"),
        new("units_used", row => row.UnitsUsed, "Calls used; 0 for packs of an order book"),
        new("amount_fen", row => row.AmountFen, "Price, tax included, fen (1/100 yuan)"),
        new("status", row => row.Status, "How far it came"),
        new("opened_at", row => row.OpenedAt, "Requested, matched or traded at"),
        new("agreed_at", row => row.AgreedAt, "Contract agreed at"),
        new("registered_at", row => row.RegisteredAt, "Registered by the venue at; empty when never"),
        new("delivery_due", row => row.DeliveryDue, "Delivery due at"),
        new("delivered_at", row => row.DeliveredAt, "Delivered at"),
        new("accepted_at", row => row.AcceptedAt, "Delivery counted as accepted at"),
        new("settled_at", row => row.SettledAt, "Price shared out at"),
        new("completed_at", row => row.CompletedAt, "Completed at"),
        new("ended_at", row => row.EndedAt, "Ended without completion at"),
        new("was_late", row => row.WasLate, "Whether the delivery was late"),
        new("timed_out", row => row.TimedOut, "Whether acceptance was by time"),
        new("was_disputed", row => row.WasDisputed, "Whether the delivery was disputed"),
        new("uses_refused", row => row.UsesRefused, "Uses refused as outside the licence"),
        new("fee_fen", row => row.FeeFen, "Venue's fee, fen"),
        new("vat_fen", row => row.VatFen, "Value-added tax, fen"),
        new("provider_share_fen", row => row.ProviderShareFen, "Provider's share, fen; off the venue for a filed contract"),
        new("contributors_fen", row => row.ContributorShares.Sum(share => share.AmountFen), "Contributors' shares together, fen"),
        new("refund_fen", row => row.RefundFen, "Refunded to the buyer before settlement, fen"),
        new("was_claimed", row => row.WasClaimed, "Whether a late claim was raised"),
        new("charged_back_fen", row => row.ChargedBackFen, "Charged back to the buyer after it, fen; fee, tax and shares are less by it"),
        new("invoice", row => row.Invoice, "Handle of the data invoice"),
        new("anchor", row => row.Anchor, "Head of the chain after the invoice was anchored"),
        new("reason", row => row.Reason, "Why it came to nothing"),
    ];

    internal static readonly Column<ShelfEntry>[] Shelf =
    [
        new("venue", row => row.Venue, "The venue"),
        new("product", row => row.Product, "The product"),
        new("title_zh", row => row.Title, "Title in Chinese"),
        new("title_en", row => row.TitleEn, "Title in English"),
        new("form", row => row.Form, "How it is delivered"),
        new("category", row => row.Category, "Category id"),
        new("sub_track", row => row.SubTrack, "Sub-track id"),
        new("is_public_data", row => row.IsPublicData, "Whether the data are public data"),
        new("product_version", row => row.ProductVersion, "Version of the content"),
        new("security_class", row => row.SecurityClass, "How sensitive the data are"),
        new("provider", row => row.Provider, "The seller"),
        new("licence", row => row.Licence, "Licence kind"),
        new("price_unit", row => row.Unit, "What the price is for"),
        new("unit_price_fen", row => row.UnitPriceFen, "Price of a unit, fen; indicative when negotiated"),
        new("copies", row => row.Copies, "Most copies; empty when unlimited"),
        new("units_per_pack", row => row.UnitsPerPack, "Calls in a pack"),
        new("resale_allowed", row => row.ResaleAllowed, "Whether the licence may be sold on"),
        new("price_version", row => row.PriceVersion, "Version of the price"),
        new("status", row => row.Status, "Listed, Suspended or Delisted"),
        new("listed_at", row => row.ListedAt, "First listed at"),
        new("delisted_at", row => row.DelistedAt, "Last left the shelf at; empty while it stands there"),
        new("delisting_reason", row => row.DelistingReason, "Why it left"),
        new("certificate", row => row.Certificate, "Handle of the certificate"),
        new("certificate_until", row => row.CertificateUntil, "First moment at which it is no longer valid"),
        new("certificate_lapse", row => row.CertificateLapse, "How it lapsed; empty while valid"),
        new("views", row => row.Views, "Views of its page at this venue"),
        new("deals", row => row.Deals, "Transactions registered"),
        new("sales_fen", row => row.SalesFen, "Their amount, fen"),
        new("resales", row => row.Resales, "Of these, packs sold on in the order book"),
        new("resales_fen", row => row.ResalesFen, "Their amount, fen"),
    ];

    internal static readonly Column<ProductTimeline>[] Products =
    [
        new("product", row => row.Id, "The product"),
        new("provider", row => row.Provider, "The applying provider"),
        new("venue", row => row.Venue, "Venue that took the application"),
        new("title_zh", row => row.Title, "Title in Chinese"),
        new("title_en", row => row.TitleEn, "Title in English"),
        new("form", row => row.Form, "How it is delivered; empty when refused at the door"),
        new("category", row => row.Category, "Category id"),
        new("sub_track", row => row.SubTrack, "Sub-track id"),
        new("furthest", row => row.Furthest, "How far it came"),
        new("registration", row => row.Registration, "Where its registration stands"),
        new("refusal", row => row.Refusal, "Why its application was refused"),
        new("product_version", row => row.ProductVersion, "Version of the content"),
        new("returns", row => row.Returns, "Returns for correction"),
        new("listed_at", row => row.ListedAt, "First listed at"),
        new("first_sale_at", row => row.FirstSaleAt, "First transaction registered at"),
        new("deals", row => row.Deals, "Transactions registered"),
        new("sales_fen", row => row.SalesFen, "Their amount, fen"),
        new("resales", row => row.Resales, "Of these, packs sold on in the order book"),
        new("resales_fen", row => row.ResalesFen, "Their amount, fen"),
        new("orders_rejected", row => row.OrdersRejected, "Orders rejected"),
        new("licences_revoked", row => row.LicencesRevoked, "Licences taken back"),
        new("views", row => row.Views, "Views at all venues"),
    ];

    internal static readonly Column<VenueDay>[] VenueDays =
    [
        new("venue", row => row.Venue, "The venue"),
        new("day", row => row.Day, "Calendar day in China"),
        new("applications", row => row.Applications, "Applications to register"),
        new("refusals", row => row.Refusals.Values.Sum(), "Applications, prices and listings refused"),
        new("returns", row => row.Returns.Values.Sum(), "Applications returned for correction"),
        new("withdrawals", row => row.Withdrawals, "Applications withdrawn"),
        new("certified", row => row.Certified, "Products certified"),
        new("listed", row => row.Listed, "Products listed there for the first time"),
        new("relisted", row => row.Relisted, "Products that came back"),
        new("delisted", row => row.Delisted, "Products that left"),
        new("orders", row => row.Orders, "Orders answered"),
        new("orders_rejected", row => row.OrdersRejected.Values.Sum(), "Orders rejected"),
        new("negotiations_terminated", row => row.NegotiationsTerminated, "Negotiations ended without a contract"),
        new("shelf_deals", row => row.ShelfDeals, "Registered from the shelf"),
        new("shelf_amount_fen", row => row.ShelfAmountFen, "Their amount, fen"),
        new("registered_contracts", row => row.RegisteredContracts, "Registered contracts"),
        new("registered_contract_amount_fen", row => row.RegisteredContractAmountFen, "Their amount, fen"),
        new("filed_contracts", row => row.FiledContracts, "Filed contracts"),
        new("filed_contract_amount_fen", row => row.FiledContractAmountFen, "Their amount, fen"),
        new("order_book_deals", row => row.OrderBookDeals, "Trades in order books"),
        new("order_book_amount_fen", row => row.OrderBookAmountFen, "Their amount, fen"),
        new("auction_deals", row => row.AuctionDeals, "Awards of auctions"),
        new("auction_amount_fen", row => row.AuctionAmountFen, "Their amount, fen"),
        new("book_orders", row => row.BookOrders, "Orders given to order books"),
        new("book_orders_refused", row => row.BookOrdersRefused.Values.Sum(), "Of these refused"),
        new("late_deliveries", row => row.LateDeliveries, "Deliveries recorded as late"),
        new("cancellations", row => row.Cancellations, "Deals cancelled"),
        new("disputes", row => row.Disputes, "Disputes raised"),
        new("disputes_upheld", row => row.DisputesUpheld, "Disputes upheld"),
        new("claims", row => row.Claims, "Late claims raised"),
        new("claims_upheld", row => row.ClaimsUpheld, "Late claims upheld"),
        new("charged_back_fen", row => row.ChargedBackFen, "Charged back to buyers, fen"),
        new("fees_fen", row => row.FeesFen, "Venue's fees less those given back, fen"),
        new("refunds_fen", row => row.RefundsFen, "Refunds, fen"),
        new("metered_calls", row => row.MeteredCalls, "Metered calls"),
        new("uses_refused", row => row.UsesRefused, "Uses refused as outside the licence"),
    ];

    internal static readonly Column<PartyAccountView>[] Parties =
    [
        new("party", row => row.Id, "The party"),
        new("admitted_for", row => row.AdmittedFor, "Highest security class it may buy; empty when not admitted"),
        new("deposited_fen", row => row.DepositedFen, "Paid in, fen"),
        new("available_fen", row => row.AvailableFen, "Free to use, fen"),
        new("held_fen", row => row.HeldFen, "Held for orders, fen"),
        new("spent_fen", row => row.SpentFen, "Gone into escrow, fen"),
        new("refunded_fen", row => row.RefundedFen, "Refunded, fen"),
        new("forfeited_fen", row => row.ForfeitedFen, "Deposits forfeited in auctions, fen"),
        new("payable_fen", row => row.PayableFen, "Proceeds to be paid out, fen"),
        new("paid_out_fen", row => row.PaidOutFen, "Proceeds paid out, fen"),
        new("charged_back_fen", row => row.ChargedBackFen, "Proceeds taken back after late claims, fen"),
        new("owed_fen", row => row.OwedFen, "Owed, as it was paid out before it was taken back, fen"),
        new("filed_proceeds_fen", row => row.FiledProceedsFen, "Proceeds of filed contracts, fen"),
        new("deals_as_buyer", row => row.DealsAsBuyer, "Transactions as buyer"),
        new("bought_fen", row => row.BoughtFen, "Their amount, fen"),
        new("deals_as_seller", row => row.DealsAsSeller, "Transactions as seller"),
        new("sold_fen", row => row.SoldFen, "Their amount, fen"),
        new("products_registered", row => row.ProductsRegistered, "Products registered"),
        new("listings", row => row.Listings, "Times a product came on a shelf"),
    ];

    internal static readonly Column<BookDay>[] OrderBooks =
    [
        new("product", row => row.Product, "The product"),
        new("venue", row => row.Venue, "The venue"),
        new("day", row => row.Day, "Calendar day in China"),
        new("open_fen", row => row.OpenFen, "Price of the first trade, fen a pack; empty without trades"),
        new("high_fen", row => row.HighFen, "Highest price, fen a pack"),
        new("low_fen", row => row.LowFen, "Lowest price, fen a pack"),
        new("close_fen", row => row.CloseFen, "Price of the last trade, fen a pack"),
        new("trades", row => row.Trades, "Trades"),
        new("packs", row => row.Packs, "Packs traded"),
        new("amount_fen", row => row.AmountFen, "Their amount, fen"),
        new("primary_trades", row => row.PrimaryTrades, "Trades with which packs were issued"),
        new("primary_packs", row => row.PrimaryPacks, "Packs issued"),
        new("primary_amount_fen", row => row.PrimaryAmountFen, "Their amount, fen"),
        new("auctions", row => row.Auctions, "Auctions that found a price"),
        new("auction_price_fen", row => row.AuctionPriceFen, "Price of the day's first auction, fen a pack"),
        new("auction_packs", row => row.AuctionPacks, "Packs traded in auctions"),
        new("auction_amount_fen", row => row.AuctionAmountFen, "Their amount, fen"),
        new("halts", row => row.Halts, "Halts for a price outside the band"),
        new("orders_entered", row => row.OrdersEntered.Values.Sum(), "Orders that entered the book"),
        new("orders_refused", row => row.OrdersRefused.Values.Sum(), "Orders refused, also for want of funds"),
        new("cancelled", row => row.Cancelled.Values.Sum(), "Orders, or rests of orders, cancelled"),
        new("expired", row => row.Expired, "Orders whose time was over"),
        new("reduced", row => row.Reduced, "Times that an order was made smaller"),
        new("triggered", row => row.Triggered, "Stop orders that came to life"),
        new("redeemed_packs", row => row.Redeemed, "Packs redeemed for their calls"),
    ];

    internal static readonly Column<AuctionSale>[] Auctions =
    [
        new("auction", row => row.Id, "The auction"),
        new("product", row => row.Product, "The product"),
        new("venue", row => row.Venue, "The venue"),
        new("provider", row => row.Provider, "Who sells"),
        new("format", row => row.Format, "How it finds its price"),
        new("copies", row => row.Copies, "Licences; empty for any number"),
        new("reserve_fen", row => row.ReserveFen, "Nothing is sold below it, fen"),
        new("deposit_fen", row => row.DepositFen, "Deposit of a sealed bid, fen"),
        new("opened_at", row => row.OpenedAt, "Opened at"),
        new("bid_until", row => row.BidUntil, "Last moment of a bid, as announced"),
        new("reveal_until", row => row.RevealUntil, "Last moment at which a sealed bid is opened; empty for open bids"),
        new("stage", row => row.Stage, "Open, Closed or Cancelled"),
        new("bids", row => row.Bids, "Commitments, or open bids"),
        new("revealed", row => row.Revealed, "Sealed bids opened"),
        new("highest_fen", row => row.HighestFen, "Highest bid that is known, fen"),
        new("ended_at", row => row.EndedAt, "Closed or cancelled at; empty while it runs"),
        new("awards", row => row.Awards, "Licences awarded"),
        new("revenue_fen", row => row.RevenueFen, "What they come to, fen"),
        new("no_sale", row => row.NoSale, "Why nothing was sold"),
        new("unrevealed", row => row.Unrevealed, "Sealed bids not opened"),
        new("forfeited_fen", row => row.ForfeitedFen, "Deposits that went to the provider, fen"),
        new("awards_refused", row => row.AwardsRefused, "Awards that the offer refused"),
        new("registered", row => row.Registered, "Awards whose transaction was registered"),
        new("registered_fen", row => row.RegisteredFen, "What those come to, fen"),
    ];

    internal static readonly Column<SandboxProduct>[] Sandbox =
    [
        new("product", row => row.Id, "The product"),
        new("venue", row => row.Venue, "The venue that admitted it"),
        new("provider", row => row.Provider, "The seller"),
        new("security_class", row => row.SecurityClass, "How sensitive the data are"),
        new("lacks", row => row.Lacks, "What it lacked on the way to its certificate when it was admitted"),
        new("licence", row => row.Licence, "Licence kind sold on trial"),
        new("unit_price_fen", row => row.UnitPriceFen, "Trial price of one unit, fen"),
        new("admitted_at", row => row.AdmittedAt, "Admitted at"),
        new("until", row => row.Until, "First moment at which nothing is sold on trial any more"),
        new("most_buyers", row => row.MostBuyers, "Most firms that may buy"),
        new("named_buyers", row => row.NamedBuyers.Count, "Firms that alone may buy; 0 for any"),
        new("most_amount_fen", row => row.MostAmountFen, "Most that all its deals together may come to, fen"),
        new("extensions", row => row.Extensions, "How often the conditions were loosened"),
        new("buyers", row => row.Buyers(), "Firms that bought"),
        new("deals", row => row.Deals.Count, "Licences granted on trial"),
        new("granted_fen", row => row.GrantedFen(), "Their price, fen, those taken back included"),
        new("registered_fen", row => row.RegisteredFen(), "Of it registered by the venue, fen"),
        new("refused", row => row.Refused.Values.Sum(), "Orders refused"),
        new("ended_at", row => row.EndedAt, "Ended at; empty while the end is not recorded"),
        new("end", row => row.End, "Expired, VenueOrder, ApplicationEnded or Graduated"),
    ];

    internal static readonly Column<MarketQuality>[] Quality =
    [
        new("category", row => row.Category ?? "all", "Category, or all for the whole market"),
        new("products", row => row.Products, "Products ever listed"),
        new("sold_share", row => row.SoldShare, "Share of them that were ever sold, 0 to 1"),
        new("days_to_first_sale_p50", row => row.DaysToFirstSale.Count == 0 ? null : row.DaysToFirstSale.Quantile(0.5), "Days from listing to the first sale, median of those sold"),
        new("days_to_first_sale_p90", row => row.DaysToFirstSale.Count == 0 ? null : row.DaysToFirstSale.Quantile(0.9), "The same, nine in ten"),
        new("shelf_years", row => row.ShelfYears, "Years that places on shelves existed, all together: from the first listing to the last delisting or the end"),
        new("shelf_deals", row => row.ShelfDeals, "Transactions registered at those places"),
        new("turnover_per_year", row => row.Turnover, "shelf_deals over shelf_years"),
        new("providers", row => row.Providers, "Parties that listed a product"),
        new("gini", row => row.Gini, "Gini coefficient of their registered amounts, 0 to 1"),
        new("hhi", row => row.HerfindahlHirschman, "Herfindahl-Hirschman index of their registered amounts, 0 to 1"),
    ];

    internal static readonly Column<BookLiquidity>[] Liquidity =
    [
        new("product", row => row.Product, "The product"),
        new("continuous_hours", row => row.Hours, "Hours of continuous trading"),
        new("two_sided_share", row => row.TwoSidedShare, "Share of them with a price on both sides, 0 to 1"),
        new("spread_bp", row => row.SpreadBasisPoints, "Quoted spread over the midpoint, 1/10,000, weighted by time, while there were both"),
        new("bid_packs", row => row.BidPacks, "Packs at the best bid, weighted by time, while there were both"),
        new("ask_packs", row => row.AskPacks, "Packs at the best ask, the same"),
    ];

    internal static readonly Column<Welfare>[] Welfare =
    [
        new("channel", row => row.Channel, "Channel; empty for all"),
        new("category", row => row.Category, "Category; empty for all"),
        new("opportunities", row => row.Opportunities, "Looks at a product by somebody who may buy it"),
        new("bought", row => row.Bought, "Of them, those whose deal was registered"),
        new("potential_fen", row => row.PotentialFen, "Value of them all to the buyers (assumed by the simulation, in no ledger); of limited copies the highest"),
        new("realised_fen", row => row.RealisedFen, "Value of what was bought, less the part that went back"),
        new("paid_fen", row => row.PaidFen, "What buyers paid, less what they got back"),
        new("buyers_surplus_fen", row => row.BuyersFen, "realised_fen - paid_fen"),
        new("providers_fen", row => row.ProvidersFen, "Of paid_fen: proceeds of providers and contributors"),
        new("venues_fen", row => row.VenuesFen, "Of paid_fen: fees of the venues"),
        new("tax_fen", row => row.TaxFen, "Of paid_fen: value-added tax"),
        new("in_escrow_fen", row => row.InEscrowFen, "Of paid_fen: not shared out yet"),
        new("lost_fen", row => row.LostFen, "potential_fen - realised_fen"),
        new("efficiency", row => row.Efficiency, "realised_fen over potential_fen, 0 to 1"),
    ];

    internal static readonly Column<PriceDispersion>[] Dispersion =
    [
        new("unit", row => row.Unit, "What the prices are for"),
        new("places", row => row.Prices.Count, "Places on shelves"),
        new("price_q1_fen", row => row.Prices.Quantile(0.25), "Lower quartile of the last price at each place, fen"),
        new("price_median_fen", row => row.Prices.Quantile(0.5), "Median, fen"),
        new("price_q3_fen", row => row.Prices.Quantile(0.75), "Upper quartile, fen"),
        new("quartile_coefficient", row => row.Quartiles, "(Q3 - Q1)/(Q3 + Q1), 0 to 1"),
        new("coefficient_of_variation", row => row.Variation, "Standard deviation over mean"),
    ];

    internal static readonly Column<MonthFigures>[] Months =
    [
        new("month", row => row.Month, "First day of the month"),
        new("venue", row => row.Venue, "The venue"),
        new("listed", row => row.Listed, "Products listed there for the first time"),
        new("deals", row => row.Deals, "Transactions registered"),
        new("amount_fen", row => row.AmountFen, "Their amount, fen"),
    ];

    internal static readonly Column<RefusalFigures>[] Refusals =
    [
        new("kind", row => row.Kind, "Application, Return, Order, Use or BookOrder"),
        new("reason", row => row.Reason, "Why"),
        new("reason_zh", row => RejectionWords.Of(row.Reason).Zh, "The reason in Chinese"),
        new("reason_en", row => RejectionWords.Of(row.Reason).En, "The reason in English"),
        new("count", row => row.Count, "How many"),
    ];

    internal static readonly Column<FunnelStep>[] Funnel =
    [
        new("stage", row => row.Stage, "The step"),
        new("products", row => row.Products, "Products that came so far or further"),
    ];

    internal static readonly Column<ComparisonRow>[] Comparison =
    [
        new("figure_zh", row => row.Figure.Zh, "What, in Chinese"),
        new("figure_en", row => row.Figure.En, "What, in English"),
        new("unit", row => row.Unit.En, "Unit"),
        new("low", row => row.Low, "Target, or low end of the range"),
        new("high", row => row.High, "Target, or high end of the range"),
        new("reached", row => row.Reached, "Reached by the run; empty when it has none"),
        new("provenance", row => row.Provenance, "Published, MeasuredElsewhere, Calibrated or Assumed"),
        new("source", row => row.Source.En, "Source"),
        new("is_hit", row => row.IsHit, "Whether the run reached it"),
    ];

    internal static readonly Column<CalibrationRow>[] Calibration =
    [
        new("parameter", row => row.Parameter, "Path in the scenario file"),
        new("figure", row => row.Figure.En, "The figure it steers"),
        new("target", row => row.Target, "Wanted"),
        new("reached", row => row.Reached, "Reached"),
        new("relative_error", row => row.RelativeError, "(reached - target) / target"),
        new("iterations", row => row.Iterations, "Steps"),
        new("value", row => row.Value, "Value found"),
    ];

    internal static readonly Column<(ProductTimeline Product, TimelineEntry Entry)>[] Timeline =
    [
        new("product", row => row.Product.Id, "The product"),
        new("at", row => row.Entry.At, "When"),
        new("by", row => row.Entry.By, "Who"),
        new("stream", row => row.Entry.Stream, "Kind of stream: product, pricing, listing, offer or book"),
        new("event", row => row.Entry.Event, "Name of the event as stored"),
        new("detail_zh", row => row.Entry.DetailZh, "What is worth saying of it in Chinese"),
        new("detail_en", row => row.Entry.DetailEn, "The same in English"),
    ];
}
