using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Calibration;

/// <summary>What came of calibrating one parameter.</summary>
/// <param name="Measure">What was measured.</param>
/// <param name="Parameter">Path of the parameter.</param>
/// <param name="Start">Its value in the scenario, scaled.</param>
/// <param name="Solved">Its value in the run.</param>
/// <param name="Target">What was to be reached, scaled.</param>
/// <param name="Reached">What the last trial reached.</param>
/// <param name="Tolerance">Relative error that is good enough.</param>
public sealed record CalibrationResult(
    CalibrationMeasure Measure, string Parameter, double Start, double Solved, double Target, double Reached, double Tolerance)
{
    /// <summary>Relative error of the last trial.</summary>
    public double Error => Target == 0 ? 0 : (Reached - Target) / Target;

    /// <summary>
    /// How near whole products and deals allow to come: half a product, half a transaction, a quarter of the mean contract, which one
    /// contract more or less moves the amount of a small market by.
    /// </summary>
    public double Grain { get; init; } = 0.5;

    /// <summary>Whether the error is good enough: within the tolerance, or within the grain.</summary>
    public bool IsGood => IsWithin(1);

    /// <summary>Whether the error is within a share of the tolerance, or within the grain.</summary>
    internal bool IsWithin(double share) => Math.Abs(Reached - Target) <= Math.Max(share * Tolerance * Target, Grain);
}

/// <summary>A calibrated scenario and how it was found.</summary>
/// <param name="Scenario">The scenario with solved parameters, at the reference level of demand.</param>
/// <param name="Results">One per target.</param>
/// <param name="Trials">Trial runs made.</param>
public sealed record CalibratedScenario(Scenario Scenario, IReadOnlyList<CalibrationResult> Results, int Trials)
{
    /// <summary>
    /// The scale of the trials, where it is not that of the run: what they reached was carried over in proportion, and <see cref="MeasuredBy"/> tells what the run reached. Null
    /// where trials were as large as the run.
    /// </summary>
    public double? TrialScale { get; init; }

    /// <summary>The same with what the run itself reached.</summary>
    /// <param name="reached">The value of a measure in the run.</param>
    public CalibratedScenario MeasuredBy(Func<CalibrationMeasure, double> reached)
    {
        ArgumentNullException.ThrowIfNull(reached);
        return this with { Results = [.. Results.Select(result => result with { Reached = reached(result.Measure) })] };
    }
}

/// <summary>
/// Solves the parameters named in a scenario so that the market reaches its targets for the given seed: trial runs without a store,
/// with the same random streams, in outline first and then whole, until every error of a whole one is small enough. Levers of demand are at their reference in the trials, so that
/// calibration never works against them.
/// </summary>
public static class Calibrator
{
    /// <summary>Trials are at most as large as this: in larger markets the parameters are those of this scale, in proportion.</summary>
    public const double LargestTrial = 10;

    /// <summary>
    /// Calibrates a scenario for a scale. Up to <see cref="LargestTrial"/> by trials of that scale; for a larger market by trials of that one, whose solution is carried over in
    /// proportion to the scenario's own values: the larger a market, the less chance moves its totals, and the dearer a trial. The targets then stand as what the run is compared with.
    /// </summary>
    /// <param name="scenario">The scenario as it is written, levers as the user set them.</param>
    /// <param name="scale">The scale, above 0.</param>
    /// <param name="run">Runs a scenario and gives what was measured.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CalibrationException">The targets were not reached in the trials allowed.</exception>
    public static async Task<CalibratedScenario> SolveScaledAsync(
        Scenario scenario, double scale, Func<Scenario, CancellationToken, Task<Measurement>> run, CancellationToken cancellation)
    {
        var whole = Parameters.Scale(scenario, scale);
        if (scale <= LargestTrial)
        {
            return await SolveAsync(whole, scale, run, cancellation).ConfigureAwait(false);
        }

        var small = Parameters.Scale(scenario, LargestTrial);
        var solved = await SolveAsync(small, LargestTrial, run, cancellation).ConfigureAwait(false);
        var results = new List<CalibrationResult>();
        var carried = whole;
        foreach (var result in solved.Results)
        {
            var start = Parameters.Get(whole, result.Parameter);
            var value = result.Solved * start / result.Start;
            // Applications are counted, so that their number is whole at every scale.
            value = result.Measure == CalibrationMeasure.ProductsListed ? Math.Round(value) : value;
            carried = Parameters.Set(carried, result.Parameter, value);
            results.Add(result with { Start = start, Solved = value, Target = result.Target * scale / LargestTrial, Reached = result.Reached * scale / LargestTrial });
        }

        return new CalibratedScenario(carried, results, solved.Trials) { TrialScale = solved.Trials == 0 ? null : LargestTrial };
    }

