using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Projections;

/// <summary>The venues' days, kept by the event store's daemon.</summary>
internal sealed class VenueDayProjection : ReadModelProjection<VenueDayFold>
{
    private protected override VenueDayFold Create() => new();
}
