using DataExchange.LoadTests.Exchange;
using DataExchange.Matching;

namespace DataExchange.LoadTests.Tests;

/// <summary>The matching scenarios in process, in time that no operation takes.</summary>
public sealed class MatchingScenarioTests
{
    public static TheoryData<string> Names => [.. MatchingLoad.All.Select(load => load.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task Every_flow_is_carried_out_by_several_engines_without_a_refusal_and_verified(string name)
    {
        await using var scenario = LoadCatalogue.Find(name)!.Create(new ExchangeLoadOptions { Workers = 2 });
        var result = await new OpenLoopRunner(new FakeClock()).RunAsync(scenario, LoadProfile.Steady(6_000, TimeSpan.FromSeconds(1)), new RunnerOptions(), null, TestContext.Current.CancellationToken);

        Assert.Equal((6_000, 0, 0), (result.Ok, result.Shed, result.Failed));
        Assert.Empty(result.Problems);
        Assert.Equal(name != "cancel-storm", result.Counters["trades"] > 0);
    }

    [Fact]
    public async Task An_engine_that_did_something_else_is_found_out()
    {
        await using var scenario = new MatchingScenario(MatchingLoad.All[0], new ExchangeLoadOptions());
        var profile = LoadProfile.Steady(1_000, TimeSpan.FromSeconds(1));
        await scenario.InitAsync(profile, TestContext.Current.CancellationToken);
        for (var number = 0; number < 1_000; number++)
        {
            Assert.Equal(StepStatus.Ok, (await scenario.StepAsync(number, TestContext.Current.CancellationToken)).Status);
        }

        var engine = scenario.Engines[0];
        engine.Apply(Command.Deposit(engine.Time, 0, 1));

        Assert.Contains("another state", Assert.Single(await scenario.VerifyAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_operations_than_a_flow_may_have_are_refused_with_what_is_allowed()
    {
        await using var scenario = new MatchingScenario(MatchingLoad.All[0], new ExchangeLoadOptions());
        var wrong = await Assert.ThrowsAsync<LoadInputException>(async () => await scenario.InitAsync(LoadProfile.Steady(10_000_000, TimeSpan.FromSeconds(100)), TestContext.Current.CancellationToken));
        Assert.Contains("may have 33,554,432", wrong.Message, StringComparison.Ordinal);
    }
}
