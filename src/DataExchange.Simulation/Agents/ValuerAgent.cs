using DataExchange.Domain;
using DataExchange.Domain.Pricing;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents;

/// <summary>
/// The valuer (数据资产评估机构). What a product cost and will earn it hears from the provider, with an error of its own; comparables it takes from the registers. All
/// figures here are assumed; the formulas are those of <see cref="CostInputs"/>, <see cref="IncomeInputs"/> and <see cref="MarketInputs"/>.
/// </summary>
/// <param name="market">The surroundings.</param>
public sealed class ValuerAgent(Market market)
{
    // A39, as are the weights below.
    private const double Error = 0.15;
    private const int FewestComparables = 3;
    private const int MostComparables = 5;
    private const int LeastSimilarity = 5_000;
    private const int MostSpread = 10;
    private const int DailyAgeing = 2;
    private const int LeastTimeliness = 7_000;

    /// <summary>Values a product.</summary>
    /// <param name="plan">The product.</param>
    /// <param name="terms">What its provider wants to offer.</param>
    /// <param name="random">The valuation's own stream.</param>
    public ValueTask<Outcome> ValueAsync(ProductPlan plan, LicenceTerms terms, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(random);
        var quality = market.Register.QualityOf(plan.Product);
        var units = UnitsOf(terms.Unit, random);
        var cost = CostOf(terms.MostUnitPriceFen * random.NextLogNormal(0, Error) * units, units, quality, random);
        var income = IncomeOf(terms.MostUnitPriceFen * random.NextLogNormal(0, Error) * units, units, random);
        ValueEstimate[] estimates = ComparablesOf(plan, terms) is { } comparables
            ?
            [
                new(ValuationApproach.Cost, null, 4_000, Cost: cost), new(ValuationApproach.Income, null, 4_500, Income: income),
                new(ValuationApproach.Market, null, 1_500, Market: new MarketInputs(comparables)),
            ]
            : [new(ValuationApproach.Cost, null, 4_500, Cost: cost), new(ValuationApproach.Income, null, 5_500, Income: income)];
        return market.Kernel.SubmitAsync(new ValueProduct(
            plan.Product, terms.Unit, estimates, market.Scenario.Pricing.ToleranceBasisPoints.Whole) { At = market.Kernel.Now, By = Parties.Valuer });
    }

    // Calls are sold by the hundred thousand, licences by the dozen.
    private static int UnitsOf(PriceUnit unit, RandomStream random) => unit == PriceUnit.PerCall ? 50_000 * (1 + random.NextInt32(20)) : 5 + random.NextInt32(36);

    private static CostInputs CostOf(double wholeFen, int units, int quality, RandomStream random)
    {
        var (index, margin, obsolescence) = (9_800 + random.NextInt32(801), 1_000 + (500 * random.NextInt32(5)), 500 * random.NextInt32(5));
        var adjusted = Factor(quality);
        var factor = index / 1e4 * (1 + (margin / 1e4)) * (1 - (obsolescence / 1e4)) * (adjusted / 1e4);
        return new CostInputs(Fen(wholeFen / factor), index, margin, obsolescence, adjusted, units);
    }

    private static IncomeInputs IncomeOf(double wholeFen, int units, RandomStream random)
    {
        var (years, share, discount, growth) = (3 + random.NextInt32(3), 3_000 + (500 * random.NextInt32(7)), 800 + (100 * random.NextInt32(8)), 0.8 + (0.1 * random.NextInt32(4)));
        var (shape, flow, rate, present) = (new double[years], 1.0, 1.0, 0.0);
        for (var year = 0; year < years; year++)
        {
            (shape[year], rate) = (flow, rate * (1 + (discount / 1e4)));
            present += flow * share / 1e4 / rate;
            flow *= growth;
        }

        return new IncomeInputs([.. shape.Select(part => Fen(wholeFen / present * part))], share, discount, 0, units);
    }

    // Those most alike, later ones first among equals; none where there are too few, or where they say too different things.
    private Comparable[]? ComparablesOf(ProductPlan plan, LicenceTerms terms)
    {
        var traits = market.TraitsOf(plan, terms.Licence);
        Comparable[] found =
        [
            .. market.Register.Of(terms.Unit).Where(sale => sale.Product != plan.Product)
                .Select(sale => (Sale: sale, Similarity: Similarity.BasisPoints(traits, sale.Traits)))
                .Where(one => one.Similarity >= LeastSimilarity)
                .OrderByDescending(one => one.Similarity).ThenByDescending(one => one.Sale.At).ThenBy(one => one.Sale.Deal.Value, StringComparer.Ordinal)
                .Take(MostComparables).Select(one => Compared(one.Sale, traits.Quality, one.Similarity)),
        ];
        return found.Length >= FewestComparables && found.Max(one => one.AdjustedFen()) <= MostSpread * found.Min(one => one.AdjustedFen()) ? found : null;
    }

    private Comparable Compared(RegisteredSale sale, int quality, int similarity)
    {
        var days = market.Kernel.Now.Date.DayNumber - sale.At.Date.DayNumber;
        return new Comparable(
            sale.Deal, sale.Product, sale.UnitPriceFen,
            Factor(quality) * 10_000 / Factor(sale.Traits.Quality),
            10_000, Math.Max(LeastTimeliness, 10_000 - (DailyAgeing * days)), 10_000, similarity);
    }

    // Half as much again between the worst and the best.
    private static int Factor(int quality) => 7_000 + (35 * quality);

    private static long Fen(double amount) => (long)Math.Clamp(Math.Round(amount), 1, Money.MostFen);
}
