namespace DataExchange.Matching;

/// <summary>A snapshot that cannot be restored: damaged, of another version, or not a snapshot. The message says what is wrong.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="inner">The cause, if another one.</param>
public sealed class SnapshotException(string message, Exception? inner = null) : Exception(message, inner);
