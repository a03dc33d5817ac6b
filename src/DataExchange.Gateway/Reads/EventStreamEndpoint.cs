using System.Globalization;
using System.Text;
using DataExchange.EventStore.Reading;
using DataExchange.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace DataExchange.Gateway.Reads;

/// <summary><c>GET /v1/events</c>: events as they are recorded, as server-sent events; who lost the connection goes on after <c>Last-Event-ID</c>.</summary>
internal sealed class EventStreamEndpoint(NpgsqlDataSource database, ApiKeys keys, CancellationToken stopping)
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan KeyCheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    internal void Map(IEndpointRouteBuilder web) => web.MapGet("/v1/events", StreamAsync).WithMetadata(new Admits(Enum.GetValues<Role>()));

    private async Task StreamAsync(HttpContext context)
    {
        var sent = context.Request.Headers["Last-Event-ID"].ToString();
        var last = 0L;
        if (sent.Length > 0 && (!long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out last) || last > long.MaxValue / 2))
        {
            await Problems.Wrong("Last-Event-ID", sent, "the sequence of an event, a whole number from 0").ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await context.Response.Body.WriteAsync(": dataexchange\n\n"u8.ToArray(), stop.Token).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(stop.Token).ConfigureAwait(false);
            await SendAsync(context, last, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The caller has gone, or the gateway ends: either way they come back with the last id.
        }
    }

    private async Task SendAsync(HttpContext context, long last, CancellationToken cancellation)
    {
        var caller = Gate.CallerOf(context);
        var reader = new RawEventReader(database);
        var quiet = TimeSpan.Zero;
        var checkedAt = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var (text, from) = (new StringBuilder(), last);
            // What was once visible stays so; what was not may become so with a later event, but is not asked for twice in one go.
            var visibility = new Visibility(new StoredStreams(database));
            var seen = new Dictionary<string, bool>(StringComparer.Ordinal);
            await foreach (var raw in reader.ReadBySequenceAsync(last + 1, last + AtOnce, cancellation).ConfigureAwait(false))
            {
                last = raw.Sequence;
                var line = ReadEndpoints.Item(raw).ToJsonString(GatewayJson.Readable);
                var (stream, type) = (raw.StreamId, raw.TypeName);
                if (!seen.TryGetValue(stream, out var isVisible))
                {
                    seen[stream] = isVisible = await visibility.MayReadAsync(caller, stream, cancellation).ConfigureAwait(false);
                }

                if (isVisible)
                {
                    text.Append(CultureInfo.InvariantCulture, $"id: {last}\nevent: {type}\ndata: {line}\n\n");
                }
            }

            // A key that is taken back ends what was opened with it.
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
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellation).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(cancellation).ConfigureAwait(false);
            }

            if (last == from)
            {
                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }
    }
}
