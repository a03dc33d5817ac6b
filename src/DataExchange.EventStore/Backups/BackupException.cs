namespace DataExchange.EventStore.Backups;

/// <summary>A backup is damaged, or is none; the message names the file.</summary>
/// <param name="message">The text for the user.</param>
/// <param name="inner">What was the cause; null for none.</param>
public sealed class BackupException(string message, Exception? inner = null) : EventStoreException(message, inner);
