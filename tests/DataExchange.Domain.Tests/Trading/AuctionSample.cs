using DataExchange.Domain.Trading;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests;

/// <summary>Rules and secrets of auctions that the tests share: bids until day 70, opened until day 75, reserve 1,000 fen.</summary>
internal static class AuctionSample
{
    internal static readonly AuctionId Sale = AuctionId.Of(Product, 1);

    internal static readonly string Coin = new('c', 64);

    internal static readonly string Nonce = new('a', 64);

    /// <summary>Stands for the commitment that a bid opens to: what it really is, the exchange computes.</summary>
    internal static readonly string Commitment = new('b', 64);

    internal static readonly AuctionRules SecondPrice = new(AuctionFormat.SecondPrice, 1, 1_000, 100, Day(70), Day(75));

    internal static readonly AuctionRules UniformPrice = SecondPrice with { Format = AuctionFormat.UniformPrice, Copies = 2 };

    internal static readonly AuctionRules RandomSampling =
        SecondPrice with { Format = AuctionFormat.RandomSampling, Copies = null, CoinCommitment = AuctionRules.CommitmentOfCoin(Coin) };

    internal static readonly AuctionRules English = new(AuctionFormat.English, 1, 1_000, 0, Day(70), StepFen: 50, QuietSeconds: 600);

    /// <summary>From 2,000 fen down by 300 a day.</summary>
    internal static readonly AuctionRules Dutch = new(AuctionFormat.Dutch, 1, 1_000, 0, Day(70), StartFen: 2_000, StepFen: 300, StepSeconds: 86_400);

    internal static readonly AuctionOutcome Nothing = new([], AuctionNoSale.NoBids);
}
