using DataExchange.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace DataExchange.Gateway.Health;

/// <summary>Whether the process lives, whether it can serve, what it counts. They say nothing of the market and ask for no key.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    internal static void Map(IEndpointRouteBuilder web, NpgsqlDataSource database, Func<string?> hindrance, MetricsText metrics)
    {
        var all = new AdmitsAll();
        web.MapGet("/health/live", () => Results.Text("live\n")).WithMetadata(all);
        web.MapGet("/health/ready", async (HttpContext context) =>
                (await AnswersAsync(database, context.RequestAborted).ConfigureAwait(false) ? hindrance() : "the store does not answer") is { } lacking
                    ? new Problem(503, "not-ready", new("尚未就绪", "Not ready"), $"This process cannot serve: {lacking}.")
                    : Results.Text("ready\n"))
            .WithMetadata(all);
        web.MapGet("/metrics", () => Results.Text(metrics.Write(), MetricsText.ContentType)).WithMetadata(all);
    }

    private static async Task<bool> AnswersAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await using var ask = database.CreateCommand("SELECT 1");
            return await ask.ExecuteScalarAsync(limit.Token).ConfigureAwait(false) is 1;
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
        {
            return false;
        }
    }
}
