using System.Diagnostics.Metrics;
using System.Globalization;
using System.Threading.RateLimiting;
using DataExchange.Services;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Gateway.Commands;

/// <summary>
/// How many commands are under way at this gateway, from all callers together. One more is refused at once, before anything is looked up for it: what
/// waits longer than its caller does is work for nobody, and a queue that grows makes everybody's answers late.
/// </summary>
internal sealed class CommandsInFlight : IDisposable
{
    /// <summary>How long a refused caller is to wait, seconds.</summary>
    internal const int RetryAfterSeconds = 1;

    private readonly Meter _meter;
    private readonly ConcurrencyLimiter _limiter;
    private readonly int _most;
    private long _refused;
    private long _underWay;

    /// <summary>Begins with none.</summary>
    /// <param name="most">Most of them, 1 or more.</param>
    internal CommandsInFlight(int most)
    {
        // This gateway's own: another one in the same process does not count its commands here.
        _meter = new Meter(new MeterOptions(ServiceMetrics.MeterName) { Scope = this });
        (_most, _limiter) = (most, new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = 0 }));
        _ = _meter.CreateObservableGauge("dx_gateway_commands", () => Interlocked.Read(ref _underWay), "commands", "Commands under way at the gateway.");
        _ = _meter.CreateObservableCounter("dx_gateway_shed_total", () => Interlocked.Read(ref _refused), "commands", "Commands refused because too many were under way.");
    }

    /// <summary>Lets a request pass, or refuses it.</summary>
    internal async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Counted>() is null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        // The body first: somebody who sends it slowly takes nobody's place.
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        body.Position = 0;
        context.Request.Body = body;
        using var place = _limiter.AttemptAcquire();
        if (!place.IsAcquired)
        {
            Interlocked.Increment(ref _refused);
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            await Problems.Overloaded(_most).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        Interlocked.Increment(ref _underWay);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _meter.Dispose();
        _limiter.Dispose();
    }

    /// <summary>An endpoint whose requests count.</summary>
    internal sealed record Counted;
}
