namespace DataExchange.EventStore.Schema;

/// <summary>The store belongs to another run or another version of the program; nothing in it was touched.</summary>
public sealed class StoreIdentityMismatchException : EventStoreException
{
    /// <summary>Creates the error.</summary>
    /// <param name="field">What differs.</param>
    /// <param name="stored">The store's value.</param>
    /// <param name="wanted">The run's value.</param>
    /// <param name="message">The text for the user.</param>
    public StoreIdentityMismatchException(string field, string stored, string wanted, string message)
        : base(message)
    {
        Field = field;
        Stored = stored;
        Wanted = wanted;
    }

    /// <summary>What differs.</summary>
    public string Field { get; }

    /// <summary>The store's value.</summary>
    public string Stored { get; }

    /// <summary>The run's value.</summary>
    public string Wanted { get; }
}
