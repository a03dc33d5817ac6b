using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Projections;

/// <summary>The buyers' requirements, kept by the event store's daemon.</summary>
internal sealed class RequirementProjection : ReadModelProjection<RequirementFold>
{
    private protected override RequirementFold Create() => new();
}
