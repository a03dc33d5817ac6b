using DataExchange.Exchange;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Population;
using DataExchange.Simulation;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;

namespace DataExchange.EndToEnd.Tests;

/// <summary>The whole market reaches the published totals, with the default seed and with others.</summary>
public sealed class FullScaleTests
{
    [Fact]
    public async Task The_whole_history_of_the_two_exchanges()
    {
        await using var folder = new TemporaryFolder();
        var run = await DxProgram.RunAloneAsync("simulate", "--json", "--data", folder.Data);
        var json = run.WithExitCode(0).Json();
        Assert.InRange(json.GetProperty("productsListed").GetInt64(), 3_900, 3_999);
        Assert.InRange(json.GetProperty("registeredAmountFen").GetInt64(), 930_000_000_000, 939_999_999_999);
        Assert.InRange(json.GetProperty("transactionsRegistered").GetInt64(), 100_000, long.MaxValue);
        Assert.InRange(json.GetProperty("events").GetInt64(), 1_000_000, long.MaxValue);
        Assert.True(json.GetProperty("verified").GetBoolean());
        TestContext.Current.SendDiagnosticMessage(run.Output);
    }

    [Theory]
    [InlineData(0.5, 7)]
    [InlineData(0.1, 1)]
    [InlineData(0.1, 2)]
    [InlineData(0.1, 3)]
    [InlineData(0.1, 4)]
    [InlineData(0.1, 5)]
    public async Task Calibration_reaches_the_published_totals_with_any_seed(double scale, ulong seed)
    {
        var population = PopulationData.Load();
        var source = new PopulationSource(population.Graph, population.Calendar, population.Vocabulary);
        var scenario = ScenarioCatalogue.Load("hangzhou-2025").Scenario;
        var last = new CountingSink();
        var calibrated = await Calibrator.SolveAsync(
            Parameters.Scale(scenario, scale), scale, async (trial, stop) =>
            {
                last = new CountingSink();
                await SimulationRun.ExecuteAsync(trial, source, seed, new InProcessExchange(last), null, stop);
                return last.Measurement;
            }, TestContext.Current.CancellationToken);

        Assert.InRange(calibrated.Trials, 1, 12);
        Assert.InRange(last.Measurement.Of(Simulation.Scenarios.CalibrationMeasure.ProductsListed), 3_900 * scale, (4_000 * scale) - 1);
        Assert.InRange(last.Measurement.Of(Simulation.Scenarios.CalibrationMeasure.RegisteredAmountYuan), 9.30e9 * scale, (9.40e9 * scale) - 0.01);
        Assert.InRange(last.Measurement.Of(Simulation.Scenarios.CalibrationMeasure.TransactionsRegistered), 100_000 * scale, double.MaxValue);
        Assert.InRange(last.Events, 1_000_000 * scale, double.MaxValue);
    }

    private sealed class CountingSink : IEventSink
    {
        public Measurement Measurement { get; } = new();

        public long Events { get; private set; }

        public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
        {
            foreach (var recorded in events)
            {
                Measurement.Count(recorded.Data);
            }

            Events += events.Count;
            return ValueTask.CompletedTask;
        }
    }
}
