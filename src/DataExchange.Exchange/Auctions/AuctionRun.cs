using System.Buffers.Binary;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Mechanisms;
using DataExchange.Mechanisms.Sealed;
using SealedBid = DataExchange.Domain.Trading.SealedBid;

namespace DataExchange.Exchange.Auctions;

/// <summary>
/// What the mechanisms make of an auction's facts: who gets a licence at what price, and what a sealed bid commits to. Live the answer goes into the
/// command; when facts are checked it is compared with what they say.
/// </summary>
public static class AuctionRun
{
    /// <summary>The commitment that a bid is opened against, 64 small hexadecimal digits.</summary>
    /// <param name="auction">The auction.</param>
    /// <param name="bidder">The bidder.</param>
    /// <param name="amountFen">Fen.</param>
    /// <param name="nonce">64 small hexadecimal digits.</param>
    /// <returns>Null where amount or nonce are not in their form or range: no commitment opens to them.</returns>
    public static string? CommitmentOf(AuctionId auction, PartyId bidder, long amountFen, string nonce) =>
        AuctionRules.IsBid(amountFen) && AuctionRules.IsSecret(nonce) && auction.Value.Length > 0 && bidder.Value.Length > 0
            ? BidCommitment.Of(auction.Value, bidder.Value, amountFen, Convert.FromHexString(nonce)).Hex
            : null;

    /// <summary>The outcome of an auction that is over.</summary>
    /// <param name="auction">The auction.</param>
    /// <param name="at">When it is closed.</param>
    /// <param name="coin">The coin of a random sampling; null where it is lost, and for every other format.</param>
    /// <returns>Null of an auction that is not open, or not over.</returns>
    public static AuctionOutcome? Of(Auction auction, SimulatedTime at, string? coin)
    {
        ArgumentNullException.ThrowIfNull(auction);
        if (auction is not { Stage: AuctionStage.Open, Rules: { } rules } || !auction.IsOver(at))
        {
            return null;
        }

        if (!auction.HasBids)
        {
            return new([], AuctionNoSale.NoBids);
        }

        var revealed = auction.Bids.Values.Where(bid => bid.AmountFen is not null).ToArray();
        if (rules.IsSealed && revealed.Length == 0)
        {
            return new([], AuctionNoSale.NoBidRevealed);
        }

        if (rules.Format == AuctionFormat.RandomSampling && !AuctionRules.IsSecret(coin))
        {
            return new([], AuctionNoSale.CoinNotPublished);
        }

        var result = rules.Format == AuctionFormat.English
            ? new AscendingAuction(new(new(rules.ReserveFen, 0, auction.BidUntil.UnixSeconds), rules.StepFen!.Value), OpenBid(auction.Standing!), auction.BidUntil.UnixSeconds)
                .Close(at.UnixSeconds, out _)!
            : MechanismOf(rules, coin).Run(
                new(rules.ReserveFen, rules.DepositFen, auction.BidUntil.UnixSeconds),
                auction.Standing is { } standing ? [OpenBid(standing)] : [.. revealed.Select(Opened)]);
        return new([.. result.Awards.Select(award => new AuctionPrice(new(award.Bidder), award.PriceFen))], Named(result.NoSale));
    }

    /// <summary>The mechanism of a format; the English auction's is the sequence of its bids.</summary>
    private static IMechanism MechanismOf(AuctionRules rules, string? coin) => rules.Format switch
    {
        AuctionFormat.FirstPrice => new FirstPrice(),
        AuctionFormat.SecondPrice => new Vickrey(),
        AuctionFormat.UniformPrice => new UniformPrice(rules.Copies!.Value),
        AuctionFormat.RandomSampling => RandomSampling.Seeded(SeedOf(coin!)),
        AuctionFormat.Dutch => new DutchClock(rules.StartFen!.Value, rules.StepFen!.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(rules), rules.Format, "no mechanism for this format"),
    };

    // The first eight bytes are seed enough; all of them keep it from being guessed before it is published.
    private static ulong SeedOf(string coin) => BinaryPrimitives.ReadUInt64BigEndian(Convert.FromHexString(coin));

    private static Bid Opened(SealedBid bid) => new(bid.Bidder.Value, bid.AmountFen!.Value, bid.At.UnixSeconds, bid.DepositFen);

    private static Bid OpenBid(StandingBid bid) => new(bid.Bidder.Value, bid.AmountFen, bid.At.UnixSeconds);

    private static AuctionNoSale? Named(NoSaleReason? reason) => reason switch
    {
        null => null,
        NoSaleReason.NoBids => AuctionNoSale.NoBids,
        NoSaleReason.PriceAboveAllBids => AuctionNoSale.PriceAboveAllBids,
        // No bid is recorded that a mechanism would refuse for anything but the reserve.
        _ => AuctionNoSale.ReserveAboveAllBids,
    };
}
