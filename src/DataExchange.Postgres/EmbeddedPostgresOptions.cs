namespace DataExchange.Postgres;

/// <summary>How a private server is started and stopped.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>The loopback port to listen on, 1–65535; null takes any free one.</summary>
    public int? Port { get; init; }

    /// <summary>How long a start may take. Long by default, because recovering from a crash replays up to 8 GB of log.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a fast shutdown may take before the server is told to end at once (the next start then recovers).</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Receives short texts on the steps that take time, such as <c>Starting PostgreSQL 15.18 … 0.3 s</c>.</summary>
    public IProgress<string>? Progress { get; init; }

    internal void Report(string text) => Progress?.Report(text);

    internal void ThrowIfOutOfRange()
    {
        if (Port is < 1 or > 65535)
        {
            throw new PostgresUnavailableException($"Port {Port} is out of range: a port is a number from 1 to 65535.");
        }
    }
}
