using DataExchange.Domain;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents.Shocks;

/// <summary>
/// What agents ask about the scenario's shocks. Every answer that needs chance has a stream of its own, so that without shocks, and before the first of them, every
/// event is the same.
/// </summary>
public sealed class MarketShocks
{
    private readonly Market _market;
    private readonly ShockSettings[] _breaches;
    private readonly ShockSettings[] _subsidies;
    private readonly ShockSettings[] _commissioners;
    private readonly VenueOutages? _outages;
    private readonly Dictionary<string, long> _paidFen = [];
    private readonly HashSet<PartyId> _aided = [];

    /// <summary>Takes the shocks of a market's scenario.</summary>
    public MarketShocks(Market market)
    {
        ArgumentNullException.ThrowIfNull(market);
        _market = market;
        ShockSettings[] Of(ShockKind kind) => [.. market.Scenario.Shocks.Where(shock => shock.Kind == kind)];
        (_breaches, _subsidies, _commissioners) = (Of(ShockKind.Breach), Of(ShockKind.Subsidy), Of(ShockKind.Commissioner));
        if (Of(ShockKind.Outage) is { Length: > 0 } outages)
        {
            _outages = new VenueOutages(outages);
            market.Kernel.OpensFor = _outages.OpensFor;
        }
    }

    /// <summary>Whether a venue cannot be reached on a day.</summary>
    public bool IsOut(VenueId venue, DateOnly day) => _outages?.IsOut(venue, day) == true;

    /// <summary>Whether a visitor turns away from a product because data of its category leaked.</summary>
    /// <param name="product">What he looks at.</param>
    /// <param name="day">When.</param>
    /// <param name="visitor">Who.</param>
    public bool IsShunned(ShelfProduct product, DateOnly day, PartyId visitor)
    {
        ArgumentNullException.ThrowIfNull(product);
        foreach (var breach in _breaches)
        {
            if (breach.Category == product.Plan.Category && breach.Factor is { } factor && breach.IsOn(day)
                && _market.StreamOf($"shun/{breach.Id}/{visitor}/{_market.Kernel.Now.UnixSeconds}").NextDouble() >= factor.Value)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a firm that never bought would be paid towards a price, fen; 0 for nothing.</summary>
    public long SubsidyFor(PartyId firm, long priceFen, DateOnly day)
    {
        foreach (var subsidy in _subsidies)
        {
            if (subsidy.IsOn(day) && !_aided.Contains(firm))
            {
                var left = Fen(subsidy.BudgetYuan!) - _paidFen.GetValueOrDefault(subsidy.Id);
                var share = checked((long)(priceFen * (decimal)subsidy.Share!.Value));
                return Math.Max(0, Math.Min(Math.Min(share, Fen(subsidy.MostYuan!)), left));
            }
        }

        return 0;
    }

    /// <summary>Notes that a subsidy was paid: no firm is paid twice, and no more than the budget.</summary>
    public void Pay(PartyId firm, long amountFen, DateOnly day)
    {
        var subsidy = _subsidies.First(subsidy => subsidy.IsOn(day));
        _aided.Add(firm);
        _paidFen[subsidy.Id] = _paidFen.GetValueOrDefault(subsidy.Id) + amountFen;
    }

    /// <summary>Whether a commissioner sees to it that an application is complete in the first place.</summary>
    public bool SeesToEvidence(ProductPlan plan, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(plan);
        foreach (var commissioner in _commissioners)
        {
            if (commissioner.IsOn(day)
                && _market.StreamOf($"commissioner/{commissioner.Id}/{plan.Provider}").NextBoolean(commissioner.Share!.Value)
                && _market.StreamOf($"commissioner/{commissioner.Id}/{plan.Product}").NextBoolean(commissioner.Effect!.Value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whole fen of a number of yuan.</summary>
    internal static long Fen(Figure yuan) => checked((long)Math.Round(yuan.Value * 100, MidpointRounding.AwayFromZero));
}
