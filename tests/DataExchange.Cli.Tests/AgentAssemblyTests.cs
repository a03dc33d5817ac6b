using System.Text.Json.Nodes;
using DataExchange.Cli.Commands;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Scenarios;
using DataExchange.Simulation.Agents.Strategies;
using MyAgents;

namespace DataExchange.Cli.Tests;

/// <summary>Strategies of one's own: this very assembly is loaded, with the example of the documents in it.</summary>
public sealed class AgentAssemblyTests
{
    private static readonly string Here = typeof(Momentum).Assembly.Location;

    [Fact]
    public async Task The_example_of_the_documents_is_loaded_and_trades_twice_the_same()
    {
        var loaded = await AgentAssembly.LoadAsync(Here, TestContext.Current.CancellationToken);
        Assert.Equal(["Momentum"], loaded.Strategies.Select(one => one.Name));
        Assert.NotSame(typeof(Momentum), loaded.Strategies[0].Make().GetType());
        Assert.Equal(64, loaded.Sha256.Length);
        var source = SimulationSession.LoadPopulation() with { Strategies = AgentAssembly.CatalogueOf([loaded]) };
        var scenario = Scenario("""[{"id": "mine", "strategy": "Momentum", "count": {"value": 3, "provenance": "assumed"}, "from": "2024-02-01"}]""");
        var first = await RunAsync(scenario, source);
        var again = await RunAsync(scenario, source);
        Assert.Contains(first.Deals, deal => deal.Buyer.StartsWith("mine-", StringComparison.Ordinal));
        Assert.Equal(first.Digest, again.Digest);
        Assert.NotEqual(first.Digest, (await RunAsync(Scenario("[]"), source)).Digest);
    }

    [Fact]
    public void The_example_stands_in_the_documents_as_it_is_compiled()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "DataExchange.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        var example = File.ReadAllText(Path.Combine(root, "src", "DataExchange.Cli", "Templates", "Momentum.cs"));
        Assert.Contains("```csharp\n" + example + "```\n", File.ReadAllText(Path.Combine(root, "docs", "agents.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_assembly_of_strategies_is_refused_with_what_is_needed()
    {
        var text = Path.GetTempFileName();
        await File.WriteAllTextAsync(text, "no assembly", TestContext.Current.CancellationToken);
        await RefusedAsync(text, "is no assembly that this version could load");
        File.Delete(text);
        await RefusedAsync("/nowhere/Mine.dll", "--agents '/nowhere/Mine.dll' cannot be read");
        await RefusedAsync(typeof(Money).Assembly.Location, "has no strategy: a public class that implements IAgent is needed");

        static async Task RefusedAsync(string path, string why) => Assert.Contains(
            why, (await Assert.ThrowsAsync<WrongInputException>(() => AgentAssembly.LoadAsync(path, TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(WithoutConstructor), "a public constructor without parameters")]
    [InlineData(typeof(SmallName), "'small' is not allowed: a capital letter")]
    [InlineData(typeof(WrongRange), "parameter 'share' from 0 to 1 with 2 is not allowed")]
    public void A_strategy_that_cannot_be_says_why(Type type, string why) =>
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => AgentStrategy.Of(type)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_strategy_or_parameter_that_is_not_there_is_named_with_those_that_are()
    {
        var loaded = AgentAssembly.CatalogueOf([await AgentAssembly.LoadAsync(Here, TestContext.Current.CancellationToken)]);
        Refused(StrategyCatalogue.BuiltIn, "Momentum", "", "agents[mine].strategy = \"Momentum\": is unknown; there are adaptive-market-maker");
        Refused(StrategyCatalogue.BuiltIn, "Momentum", "", "needs --agents FILE.dll");
        Refused(loaded, "Momentun", "", "Momentum, ");
        Refused(loaded, "Momentum", """, "parameters": {"minutes": {"value": 0, "provenance": "assumed"}}""", "agents[mine].parameters.minutes = 0: is out of range, allowed from 1 to 1440");
        Refused(loaded, "Momentum", """, "parameters": {"hours": {"value": 1, "provenance": "assumed"}}""", "agents[mine].parameters.hours: strategy Momentum has no such parameter; it has minutes, mostPacks");

        static void Refused(StrategyCatalogue strategies, string name, string rest, string why)
        {
            var group = $$"""[{"id": "mine", "strategy": "{{name}}", "count": {"value": 3, "provenance": "assumed"}, "from": "2024-02-01"{{rest}}}]""";
            var wrong = Assert.Throws<WrongInputException>(() => AgentAssembly.EnsureServe(strategies, Scenario(group).Scenario, "my.json"));
            Assert.Contains(why, wrong.Message, StringComparison.Ordinal);
        }
    }

    private static Task<MemoryRunResult> RunAsync(LoadedScenario scenario, Simulation.Agents.PopulationSource source) =>
        new MemoryRun(scenario, 5, 0.02).ExecuteAsync(source, (_, _, _) => { }, TestContext.Current.CancellationToken);

    private static LoadedScenario Scenario(string agents)
    {
        var scenario = JsonNode.Parse(ScenarioCatalogue.TextOf("hangzhou-2025"))!;
        scenario["agents"] = JsonNode.Parse(agents);
        scenario["calibration"]!["targets"] = new JsonArray();
        scenario["until"] = "2024-06-30";
        return ScenarioCatalogue.Parse(scenario.ToJsonString(), "test");
    }

    private class Idle : IAgent
    {
        public ValueTask<SimulatedTime?> ActAsync(IAgentMarket market) => new((SimulatedTime?)null);
    }

    private sealed class WithoutConstructor(int number) : Idle
    {
        public int Number => number;
    }

    [AgentStrategy("small")]
    private sealed class SmallName : Idle;

    [AgentParameter("share", 0, 1, 2)]
    private sealed class WrongRange : Idle;
}
