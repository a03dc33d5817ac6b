using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Trading;
using DataExchange.Reports.Words;

namespace DataExchange.Cli.Running.Web;

/// <summary>What is worth saying of a step of an auction or of a requirement beside its name.</summary>
internal static class StepDetails
{
    private const int CommitmentShown = 16;

    /// <summary>It in words; empty when the name says it all.</summary>
    /// <param name="fact">The step.</param>
    /// <param name="nameOf">A party's name.</param>
    public static Text Of(Event fact, Func<string, Text> nameOf) => fact switch
    {
        BidCommitted e => new($"承诺 {e.Commitment[..CommitmentShown]}…，保证金 {Yuan(e.DepositFen)}", $"commitment {e.Commitment[..CommitmentShown]}…, deposit {Yuan(e.DepositFen)}"),
        BidRevealed e => new($"报价 {Yuan(e.AmountFen)}，随机数 {e.Nonce[..CommitmentShown]}…", $"bid {Yuan(e.AmountFen)}, nonce {e.Nonce[..CommitmentShown]}…"),
        BidPlaced e => new($"报价 {Yuan(e.AmountFen)}", $"bid {Yuan(e.AmountFen)}"),
        AuctionClosed { NoSale: { } reason } => AuctionWords.Of(reason),
        AuctionClosed e => new(
            string.Join("；", e.Awards.Select(award => $"{nameOf(award.Bidder.Value).Zh} {Yuan(award.PriceFen)}")), string.Join("; ", e.Awards.Select(award => $"{nameOf(award.Bidder.Value).En} {Yuan(award.PriceFen)}"))),
        RequirementAnswered e => new($"推荐 {e.Ranking.Count} 个", $"{e.Ranking.Count} proposed"),
        RequirementLapsed e => Terms.Of(e.Reason),
        _ => Text.Same(""),
    };

    private static string Yuan(long fen) => "¥" + ((decimal)fen / 100).ToString("N2", CultureInfo.InvariantCulture);
}
