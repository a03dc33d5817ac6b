namespace DataExchange.Vouchers;

/// <summary>Something is no document of this kind; the message says what it lacks.</summary>
/// <param name="message">Why.</param>
public sealed class VoucherException(string message) : Exception(message);
