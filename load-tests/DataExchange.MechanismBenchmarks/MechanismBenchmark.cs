using System.Diagnostics;
using System.Globalization;
using DataExchange.Mechanisms;
using DataExchange.Shares;

namespace DataExchange.MechanismBenchmarks;

/// <summary>
/// Measures mechanisms and shares on one thread, at growing sizes, from fixed draws. It stops when a result is wrong: shares that do not sum to the whole, or
/// auctions that do not agree where theory says that they do.
/// </summary>
public static class MechanismBenchmark
{
    /// <summary>The fewest points of the largest dataset.</summary>
    public const int FewestPoints = 1_000;

    /// <summary>The most points: some 4 GB of memory.</summary>
    public const int MostPoints = 50_000_000;

    private const int Neighbours = 5;
    private const int FewestContributors = 10;

    /// <summary>Runs every measurement.</summary>
    /// <param name="points">Points of the largest dataset, <see cref="FewestPoints"/> to <see cref="MostPoints"/>; a tenth of it bids in the largest auction, at most 100,000.</param>
    /// <param name="rounds">How often each is timed; the medians count. 1 to 99.</param>
    /// <param name="progress">Receives a line about each result as it comes.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="ArgumentOutOfRangeException">Points or rounds are out of range.</exception>
    /// <exception cref="InvalidOperationException">A result is wrong: a defect.</exception>
    public static MechanismResults Run(int points, int rounds, Action<string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, FewestPoints);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points, MostPoints);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rounds, 99);
        progress ??= _ => { };
        void Say(FormattableString line) => progress(line.ToString(CultureInfo.InvariantCulture));

        var auctions = new List<AuctionMeasure>();
        for (var bids = 10; bids <= Math.Min(100_000, points / 10); bids *= 10)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var measure in Auctions(bids, rounds))
            {
                auctions.Add(measure);
                Say($"{measure.Mechanism,-34} {bids,9:N0} bids {measure.AuctionsPerSecond,12:N1} auctions/s {measure.BidsPerSecond / 1e6,8:0.00} M bids/s");
            }
        }

        var growth = auctions.GroupBy(one => one.Mechanism)
            .Select(group => new AuctionGrowth(group.Key, Slope(group.Select(one => (Math.Log(one.Bids), -Math.Log(one.AuctionsPerSecond)))))).ToList();
        foreach (var one in growth)
        {
            Say($"{one.Mechanism,-34} grows as bids to the power of {one.Exponent:0.000}");
        }

        var shapley = new List<ShapleyMeasure>();
        for (var contributors = FewestContributors; contributors <= Shares.Shapley.MostContributors; contributors += 2)
        {
            cancellation.ThrowIfCancellationRequested();
            shapley.Add(Shapley(contributors, rounds));
            Say($"exact Shapley values               {contributors,9:N0} contributors {shapley[^1].Seconds * 1e3,8:0.000} ms");
        }

        var perContributor = Math.Exp(Slope(shapley.Where(one => one.Contributors >= 14).Select(one => ((double)one.Contributors, Math.Log(one.Seconds)))));
        Say($"exact Shapley values take {perContributor:0.00} times as long for one contributor more");
        var knn = new List<KnnMeasure>();
        for (var size = (long)FewestPoints; size < points * 10L; size *= 10)
        {
            cancellation.ThrowIfCancellationRequested();
            knn.Add(Knn((int)Math.Min(size, points), rounds));
            Say($"KNN-Shapley, one test point        {knn[^1].Points,9:N0} points {knn[^1].Seconds * 1e3,12:0.0} ms, split to the fen {knn[^1].SplitSeconds * 1e3:0.0} ms");
        }

        double? knnGrowth = knn.Count > 1 ? Slope(knn.Select(one => (Math.Log(one.Points), Math.Log(one.Seconds)))) : null;
        if (knnGrowth is not null)
        {
            Say($"KNN-Shapley grows as points to the power of {knnGrowth:0.000}");
        }

        return new(auctions, growth, shapley, perContributor, knn, knnGrowth);
    }

    private static IEnumerable<AuctionMeasure> Auctions(int bids, int rounds)
    {
        var random = new Random(bids);
        var all = Enumerable.Range(0, bids).Select(i => new Bid($"buyer-{i:000000}", 1 + random.NextInt64(1_000_000), random.Next(1_000))).ToArray();
        var terms = new AuctionTerms(reserveFen: 1_000);
        IMechanism[] mechanisms =
        [
            new PostedPrice(500_000), new EnglishClock(1), new DutchClock(1_000_000, 1), new FirstPrice(), new Vickrey(), new UniformPrice(Math.Max(1, bids / 10)),
            RandomSampling.Seeded(1), new OptimalPrice(),
        ];
        var revenues = Array.ConvertAll(mechanisms, mechanism => mechanism.Run(terms, all).RevenueFen);
        if (revenues[1] != revenues[4] || revenues[2] != revenues[3] || revenues[6] > revenues[7])
        {
            throw new InvalidOperationException($"{bids} bids: revenues {string.Join(", ", revenues)} do not agree as they must.");
        }

        foreach (var mechanism in mechanisms)
        {
            var seconds = Median(rounds, () => mechanism.Run(terms, all));
            yield return new(mechanism.Name, bids, 1 / seconds, bids / seconds);
        }
    }

    private static ShapleyMeasure Shapley(int contributors, int rounds)
    {
        var random = new Random(contributors);
        var values = new long[1 << contributors];
        for (var i = 1; i < values.Length; i++)
        {
            values[i] = 1 + random.NextInt64(1_000_000_000_000);
        }

        ShapleyAnswer? answer = null;
        var seconds = Median(rounds, () => answer = Shares.Shapley.Exact(values));
        return answer is ShapleyAnswer.Shared shared && shared.Fen.Sum() == values[^1]
            ? new(contributors, seconds)
            : throw new InvalidOperationException($"{contributors} contributors: the shares do not sum to {values[^1]} fen.");
    }

    private static KnnMeasure Knn(int points, int rounds)
    {
        var random = new Random(points);
        var distances = new double[points];
        var matches = new bool[points];
        for (var i = 0; i < points; i++)
        {
            (distances[i], matches[i]) = (random.NextDouble(), random.Next(2) == 1);
        }

        KnnShapley? shapley = null;
        var seconds = Median(rounds, () =>
        {
            shapley = new KnnShapley(points, Neighbours);
            shapley.Add(distances, matches);
        });
        const long Amount = 123_456_789_012;
        long[]? parts = null;
        var split = Median(rounds, () => parts = shapley!.Split(Amount));
        return parts is not null && parts.Sum() == Amount
            ? new(points, seconds, split)
            : throw new InvalidOperationException($"{points} points: the parts do not sum to {Amount} fen.");
    }

    // What is quick is repeated until a hundredth of a second has passed. Code is compiled again while it runs for the first tenth of a second or so: that is
    // waited for, unless a single round says that a look is enough.
    private static double Median(int rounds, Action work)
    {
        Repeat(work, rounds > 1 ? 0.15 : 0);
        var seconds = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            seconds[round] = Repeat(work, 0.01);
        }

        Array.Sort(seconds);
        return (seconds[(rounds - 1) / 2] + seconds[rounds / 2]) / 2;
    }

    private static double Repeat(Action work, double seconds)
    {
        var (times, started) = (0, Stopwatch.GetTimestamp());
        do
        {
            work();
            times++;
        }
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds);
        return Stopwatch.GetElapsedTime(started).TotalSeconds / times;
    }

    // Of the least-squares line.
    private static double Slope(IEnumerable<(double X, double Y)> points)
    {
        (double X, double Y)[] all = [.. points];
        var (x, y) = (all.Average(point => point.X), all.Average(point => point.Y));
        var spread = all.Sum(point => (point.X - x) * (point.X - x));
        return spread == 0 ? 0 : all.Sum(point => (point.X - x) * (point.Y - y)) / spread;
    }
}
