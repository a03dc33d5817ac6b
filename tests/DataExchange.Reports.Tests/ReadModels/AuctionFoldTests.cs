using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Reports.Figures;
using DataExchange.Reports.Tests.Market;

namespace DataExchange.Reports.Tests.ReadModels;

/// <summary>The auctions of the small market as their read model and the report's figures tell them.</summary>
public sealed class AuctionFoldTests
{
    [Fact]
    public void Every_auction_is_told_with_its_bids_and_its_end()
    {
        var sales = new BulkFold(SmallMarket.Run(3, products: 60, buyers: 10, orders: 100)).Models.Auctions;
        Assert.Equal(
            [
                (AuctionFormat.English, AuctionStage.Closed, 2, 0, 1, 2_000L, 0, 0L), (AuctionFormat.SecondPrice, AuctionStage.Closed, 2, 1, 1, 1_000L, 1, 500L),
                (AuctionFormat.English, AuctionStage.Cancelled, 0, 0, 0, 0L, 0, 0L),
            ],
            sales.Select(sale => (sale.Format, sale.Stage, sale.Bids, sale.Revealed, sale.Awards, sale.RevenueFen, sale.Unrevealed, sale.ForfeitedFen)));
        var figures = AuctionFormatFigures.Of(sales);
        Assert.Equal([(AuctionFormat.SecondPrice, 1, 1.0, 1.0), (AuctionFormat.English, 1, 1.0, 2.0)], figures.Select(one => (one.Format, one.Auctions, one.SoldShare, one.OverReserve!.Value)));
    }
}
