using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Projections;

/// <summary>The deal register, kept by the event store's daemon.</summary>
internal sealed class DealProjection : ReadModelProjection<DealFold>
{
    private protected override DealFold Create() => new(null);
}
