using DataExchange.Simulation.Randomness;

namespace DataExchange.Experiments;

/// <summary>
/// A venue's fee and what it brings. Each pair of a buyer and a provider trades where the value leaves the provider its cost after the fee, at the middle of the
/// prices that both accept. A higher fee takes more of each deal and leaves fewer of them.
/// </summary>
public sealed class FeeCurve : Experiment
{
    private const int Pairs = 2_000;
    private const int Low = 2;
    private const int High = 90;

    /// <inheritdoc />
    public override string Name => "fee-curve";

    /// <inheritdoc />
    public override Wording Title { get; } = new("费率与成交：拉弗曲线", "Fee and volume: a Laffer curve");

    /// <inheritdoc />
    public override Wording Expected { get; } = new(
        "场所收入随费率先升后降，最高点在中间：费率过高会赶走交易。",
        "A venue's revenue rises with its fee and falls again; the most is in between, as a high fee drives trade away.");

    /// <inheritdoc />
    public override string Paper => "Wanniski, Taxes, revenues, and the \"Laffer curve\", The Public Interest 50 (1978); Rochet and Tirole, Platform competition in two-sided markets, Journal of the European Economic Association 1 (2003)";

    /// <inheritdoc />
    public override Wording Effect { get; } = new(
        "最高收入与两端（2 %、90 %）较高者之差，占最高收入的比例", "The most revenue less the larger of those at 2 % and 90 %, as a share of the most");

    /// <inheritdoc />
    public override IReadOnlyList<Wording> Measures { get; } =
    [
        new("收入最高的费率", "the fee that brings most"), new("零费率成交占比", "share of pairs that trade without a fee"), new("最优费率成交占比", "share of pairs that trade at that fee"),
    ];

    /// <inheritdoc />
    public override Trial Run(ulong seed)
    {
        var random = new RandomStream(seed, "fee-curve");
        (double Value, double Cost)[] pairs = [.. Enumerable.Range(0, Pairs).Select(_ => (random.NextLogNormal(0.5, 0.6), random.NextLogNormal(0, 0.6)))];
        double[] revenue = [.. Enumerable.Range(0, 100).Select(percent => At(pairs, percent / 100.0).Revenue)];
        var best = Enumerable.Range(0, revenue.Length).MaxBy(percent => revenue[percent]);
        return new Trial(
            seed, (revenue[best] - Math.Max(revenue[Low], revenue[High])) / revenue[best],
            [best / 100.0, At(pairs, 0).Traded / (double)Pairs, At(pairs, best / 100.0).Traded / (double)Pairs]);
    }

    private static (double Revenue, int Traded) At((double Value, double Cost)[] pairs, double fee)
    {
        var (revenue, traded) = (0.0, 0);
        foreach (var (value, cost) in pairs)
        {
            var least = cost / (1 - fee);
            if (value >= least)
            {
                revenue += fee * (value + least) / 2;
                traded++;
            }
        }

        return (revenue, traded);
    }
}
