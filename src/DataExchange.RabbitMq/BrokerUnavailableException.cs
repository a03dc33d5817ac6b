namespace DataExchange.RabbitMq;

/// <summary>RabbitMQ cannot be used; the message is one sentence for the user: what is wrong, with which value, and what to do.</summary>
public sealed class BrokerUnavailableException : Exception
{
    /// <summary>An exception without a text; prefer the others.</summary>
    public BrokerUnavailableException()
    {
    }

    /// <summary>An exception with the sentence to show.</summary>
    /// <param name="message">What is wrong and what to do about it.</param>
    public BrokerUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with the sentence to show and what led to it.</summary>
    /// <param name="message">What is wrong and what to do about it.</param>
    /// <param name="innerException">The cause.</param>
    public BrokerUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The last lines of the node's log, oldest first; empty when the node had not begun to write one.</summary>
    public IReadOnlyList<string> LogLines { get; init; } = [];
}
