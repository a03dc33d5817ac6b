using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Trading;
using DataExchange.Scenarios;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Tests.Calibration;

public sealed class CalibratorTests
{
    private static readonly Scenario BuiltIn = ScenarioCatalogue.Load("hangzhou-2025").Scenario;

    [Fact]
    public void A_measurement_counts_products_once_and_every_transaction()
    {
        var measurement = new Measurement();
        measurement.Count(Listed(3));
        measurement.Count(Listed(3));
        measurement.Count(Listed(8));
        measurement.Count(Registered(1_050));
        measurement.Count(Registered(1_050));
        Assert.Equal(2, measurement.Of(CalibrationMeasure.ProductsListed));
        Assert.Equal(2, measurement.Of(CalibrationMeasure.TransactionsRegistered));
        Assert.Equal(21.0, measurement.Of(CalibrationMeasure.RegisteredAmountYuan));
    }

    [Theory]
    [InlineData(0.7, 0.5, 3)]
    [InlineData(0.9, 1.3, 0.01)]
    [InlineData(0.99, 0.02, 40)]
    public async Task A_market_in_proportion_to_its_parameters_is_solved_within_the_trials_allowed(double listed, double registered, double amount)
    {
        var scaled = Parameters.Scale(BuiltIn, 0.02);
        var calibrated = await Calibrator.SolveAsync(
            scaled, 0.02, (trial, _) => Task.FromResult(Linear(trial, listed, registered, amount)), TestContext.Current.CancellationToken);

        Assert.InRange(calibrated.Trials, 2, BuiltIn.Calibration.MostTrials.Whole);
        Assert.Equal(3, calibrated.Results.Count);
        Assert.All(calibrated.Results, result =>
        {
            Assert.True(result.IsGood);
            Assert.Equal(result.Solved, Parameters.Get(calibrated.Scenario, result.Parameter));
            Assert.Equal(result.Start, Parameters.Get(scaled, result.Parameter));
        });
        var reached = Linear(calibrated.Scenario, listed, registered, amount);
        Assert.Equal(79, reached.Of(CalibrationMeasure.ProductsListed));
        Assert.InRange(reached.Of(CalibrationMeasure.TransactionsRegistered), 2_090 * 0.98, 2_090 * 1.02);
        Assert.InRange(reached.Of(CalibrationMeasure.RegisteredAmountYuan), 187e6 * 0.998, 187e6 * 1.002);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public async Task A_market_larger_than_the_largest_trial_is_solved_there_and_carried_over_in_proportion(double scale)
    {
        // Parameters of a trial that reaches its targets at scale 10 alone: whoever runs a larger one meets ten times as many applications.
        var largest = 0.0;
        Task<Measurement> Try(Scenario trial)
        {
            largest = Math.Max(largest, trial.Population.Firms.Value);
            return Task.FromResult(Linear(trial, 0.7, 0.5, 3));
        }

        var calibrated = await Calibrator.SolveScaledAsync(BuiltIn, scale, (trial, _) => Try(trial), TestContext.Current.CancellationToken);
        var (small, whole) = (Parameters.Scale(BuiltIn, Calibrator.LargestTrial), Parameters.Scale(BuiltIn, scale));
        var solved = await Calibrator.SolveAsync(small, Calibrator.LargestTrial, (trial, _) => Try(trial), TestContext.Current.CancellationToken);

        Assert.Equal(small.Population.Firms.Value, largest);
        Assert.Equal(whole.Population, calibrated.Scenario.Population);
        Assert.Equal(scale > Calibrator.LargestTrial ? Calibrator.LargestTrial : null, calibrated.TrialScale);
        Assert.Equal(solved.Trials, calibrated.Trials);
        Assert.All(calibrated.Results.Zip(solved.Results), pair =>
        {
            var (result, before) = pair;
            Assert.Equal(before.Parameter, result.Parameter);
            Assert.Equal(result.Solved, Parameters.Get(calibrated.Scenario, result.Parameter));
            // The scenario's own values are rounded when they are scaled.
            Assert.Equal(before.Solved / before.Start, result.Solved / result.Start, 0.001);
            Assert.Equal(before.Target * scale / Calibrator.LargestTrial, result.Target, 1e-6 * result.Target);
        });
        var measured = calibrated.MeasuredBy(measure => measure == CalibrationMeasure.ProductsListed ? 7 : 8);
        Assert.All(measured.Results, result => Assert.Equal(result.Measure == CalibrationMeasure.ProductsListed ? 7 : 8, result.Reached));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(82)]
    [InlineData(93)]
    public async Task The_number_of_products_is_found_although_an_application_left_out_lets_a_copy_of_it_in(int original)
    {
        // Every tenth application is refused; number 20 is listed when the one it copies is not among the applications.
        var calibrated = await Calibrator.SolveAsync(Parameters.Scale(BuiltIn, 0.02), 0.02, (trial, _) =>
        {
            var applications = trial.Supply.Applications.Whole;
            return Task.FromResult(Made(
                [.. Enumerable.Range(1, applications).Where(number => number % 10 != 0 || (number == 20 && applications < original))],
                2_090, 18_700_000_000));
        }, TestContext.Current.CancellationToken);
        Assert.Equal(79, calibrated.Results.Single(result => result.Measure == CalibrationMeasure.ProductsListed).Reached);
    }

    [Fact]
    public async Task A_market_that_does_not_answer_to_its_parameters_is_given_up_with_parameter_reached_and_target()
    {
        var trials = 0;
        var most = 0.0;
        var scaled = Parameters.Scale(BuiltIn, 0.02);
        var failure = await Assert.ThrowsAsync<CalibrationException>(() => Calibrator.SolveAsync(
            scaled, 0.02, (trial, _) =>
            {
                trials++;
                most = Math.Max(most, trial.Demand.Shelf.Orders.Value);
                return Task.FromResult(Made([.. Enumerable.Range(1, 79)], 55, 18_700_000_000));
            }, TestContext.Current.CancellationToken));

        Assert.InRange(trials, 2, BuiltIn.Calibration.MostTrials.Whole);
        Assert.Equal(100 * scaled.Demand.Shelf.Orders.Value, most);
        Assert.Contains($"{trials} trials", failure.Message, StringComparison.Ordinal);
        Assert.Contains("demand.shelf.orders = ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("reaches 55", failure.Message, StringComparison.Ordinal);
        Assert.Contains("target 2090", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("supply.applications", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, failure.Results.Count);
    }

    [Fact]
    public async Task Levers_stay_as_the_user_set_them_and_are_at_their_reference_in_the_trials()
    {
        var wanted = Parameters.Scale(BuiltIn, 0.02);
        wanted = wanted with { Demand = wanted.Demand with { Level = wanted.Demand.Level.With(1.1), Shelf = wanted.Demand.Shelf with { Level = wanted.Demand.Shelf.Level.With(0.7) } } };
        var shelfLevels = new List<double>();
        var calibrated = await Calibrator.SolveAsync(wanted, 0.02, (trial, _) =>
        {
            Assert.Equal((1, 1), (trial.Demand.Level.Value, trial.Demand.Contracts.Level.Value));
            shelfLevels.Add(trial.Demand.Shelf.Level.Value);
            return Task.FromResult(Linear(trial, 0.9, 1, 1));
        }, TestContext.Current.CancellationToken);
        Assert.All(shelfLevels, level => Assert.Contains(level, (double[])[0.1, 1]));
        Assert.Equal(1, shelfLevels[^1]);
        Assert.Equal(1.1, calibrated.Scenario.Demand.Level.Value);
        Assert.Equal(0.7, calibrated.Scenario.Demand.Shelf.Level.Value);
        Assert.Equal(1, calibrated.Scenario.Demand.Contracts.Level.Value);
    }

    [Fact]
    public async Task Without_targets_nothing_is_tried()
    {
        var free = BuiltIn with { Calibration = BuiltIn.Calibration with { Targets = [] } };
        var calibrated = await Calibrator.SolveAsync(free, 1, (_, _) => throw new InvalidOperationException(), TestContext.Current.CancellationToken);
        Assert.Same(free, calibrated.Scenario);
        Assert.Equal(0, calibrated.Trials);
    }

    [Fact]
    public void Every_parameter_that_may_be_solved_can_be_read_and_set_and_no_other()
    {
        Assert.All(Parameters.Paths, path =>
        {
            Assert.Equal(1_234, Parameters.Get(Parameters.Set(BuiltIn, path, 1_234), path));
            Assert.All(Parameters.Paths.Where(other => other != path), other =>
                Assert.Equal(Parameters.Get(BuiltIn, other), Parameters.Get(Parameters.Set(BuiltIn, path, 1_234), other)));
        });
        var refused = Assert.Throws<ArgumentException>(() => Parameters.Get(BuiltIn, "demand.level"));
        Assert.Contains("demand.shelf.orders", refused.Message, StringComparison.Ordinal);
    }

    private static Measurement Linear(Scenario scenario, double listed, double registered, double amount) => Made(
        [.. Enumerable.Range(1, scenario.Supply.Applications.Whole).Where(number => (int)(number * listed) > (int)((number - 1) * listed))],
        (int)(scenario.Demand.Shelf.Orders.Value * scenario.Demand.Shelf.Level.Value * registered),
        (long)(scenario.Demand.Contracts.AmountScale.Value * amount * 1e10));

    private static Measurement Made(IEnumerable<int> listed, int registered, long amountFen)
    {
        var measurement = new Measurement();
        foreach (var number in listed)
        {
            measurement.Count(Listed(number));
        }

        for (var i = 0; i < registered; i++)
        {
            measurement.Count(i == 0 ? Registered(amountFen - registered + 1, TradeChannel.FiledContract) : Registered(1));
        }

        return measurement;
    }

    private static ProductListed Listed(int number) => new(
        new ProductId($"P{number:000000}"), new VenueId("zjbdec"), new PartyId("provider-0001"), default, default, SecurityClass.General, 1,
        new LicenceTerms(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100, null, 1, false), []) { At = default, By = new PartyId("venue-zjbdec") };

    private static TransactionRegistered Registered(long fen, TradeChannel channel = TradeChannel.Shelf) => new(
        new DealId("D1"), new ProductId("P000001"), new VenueId("zjbdec"), new PartyId("firm-0001"), new PartyId("provider-0001"),
        channel, LicenceKind.OpenEnded, fen, 0, 0, []) { At = default, By = new PartyId("venue-zjbdec") };
}
