using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Projections;

/// <summary>The auctions, kept by the event store's daemon.</summary>
internal sealed class AuctionProjection : ReadModelProjection<AuctionFold>
{
    private protected override AuctionFold Create() => new();
}
