using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DataExchange.Gateway.Access;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Gateway.Reads;

/// <summary>
/// Answers that do not end: server-sent events. Who lost the connection goes on after <c>Last-Event-ID</c>; a key that is taken back ends what was opened
/// with it; there are not too many at a time.
/// </summary>
internal sealed class ServerEvents(ApiKeys keys, OpenStreams open, CancellationToken stopping)
{
    private const string LastIdHeader = "Last-Event-ID";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan KeyCheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    /// <summary>What comes next, as events; and the place behind it.</summary>
    /// <param name="last">The place that was reached.</param>
    /// <param name="text">Takes the events.</param>
    /// <param name="cancellation">Stops it.</param>
    internal delegate Task<long> Next(long last, StringBuilder text, CancellationToken cancellation);

    /// <summary>Adds an event.</summary>
    internal static void Append(StringBuilder text, long id, string type, JsonNode data) =>
        text.Append(CultureInfo.InvariantCulture, $"id: {id}\nevent: {type}\ndata: {data.ToJsonString(GatewayJson.Readable)}\n\n");

    /// <summary>Where a request wants to go on; null where it says nothing.</summary>
    internal static (long? Last, Problem? Wrong) LastOf(HttpRequest request) =>
        request.Headers[LastIdHeader].ToString() is not { Length: > 0 } sent ? (null, null)
        : long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last <= long.MaxValue / 2 ? (last, null)
        : (null, Problems.Wrong(LastIdHeader, sent, "the id of an event, a whole number from 0"));

    /// <summary>Sends until the caller has gone, its key is no longer good, or the gateway ends.</summary>
    internal async Task SendAsync(HttpContext context, long last, Next next)
    {
        var caller = Gate.CallerOf(context);
        using var opened = open.TryOpen(caller.Key);
        if (opened is null)
        {
            context.Response.Headers.RetryAfter = "5";
            await Problems.TooManyStreams().ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await WriteAsync(context, new StringBuilder(": dataexchange\n\n"), stop.Token).ConfigureAwait(false);
            await FollowAsync(context, caller, last, next, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The caller has gone, or the gateway ends: either way they come back with the last id.
        }
    }

    private async Task FollowAsync(HttpContext context, Caller caller, long last, Next next, CancellationToken cancellation)
    {
        var quiet = TimeSpan.Zero;
        var checkedAt = Stopwatch.StartNew();
        while (true)
        {
            var (text, from) = (new StringBuilder(), last);
            last = await next(last, text, cancellation).ConfigureAwait(false);
            if (checkedAt.Elapsed >= KeyCheck)
            {
                checkedAt.Restart();
                if (await keys.FindAsync(caller.Key, cancellation).ConfigureAwait(false) is null)
                {
                    return;
                }
            }

            quiet = text.Length > 0 ? TimeSpan.Zero : quiet + Pause;
            if (text.Length == 0 && quiet >= SignOfLife)
            {
                text.Append(CultureInfo.InvariantCulture, $"id: {last}\n: still here\n\n");
                quiet = TimeSpan.Zero;
            }

            if (text.Length > 0)
            {
                await WriteAsync(context, text, cancellation).ConfigureAwait(false);
            }

            if (last == from)
            {
                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static async Task WriteAsync(HttpContext context, StringBuilder text, CancellationToken cancellation)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellation).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(cancellation).ConfigureAwait(false);
    }
}
