using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DataExchange.Mechanisms;

/// <summary>
/// The one price that would have brought most, had all bids been known: max over i of i · bᵢ, with bᵢ the i-th highest bid. Not a way to sell to people
/// who know of it, as it tempts to bid less, but the benchmark F of digital-goods auctions.
/// </summary>
public sealed class OptimalPrice : ProviderMechanism
{
    /// <inheritdoc />
    public override string Name => "optimal single price (benchmark)";

    /// <summary>The best single price for bids; among equally good ones the highest.</summary>
    /// <param name="highestFirst">Amounts in fen, falling.</param>
    /// <param name="fewestWinners">It sells to so many at least; 1 gives F, 2 the benchmark F⁽²⁾ of competitive analysis.</param>
    /// <returns>The price and what it brings, fen; null when there are too few bids.</returns>
    public static (long PriceFen, long RevenueFen)? Of(IReadOnlyList<long> highestFirst, int fewestWinners = 1)
    {
        ArgumentNullException.ThrowIfNull(highestFirst);
        ArgumentOutOfRangeException.ThrowIfLessThan(fewestWinners, 1);
        (long PriceFen, long RevenueFen)? best = null;
        for (var i = fewestWinners; i <= highestFirst.Count; i++)
        {
            var price = highestFirst[i - 1];
            if (best is null || price * i > best.Value.RevenueFen)
            {
                best = (price, price * i);
            }
        }

        return best;
    }

    /// <inheritdoc />
    protected override IReadOnlyList<Award> Award(AuctionTerms terms, IReadOnlyList<Bid> admitted)
    {
        ArgumentNullException.ThrowIfNull(admitted);
        var price = Of([.. admitted.Select(bid => bid.AmountFen)])!.Value.PriceFen;
        return [.. admitted.TakeWhile(bid => bid.AmountFen >= price).Select(bid => new Award(bid.Bidder, price))];
    }
}

/// <summary>
/// Random sampling optimal price (RSOP; Goldberg, Hartline, Karlin, Saks and Wright 2006) for copies without limit: a coin for each bidder parts the bids
/// in two halves; each half is offered the optimal single price of the other. From an empty half comes no price, so nothing is sold. A bid does not move
/// the price that its own bidder is offered: bidding one's value is dominant for any coins. Expected revenue is at least F⁽²⁾/4.68 (Alaei, Malekian and
/// Srinivasan 2009; F⁽²⁾/15 by Feige and others 2005).
/// </summary>
public sealed class RandomSampling : ProviderMechanism
{
    private readonly Func<string, bool> _coin;

    /// <summary>An auction with given coins.</summary>
    /// <param name="coin">A bidder's coin. It must depend on nothing but the bidder, and give the same answer each time.</param>
    public RandomSampling(Func<string, bool> coin)
    {
        ArgumentNullException.ThrowIfNull(coin);
        _coin = coin;
    }

    /// <inheritdoc />
    public override string Name => "random sampling optimal price";

    /// <summary>
    /// Fair coins from a seed: the lowest bit of the first byte of SHA-256 over the seed (8 bytes, big-endian) and the bidder's id in UTF-8. Whoever
    /// knows the seed can toss them again; nobody may know it before the bids are in.
    /// </summary>
    /// <param name="seed">Any number.</param>
    public static RandomSampling Seeded(ulong seed) => new(bidder =>
    {
        var bytes = new byte[8 + Encoding.UTF8.GetByteCount(bidder)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, seed);
        Encoding.UTF8.GetBytes(bidder, bytes.AsSpan(8));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return (hash[0] & 1) == 1;
    });

    /// <inheritdoc />
    protected override IReadOnlyList<Award> Award(AuctionTerms terms, IReadOnlyList<Bid> admitted)
    {
        ArgumentNullException.ThrowIfNull(admitted);
        var heads = new List<long>();
        var tails = new List<long>();
        var coins = new bool[admitted.Count];
        for (var i = 0; i < admitted.Count; i++)
        {
            coins[i] = _coin(admitted[i].Bidder);
            (coins[i] ? heads : tails).Add(admitted[i].AmountFen);
        }

        var (fromHeads, fromTails) = (OptimalPrice.Of(heads)?.PriceFen, OptimalPrice.Of(tails)?.PriceFen);
        var awards = new List<Award>();
        for (var i = 0; i < admitted.Count; i++)
        {
            if ((coins[i] ? fromTails : fromHeads) is { } price && admitted[i].AmountFen >= price)
            {
                awards.Add(new(admitted[i].Bidder, price));
            }
        }

        return awards;
    }
}
