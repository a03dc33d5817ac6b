namespace DataExchange.Simulation.Scenarios;

/// <summary>Which settings may be others from a day on, and how a market that is under way takes them.</summary>
public static class PolicyChange
{
    // Who and what there is, and what is drawn or scheduled before the first day, stays as it is: it cannot be another from a day on without a market of another
    // past. Levers of demand are taken by the agents that plan their visits.
    private static readonly string[] Live = ["review.", "pricing.", "deals.", "settlement.", "demand.", "supply."];

    private static readonly string[] Fixed =
    [
        "pricing.bundles", "pricing.ordersPerBundle", "settlement.payoutMonths", "demand.season", "demand.dayOff", "demand.shelf.orders", "demand.contracts.negotiations",
        "demand.contracts.amountScale", "supply.applications", "supply.listingSeason", "supply.listedAtBothVenues",
    ];

    /// <summary>Whether a setting may be another from a day on.</summary>
    /// <param name="path">Its path, such as <c>deals.disputed</c> or <c>venues[hzdex].fee.tiers[0].basisPoints</c>.</param>
    public static bool IsLive(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path == "fee.rate" || (path.StartsWith("venues", StringComparison.Ordinal) && path.Contains(".fee.", StringComparison.Ordinal))
            || (Live.Any(start => path.StartsWith(start, StringComparison.Ordinal))
                && !Fixed.Any(start => path == start || path.StartsWith(start + ".", StringComparison.Ordinal) || path.StartsWith(start + "[", StringComparison.Ordinal)));
    }

    /// <summary>What may be set, in words.</summary>
    public static string Allowed =>
        $"settings of review, pricing, deals, settlement, demand and supply but for {string.Join(", ", Fixed)}; fee.rate; venues[ID].fee. The rest is there before the first day: change it for the whole run";

    /// <summary>A market's scenario with what is live in another one: what was scaled and solved stays.</summary>
    /// <param name="now">The market's, scaled and calibrated.</param>
    /// <param name="after">As it is from a day on, neither.</param>
    public static Scenario Apply(Scenario now, Scenario after)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(after);
        return now with
        {
            Venues = [.. now.Venues.Select(venue => venue with { Fee = after.Venues.Single(other => other.Id == venue.Id).Fee })],
            Review = after.Review,
            Pricing = after.Pricing with { Bundles = now.Pricing.Bundles },
            Deals = after.Deals,
            Settlement = after.Settlement,
            Supply = after.Supply with { Applications = now.Supply.Applications },
            Demand = after.Demand with
            {
                Shelf = after.Demand.Shelf with { Orders = now.Demand.Shelf.Orders },
                Contracts = after.Demand.Contracts with { Negotiations = now.Demand.Contracts.Negotiations, AmountScale = now.Demand.Contracts.AmountScale },
            },
        };
    }
}
