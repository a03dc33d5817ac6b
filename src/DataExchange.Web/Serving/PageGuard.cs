using DataExchange.EventStore;
using DataExchange.Web.Frame;
using DataExchange.Web.Market;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Web.Serving;

/// <summary>What every answer of the pages passes: the headers that keep a browser from running or loading what is not ours, and only for those on this machine.</summary>
internal sealed class PageGuard(IMarketSource market) : IEndpointFilter
{
    /// <summary>Scripts, styles and all else from here alone, nothing inline; no page within another's.</summary>
    internal const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (request, headers) = (context.HttpContext.Request, context.HttpContext.Response.Headers);
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        // A name that somebody points at this machine would let his pages read ours (DNS rebinding): only the machine's own names are served.
        if (!IsOwnName(request.Host.Host))
        {
            return Results.Text("These pages are for this machine: ask for http://127.0.0.1 or http://localhost.\n", statusCode: 421);
        }

        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is EventStoreException or MarketUnreadableException)
        {
            var locale = request.Path.StartsWithSegments("/zh", StringComparison.Ordinal) ? Locale.Zh : Locale.En;
            return PageAnswer.Say(new PageFrame(locale, market, "/"), 503, locale["message.unavailable"], failure.Message);
        }
    }

    private static bool IsOwnName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));
}
