using DataExchange.Exchange.Verification;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Cli.Running;

/// <summary>What a run reached of its targets, where its trials were of a smaller scale and cannot say it.</summary>
internal static class MeasuredCalibration
{
    /// <summary>The calibration as it is, or, where it was carried over from a smaller scale, with the run's own totals.</summary>
    /// <param name="calibrated">What was solved.</param>
    /// <param name="totals">The run's totals, rebuilt from its events.</param>
    public static CalibratedScenario With(this CalibratedScenario calibrated, MarketTotals totals) => calibrated.TrialScale is null ? calibrated : calibrated.MeasuredBy(measure => measure switch
    {
        CalibrationMeasure.ProductsListed => totals.ProductsListed,
        CalibrationMeasure.TransactionsRegistered => totals.TransactionsRegistered,
        CalibrationMeasure.RegisteredAmountYuan => totals.RegisteredAmountFen / 100.0,
        _ => throw new ArgumentOutOfRangeException(nameof(calibrated), measure, "unknown measure"),
    });
}
