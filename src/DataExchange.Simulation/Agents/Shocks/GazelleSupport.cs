using DataExchange.Domain;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents.Shocks;

/// <summary>
/// The district recognises firms as gazelles (瞪羚企业) and pays each of them support. Who is recognised more than once is paid more than once; how much more such a
/// firm visits the shelf is the scenario's assumption.
/// </summary>
public sealed class GazelleSupport
{
    private readonly List<(BuyerAgent Firm, DateOnly Day, long Fen)> _recognitions = [];

    /// <summary>Draws who is recognised when: the firms by their appetite, the days evenly.</summary>
    /// <param name="market">The surroundings.</param>
    /// <param name="support">Recognitions, budget and days.</param>
    /// <param name="firms">Who may be recognised.</param>
    /// <param name="appetites">Their appetites.</param>
    public GazelleSupport(Market market, ShockSettings support, IReadOnlyList<BuyerAgent> firms, IReadOnlyList<double> appetites)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(support);
        ArgumentNullException.ThrowIfNull(firms);
        var (count, budget) = (support.Recognitions!.Whole, MarketShocks.Fen(support.BudgetYuan!));
        var days = support.Until!.Value.DayNumber - support.At.DayNumber + 1;
        var weights = new FixedWeights([.. appetites]);
        for (var i = 0; i < count; i++)
        {
            var random = market.StreamOf($"gazelle/{support.Id}/{i}");
            // Parts of the budget that add up to it, whatever they are rounded to.
            var fen = (long)((Int128)budget * (i + 1) / count) - (long)((Int128)budget * i / count);
            _recognitions.Add((firms[random.PickWeighted(weights)], support.At.AddDays((int)((long)days * i / count)), fen));
        }

        Boosts = _recognitions.GroupBy(one => one.Firm).ToDictionary(group => group.Key, group => (group.Min(one => one.Day), (DateOnly?)null, support.Factor!.Value));
    }

    /// <summary>From which day on how much more a recognised firm visits the shelf.</summary>
    public IReadOnlyDictionary<BuyerAgent, (DateOnly From, DateOnly? Until, double Factor)> Boosts { get; }

    /// <summary>Schedules the payments.</summary>
    public void Schedule(Market market)
    {
        ArgumentNullException.ThrowIfNull(market);
        foreach (var (firm, day, fen) in _recognitions)
        {
            market.Kernel.Start(SimulatedTime.On(market.Source.Calendar.AddWorkingDays(day, 0), 10 * 3_600), async () =>
            {
                await firm.JoinAsync().ConfigureAwait(true);
                if (fen > 0)
                {
                    await firm.ReceiveAidAsync(fen).ConfigureAwait(true);
                }
            });
        }
    }
}
