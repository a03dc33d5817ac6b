using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Projections;

/// <summary>The products' lives, kept by the event store's daemon.</summary>
internal sealed class TimelineProjection : ReadModelProjection<TimelineFold>
{
    private protected override TimelineFold Create() => new();
}
