using System.Globalization;
using System.Numerics;
using DataExchange.Shares;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Lessons.Topics;

/// <summary>Lesson 7: the Shapley value of three contributors by hand, all six orders in a table, beside what the core computes.</summary>
internal sealed class SharesLesson : Lesson
{
    private const int FenPerYuan = 100;
    private static readonly int[][] Orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    private static readonly string[] Names = ["lesson.shares.a", "lesson.shares.b", "lesson.shares.c"];

    // Coalitions by their bits: bit 0 the first contributor.
    private static readonly string[] Coalitions = ["a", "b", "ab", "c", "ac", "bc", "abc"];

    internal override string Id => "shares";

    internal override string? InMarket => "/shelf";

    internal override int Minutes => 45;

    internal override int StepsBefore => 3;

    internal override int Steps => 5;

    internal override Prediction Asked => Prediction.Number(96);

    internal override int Exercises => 4;

    internal override IReadOnlyList<Field> Fields { get; } =
    [
        Value("a", 30), Value("b", 0), Value("c", 0), Value("ab", 60), Value("ac", 60), Value("bc", 0), Value("abc", 96),
    ];

    internal override Truth Reveal(Locale locale)
    {
        var values = ValuesOf(Inputs.Usual(this));
        var fen = Fen(values);
        return new Truth((int)(fen[0] / FenPerYuan), string.Join(" + ", Orders.Select(order => Added(values, order, 0))), Locale.Exact(fen[0]), Locale.Exact(fen[1]), Locale.Exact(fen[2]));
    }

    internal override IReadOnlyList<object[]> Answers(Locale locale)
    {
        return
        [
            // Gloves: the first has a left one, the others a right one each; a pair is worth 60.
            Shown(0, 0, 60, 0, 60, 0, 60),
            // A runway: each alone would need 6, 12 or 18; together what the longest needs.
            Shown(6, 12, 12, 18, 18, 18, 18),
            // The third adds nothing to anybody.
            Shown(20, 10, 50, 0, 20, 10, 50),
            // All alike.
            Shown(0, 0, 0, 0, 0, 0, 90),
        ];

        static object[] Shown(params long[] yuan) => [.. Fen([0, .. yuan]).Select(Locale.Exact)];
    }

    internal override Board Run(Inputs inputs, Locale locale)
    {
        var values = ValuesOf(inputs);
        string[] names = [.. Names.Select(name => locale[name])];
        if (Shapley.Exact([.. values.Select(yuan => yuan * FenPerYuan)]) is not ShapleyAnswer.Shared shared)
        {
            return new Board(locale["lesson.shares.nothing"]);
        }

        List<string[]> rows =
        [
            .. Orders.Select(order => new[]
            {
                string.Join(" → ", order.Select(one => names[one])), Count(Added(values, order, 0)), Count(Added(values, order, 1)), Count(Added(values, order, 2)),
            }),
        ];
        rows.Add([locale["lesson.shares.sum"], .. Enumerable.Range(0, 3).Select(one => Count(Orders.Sum(order => Added(values, order, one))))]);
        rows.Add([locale["lesson.shares.sixth"], .. Enumerable.Range(0, 3).Select(one => Fraction(shared.Shares.Numerators[one], shared.Shares.Denominator * FenPerYuan))]);
        rows.Add([locale["lesson.shares.fen"], .. shared.Fen.Select(Locale.Exact)]);
        var most = Math.Max(1, shared.Fen.Max());
        return new Board(
            locale.With("lesson.shares.summary", names[0], Locale.Exact(shared.Fen[0]), names[1], Locale.Exact(shared.Fen[1]), names[2], Locale.Exact(shared.Fen[2]), Locale.Exact(shared.Fen.Sum())),
            new TableBlock(locale["lesson.shares.table"], [locale["lesson.shares.order"], .. names.Select(name => locale.With("lesson.shares.adds", name))], rows, 1, new HashSet<int> { 6, 7, 8 }),
            new BarsBlock(locale["lesson.shares.bars"], [.. shared.Fen.Select((fen, i) => (names[i], Locale.Exact(fen), (int)(Math.Max(0, fen) * 1_000 / most)))]));
    }

    private static NumberField Value(string coalition, long yuan) => new(coalition, 0, 1_000_000, yuan);

    private static long[] ValuesOf(Inputs inputs) => [0, .. Coalitions.Select(inputs.Number)];

    private static IReadOnlyList<long> Fen(IReadOnlyList<long> yuan) =>
        Shapley.Exact([.. yuan.Select(value => value * FenPerYuan)]) is ShapleyAnswer.Shared shared ? shared.Fen : throw new InvalidOperationException("All of them together are worth nothing.");

    // What one adds to those who came before in an order.
    private static long Added(long[] values, int[] order, int one)
    {
        var before = order.TakeWhile(other => other != one).Aggregate(0, (coalition, other) => coalition | (1 << other));
        return values[before | (1 << one)] - values[before];
    }

    private static string Count(long number) => number < 0 ? "−" + Locale.Count(-number) : Locale.Count(number);

    private static string Fraction(BigInteger numerator, BigInteger denominator)
    {
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        var (up, down) = (numerator / common, denominator / common);
        return (up.Sign < 0 ? "−" : "") + BigInteger.Abs(up).ToString(CultureInfo.InvariantCulture) + (down.IsOne ? "" : "/" + down.ToString(CultureInfo.InvariantCulture));
    }
}
