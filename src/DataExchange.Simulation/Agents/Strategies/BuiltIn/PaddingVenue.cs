using DataExchange.Domain;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents.Strategies.BuiltIn;

/// <summary>
/// A venue that pads its registered amount (虚增登记额): made-up buyers, the members, file contracts with a few providers who lend their names. Nothing is delivered, but for a share that is said to be;
/// some contracts are filed again as they were. The only strategy that is not written over <see cref="IAgentMarket"/> alone: the venue and the providers act with it.
/// </summary>
[AgentStrategy("padding-venue", "虚增登记额的场所", "A venue that pads its registered amount with made-up filed contracts; needs `venue`", IsManipulation = true, NeedsVenue = true)]
[AgentParameter("contractsPerMonth", 0.01, 1_000, 2, "Contracts that a made-up buyer files in thirty days, on average (exponential between them)", "每月虚构合同数")]
[AgentParameter("medianYuan", 100, 1e9, 500_000, "Median amount, yuan; log-normal, in whole thousands of yuan", "合同金额中位数（元）")]
[AgentParameter("sigma", 0, 3, 0.5, "Standard deviation of the logarithm of the amount", "金额对数标准差")]
[AgentParameter("repeatShare", 0, 1, 0.3, "Share of contracts that repeat product and amount of the one before", "重复备案占比")]
[AgentParameter("saidDelivered", 0, 1, 0.2, "Share of contracts whose delivery and acceptance are made up too", "虚构交付占比")]
[AgentParameter("providers", 1, 1_000, 2, "Products whose providers lend their names, drawn when the first contract is filed", "参与的产品数")]
public sealed class PaddingVenue : IAgent
{
    private bool _isStarted;
    private (ShelfOffer Offer, long Fen)? _last;

    /// <inheritdoc />
    public async ValueTask<SimulatedTime?> ActAsync(IAgentMarket market)
    {
        ArgumentNullException.ThrowIfNull(market);
        if (_isStarted && market is AgentMarket own)
        {
            await FileAsync(own).ConfigureAwait(true);
        }

        _isStarted = true;
        var days = 30 / market.Parameter("contractsPerMonth") * market.Random.NextExponential();
        var day = market.WorkingDay(market.Now.Date.AddDays((int)Math.Min(1 + days, 100_000)), 0);
        return SimulatedTime.On(day, (9 * 3_600) + market.Random.NextInt32(7 * 3_600));
    }

    private async ValueTask FileAsync(AgentMarket market)
    {
        var names = market.Shared<List<ShelfOffer>>();
        if (names.Count == 0)
        {
            // A licence in limited numbers would be gone from the shelf.
            var offers = market.Shelf.Where(offer => offer.Licence is not (LicenceKind.Exclusive or LicenceKind.Capped)).ToArray();
            market.Random.Shuffle<ShelfOffer>(offers);
            names.AddRange(offers.Take((int)market.Parameter("providers")));
        }

        var (repeats, isDelivered) = (market.Random.NextBoolean(market.Parameter("repeatShare")), market.Random.NextBoolean(market.Parameter("saidDelivered")));
        if (names.Count == 0)
        {
            return;
        }

        var drawn = market.Random.NextLogNormal(DeterministicMath.Log(market.Parameter("medianYuan")), market.Parameter("sigma"));
        var next = (market.Random.Pick(names), Math.Max(1, (long)Math.Round(Math.Min(drawn, 1e10) / 1_000)) * 100_000);
        _last = repeats && _last is { } before ? before : next;
        await market.FileMadeUpContractAsync(_last.Value.Offer, _last.Value.Fen, isDelivered).ConfigureAwait(true);
    }
}
