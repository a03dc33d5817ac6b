using DataExchange.Simulation.Agents.Strategies;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Calibration;

/// <summary>The parameters of a scenario that calibration may solve, by path, and how a scenario is scaled.</summary>
public static class Parameters
{
    private static readonly Dictionary<string, (Func<Scenario, Figure> Get, Func<Scenario, Figure, Scenario> Set)> Known = new(StringComparer.Ordinal)
    {
        ["supply.applications"] = (
            scenario => scenario.Supply.Applications,
            (scenario, figure) => scenario with { Supply = scenario.Supply with { Applications = figure } }),
        ["demand.shelf.orders"] = (
            scenario => scenario.Demand.Shelf.Orders,
            (scenario, figure) => scenario with { Demand = scenario.Demand with { Shelf = scenario.Demand.Shelf with { Orders = figure } } }),
        ["demand.contracts.negotiations"] = (
            scenario => scenario.Demand.Contracts.Negotiations,
            (scenario, figure) =>
                scenario with { Demand = scenario.Demand with { Contracts = scenario.Demand.Contracts with { Negotiations = figure } } }),
        ["demand.contracts.amountScale"] = (
            scenario => scenario.Demand.Contracts.AmountScale,
            (scenario, figure) =>
                scenario with { Demand = scenario.Demand with { Contracts = scenario.Demand.Contracts with { AmountScale = figure } } }),
    };

    /// <summary>Paths that may be solved.</summary>
    public static IReadOnlyCollection<string> Paths => Known.Keys;

    /// <summary>Value of a parameter.</summary>
    /// <exception cref="ArgumentException">It may not be solved.</exception>
    public static double Get(Scenario scenario, string path) => Find(path).Get(scenario).Value;

    /// <summary>The scenario with another value of a parameter.</summary>
    /// <exception cref="ArgumentException">It may not be solved.</exception>
    public static Scenario Set(Scenario scenario, string path, double value)
    {
        var (get, set) = Find(path);
        return set(scenario, get(scenario).With(value));
    }

    /// <summary>Multiplies products, firms and volume.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="scale">Above 0.</param>
    public static Scenario Scale(Scenario scenario, double scale)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        Figure Times(Figure figure, double least) => figure.With(Math.Max(least, Math.Round(figure.Value * scale)));
        var population = scenario.Population;
        var demand = scenario.Demand;
        var books = scenario.OrderBooks;
        var scaledBooks = books.Books.Value == 0 ? books.Books : Times(books.Books, 1);
        // Whole books: what rounding adds or takes away is made up for in the orders of each.
        var ordersPerDay = books.Books.Value == 0
            ? books.Traders.OrdersPerDay
            : books.Traders.OrdersPerDay.With(books.Traders.OrdersPerDay.Value * books.Books.Value * scale / scaledBooks.Value);
        return scenario with
        {
            Population = population with
            {
                Firms = Times(population.Firms, 5),
                Providers = Times(population.Providers, 8),
                PublicDataOperators = Times(population.PublicDataOperators, 1),
            },
            Sandbox = scenario.Sandbox with
            {
                PilotFirms = Times(scenario.Sandbox.PilotFirms, 6),
                Products = scenario.Sandbox.Products.Value == 0 ? scenario.Sandbox.Products : Times(scenario.Sandbox.Products, 4),
            },
            Requirements = scenario.Requirements with
            {
                Firms = Times(scenario.Requirements.Firms, 4),
                Posted = scenario.Requirements.Posted.Value == 0 ? scenario.Requirements.Posted : Times(scenario.Requirements.Posted, 8),
            },
            Auctions = scenario.Auctions with
            {
                Firms = Times(scenario.Auctions.Firms, 8),
                Products = scenario.Auctions.Products.Value == 0 ? scenario.Auctions.Products : Times(scenario.Auctions.Products, 4),
            },
            Pricing = scenario.Pricing with { Bundles = scenario.Pricing.Bundles.Value == 0 ? scenario.Pricing.Bundles : Times(scenario.Pricing.Bundles, 3) },
            Agents = scenario.Agents?.Select(group => group with
            {
                Count = Times(group.Count, Math.Min(group.Count.Value, StrategyCatalogue.BuiltIn.Find(group.Strategy)?.FewestMembers ?? 1)),
            }).ToArray(),
            Supply = scenario.Supply with { Applications = Times(scenario.Supply.Applications, 3) },
            Demand = demand with
            {
                Shelf = demand.Shelf with { Orders = Times(demand.Shelf.Orders, 10) },
                Contracts = demand.Contracts with { Negotiations = Times(demand.Contracts.Negotiations, 3) },
            },
            Shocks = [.. scenario.Shocks.Select(shock => shock with
            {
                Products = shock.Products is { } products ? Times(products, 1) : null,
                Recognitions = shock.Recognitions is { } recognitions ? Times(recognitions, 1) : null,
                BudgetYuan = shock.BudgetYuan is { } budget ? budget.With(budget.Value * scale) : null,
            })],
            OrderBooks = books with { Books = scaledBooks, Traders = books.Traders with { OrdersPerDay = ordersPerDay } },
        };
    }

    /// <summary>
    /// The scenario with every lever of demand at its reference, 1, without anything that happens on a day and without agents by strategy: they come on top of the calibrated market, which
    /// would otherwise make up for what they do.
    /// </summary>
    internal static Scenario AtReference(Scenario scenario) => WithLevers(scenario, 1, 1, 1) with { Shocks = [], Eras = [], Agents = null };

    /// <summary>A calibrated scenario with the levers as the user set them.</summary>
    internal static Scenario WithLeversOf(Scenario user, Scenario calibrated) => WithLevers(
        calibrated, user.Demand.Level.Value, user.Demand.Shelf.Level.Value, user.Demand.Contracts.Level.Value) with { Shocks = user.Shocks, Eras = user.Eras, Agents = user.Agents };

    private static Scenario WithLevers(Scenario scenario, double all, double shelf, double contracts) => scenario with
    {
        Demand = scenario.Demand with
        {
            Level = scenario.Demand.Level.With(all),
            Shelf = scenario.Demand.Shelf with { Level = scenario.Demand.Shelf.Level.With(shelf) },
            Contracts = scenario.Demand.Contracts with { Level = scenario.Demand.Contracts.Level.With(contracts) },
        },
    };

    private static (Func<Scenario, Figure> Get, Func<Scenario, Figure, Scenario> Set) Find(string path) =>
        Known.TryGetValue(path, out var parameter)
            ? parameter
            : throw new ArgumentException($"'{path}' cannot be calibrated; allowed are {string.Join(", ", Known.Keys)}.", nameof(path));
}
