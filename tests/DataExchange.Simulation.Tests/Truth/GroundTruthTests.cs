using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;
using DataExchange.Simulation.Tests.Agents;

namespace DataExchange.Simulation.Tests.Truth;

/// <summary>What only the simulation knows of a run fits what the ledger says of it.</summary>
public sealed class GroundTruthTests
{
    private const ulong Seed = 5;
    private static readonly Scenario Small = Parameters.Scale(SmallRun.BuiltIn, 0.05);

    [Fact]
    public async Task Every_deal_was_worth_its_price_and_what_was_not_stays_out_of_the_ledger()
    {
        var run = await SmallRun.SharedAsync(Small, Seed);
        var granted = run.All<LicenceGranted>().Where(e => e.InSandbox is null).ToDictionary(e => e.Deal);
        var looks = run.Truth.Opportunities;
        foreach (var look in looks.Where(look => look.Deal is { } deal && granted.ContainsKey(deal)))
        {
            Assert.True(look.ValueFen >= look.PriceFen, look.ToString());
            Assert.Equal(granted[look.Deal!.Value].AmountFen, look.PriceFen);
            Assert.Equal(granted[look.Deal!.Value].Channel, look.Channel);
        }

        var stale = run.All<LicenceGranted>().Count(e => e.InSandbox is null && e.Channel is TradeChannel.Shelf or TradeChannel.FiledContract or TradeChannel.RegisteredContract or TradeChannel.Auction
            && !looks.Any(look => look.Deal == e.Deal));
        Assert.Equal(0, stale);
        Assert.DoesNotContain(looks, look => look.Deal is null && look.Channel != TradeChannel.Auction && look.ValueFen >= look.PriceFen);
        var failed = looks.Where(look => look.Channel is TradeChannel.FiledContract or TradeChannel.RegisteredContract && look.ValueFen < look.PriceFen).ToList();
        Assert.NotEmpty(failed);
        Assert.Contains(looks, look => look is { Channel: TradeChannel.Auction, Deal: null });
        Assert.All(failed, look => Assert.DoesNotContain(look.Deal!.Value, granted.Keys));
    }

    [Fact]
    public async Task Visitors_follow_the_law_they_are_drawn_from()
    {
        var truth = (await SmallRun.SharedAsync(Small, Seed)).Truth;
        // At the price at which the product came to the shelf half of those who look find it worth it; the worth itself is not noted, so products that never changed their
        // price are told by their one price.
        var looks = truth.Opportunities.Where(look => look.Channel == TradeChannel.Shelf && look.Licence == LicenceKind.OpenEnded).GroupBy(look => look.Product)
            .Where(product => product.Select(look => look.PriceFen).Distinct().Count() == 1).SelectMany(product => product).ToList();
        Assert.True(looks.Count > 300, $"{looks.Count}");
        var mean = looks.Average(look => look.ValueFen >= look.PriceFen ? 1.0 : 0);
        // Prices above the band (a few) make it less: five standard errors below, four above.
        var error = Math.Sqrt(0.25 / looks.Count);
        Assert.InRange(mean, 0.5 - (5 * error) - 0.05, 0.5 + (4 * error));
        var share = looks.Where(look => look.ValueFen >= look.PriceFen).Sum(look => (double)look.ValueFen) / looks.Sum(look => (double)look.ValueFen);
        // Of a log-normal value, the part that is above its median carries Φ(σ) of the sum.
        Assert.InRange(share, DeterministicMath.NormalCdf(Small.Demand.Shelf.ValueSigma.Value) - 0.08, DeterministicMath.NormalCdf(Small.Demand.Shelf.ValueSigma.Value) + 0.05);
    }

    [Fact]
    public async Task Same_seed_same_truth_and_another_seed_another()
    {
        var first = (await SmallRun.SharedAsync(Small, Seed)).Truth.Opportunities;
        Assert.Equal(first, (await SmallRun.OfAsync(Small, Seed)).Truth.Opportunities);
        Assert.NotEqual(first, (await SmallRun.OfAsync(Small, Seed + 1)).Truth.Opportunities);
    }

    [Fact]
    public async Task When_everybody_values_alike_nobody_leaves_what_costs_no_more_than_it_is_worth()
    {
        var shelf = Small.Demand.Shelf;
        var alike = Small with { Demand = Small.Demand with { Shelf = shelf with { ValueSigma = shelf.ValueSigma.With(0) } } };
        var truth = (await SmallRun.OfAsync(alike, Seed)).Truth;
        Assert.All(truth.Opportunities.Where(look => look.Channel == TradeChannel.Shelf && look.ValueFen < look.PriceFen), look => Assert.Null(look.Deal));
        Assert.True(truth.Opportunities.Count(look => look.ValueFen >= look.PriceFen) > truth.Opportunities.Count * 0.9);
    }
}
