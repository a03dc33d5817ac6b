using System.Globalization;
using DataExchange.Mechanisms;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Lessons.Topics;

/// <summary>Lesson 5: a posted price, auctions of few copies and the auction of a digital good, on the same values.</summary>
internal sealed class PriceLesson : Lesson
{
    private const int Most = 10;
    private const int FenPerYuan = 100;

    internal override string Id => "price";

    internal override int Minutes => 45;

    internal override int StepsBefore => 3;

    internal override int Steps => 5;

    internal override Prediction Asked => Prediction.Of(3);

    internal override int Exercises => 4;

    internal override IReadOnlyList<Field> Fields { get; } =
        [new NumbersField("bids", Most, 1, 1_000_000, "800,600,500,400,300,200,100"), new NumberField("posted", 1, 1_000_000, 400), new NumberField("copies", 1, Most, 3)];

    internal override Truth Reveal(Locale locale)
    {
        var bids = BidsOf([800, 600, 500, 400, 300, 200, 100]);
        var (posted, auction) = (Revenue(new PostedPrice(400 * FenPerYuan), bids), Revenue(new Vickrey(), bids));
        return new Truth(posted > auction ? 1 : auction > posted ? 2 : 3, Locale.Exact(posted), Locale.Exact(auction), new PostedPrice(400 * FenPerYuan).Run(new(), bids).Awards.Count,
            Locale.Exact(Revenue(new PostedPrice(800 * FenPerYuan), bids)), Locale.Exact(Revenue(new PostedPrice(100 * FenPerYuan), bids)));
    }

    internal override IReadOnlyList<object[]> Answers(Locale locale)
    {
        long[] values = [800, 600, 500, 400, 300, 200, 100];
        var best = OptimalPrice.Of([.. values.Select(yuan => yuan * FenPerYuan)])!.Value;
        var shaded = new Vickrey().Run(new(), BidsOf([500, 600, 500, 400, 300, 200, 100])).Awards[0];
        var honest = new Vickrey().Run(new(), BidsOf(values)).Awards[0];
        return
        [
            [Locale.Exact(best.PriceFen), Locale.Exact(best.RevenueFen)],
            [Locale.Exact((800 * FenPerYuan) - honest.PriceFen), shaded.Bidder, Locale.Exact(shaded.PriceFen)],
            [Locale.Exact(Fen(Expected(BidsOf(values)))), Locale.Exact(Revenue(new UniformPrice(3), BidsOf(values)))],
            [Locale.Exact(Revenue(new PostedPrice(400 * FenPerYuan), BidsOf(Doubled(values)))), Locale.Exact(Fen(Expected(BidsOf(Doubled(values)))))],
        ];

        static long[] Doubled(long[] values) => [.. values.Select(value => 2 * value)];
    }

    internal override Board Run(Inputs inputs, Locale locale)
    {
        var values = inputs.Numbers("bids");
        var bids = BidsOf(values);
        var copies = (int)inputs.Number("copies");
        (string Key, MechanismResult Result)[] results =
        [
            ("lesson.price.posted", new PostedPrice(inputs.Number("posted") * FenPerYuan).Run(new(), bids)), ("lesson.price.vickrey", new Vickrey().Run(new(), bids)),
            ("lesson.price.uniform", new UniformPrice(copies).Run(new(), bids)), ("lesson.price.best", new OptimalPrice().Run(new(), bids)),
        ];
        var expected = Expected(bids);
        var most = Math.Max(1m, Math.Max(expected, results.Max(result => (decimal)result.Result.RevenueFen / FenPerYuan)));
        List<(string, string, int)> bars = [.. results.Select(result => (locale.With(result.Key, copies), Locale.Exact(result.Result.RevenueFen), Length((decimal)result.Result.RevenueFen / FenPerYuan)))];
        bars.Add((locale["lesson.price.sampling"], "≈ " + Locale.Exact(Fen(expected)), Length(expected)));
        return new Board(
            locale.With("lesson.price.summary", Locale.Exact(results[0].Result.RevenueFen), Locale.Exact(results[1].Result.RevenueFen), Locale.Exact(results[3].Result.RevenueFen)),
            new BarsBlock(locale["lesson.price.bars"], bars),
            new TableBlock(
                locale["lesson.price.table"], [locale["lesson.price.way"], locale["lesson.price.winners"], locale["lesson.price.pays"], locale["lesson.price.revenue"]],
                [
                    .. results.Select(result => new[]
                    {
                        locale.With(result.Key, copies), List(locale, result.Result.Awards.Select(award => award.Bidder)),
                        result.Result.Awards.Count == 0 ? "—" : Locale.Exact(result.Result.Awards[0].PriceFen), Locale.Exact(result.Result.RevenueFen),
                    }),
                ], 2));

        int Length(decimal yuan) => (int)(yuan * 1_000 / most);
    }

    // Bidder 1 has the first value, and so on; of equal ones the first counts as the earlier.
    private static Bid[] BidsOf(IReadOnlyList<long> yuan) => [.. yuan.Select((value, i) => new Bid((i + 1).ToString("00", CultureInfo.InvariantCulture), value * FenPerYuan, i))];

    private static long Fen(decimal yuan) => (long)Math.Round(yuan * FenPerYuan, MidpointRounding.AwayFromZero);

    private static long Revenue(IMechanism mechanism, IReadOnlyList<Bid> bids) => mechanism.Run(new(), bids).RevenueFen;

    // Over every outcome of the coins, in yuan: with ten bidders 1,024 runs.
    private static decimal Expected(Bid[] bids)
    {
        var sum = 0m;
        for (var coins = 0; coins < 1 << bids.Length; coins++)
        {
            var heads = coins;
            sum += Revenue(new RandomSampling(bidder => (heads >> (int.Parse(bidder, CultureInfo.InvariantCulture) - 1) & 1) == 1), bids);
        }

        return sum / (1 << bids.Length) / FenPerYuan;
    }
}
