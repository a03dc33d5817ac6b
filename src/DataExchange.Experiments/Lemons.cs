using DataExchange.Simulation.Randomness;

namespace DataExchange.Experiments;

/// <summary>
/// A market for lemons. Each product is worth its quality to its provider and half as much again to buyers. Without certification buyers know only what
/// quality came to the market last time and pay for the average of it; good products leave, and the average falls. A certificate shows the quality.
/// </summary>
public sealed class Lemons : Experiment
{
    private const int Products = 400;
    private const int Rounds = 40;
    private const double Gain = 1.5;
    private const double BestQuality = 100;

    /// <inheritdoc />
    public override string Name => "lemons";

    /// <inheritdoc />
    public override Wording Title { get; } = new("柠檬市场与质量认证", "A market for lemons, and certification");

    /// <inheritdoc />
    public override Wording Expected { get; } = new(
        "质量不可见时好产品退出，市场萎缩到几乎没有交易；认证公开质量后交易恢复。",
        "Where quality is hidden, good products leave and next to no trade is left; a certificate that shows quality brings it back.");

    /// <inheritdoc />
    public override string Paper => "Akerlof, The market for \"lemons\": quality uncertainty and the market mechanism, Quarterly Journal of Economics 84 (1970)";

    /// <inheritdoc />
    public override Wording Effect { get; } = new("认证后成交产品占比的增加", "Share of products traded with certification, less the share without");

    /// <inheritdoc />
    public override IReadOnlyList<Wording> Measures { get; } =
    [
        new("无认证成交占比", "share traded without certification"), new("有认证成交占比", "share traded with it"),
        new("无认证时实现的交易剩余占比", "share of the possible gains from trade that is realised without it"),
    ];

    /// <inheritdoc />
    public override Trial Run(ulong seed)
    {
        var random = new RandomStream(seed, "lemons");
        double[] qualities = [.. Enumerable.Range(0, Products).Select(_ => BestQuality * random.NextDouble())];
        var price = Gain * qualities.Average();
        for (var round = 0; round < Rounds; round++)
        {
            double[] offered = [.. qualities.Where(quality => quality <= price)];
            price = offered.Length == 0 ? 0 : Gain * offered.Average();
        }

        double[] traded = [.. qualities.Where(quality => quality <= price)];
        var without = traded.Length / (double)Products;
        // With the quality shown, every product has a price between what it is worth to either side.
        var with = qualities.Count(quality => Gain * quality > quality) / (double)Products;
        return new Trial(seed, with - without, [without, with, traded.Sum() / qualities.Sum()]);
    }
}
