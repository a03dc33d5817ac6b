using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Gateway;

/// <summary>Pages that a gateway serves besides, without a key.</summary>
/// <param name="AddServices">Adds what they need to the gateway's services.</param>
/// <param name="Map">Maps them.</param>
public sealed record GatewayPages(Action<IServiceCollection> AddServices, Func<IEndpointRouteBuilder, IEndpointConventionBuilder> Map);

/// <summary>How a gateway is started.</summary>
public sealed record GatewayOptions
{
    /// <summary>Commands under way at a gateway unless something else is asked for.</summary>
    public const int UsualCommandsInFlight = 128;

    /// <summary>Addresses to listen on, separated by semicolons; port 0 for a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>What is shown where an address begins with https; null where none does. It must outlive the gateway.</summary>
    public GatewayCertificate? Certificate { get; init; }

    /// <summary>The folder of the key that tokens are signed with; it is made at the first start and nobody else can read it.</summary>
    public string KeyFolder { get; init; } = "keys";

    /// <summary>Whether the first start makes keys to try it out with as well, one a role: for a machine of one's own, not where others come.</summary>
    public bool WithDemoKeys { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Requests that a key may make in a minute, 1 or more.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>Commands of all callers that may be under way at this gateway, 1 or more; what comes beyond is refused (503) and may come again.</summary>
    public int CommandsInFlight { get; init; } = UsualCommandsInFlight;

    /// <summary>Event streams that a key may have open at a time, 1 or more.</summary>
    public int StreamsPerKey { get; init; } = 8;

    /// <summary>Event streams that all keys together may have open at this gateway, 1 or more.</summary>
    public int Streams { get; init; } = 200;

    /// <summary>How long a command may take before the answer is that there is none yet.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a token is good for.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>What keeps what runs in the process from serving, for <c>/health/ready</c>; null for nothing. The store is asked besides.</summary>
    public Func<string?> Hindrance { get; init; } = () => null;

    /// <summary>Pages for people, beside what is for programs, which anybody may read who reaches the gateway: for a machine of one's own. Null for none.</summary>
    public GatewayPages? Pages { get; init; }

    /// <summary>Hears what people may want to know, a line at a time.</summary>
    public Action<string> Note { get; init; } = _ => { };

    /// <summary>Hears what went wrong, a line at a time.</summary>
    public Action<string> Warn { get; init; } = _ => { };
}
