namespace DataExchange.Gateway;

/// <summary>How a gateway is started.</summary>
public sealed record GatewayOptions
{
    /// <summary>Addresses to listen on, separated by semicolons; port 0 for a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>The folder of the key that tokens are signed with; it is made at the first start and nobody else can read it.</summary>
    public string KeyFolder { get; init; } = "keys";

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Requests that a key may make in a minute, 1 or more.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>Event streams that a key may have open at a time, 1 or more.</summary>
    public int StreamsPerKey { get; init; } = 8;

    /// <summary>Event streams that all keys together may have open at this gateway, 1 or more.</summary>
    public int Streams { get; init; } = 200;

    /// <summary>How long a command may take before the answer is that there is none yet.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a token is good for.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether what runs in the process can serve, for <c>/health/ready</c>; the store is asked besides.</summary>
    public Func<bool> IsReady { get; init; } = () => true;

    /// <summary>Hears what people may want to know, a line at a time.</summary>
    public Action<string> Note { get; init; } = _ => { };
}
