using CsCheck;

namespace DataExchange.Mechanisms.Tests;

/// <summary>Bids to test with.</summary>
internal static class Profiles
{
    internal static readonly AuctionTerms NoReserve = new();

    internal static readonly Gen<Bid[]> Any = Gen.Select(Gen.Long[1, 12], Gen.Long[0, 3]).Array[0, 9]
        .Select(bids => bids.Select((bid, i) => new Bid($"b{i}", bid.Item1, bid.Item2)).ToArray());

    internal static IEnumerable<(string Name, IMechanism Mechanism)> All =>
    [
        .. Truthful,
        ("first price", new FirstPrice()), ("dutch", new DutchClock(12, 1)), ("dutch 2", new DutchClock(10, 3)), ("optimal", new OptimalPrice()),
    ];

    // Those in which bidding one's value is dominant. The coarse English clock is truthful only for values on it.
    internal static IEnumerable<(string Name, IMechanism Mechanism)> Truthful =>
    [
        ("posted", new PostedPrice(3)), ("posted 2", new PostedPrice(2, copies: 2)), ("english", new EnglishClock(1)), ("vickrey", new Vickrey()),
        ("k+1 of 2", new UniformPrice(2)), ("k+1 of 3", new UniformPrice(3)),
        .. Enumerable.Range(0, 1 << 3).Select(coins => ($"rsop {coins}", (IMechanism)new RandomSampling(Coins(coins)))),
    ];

    /// <summary>Coins of the bidders b0, b1, … from the bits of a number.</summary>
    internal static Func<string, bool> Coins(int bits) => bidder => ((bits >> (bidder[1] - '0')) & 1) == 1;

    internal static Bid[] Of(params long[] amounts) => [.. amounts.Select((amount, i) => new Bid($"b{i}", amount, i))];

    /// <summary>All profiles of so many bids within 1 to a most.</summary>
    internal static IEnumerable<long[]> Every(int bidders, long most)
    {
        var count = (int)Math.Pow(most, bidders);
        for (var number = 0; number < count; number++)
        {
            var (profile, rest) = (new long[bidders], (long)number);
            for (var i = 0; i < bidders; i++, rest /= most)
            {
                profile[i] = 1 + (rest % most);
            }

            yield return profile;
        }
    }

    internal static long Utility(MechanismResult result, string bidder, long value) =>
        result.Awards.Where(award => award.Bidder == bidder).Sum(award => value - award.PriceFen);
}
