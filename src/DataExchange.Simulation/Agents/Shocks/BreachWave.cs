using DataExchange.Domain.Listing;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents.Shocks;

/// <summary>Data of some products leak: their certificates are revoked, and providers of other products of the category take theirs off the shelf.</summary>
/// <param name="market">The surroundings.</param>
/// <param name="breach">The breach.</param>
public sealed class BreachWave(Market market, ShockSettings breach)
{
    /// <summary>Lets it happen.</summary>
    public async ValueTask BreakAsync()
    {
        ShelfProduct[] standing =
        [
            .. market.Shelf.Products
                .Where(product => product.Plan.Category == breach.Category && product.Venues.Count > 0)
                .OrderByDescending(product => product.Plan.Popularity).ThenByDescending(product => product.Plan.ContractAppeal).ThenBy(product => product.Plan.Index),
        ];
        // The most wanted ones: what leaks unseen is no shock.
        foreach (var product in standing.Take(breach.Products!.Whole))
        {
            await product.Plan.Venues[0].RevokeAsync(product.Plan, "数据泄露事件，撤销登记").ConfigureAwait(true);
        }

        foreach (var product in standing.Skip(breach.Products.Whole))
        {
            var random = market.StreamOf($"breach/{breach.Id}/{product.Plan.Product}");
            if (random.NextBoolean(breach.Share?.Value ?? 0))
            {
                var day = market.Kernel.Now.Date.AddDays(1 + random.NextInt32(Math.Max(1, breach.Days?.Whole ?? 1)));
                market.Kernel.Start(market.OfficeAt(random, day, 0), () => WithdrawAsync(product));
            }
        }
    }

    private static async ValueTask WithdrawAsync(ShelfProduct product)
    {
        foreach (var venue in product.Plan.Venues.Where(venue => product.Venues.Contains(venue.Venue)).ToArray())
        {
            await venue.DelistAsync(product.Plan, DelistingReason.ProviderRequest, product.Plan.Provider).ConfigureAwait(true);
        }
    }
}