    /// <summary>Calibrates a scaled scenario.</summary>
    /// <param name="scenario">The scenario, scaled, levers as the user set them.</param>
    /// <param name="scale">The scale, for the targets.</param>
    /// <param name="run">Runs a scenario and gives what was measured: see <see cref="Measurement"/>.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CalibrationException">The targets were not reached in the trials allowed.</exception>
    public static async Task<CalibratedScenario> SolveAsync(
        Scenario scenario, double scale, Func<Scenario, CancellationToken, Task<Measurement>> run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(run);
        var targets = scenario.Calibration.Targets;
        var most = scenario.Calibration.MostTrials.Whole;
        var search = new Search(scenario, scale, run);
        while (targets.Count > 0 && search.Trials < most && !search.IsAtTheEnd)
        {
            // A whole trial only when the products are right in outline: the shelf's many small deals are most of the work.
            if (!search.IsRightInOutline)
            {
                await search.TryOutlineAsync(cancellation).ConfigureAwait(false);
            }
            else if (await search.TryWholeAsync(cancellation).ConfigureAwait(false))
            {
                return new CalibratedScenario(Parameters.WithLeversOf(scenario, search.Trial), search.Results, search.Trials);
            }
        }

        return targets.Count == 0
            ? new CalibratedScenario(scenario, [], 0)
            : throw new CalibrationException(search.Results, search.Trials);
    }

