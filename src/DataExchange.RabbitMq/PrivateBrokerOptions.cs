namespace DataExchange.RabbitMq;

/// <summary>How a private broker is started and stopped.</summary>
public sealed record PrivateBrokerOptions
{
    /// <summary>The data folder; the broker's files are in its subfolder <c>rabbitmq</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>How many nodes: 1, or 3 for a cluster that goes on without one of them.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>How long a start may take, for all nodes together. About 6 s for one node and 20 s for a new cluster on two cores.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long an orderly shutdown of a node may take before it is killed; RabbitMQ 3.10 takes 7 s even when it has nothing to do.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Receives short texts on the steps that take time, such as <c>Starting RabbitMQ 3.10.8 … 5.7 s</c>.</summary>
    public IProgress<string>? Progress { get; init; }

    internal void Report(string text) => Progress?.Report(text);

    internal void ThrowIfOutOfRange()
    {
        if (string.IsNullOrWhiteSpace(Folder))
        {
            throw new BrokerUnavailableException("Folder is empty: give the data folder that the broker's files go to.");
        }

        if (Nodes is not (1 or 3))
        {
            throw new BrokerUnavailableException($"Nodes is {Nodes}; allowed are 1, and 3 for a cluster.");
        }
    }
}
