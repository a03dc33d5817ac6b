namespace DataExchange.EventStore;

/// <summary>Root of every error this library raises on purpose; its message is fit to be shown to a user.</summary>
public class EventStoreException : Exception
{
    /// <summary>Creates the error with a message for the user.</summary>
    /// <param name="message">What happened and what can be done.</param>
    /// <param name="innerException">The error of the server or the network, if there is one.</param>
    public EventStoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>
/// The server went away, refused the connection or cannot work any more (stopped, killed, out of disk).
/// Nothing is half-written: the committed events are a prefix of the global order, and a run can be verified or repeated.
/// </summary>
public sealed class EventStoreUnavailableException : EventStoreException
{
    /// <summary>Creates the error with a message for the user.</summary>
    /// <param name="message">What happened and what can be done.</param>
    /// <param name="innerException">The error of the server or the network, if there is one.</param>
    public EventStoreUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>
/// The store already holds a version that was to be written, or a stream is not at the version the batch continues from:
/// somebody else wrote to the store, or the caller's versions are wrong. The whole batch was rolled back.
/// </summary>
public sealed class EventConcurrencyException : EventStoreException
{
    /// <summary>Creates the error with a message for the user.</summary>
    /// <param name="message">The stream and the versions in question.</param>
    /// <param name="innerException">The error of the server, if there is one.</param>
    public EventConcurrencyException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>
/// The event tables do not look like those this library knows how to fill (another Marten version or another configuration made them).
/// </summary>
public sealed class StoreSchemaMismatchException : EventStoreException
{
    /// <summary>Creates the error with a message for the user.</summary>
    /// <param name="message">The table, what was found and what is expected.</param>
    public StoreSchemaMismatchException(string message)
        : base(message)
    {
    }
}