    /// <summary>What was solved for a scenario, in one that differs from it by nothing but levers and shocks, which calibration leaves out: solving it again would come to the same.</summary>
    /// <param name="known">What was solved.</param>
    /// <param name="other">The other scenario, scaled.</param>
    public static CalibratedScenario Transfer(CalibratedScenario known, Scenario other)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(other);
        return known with { Scenario = known.Trials == 0 ? other : Parameters.WithLeversOf(other, known.Scenario) };
    }

    /// <summary>Trials so far and what they taught.</summary>
    private sealed class Search(Scenario scenario, double scale, Func<Scenario, CancellationToken, Task<Measurement>> run)
    {
        // So many of the shelf's orders are placed in an outline.
        private const double OutlineShare = 0.1;

        // An outline's amount may miss by so much of the tolerance: what the outline cannot see of the whole market comes on top.
        private const double AmountShareForOutline = 0.4;

        // Orders are raised to at most so many times the scenario's number. A shelf of a few products may sell nothing however many
        // come, and each trial would take five times as long as the one before.
        private const double MostFactor = 100;

        private readonly List<CalibrationResult> _tried = [];
        private double? _shelfYuanPerOrder;

        public Scenario Trial { get; private set; } = Parameters.AtReference(scenario);

        public IReadOnlyList<CalibrationResult> Results { get; private set; } = [];

        public int Trials { get; private set; }

        public bool IsRightInOutline { get; private set; }

        /// <summary>Whether the largest number of orders still reaches too little: more trials would teach nothing.</summary>
        public bool IsAtTheEnd { get; private set; }

        /// <summary>
        /// Tries the market with a tenth of the shelf's orders: products and contracts are those of the whole market, as their agents
        /// have random streams of their own, and the shelf adds a fiftieth to the amount.
        /// </summary>
        public async Task TryOutlineAsync(CancellationToken cancellation)
        {
            Trials++;
            var shelf = Trial.Demand.Shelf;
            var outline = Trial with { Demand = Trial.Demand with { Shelf = shelf with { Level = shelf.Level.With(OutlineShare) } } };
            var measured = await run(outline, cancellation).ConfigureAwait(false);
            var shelfYuan = _shelfYuanPerOrder * shelf.Orders.Value ?? measured.ShelfYuan / OutlineShare;
            Learn(measured, AmountShareForOutline, measure => measure switch
            {
                CalibrationMeasure.ProductsListed => measured.Of(measure),
                CalibrationMeasure.RegisteredAmountYuan => measured.Of(measure) - measured.ShelfYuan + shelfYuan,
                _ => null,
            });
        }

        /// <summary>Tries the whole market.</summary>
        public async Task<bool> TryWholeAsync(CancellationToken cancellation)
        {
            Trials++;
            var measured = await run(Trial, cancellation).ConfigureAwait(false);
            _shelfYuanPerOrder = measured.ShelfYuan / Trial.Demand.Shelf.Orders.Value;
            return Learn(measured, 1, measure => measured.Of(measure));
        }

        private bool Learn(Measurement measured, double amountShare, Func<CalibrationMeasure, double?> reached)
        {
            var results = scenario.Calibration.Targets
                .Select(target => (Target: target, Reached: reached(target.Measure)))
                .Where(one => one.Reached is not null)
                .Select(one => Compare(one.Target, scenario, Trial, one.Reached!.Value, scale))
                .ToList();
            Results = [.. results, .. Results.Where(known => results.All(result => result.Parameter != known.Parameter))];
            _tried.AddRange(results);
            foreach (var result in results)
            {
                if (result.IsWithin(result.Measure == CalibrationMeasure.RegisteredAmountYuan ? amountShare : 1))
                {
                    continue;
                }

                var largest = result.Measure == CalibrationMeasure.TransactionsRegistered ? MostFactor * result.Start : double.PositiveInfinity;
                IsAtTheEnd |= result.Solved >= largest && result.Reached < result.Target;
                Trial = Parameters.Set(Trial, result.Parameter, Math.Min(Next(result, measured, _tried), largest));
            }

            // Contracts meet what the whole shelf has sold, so the outline's amount is a little off: it is corrected, and the whole market judges.
            IsRightInOutline = results.All(result => result.IsGood || result.Measure != CalibrationMeasure.ProductsListed);
            return results.All(result => result.IsGood);
        }
    }

    private static CalibrationResult Compare(CalibrationTarget target, Scenario scenario, Scenario trial, double reached, double scale) => new(
        target.Measure, target.Parameter, Parameters.Get(scenario, target.Parameter), Parameters.Get(trial, target.Parameter),
        ScaledTarget(target, scale), reached, target.Tolerance.Value)
    {
        Grain = target.Measure == CalibrationMeasure.RegisteredAmountYuan
            ? ScaledTarget(target, scale) / scenario.Demand.Contracts.Negotiations.Value / 4
            : 0.5,
    };

    private static double ScaledTarget(CalibrationTarget target, double scale) =>
        target.Measure == CalibrationMeasure.RegisteredAmountYuan ? target.Target.Value * scale : Math.Round(target.Target.Value * scale);

    private static double Next(CalibrationResult result, Measurement measured, IEnumerable<CalibrationResult> tried)
    {
        // Every measure is all but proportional to its parameter, but for what order books, auctions, requirements and bundles add: no parameter moves that.
        var fixedPart = measured.FixedPartOf(result.Measure);
        var (target, reached) = (Math.Max(result.Target - fixedPart, result.Target / 100), result.Reached - fixedPart);
        var factor = reached > 0 ? target / reached : 2;
        var next = result.Solved * Math.Clamp(factor, 0.2, 5);
        if (result.Measure == CalibrationMeasure.TransactionsRegistered)
        {
            return Enclosed(result, tried.Where(other => other.Parameter == result.Parameter)) ?? next;
        }

        if (result.Measure != CalibrationMeasure.ProductsListed)
        {
            return next;
        }

        // Products are drawn one by one and nearly independently: the wanted number of them is known, when there were enough.
        return Between(measured.ApplicationsFor((int)target) ?? Math.Ceiling(next) + 1, tried.Where(other => other.Parameter == result.Parameter));
    }

    // In a small market deals come in steps, over which corrections in proportion can go to and fro for ever: when the target lies between
    // this trial and the latest one on its other side, so does the next.
    private static double? Enclosed(CalibrationResult result, IEnumerable<CalibrationResult> tried)
    {
        var last = tried.LastOrDefault(other => (other.Reached < result.Target) != (result.Reached < result.Target) && other.Solved != result.Solved);
        return last is null ? null : result.Solved + ((last.Solved - result.Solved) * (result.Target - result.Reached) / (last.Reached - result.Reached));
    }

    // An application left out can let a copy of it in, so that the number known may miss by one or two. The trials so far enclose
    // the right number; each one more lists at most one product more, so halving the gap finds it.
    private static double Between(double wanted, IEnumerable<CalibrationResult> tried)
    {
        var (low, high) = (0.0, double.PositiveInfinity);
        foreach (var result in tried)
        {
            (low, high) = result.Reached < result.Target ? (Math.Max(low, result.Solved), high) : (low, Math.Min(high, result.Solved));
        }

        return wanted > low && wanted < high ? wanted
            : double.IsInfinity(high) ? low + Math.Ceiling(low / 50)
            : Math.Floor((low + high) / 2);
    }
}

