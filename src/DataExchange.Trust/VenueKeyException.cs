namespace DataExchange.Trust;

/// <summary>A key that is missing or unfit; the message says which and what is needed.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="inner">What it comes from.</param>
public sealed class VenueKeyException(string message, Exception? inner = null) : Exception(message, inner);
