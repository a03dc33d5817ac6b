namespace DataExchange.Client;

/// <summary>One event of a stream of server-sent events.</summary>
/// <typeparam name="T">What it says.</typeparam>
/// <param name="Id">Its place, to go on after it.</param>
/// <param name="Type">What kind of event it is.</param>
/// <param name="Value">What it says.</param>
public sealed record ServerEvent<T>(string Id, string Type, T Value);
