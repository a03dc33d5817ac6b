using System.Security.Authentication;
using DataExchange.Gateway.Access;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Description;
using DataExchange.Gateway.Health;
using DataExchange.Gateway.Reads;
using DataExchange.Services;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DataExchange.Gateway;

/// <summary>The exchange over HTTP: a gateway that listens. It keeps no state but what is in the store, so that any number may run.</summary>
public sealed class GatewayServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly MetricsText _metrics;

    private GatewayServer(WebApplication web, MetricsText metrics) => (_web, _metrics) = (web, metrics);

    /// <summary>Where it listens.</summary>
    public IReadOnlyList<string> Urls => [.. _web.Urls];

    /// <summary>Ends when it stopped.</summary>
    public Task Completion => _web.WaitForShutdownAsync();

    /// <summary>Starts a gateway.</summary>
    /// <param name="database">The store, its schema applied.</param>
    /// <param name="sender">Sends commands to the services.</param>
    /// <param name="options">How it is started.</param>
    /// <param name="cancellation">Stops the start.</param>
    /// <exception cref="ArgumentException">The signing key's file holds something else.</exception>
    /// <exception cref="IOException">An address is in use.</exception>
    public static async Task<GatewayServer> StartAsync(NpgsqlDataSource database, ICommandSender sender, GatewayOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(options);
        await GatewayTables.CreateAsync(database, cancellation).ConfigureAwait(false);
        var keys = new ApiKeys(database);
        var tokens = new Tokens(options.KeyFolder, options.Clock);
        await FirstKeys.MakeAsync(database, keys, options, cancellation).ConfigureAwait(false);

        var audit = new AuditTrail(database);
        var gate = new Gate(keys, audit, options);
        return await ListenAsync(database, gate, tokens, options, web =>
        {
            web.MapPost("/v1/commands/{name}", new CommandEndpoint(sender, database, new Concerns(database), audit, options).HandleAsync)
                .WithMetadata(new Admits(Enum.GetValues<Role>()), new CommandsInFlight.Counted());
            OpenApiDocument.Map(web);
            KeyEndpoints.Map(web, keys, tokens, audit, options);
            MapReads(web, database, keys, audit, options);
            options.Pages?.Map(web).WithMetadata(new AdmitsAll());
        }, cancellation).ConfigureAwait(false);
    }

    private static void MapReads(WebApplication web, NpgsqlDataSource database, ApiKeys keys, AuditTrail audit, GatewayOptions options)
    {
        var (everybody, reading) = (new Admits(Enum.GetValues<Role>()), new Reading(new StoredStreams(database), audit));
        var events = new ServerEvents(keys, new OpenStreams(options.StreamsPerKey, options.Streams), web.Lifetime.ApplicationStopping);
        new ProductReads(reading).Map(web, everybody);
        new DealReads(reading).Map(web, everybody);
        new PartyReads(reading).Map(web, everybody);
        new BookReads(reading, database, events).Map(web, everybody);
        new StreamReads(reading, database).Map(web, everybody);
        new EventStreamEndpoint(database, events).Map(web, everybody);
    }

    /// <summary>Starts what every process of services has: health and metrics, and nothing else.</summary>
    /// <param name="database">The store.</param>
    /// <param name="options">How it is started.</param>
    /// <param name="cancellation">Stops the start.</param>
    /// <exception cref="IOException">An address is in use.</exception>
    public static Task<GatewayServer> StartHealthAsync(NpgsqlDataSource database, GatewayOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        return ListenAsync(database, null, null, options, _ => { }, cancellation);
    }

    private static async Task<GatewayServer> ListenAsync(
        NpgsqlDataSource database, Gate? gate, Tokens? tokens, GatewayOptions options, Action<WebApplication> map, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Urls);
        if (options.Certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (options.Certificate is { } certificate)
            {
                kestrel.ConfigureHttpsDefaults(https =>
                {
                    (https.ServerCertificate, https.ServerCertificateChain) = (certificate.Own, certificate.Chain);
                    https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                });
            }

            kestrel.Limits.MaxRequestBodySize = GatewayLimits.BodyBytes;
            kestrel.AddServerHeader = false;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        if (gate is not null && tokens is not null)
        {
            builder.Services.AddAuthentication().AddJwtBearer(JwtBearerDefaults.AuthenticationScheme, bearer =>
            {
                bearer.MapInboundClaims = false;
                bearer.TokenValidationParameters = tokens.Validation;
            });
        }

        if (gate is not null)
        {
            options.Pages?.AddServices(builder.Services);
        }

        var web = builder.Build();
        web.Use(RequestSpan.InvokeAsync);
        web.Use((context, next) => ProblemsAsync(context, next, options.Warn));
        web.UseRouting();
        var inFlight = gate is null ? null : new CommandsInFlight(options.CommandsInFlight);
        if (gate is not null)
        {
            web.Use(inFlight!.InvokeAsync);
            web.Use(gate.InvokeAsync);
            web.Use(Takes.CheckAsync);
        }

        web.Lifetime.ApplicationStopped.Register(() =>
        {
            gate?.Dispose();
            inFlight?.Dispose();
        });
        var metrics = new MetricsText(inFlight);
        HealthEndpoints.Map(web, database, options.Hindrance, metrics);
        map(web);
        try
        {
            await web.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            metrics.Dispose();
            await web.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new GatewayServer(web, metrics);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _web.StopAsync(limit.Token).ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
    }

    // Whatever goes wrong on the way is a problem too, and tells nothing of the inside. Paths name parties, and so may what an exception says: neither is noted.
    private static async Task ProblemsAsync(HttpContext context, RequestDelegate next, Action<string> warn)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await (bad.StatusCode == 413 ? Problems.TooLarge() : new Problem(bad.StatusCode, "bad-request", new("请求有误", "Bad request"), bad.Message))
                .ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is EventStore.EventStoreException or NpgsqlException && !context.Response.HasStarted)
        {
            warn($"{RequestSpan.RouteOf(context)}: {failure.Message}");
            await new Problem(503, "store-unavailable", new("暂时无法使用", "Not available now"), "The store cannot be reached; try again later.")
                .ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (Exception failure) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            warn($"{RequestSpan.RouteOf(context)}: {failure.GetType().FullName} {failure.StackTrace}");
            await new Problem(500, "defect", new("系统内部错误", "A defect"), "The request met a defect of the gateway; it was noted.").ExecuteAsync(context).ConfigureAwait(false);
        }
    }
}
