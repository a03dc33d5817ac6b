using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DataExchange.Web.Floor.Live;

/// <summary>Answers that do not end: server-sent events from a broadcaster.</summary>
internal static class EventStream
{
    private static readonly byte[] Greeting = ": dataexchange\nretry: 2000\n\n"u8.ToArray();
    private static readonly byte[] Dropped = "event: dropped\ndata: {}\n\n"u8.ToArray();

    /// <summary>Sends until the caller has gone, does not keep up, or the host ends.</summary>
    /// <param name="context">The request. <c>Last-Event-ID</c>, or <c>after</c> in the address, says what was heard already.</param>
    /// <param name="from">The broadcaster.</param>
    /// <param name="stopping">The host ends.</param>
    internal static async Task SendAsync(HttpContext context, Broadcaster from, CancellationToken stopping)
    {
        var (sent, field) = context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? (header, "Last-Event-ID") : (context.Request.Query["after"].ToString(), "after");
        if (sent.Length > 0 && !long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($"{field}: '{sent}' is not allowed; allowed: the id of an event, a whole number from 0.\n", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        using var subscription = from.Subscribe(sent.Length > 0 ? long.Parse(sent, CultureInfo.InvariantCulture) : null);
        if (subscription is null)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "5";
            await context.Response.WriteAsync($"{from.Places.Most} listen already, and no more can; try again later.\n", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping, subscription.Late);
        context.Response.ContentType = "text/event-stream";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await FollowAsync(context.Response.Body, subscription, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The caller has gone or the host ends: either way they come back with the last id. One that takes nothing is not waited for.
            if (subscription.Late.IsCancellationRequested)
            {
                context.Abort();
            }
        }
    }

    private static async Task FollowAsync(Stream body, Subscription subscription, CancellationToken stop)
    {
        await body.WriteAsync(Greeting, stop).ConfigureAwait(false);
        await body.FlushAsync(stop).ConfigureAwait(false);
        while (await subscription.Messages.WaitToReadAsync(stop).ConfigureAwait(false))
        {
            while (subscription.Messages.TryRead(out var message))
            {
                await body.WriteAsync(message, stop).ConfigureAwait(false);
            }

            await body.FlushAsync(stop).ConfigureAwait(false);
        }

        if (subscription.IsDropped)
        {
            await body.WriteAsync(Dropped, stop).ConfigureAwait(false);
            await body.FlushAsync(stop).ConfigureAwait(false);
        }
    }
}
