using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.Words;

/// <summary>Words of auctions.</summary>
public static class AuctionWords
{
    /// <summary>How an auction finds its price.</summary>
    public static Text Of(AuctionFormat format) => format switch
    {
        AuctionFormat.FirstPrice => new("第一价格密封竞价", "First-price sealed bid"),
        AuctionFormat.SecondPrice => new("第二价格密封竞价（维克瑞）", "Second-price sealed bid (Vickrey)"),
        AuctionFormat.UniformPrice => new("(k+1) 统一价格竞价", "(k+1) uniform price"),
        AuctionFormat.RandomSampling => new("数字商品随机抽样竞价", "Random sampling (digital goods)"),
        AuctionFormat.English => new("英式增价竞价", "English (ascending)"),
        AuctionFormat.Dutch => new("荷式降价竞价", "Dutch (descending)"),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no words"),
    };

    /// <summary>Why nothing was sold.</summary>
    public static Text Of(AuctionNoSale reason) => reason switch
    {
        AuctionNoSale.NoBids => new("无人报价", "nobody bid"),
        AuctionNoSale.NoBidRevealed => new("无报价揭示", "no bid was opened"),
        AuctionNoSale.ReserveAboveAllBids => new("报价均低于保留价", "reserve above all bids"),
        AuctionNoSale.PriceAboveAllBids => new("报价均低于成交价", "price above all bids"),
        AuctionNoSale.CoinNotPublished => new("随机数未公布", "the coin was not published"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "no words"),
    };

    internal static Text Of(AuctionAnnounced e)
    {
        var (format, reserve) = (Of(e.Rules.Format), TimelineWords.Yuan(e.Rules.ReserveFen));
        return new($"{format.Zh}，保留价 {reserve.Zh}", $"{format.En}, reserve {reserve.En}");
    }

    internal static Text Of(AuctionClosed e)
    {
        if (e.NoSale is { } reason)
        {
            return Of(reason);
        }

        var sum = TimelineWords.Yuan(e.Awards.Sum(award => award.PriceFen));
        return new($"{e.Awards.Count} 份，共 {sum.Zh}", $"{e.Awards.Count} awarded for {sum.En}");
    }
}
