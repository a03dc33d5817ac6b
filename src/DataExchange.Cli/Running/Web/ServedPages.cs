using DataExchange.Cli.Commands;
using DataExchange.EventStore.Schema;
using DataExchange.Gateway;
using DataExchange.Web.Serving;
using Npgsql;

namespace DataExchange.Cli.Running.Web;

/// <summary>The pages that <c>dx serve</c> shows of the store that it serves.</summary>
internal sealed class ServedPages : IAsyncDisposable
{
    private readonly OpenedStore _opened;
    private readonly StoredMarket _market;

    private ServedPages(OpenedStore opened, StoredMarket market)
    {
        (_opened, _market) = (opened, market);
        Pages = new GatewayPages(WebPages.AddServices, new WebPages(market, new ScenarioEngine()).Map);
    }

    /// <summary>The pages, for the gateway.</summary>
    public GatewayPages Pages { get; }

    /// <summary>Pages over a store that is served.</summary>
    /// <param name="database">The store's database, which the caller disposes of.</param>
    /// <param name="identity">What store it is.</param>
    /// <param name="keysFolder">The venues' keys; null for those of the run, or of the data folder where services began the store.</param>
    /// <param name="data">The data folder.</param>
    public static ServedPages Over(NpgsqlDataSource database, StoreIdentity identity, string? keysFolder, string data)
    {
        var opened = OpenedStore.Over(database, identity);
        return new ServedPages(opened, new StoredMarket(opened, keysFolder ?? ServingStore.KeyFolderOf(identity, data)));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _market.Dispose();
        await _opened.DisposeAsync().ConfigureAwait(false);
    }
}
