namespace DataExchange.Web.Market;

/// <summary>The store holds something that cannot be read as a market, such as an event changed by hand.</summary>
/// <param name="message">What, and what names it.</param>
/// <param name="inner">The cause; null for none.</param>
public sealed class MarketUnreadableException(string message, Exception? inner = null) : Exception(message, inner);