/// <summary>The targets of a calibration were not reached.</summary>
/// <param name="results">What the last trial reached.</param>
/// <param name="trials">Trials made.</param>
public sealed class CalibrationException(IReadOnlyList<CalibrationResult> results, int trials) : Exception(
    $"calibration did not converge in {trials} trials (a market too small, e.g. by --scale, cannot reach its targets): "
    + string.Join("; ", results.Where(result => !result.IsGood).Select(result =>
        $"{result.Parameter} = {result.Solved:0.###} reaches {result.Reached:0.##}, target {result.Target:0.##} ± {result.Tolerance:P1}")))
{
    /// <summary>What the last trial reached.</summary>
    public IReadOnlyList<CalibrationResult> Results { get; } = results;
}

/// <summary>Counts, while a market runs, what calibration needs.</summary>
public sealed class Measurement
{
    private readonly HashSet<ProductId> _listed = [];
    private readonly HashSet<ProductId> _askedFor = [];
    private readonly List<int> _listedNumbers = [];
    private long _amountFen;
    private long _shelfFen;
    private long _transactions;
    private long _fixedFen;
    private long _fixedTransactions;

    /// <summary>Takes one event.</summary>
    public void Count(Event @event)
    {
        switch (@event)
        {
            case ProductListed e when IsAsked(e.Product):
                _askedFor.Add(e.Product);
                break;
            case ProductListed e when _listed.Add(e.Product):
                _listedNumbers.Add(int.Parse(e.Product.Value.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture));
                break;
            case TransactionRegistered e:
                _amountFen += e.AmountFen;
                _transactions++;
                if (e.Channel is TradeChannel.OrderBook or TradeChannel.Auction || IsOfARequirement(e.Deal) || IsOfABundle(e.Deal))
                {
                    _fixedFen += e.AmountFen;
                    _fixedTransactions++;
                }
                else if (e.Channel == TradeChannel.Shelf)
                {
                    _shelfFen += e.AmountFen;
                }

                break;
        }
    }

    /// <summary>What was measured.</summary>
    public double Of(CalibrationMeasure measure) => measure switch
    {
        CalibrationMeasure.ProductsListed => _listed.Count + _askedFor.Count,
        CalibrationMeasure.RegisteredAmountYuan => _amountFen / 100.0,
        CalibrationMeasure.TransactionsRegistered => _transactions,
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "unknown measure"),
    };

    /// <summary>The shelf's part of the registered amount, in yuan.</summary>
    internal double ShelfYuan => _shelfFen / 100.0;

    /// <summary>The part of a measure that no parameter moves: what comes from order books, from auctions, from requirements and from bundles.</summary>
    internal double FixedPartOf(CalibrationMeasure measure) => measure switch
    {
        CalibrationMeasure.RegisteredAmountYuan => _fixedFen / 100.0,
        CalibrationMeasure.TransactionsRegistered => _fixedTransactions,
        CalibrationMeasure.ProductsListed => _askedFor.Count,
        _ => 0,
    };

    // Products brought for requirements are numbered apart, and so are the deals that meet some.
    private static bool IsAsked(ProductId product) => product.Value[0] == 'N';

    private static bool IsOfARequirement(DealId deal) => deal.Value[0] == 'Q';

    private static bool IsOfABundle(DealId deal) => deal.Value[0] == 'B';

    /// <summary>How many applications bring exactly so many products to the shelf, besides those brought for requirements; null when there were fewer.</summary>
    internal int? ApplicationsFor(int listed)
    {
        if (listed < 1 || listed > _listedNumbers.Count)
        {
            return null;
        }

        var numbers = _listedNumbers.Order().ToArray();
        return numbers[listed - 1];
    }
}
