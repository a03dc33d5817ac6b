using System.Text.Json.Nodes;
using DataExchange.Cli.Running;
using DataExchange.Reports.Surveillance;
using DataExchange.Scenarios;

namespace DataExchange.Cli.Tests;

/// <summary>Surveillance against the truth, in small markets.</summary>
public sealed class SurveillanceRunTests
{
    private const string Manipulators =
        """
        [{"id": "ring", "strategy": "colluding-ring", "count": {"value": 4, "provenance": "assumed"}, "from": "2024-03-01", "until": "2024-12-31",
          "parameters": {"ordersPerDay": {"value": 0.5, "provenance": "assumed"}}},
         {"id": "wash", "strategy": "wash-trader", "count": {"value": 2, "provenance": "assumed"}, "from": "2024-03-01", "until": "2024-12-31",
          "parameters": {"ordersPerDay": {"value": 0.5, "provenance": "assumed"}}},
         {"id": "dummy", "strategy": "padding-venue", "count": {"value": 3, "provenance": "assumed"}, "from": "2024-01-02", "venue": "hzdex"}]
        """;

    // Rarely, never the same contract again, and a delivery said for each.
    private const string Careful =
        """
        [{"id": "ring", "strategy": "colluding-ring", "count": {"value": 4, "provenance": "assumed"}, "from": "2024-03-01", "until": "2024-12-31",
          "parameters": {"ordersPerDay": {"value": 0.1, "provenance": "assumed"}}},
         {"id": "wash", "strategy": "wash-trader", "count": {"value": 2, "provenance": "assumed"}, "from": "2024-03-01", "until": "2024-12-31",
          "parameters": {"ordersPerDay": {"value": 0.1, "provenance": "assumed"}}},
         {"id": "dummy", "strategy": "padding-venue", "count": {"value": 60, "provenance": "assumed"}, "from": "2024-01-02", "venue": "hzdex",
          "parameters": {"contractsPerMonth": {"value": 0.3, "provenance": "assumed"}, "repeatShare": {"value": 0, "provenance": "assumed"},
                         "saidDelivered": {"value": 1, "provenance": "assumed"}, "providers": {"value": 10, "provenance": "assumed"}}}]
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Manipulators_are_found_from_the_events_alone(ulong seed)
    {
        var (findings, known) = await RunAsync(Manipulators, seed);
        var scores = SurveillanceScore.Of(findings, known).ToDictionary(score => score.What);
        var parties = SurveillanceScore.OfParties(findings, known);
        TestContext.Current.TestOutputHelper?.WriteLine($"{seed}: {string.Join("; ", scores.Values.Append(parties))}");
        Assert.True(scores["all"].Precision >= 0.9, scores["all"].ToString());
        Assert.True(scores["all"].Recall >= 0.7, scores["all"].ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_market_without_manipulators_has_hardly_any_findings(ulong seed)
    {
        var (findings, known) = await RunAsync("[]", seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"{seed}: {string.Join("; ", findings)}");
        Assert.Empty(known);
        Assert.True(findings.Count <= 2, string.Join("; ", findings));
    }

    /// <summary>The numbers of docs/surveillance.md: <c>-explicit only</c>.</summary>
    [Fact(Explicit = true)]
    public async Task Precision_and_recall_over_ten_seeds()
    {
        const int seeds = 10;
        foreach (var (name, agents) in (IEnumerable<(string, string)>)[("none", "[]"), ("plain", Manipulators), ("careful", Careful)])
        {
            var scores = new List<SurveillanceScore>();
            for (var seed = 1UL; seed <= seeds; seed++)
            {
                var (findings, known) = await RunAsync(agents, seed, 0.04);
                scores.AddRange([.. SurveillanceScore.Of(findings, known), SurveillanceScore.OfParties(findings, known), new("findings", findings.Count, 0, 0)]);
            }

            foreach (var what in scores.GroupBy(score => score.What))
            {
                var sum = new SurveillanceScore(what.Key, what.Sum(one => one.Flagged), what.Sum(one => one.Known), what.Sum(one => one.Hit));
                TestContext.Current.TestOutputHelper?.WriteLine($"{name} | {sum.What} | {sum.Flagged} | {sum.Known} | {sum.Hit} | {sum.Precision:0.000} | {sum.Recall:0.000}");
            }
        }
    }

    private static async Task<(IReadOnlyList<SurveillanceFinding> Findings, IReadOnlyList<KnownManipulation> Known)> RunAsync(string agents, ulong seed, double scale = 0.02)
    {
        var scenario = JsonNode.Parse(ScenarioCatalogue.TextOf("hangzhou-2025"))!;
        scenario["agents"] = JsonNode.Parse(agents);
        scenario["calibration"]!["targets"] = new JsonArray();
        var loaded = ScenarioCatalogue.Parse(scenario.ToJsonString(), "test");
        var run = await new MemoryRun(loaded, seed, scale).ExecuteAsync(SimulationSession.LoadPopulation(), (_, _, _) => { }, TestContext.Current.CancellationToken);
        var end = run.Deals.Max(deal => deal.RegisteredAt) ?? default;
        return (MarketSurveillance.Look(run.Deals, end, new()), [.. run.Truth.Manipulations.Select(ManipulationTruthTable.Known)]);
    }
}
