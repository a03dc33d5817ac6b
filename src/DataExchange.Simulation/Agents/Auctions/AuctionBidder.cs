using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Mechanisms.Sealed;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents.Auctions;

/// <summary>A firm that bids in auctions, and what it knows of its money: what is free, and what is held for its bids.</summary>
/// <param name="market">The surroundings.</param>
/// <param name="firm">The firm; it buys nowhere else.</param>
public sealed class AuctionBidder(Market market, BuyerAgent firm)
{
    private const long WholeThousandYuan = 100_000;
    private readonly Dictionary<AuctionId, long> _held = [];
    private long _freeFen;

    /// <summary>The firm.</summary>
    public BuyerAgent Firm => firm;

    /// <summary>Who it is.</summary>
    public PartyId Party => firm.Party;

    /// <summary>Pays in what is missing for a bid.</summary>
    /// <param name="fen">What will be held, fen.</param>
    public async ValueTask TopUpAsync(long fen)
    {
        if (_freeFen < fen)
        {
            var deposit = ((fen - _freeFen + WholeThousandYuan - 1) / WholeThousandYuan) * WholeThousandYuan;
            await market.Kernel.SubmitAsync(new DepositFunds(Party, deposit) { At = market.Kernel.Now, By = Party }).ConfigureAwait(true);
            _freeFen += deposit;
        }
    }

    /// <summary>Notes what is held for a bid, or less than nothing for what is free again.</summary>
    internal void Hold(AuctionId auction, long fen)
    {
        _freeFen -= fen;
        _held[auction] = _held.GetValueOrDefault(auction) + fen;
    }

    /// <summary>Notes the end of an auction: what was held is free but for what it cost.</summary>
    internal void End(AuctionId auction, long costFen)
    {
        _held.Remove(auction, out var held);
        _freeFen += held - costFen;
    }
}

/// <summary>One bidder in one auction: its private value, what it will bid, and how it goes wrong.</summary>
internal sealed class AuctionBid
{
    private AuctionBid(AuctionBidder bidder, RandomStream random) => (Bidder, Random) = (bidder, random);

    internal AuctionBidder Bidder { get; }

    /// <summary>The bidder's own stream in this auction.</summary>
    internal RandomStream Random { get; }

    internal long ValueFen { get; private init; }

    internal bool IsLate { get; private init; }

    internal bool IsInsolvent { get; private init; }

    internal bool StaysSealed { get; private init; }

    internal bool IsMistaken { get; private init; }

    /// <summary>64 small hexadecimal digits that nobody can guess.</summary>
    internal string Nonce { get; private init; } = "";

    /// <summary>Draws value and fate: each bidder has a stream of its own in each auction, so that one more shifts nobody's draws.</summary>
    internal static AuctionBid Draw(Market market, AuctionId auction, AuctionBidder bidder, long postedFen)
    {
        var settings = market.Scenario.Auctions;
        var random = market.StreamOf($"bid/{auction}/{bidder.Party}");
        return new AuctionBid(bidder, random)
        {
            ValueFen = (long)(postedFen * settings.MostValue.Value * random.NextDouble()),
            IsLate = random.NextBoolean(settings.LateShare.Value),
            IsInsolvent = random.NextBoolean(settings.InsolventShare.Value),
            StaysSealed = random.NextBoolean(settings.UnrevealedShare.Value),
            IsMistaken = random.NextBoolean(settings.MistakenShare.Value),
            Nonce = string.Concat(Enumerable.Range(0, 4).Select(_ => random.NextUInt64().ToString("x16", CultureInfo.InvariantCulture))),
        };
    }

    /// <summary>
    /// What a bidder bids where the winner pays itself, and values are uniform: its value less what it gains by waiting, v(n − 1)/n, and r/n · (r/v)^(n − 1)
    /// more as nobody below the reserve takes part (Riley and Samuelson 1981). That bidders do so, and know how many they are, is A103 of docs/assumptions.md.
    /// </summary>
    /// <param name="reserveFen">The reserve, fen, at most the value.</param>
    /// <param name="bidders">How many bid.</param>
    internal long ShadedFen(long reserveFen, int bidders)
    {
        var left = (double)reserveFen / bidders;
        for (var i = 1; i < bidders; i++)
        {
            left *= (double)reserveFen / ValueFen;
        }

        return Math.Clamp((long)(((double)ValueFen * (bidders - 1) / bidders) + left), reserveFen, ValueFen);
    }

    internal string CommitmentTo(AuctionId auction, long fen) => BidCommitment.Of(auction.Value, Bidder.Party.Value, fen, Convert.FromHexString(Nonce)).Hex;
}
