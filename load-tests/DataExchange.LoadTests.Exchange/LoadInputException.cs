namespace DataExchange.LoadTests.Exchange;

/// <summary>What was asked for cannot be run; the message names the field, the value and what is allowed.</summary>
/// <param name="message">The message.</param>
public sealed class LoadInputException(string message) : Exception(message);
