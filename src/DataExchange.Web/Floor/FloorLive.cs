using DataExchange.Web.Floor.Live;
using DataExchange.Web.Floor.Sandbox;
using DataExchange.Web.Market;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DataExchange.Web.Floor;

/// <summary>What moves on the floor of a host: the sandbox, and the news of the market. Both are followed within one bound.</summary>
internal sealed class FloorLive : IDisposable
{
    private readonly MarketFeed _feed;

    /// <summary>Opens them.</summary>
    /// <param name="market">The market.</param>
    internal FloorLive(IMarketSource market)
    {
        var places = new SubscriberPlaces(SubscriberPlaces.Usual);
        (Hall, _feed) = (new SandboxHall(places, TimeProvider.System), new MarketFeed(market, places, TimeProvider.System));
    }

    /// <summary>The sandbox floor.</summary>
    internal SandboxHall Hall { get; }

    /// <summary>Maps the news.</summary>
    /// <param name="pages">The group of all pages.</param>
    internal void MapNews(IEndpointRouteBuilder pages)
    {
        var stopping = pages.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        pages.MapGet("/web/floor/news", (Delegate)(async (HttpContext context) =>
        {
            await _feed.StartAsync().WaitAsync(context.RequestAborted).ConfigureAwait(false);
            await EventStream.SendAsync(context, _feed.Broadcaster, stopping).ConfigureAwait(false);
        }));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Hall.Dispose();
        _feed.Dispose();
    }
}
