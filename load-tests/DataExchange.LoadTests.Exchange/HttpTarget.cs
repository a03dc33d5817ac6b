using DataExchange.Domain;
using DataExchange.Gateway.Access;
using DataExchange.Services;

namespace DataExchange.LoadTests.Exchange;

/// <summary>A gateway to load: of a running exchange, or of one that is made for the run.</summary>
internal sealed class HttpTarget : IAsyncDisposable
{
    private HttpTarget(Uri address, string administratorKey, EmbeddedExchange? embedded) => (Address, AdministratorKey, Embedded) = (address, administratorKey, embedded);

    /// <summary>Its address.</summary>
    public Uri Address { get; }

    /// <summary>The key of an administrator.</summary>
    public string AdministratorKey { get; }

    /// <summary>The exchange made for the run; null for a running one.</summary>
    public EmbeddedExchange? Embedded { get; }

    /// <summary>Starts or names it.</summary>
    public static async Task<HttpTarget> OpenAsync(ExchangeLoadOptions options, CancellationToken cancellation)
    {
        if (options.Target is { } address)
        {
            return new HttpTarget(address, options.AdministratorKey ?? throw new LoadInputException($"the key of an administrator of {address} is needed"), null);
        }

        var exchange = await EmbeddedExchange.StartAsync(
            options,
            new ServiceOptions
            {
                Services = [.. PartitionMap.Services, ServiceOptions.Feed], TradingPartitions = options.Partitions, WithProjections = false, RunKey = 1, Log = line => options.Note(line.ToString()),
            },
            withGateway: true, cancellation).ConfigureAwait(false);
        var key = await new ApiKeys(exchange.Database).IssueAsync(new PartyId("load-administrator"), Role.Administrator, cancellation).ConfigureAwait(false);
        return new HttpTarget(exchange.Address!, key.Text, exchange);
    }

    /// <summary>Stops what was made.</summary>
    public ValueTask DisposeAsync() => Embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
