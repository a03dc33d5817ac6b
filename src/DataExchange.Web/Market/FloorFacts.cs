using DataExchange.Reports.Words;

namespace DataExchange.Web.Market;

/// <summary>An order book in a line.</summary>
/// <param name="Product">The product whose call packs are traded in it.</param>
/// <param name="Title">Title of the product, in Chinese and English.</param>
/// <param name="Venue">The venue; empty where the shelves do not know the product.</param>
/// <param name="Facts">Facts of its stream.</param>
/// <param name="Trades">Trades that became deals.</param>
/// <param name="LastTradeAt">When the latest was; null before the first.</param>
public sealed record FloorBook(string Product, Text Title, string Venue, long Facts, long Trades, DateTimeOffset? LastTradeAt);

/// <summary>A fact of the market as it is told while it happens.</summary>
/// <param name="Sequence">Its place in the store, rising.</param>
/// <param name="At">When.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Words">What it is.</param>
public sealed record NewFact(long Sequence, DateTimeOffset At, string Stream, Text Words);
