namespace DataExchange.Postgres;

/// <summary>PostgreSQL cannot be used; the message is one sentence for the user: what is wrong, with which value, and what to do.</summary>
public sealed class PostgresUnavailableException : Exception
{
    /// <summary>An exception without a text; prefer the others.</summary>
    public PostgresUnavailableException()
    {
    }

    /// <summary>An exception with the sentence to show.</summary>
    /// <param name="message">What is wrong and what to do about it.</param>
    public PostgresUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with the sentence to show and what led to it.</summary>
    /// <param name="message">What is wrong and what to do about it.</param>
    /// <param name="innerException">The cause.</param>
    public PostgresUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The last lines of the server's log, oldest first; empty when the server had not begun to write one.</summary>
    public IReadOnlyList<string> LogLines { get; init; } = [];
}
