using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Figures;

/// <summary>What the closed auctions of one format came to.</summary>
/// <param name="Format">The format.</param>
/// <param name="Auctions">How many closed.</param>
/// <param name="Sold">Of these: with an award at least.</param>
/// <param name="Bids">Bids, opened or not.</param>
/// <param name="Awards">Licences awarded.</param>
/// <param name="RevenueFen">What they came to, fen.</param>
/// <param name="AtReserveFen">What they would have come to at the reserves, fen.</param>
/// <param name="ForfeitedFen">Deposits of bids that were not opened, fen.</param>
public sealed record AuctionFormatFigures(
    AuctionFormat Format, int Auctions, int Sold, int Bids, int Awards, long RevenueFen, long AtReserveFen, long ForfeitedFen)
{
    /// <summary>Share of the auctions that sold something.</summary>
    public double SoldShare => Auctions == 0 ? 0 : (double)Sold / Auctions;

    /// <summary>What was paid, as a multiple of the reserves; null where nothing was sold.</summary>
    public double? OverReserve => AtReserveFen == 0 ? null : (double)RevenueFen / AtReserveFen;

    /// <summary>Bids for an auction, on average.</summary>
    public double BidsPerAuction => Auctions == 0 ? 0 : (double)Bids / Auctions;

    internal static IReadOnlyList<AuctionFormatFigures> Of(IReadOnlyList<AuctionSale> auctions) =>
    [
        .. auctions.Where(auction => auction.Stage == AuctionStage.Closed).GroupBy(auction => auction.Format).OrderBy(group => group.Key)
            .Select(group => new AuctionFormatFigures(
                group.Key, group.Count(), group.Count(auction => auction.Awards > 0), group.Sum(auction => auction.Bids), group.Sum(auction => auction.Awards),
                group.Sum(auction => auction.RevenueFen), group.Sum(auction => auction.Awards * auction.ReserveFen), group.Sum(auction => auction.ForfeitedFen))),
    ];
}
