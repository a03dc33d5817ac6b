using System.Diagnostics;
using DataExchange.Cli.Running;
using DataExchange.Exchange;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Population;
using DataExchange.Simulation;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;

var scale = args.Length > 0 ? double.Parse(args[0]) : 1;
var seed = args.Length > 1 ? ulong.Parse(args[1]) : 1;
var loaded = ScenarioCatalogue.Load("hangzhou-2025");
var pop = PopulationData.Load();
var source = new PopulationSource(pop.Graph, pop.Calendar, pop.Vocabulary);
var w = Stopwatch.StartNew();
var result = await Calibrator.SolveAsync(Parameters.Scale(loaded.Scenario, scale), scale, async (trial, ct) =>
{
    var t = Stopwatch.StartNew();
    var m = new Measurement();
    var sink = new MeasuringSink(m);
    await SimulationRun.ExecuteAsync(trial, source, seed, new InProcessExchange(sink), null, ct);
    Console.WriteLine($"{t.Elapsed.TotalSeconds:0.00}s events {sink.Events} listed {m.Of(DataExchange.Simulation.Scenarios.CalibrationMeasure.ProductsListed)} amount {m.Of(DataExchange.Simulation.Scenarios.CalibrationMeasure.RegisteredAmountYuan):N0} tx {m.Of(DataExchange.Simulation.Scenarios.CalibrationMeasure.TransactionsRegistered)} apps {trial.Supply.Applications.Value} orders {trial.Demand.Shelf.Orders.Value:0} scale {trial.Demand.Contracts.AmountScale.Value:0.0000}");
    return m;
}, default);
Console.WriteLine($"{result.Trials} trials {w.Elapsed}");
