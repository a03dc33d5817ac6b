using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Projections;

/// <summary>The trials in the sandbox, kept by the event store's daemon.</summary>
internal sealed class SandboxProjection : ReadModelProjection<SandboxFold>
{
    private protected override SandboxFold Create() => new();
}
