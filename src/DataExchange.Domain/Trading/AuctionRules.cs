using System.Security.Cryptography;
using System.Text;

namespace DataExchange.Domain.Trading;

/// <summary>The rules of an auction, known before the first bid. What a format does not use is not given.</summary>
/// <param name="Format">How it finds who gets a licence at what price.</param>
/// <param name="Copies">Licences: 1 for first price, second price, English and Dutch; 1 to <see cref="MostCopies"/> for a uniform price; not given for random sampling, which has no bound.</param>
/// <param name="ReserveFen">Nothing is sold below it, fen, 1 to <see cref="MostBidFen"/>.</param>
/// <param name="DepositFen">Deposit that comes with a sealed bid, fen, 0 to <see cref="MostBidFen"/>; 0 for open bids, whose whole amount is held.</param>
/// <param name="BidUntil">The last moment of a bid.</param>
/// <param name="RevealUntil">The last moment at which a sealed bid is opened, after <paramref name="BidUntil"/>; not given for open bids.</param>
/// <param name="StartFen">Dutch: the first price, fen, the reserve or more.</param>
/// <param name="StepFen">English: a bid is above the standing one by so much at least; Dutch: how far the price falls at a time; fen.</param>
/// <param name="StepSeconds">Dutch: how long a price stands, 1 or more.</param>
/// <param name="QuietSeconds">English: a bid so long before the close or less moves the close to so long after it; 0 to a day.</param>
/// <param name="CoinCommitment">Random sampling: <see cref="CommitmentOfCoin"/> of the coin that parts the bidders; published before any of them bids.</param>
public sealed record AuctionRules(
    AuctionFormat Format,
    int? Copies,
    long ReserveFen,
    long DepositFen,
    SimulatedTime BidUntil,
    SimulatedTime? RevealUntil = null,
    long? StartFen = null,
    long? StepFen = null,
    int? StepSeconds = null,
    int? QuietSeconds = null,
    string? CoinCommitment = null)
{
    /// <summary>The largest bid, 10^12 fen (10 billion yuan).</summary>
    public const long MostBidFen = 1_000_000_000_000;

    /// <summary>The most licences of a uniform price.</summary>
    public const int MostCopies = 1_000;

    /// <summary>The longest auction, days.</summary>
    public const int MostDays = 366;

    /// <summary>Bytes of a nonce and of a coin, as twice as many small hexadecimal digits.</summary>
    public const int SecretBytes = 32;

    /// <summary>How long after the bids are open the coin of a random sampling is awaited, seconds; after it nothing is sold.</summary>
    public const long CoinSeconds = SimulatedTime.SecondsPerDay;

    /// <summary>Whether bids are committed to first and opened later.</summary>
    public bool IsSealed => Format is AuctionFormat.FirstPrice or AuctionFormat.SecondPrice or AuctionFormat.UniformPrice or AuctionFormat.RandomSampling;

    /// <summary>Whether an amount is one that may be bid, fen.</summary>
    public static bool IsBid(long fen) => fen is > 0 and <= MostBidFen;

    /// <summary>Whether a text is a nonce, coin or commitment: 64 small hexadecimal digits.</summary>
    public static bool IsSecret(string? text) => text is { Length: 2 * SecretBytes } && text.All(letter => letter is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    /// <summary>What is published of a coin before the first bid: SHA-256 over <c>dx-auction-coin-v1</c>, a line feed and the coin's 32 bytes, as small hexadecimal digits.</summary>
    /// <param name="coin">64 small hexadecimal digits that nobody can guess.</param>
    /// <exception cref="FormatException">It is no coin.</exception>
    public static string CommitmentOfCoin(string coin) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Encoding.ASCII.GetBytes("dx-auction-coin-v1\n"), .. Convert.FromHexString(coin)]));

    /// <summary>The price on a Dutch auction's clock, fen: it falls by steps from the start, and stays at the last one that is not below the reserve.</summary>
    /// <param name="openedAt">When the auction opened.</param>
    /// <param name="at">Then or later.</param>
    public long ClockFen(SimulatedTime openedAt, SimulatedTime at)
    {
        var (start, step) = (StartFen ?? ReserveFen, StepFen ?? 1);
        var steps = Math.Min(Math.Max(0, at.UnixSeconds - openedAt.UnixSeconds) / (StepSeconds ?? 1), (start - ReserveFen) / step);
        return start - (step * steps);
    }

    /// <summary>Whether an auction may open under them.</summary>
    /// <param name="at">When it opens.</param>
    internal bool IsSound(SimulatedTime at) =>
        IsBid(ReserveFen)
        && BidUntil > at
        && (Int128)(RevealUntil ?? BidUntil).UnixSeconds - at.UnixSeconds <= MostDays * SimulatedTime.SecondsPerDay
        && (IsSealed ? IsSoundSealed() : IsSoundOpen());

    private bool IsSoundSealed() =>
        DepositFen is >= 0 and <= MostBidFen
        && RevealUntil > BidUntil
        && (StartFen, StepFen, StepSeconds, QuietSeconds) == (null, null, null, null)
        && Format switch
        {
            AuctionFormat.RandomSampling => Copies is null && IsSecret(CoinCommitment),
            AuctionFormat.UniformPrice => Copies is >= 1 and <= MostCopies && CoinCommitment is null,
            _ => Copies == 1 && CoinCommitment is null,
        };

    private bool IsSoundOpen() =>
        Copies == 1
        && DepositFen == 0
        && RevealUntil is null
        && CoinCommitment is null
        && StepFen is > 0 and <= MostBidFen
        && (Format switch
        {
            AuctionFormat.English => StartFen is null && StepSeconds is null && QuietSeconds is null or (>= 0 and <= (int)SimulatedTime.SecondsPerDay),
            AuctionFormat.Dutch => StartFen >= ReserveFen && StartFen <= MostBidFen && StepSeconds >= 1 && QuietSeconds is null,
            _ => false,
        });
}
