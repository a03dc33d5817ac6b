using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Gateway.Access;

/// <summary>Roles that may use an endpoint; one without it is used by nobody.</summary>
internal sealed record Admits(params IReadOnlyList<Role> Roles);

/// <summary>An endpoint for everybody, without a key.</summary>
internal sealed record AdmitsAll;

/// <summary>What every request passes: who is it, how often, and may it be here at all.</summary>
internal sealed class Gate(ApiKeys keys, AuditTrail audit, GatewayOptions options) : IDisposable
{
    internal const string KeyHeader = "X-Api-Key";
    private const string Anonymous = "anonymous ";

    private readonly PartitionedRateLimiter<string> _limits = PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetTokenBucketLimiter(
        who, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.RequestsPerMinute,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / options.RequestsPerMinute,
            QueueLimit = 0,
        }));

    public void Dispose() => _limits.Dispose();

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<AdmitsAll>() is not null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        var caller = await CallerAsync(context).ConfigureAwait(false);
        using var lease = _limits.AttemptAcquire(caller?.Key.ToString() ?? Anonymous + context.Connection.RemoteIpAddress);
        if (!lease.IsAcquired)
        {
            // Not recorded: whoever asks too often is not to fill the record either.
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Problems.TooMany(wait).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        if (Refusal(context, endpoint, caller) is { } refusal)
        {
            if (refusal.Status is 401 or 403)
            {
                await audit.RefusedAsync(context, caller, refusal).ConfigureAwait(false);
            }

            await refusal.ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        context.Items[typeof(Caller)] = caller;
        await next(context).ConfigureAwait(false);
    }

    /// <summary>Who makes the request; it has passed the gate.</summary>
    internal static Caller CallerOf(HttpContext context) => (Caller)context.Items[typeof(Caller)]!;

    private static Problem? Refusal(HttpContext context, Endpoint? endpoint, Caller? caller)
    {
        if (caller is null)
        {
            return Problems.Unauthenticated($"Send a key in {KeyHeader}, or a token of POST /v1/tokens as Authorization: Bearer; what was sent is missing, wrong, over or revoked.");
        }

        return endpoint is null ? Problems.NotFound($"There is no {context.Request.Method} {context.Request.Path}.")
            : endpoint.Metadata.GetMetadata<Admits>() is not { } admits || !admits.Roles.Contains(caller.Role)
                ? Problems.Forbidden($"A {caller.Role} may not {context.Request.Method} {context.Request.Path}.")
            : null;
    }

    private async Task<Caller?> CallerAsync(HttpContext context)
    {
        if (context.Request.Headers[KeyHeader] is [{ } key])
        {
            return await keys.FindAsync(key, context.RequestAborted).ConfigureAwait(false);
        }

        // Two keys, or none in the header, are no key: a token beside them must not pass for one.
        if (context.Request.Headers.ContainsKey(KeyHeader) || context.Request.Headers.Authorization.Count == 0)
        {
            return null;
        }

        var token = await context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme).ConfigureAwait(false);
        return token.Succeeded && Guid.TryParseExact(token.Principal.FindFirst(Tokens.KeyClaim)?.Value, "N", out var id)
            ? await keys.FindAsync(id, context.RequestAborted).ConfigureAwait(false)
            : null;
    }
}
