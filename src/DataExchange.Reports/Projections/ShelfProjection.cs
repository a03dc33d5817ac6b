using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Projections;

/// <summary>The shelves, kept by the event store's daemon.</summary>
internal sealed class ShelfProjection : ReadModelProjection<ShelfFold>
{
    private protected override ShelfFold Create() => new();
}
