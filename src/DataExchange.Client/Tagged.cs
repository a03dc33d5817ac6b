namespace DataExchange.Client;

/// <summary>An answer with the tag of what it was made from.</summary>
/// <typeparam name="T">What was answered.</typeparam>
/// <param name="Value">The answer.</param>
/// <param name="ETag">The tag, quotes included: for <c>If-Match</c> of a command, or to read again only what has changed. Empty where none was sent.</param>
public sealed record Tagged<T>(T Value, string ETag);
