using DataExchange.Cli.Running;
using DataExchange.Exchange.Verification;
using DataExchange.Scenarios;
using DataExchange.Services;
using DataExchange.Simulation;
using DataExchange.Simulation.Scenarios;
using DataExchange.Trust;

namespace DataExchange.Cli.Tests;

/// <summary>The scenarios of other exchanges.</summary>
public sealed class ComparatorTests
{
    private const double Scale = 0.05;

    /// <summary>Only what is cited is published; each is solved for its own totals.</summary>
    [Theory]
    [InlineData("shenzhen-2023", "2023-10-31", "1815 1207")]
    [InlineData("shanghai-2022", "2022-12-31", "820 105000000")]
    [InlineData("guiyang-2024", "2024-08-31", "5450000000")]
    public void Targets_are_the_cited_figures_and_nothing_else_is_called_published(string name, string until, string published)
    {
        var loaded = ScenarioCatalogue.Load(name);
        Assert.Equal(until, loaded.Scenario.Until.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(
            published.Split(' ').Select(double.Parse),
            loaded.Scenario.Calibration.Targets.Where(target => target.Target.Provenance == Provenance.Published).Select(target => target.Target.Value));
        // What Hangzhou's press said is not published of another city, but carried over.
        Assert.DoesNotContain("Hangzhou", string.Join('|', ScenarioFigures.Of(loaded.Text).Where(figure => figure.Figure.Provenance == Provenance.Published).Select(figure => figure.Figure.Source)), StringComparison.Ordinal);
        Assert.DoesNotContain(loaded.Scenario.Benchmarks, benchmark => benchmark.Source.Contains("Hangzhou", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("shenzhen-2023")]
    [InlineData("shanghai-2022")]
    [InlineData("guiyang-2024")]
    public async Task Small_they_reach_their_targets_and_every_event_holds_in_the_audit(string name)
    {
        var (loaded, source, stop) = (ScenarioCatalogue.Load(name), SimulationSession.LoadPopulation(), TestContext.Current.CancellationToken);
        var run = await new MemoryRun(loaded, 7, Scale).ExecuteAsync(source, (_, _, _) => { }, stop);
        Assert.Equal(loaded.Scenario.Calibration.Targets.Count, run.Calibrated.Results.Count);
        Assert.All(run.Calibrated.Results, result => Assert.InRange(Math.Abs(result.Error), 0, Math.Max(0.01, 0.5 / result.Target)));

        using var keys = VenueKeys.Derive(loaded.Scenario.Name, 7, Scale);
        var market = new InMemoryMarket(keys);
        await SimulationRun.ExecuteAsync(run.Calibrated.Scenario, source, 7, market, null, stop);
        var audit = new MarketAudit();
        foreach (var stream in market.Facts.GroupBy(fact => fact.Stream).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            audit.BeginStream(stream.Key);
            foreach (var fact in stream.OrderBy(fact => fact.Version))
            {
                audit.Apply((int)fact.Version, fact.Data);
            }

            audit.EndStream();
        }

        var findings = audit.Complete();
        Assert.Equal((0, run.Events), (findings.ProblemCount, findings.Totals.Events));
    }
}
