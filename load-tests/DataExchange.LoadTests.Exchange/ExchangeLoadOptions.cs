namespace DataExchange.LoadTests.Exchange;

/// <summary>How messages travel between the services of an exchange that is made for the run.</summary>
public enum LoadTransport
{
    /// <summary>In this process.</summary>
    Memory,
    /// <summary>Through a private RabbitMQ.</summary>
    RabbitMq,
}

/// <summary>What is loaded, and with how much of it.</summary>
public sealed record ExchangeLoadOptions
{
    /// <summary>An hour in a minute.</summary>
    public const double UsualSpeed = 60;

    /// <summary>A market that is recorded in some ten seconds.</summary>
    public const double UsualScale = 0.3;

    /// <summary>Workers of the run, 1 or more: a matching engine for each.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Connections over HTTP, buyers and subscribers, 1 to 1,000.</summary>
    public int Connections { get; init; } = 32;

    /// <summary>Partitions of Trading, 1 or more.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>Whether the servers of an exchange made for the run are asked for their own counts afterwards, which takes up to ten seconds.</summary>
    public bool WithServerCounts { get; init; }

    /// <summary>Streams that a partition of an exchange made for the run keeps in memory, 1 or more; null for the usual number.</summary>
    public int? StreamsInMemory { get; init; }

    /// <summary>Commands under way at the gateway of an exchange made for the run at most, 1 or more.</summary>
    public int CommandsInFlight { get; init; } = Gateway.GatewayOptions.UsualCommandsInFlight;

    /// <summary>How messages travel.</summary>
    public LoadTransport Transport { get; init; }

    /// <summary>How many times as fast as it was recorded traffic is replayed, above 0.</summary>
    public double Speed { get; init; } = UsualSpeed;

    /// <summary>Scale of the market that traffic is recorded of, above 0.</summary>
    public double Scale { get; init; } = UsualScale;

    /// <summary>A gateway that runs; null makes an exchange for the run.</summary>
    public Uri? Target { get; init; }

    /// <summary>Key of an administrator of <see cref="Target"/>.</summary>
    public string? AdministratorKey { get; init; }

    /// <summary>A folder for what an exchange made for the run keeps; it is the caller's to remove.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Connection string of an empty database to use instead of a private PostgreSQL; null for a private one.</summary>
    public string? Database { get; init; }

    /// <summary>Hears what takes time, a line at a time.</summary>
    public Action<string> Note { get; init; } = _ => { };
}
