using System.Text.Json;
using DataExchange.Domain;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Kernel;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Tests.Agents;

/// <summary>Draws of agents and products hang on the seed and their names, not on who else is there.</summary>
public sealed class ProductDrawTests
{
    private const ulong Seed = 11;
    private static readonly Scenario Small = Parameters.Scale(SmallRun.BuiltIn, 0.02);

    [Fact]
    public void Streams_of_agents_give_the_same_first_draws_in_a_larger_market()
    {
        var (few, many) = (MarketOf(Small), MarketOf(Parameters.Scale(SmallRun.BuiltIn, 0.04)));
        foreach (var name in new[] { "provider-0001", "firm-0007", "venue-zjbdec", "product/3", "contract/5", "appetite/firm-0002", "name/provider-0004" })
        {
            var (here, there) = (few.StreamOf(name), many.StreamOf(name));
            there.Derive("a child").NextUInt64();
            many.StreamOf(name + "x").NextUInt64();
            Assert.Equal(Enumerable.Range(0, 20).Select(_ => here.NextUInt64()), Enumerable.Range(0, 20).Select(_ => there.NextUInt64()));
        }

        Assert.NotEqual(few.StreamOf("firm-0001").NextUInt64(), few.StreamOf("firm-0002").NextUInt64());
    }

    [Fact]
    public void One_more_provider_changes_of_a_product_only_who_its_contributors_are()
    {
        var more = Small with { Population = Small.Population with { Providers = Small.Population.Providers.With(Small.Population.Providers.Value + 1) } };
        var (before, after) = (Plans(Small), Plans(more));
        Assert.Contains(before, plan => plan.Contributors.Count > 1);
        foreach (var (plan, same) in before.Zip(after))
        {
            Assert.Equal(Text(plan), Text(same));
        }
    }

    private static string Text(ProductPlan plan) => JsonSerializer.Serialize(new
    {
        plan.Product,
        plan.Provider,
        Venues = plan.Venues.Select(venue => venue.Venue),
        plan.ListingDay,
        plan.Form,
        plan.Category,
        plan.SubTrack,
        plan.IsBatch,
        plan.SecurityClass,
        plan.ContainsPersonalInformation,
        plan.NamesUseScenario,
        plan.Fingerprint,
        plan.Terms,
        plan.Popularity,
        plan.ContractAppeal,
        plan.ViewsPerYear,
        plan.FirstEvidence,
    });

    internal static List<ProductPlan> Plans(Scenario scenario)
    {
        var market = MarketOf(scenario);
        var curve = new ActivityCurve(scenario.Venues.Max(venue => venue.Opens), scenario.Until, _ => 1);
        var draw = new ProductDraw(market, scenario, [.. scenario.Venues.Select(venue => new VenueAgent(market, venue, curve, curve))]);
        return [.. Enumerable.Range(0, 2_000).Select(i => draw.Draw(i, PopulationBuilder.ProviderParty(i % 7), false, market.StreamOf($"product/{i}")))];
    }

    internal static Market MarketOf(Scenario scenario) => new(
        new EventKernel(new NoExchange(), SimulatedTime.On(scenario.Until)), scenario, SmallRun.Source, Seed);

    private sealed class NoExchange : IExchange
    {
        public ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation) => throw new InvalidOperationException();
    }
}
