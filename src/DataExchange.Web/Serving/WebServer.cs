using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataExchange.Web.Serving;

/// <summary>A server of the pages alone, on the loopback address.</summary>
public sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _web;

    private WebServer(WebApplication web) => _web = web;

    /// <summary>Where it listens.</summary>
    public string Url => _web.Urls.First();

    /// <summary>Starts it.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="port">The port, 0 for a free one.</param>
    /// <param name="warn">Hears of defects, a line at a time.</param>
    /// <param name="cancellation">Stops the start.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<WebServer> StartAsync(WebPages pages, int port, Action<string> warn, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pages);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        WebPages.AddServices(builder.Services);
        var web = builder.Build();
        web.Use((context, next) => NotedAsync(context, next, warn));
        web.UseRouting();
        pages.Map(web);
        try
        {
            await web.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            await web.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new WebServer(web);
    }

    // A defect is told to who runs the server, and not to the browser.
    private static async Task NotedAsync(HttpContext context, RequestDelegate next, Action<string> warn)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception failure) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            warn($"{context.Request.Path}: {failure}");
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsync("A defect; it was noted where the server runs.\n").ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _web.StopAsync(limit.Token).ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
    }
}
