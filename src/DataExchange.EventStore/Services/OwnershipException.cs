namespace DataExchange.EventStore.Services;

/// <summary>
/// The writer is no longer, or never was, the owner of what it wanted to write: another process has the partition, or the stream belongs to another
/// service. Nothing was written.
/// </summary>
/// <param name="message">What was to be written, and whose it is.</param>
public sealed class OwnershipException(string message) : EventStoreException(message);
