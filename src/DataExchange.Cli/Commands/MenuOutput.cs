using DataExchange.Menus.Checking;

namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx menu show --json</c> prints.</summary>
/// <param name="Product">The product.</param>
/// <param name="At">The moment the prices are of.</param>
/// <param name="Version">Version of the price.</param>
/// <param name="Licence">The licence kind.</param>
/// <param name="Unit">What the unit price is for.</param>
/// <param name="UnitsPerPack">Calls in a pack; 1 for every other licence.</param>
/// <param name="Promotion">The discount that counts at that moment or later; null for none.</param>
/// <param name="Prices">By quantity.</param>
/// <param name="Arbitrage">Quantities sold dearer than they can be put together.</param>
/// <param name="MinimumFen">The least that an order costs, fen; null for none.</param>
/// <param name="Tiers">Prices of further calls at that moment; empty for none.</param>
/// <param name="Versions">Versions of lower quality; empty for none.</param>
/// <param name="Bundles">Bundles that it is sold in too at that moment; empty for none.</param>
/// <param name="Revenue">The share of revenue beside the price; null for none.</param>
internal sealed record MenuOutput(
    string Product, string At, int Version, string Licence, string Unit, int UnitsPerPack, MenuPromotionOutput? Promotion, IReadOnlyList<MenuPriceOutput> Prices,
    IReadOnlyList<Arbitrage> Arbitrage, long? MinimumFen, IReadOnlyList<MenuTierOutput> Tiers,
    IReadOnlyList<MenuVersionOutput> Versions, IReadOnlyList<MenuBundleOutput> Bundles, MenuRevenueOutput? Revenue);

/// <summary>A share of the buyer's revenue.</summary>
/// <param name="ShareBasisPoints">1/10,000 of it.</param>
/// <param name="Periods">Periods of 30 days.</param>
/// <param name="CapFen">The most that all shares come to, fen: a part of each amount, and held with it.</param>
/// <param name="ReportDays">Days for a report after a period.</param>
internal sealed record MenuRevenueOutput(int ShareBasisPoints, int Periods, long CapFen, int ReportDays);

/// <summary>A bundle.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Venue">Where it is sold.</param>
/// <param name="PriceFen">Its price, fen.</param>
/// <param name="Parts">What is in it.</param>
internal sealed record MenuBundleOutput(string Bundle, string Venue, long PriceFen, IReadOnlyList<MenuPartOutput> Parts);

/// <summary>A product in a bundle.</summary>
/// <param name="Product">The product.</param>
/// <param name="AloneFen">What it costs alone, fen.</param>
/// <param name="ShareFen">Its part of the bundle's price, fen.</param>
internal sealed record MenuPartOutput(string Product, long AloneFen, long ShareFen);

/// <summary>A version of lower quality.</summary>
/// <param name="Degradation">How it differs: Sampled, Delayed, Aggregated.</param>
/// <param name="Degree">How much: records for one, or days.</param>
/// <param name="Prices">By quantity.</param>
internal sealed record MenuVersionOutput(string Degradation, int Degree, IReadOnlyList<MenuPriceOutput> Prices);

/// <summary>A price of further calls.</summary>
/// <param name="AfterCalls">For the calls of an order beyond so many.</param>
/// <param name="ThousandCallsFen">Of a thousand such calls, fen.</param>
internal sealed record MenuTierOutput(int AfterCalls, long ThousandCallsFen);

/// <summary>A discount for some time.</summary>
/// <param name="DiscountBasisPoints">1/10,000.</param>
/// <param name="From">First moment.</param>
/// <param name="Until">First moment after it.</param>
internal sealed record MenuPromotionOutput(int DiscountBasisPoints, string From, string Until);

/// <summary>The price of a quantity.</summary>
/// <param name="Quantity">Packs, months or copies.</param>
/// <param name="UnitPriceFen">Of one unit, fen.</param>
/// <param name="AmountFen">Of it all, fen.</param>
internal sealed record MenuPriceOutput(int Quantity, long UnitPriceFen, long AmountFen);

/// <summary>What <c>dx menu check --json</c> prints.</summary>
/// <param name="Items">Items checked.</param>
/// <param name="IsFree">Whether nothing is sold dearer than it can be put together.</param>
/// <param name="Arbitrage">What is.</param>
internal sealed record MenuCheckOutput(int Items, bool IsFree, IReadOnlyList<Arbitrage> Arbitrage);
