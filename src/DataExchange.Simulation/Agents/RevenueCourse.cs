using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents;

/// <summary>What comes after acceptance where revenue is shared: the buyer reports month by month what it earned, and now and then forgets to.</summary>
/// <param name="market">The surroundings.</param>
public sealed class RevenueCourse(Market market)
{
    // A46: what a buyer earns in a period is spread like this around what would use up the cap over all of them.
    private const double Spread = 0.8;

    /// <summary>Reports every period until all is shared.</summary>
    /// <param name="buyer">The buyer.</param>
    /// <param name="granted">The licence.</param>
    /// <param name="terms">Its share of revenue.</param>
    /// <param name="fate">Of the deal; it is not drawn from itself, so that reports shift nothing else.</param>
    /// <returns>What was shared out, with the price, fen.</returns>
    public async ValueTask<long> ReportAsync(BuyerAgent buyer, LicenceGranted granted, RevenueShareTerms terms, RandomStream fate)
    {
        ArgumentNullException.ThrowIfNull(buyer);
        ArgumentNullException.ThrowIfNull(granted);
        ArgumentNullException.ThrowIfNull(fate);
        var random = fate.Derive("revenue");
        var kernel = market.Kernel;
        var accepted = kernel.Now;
        var usual = (double)terms.CapFen / terms.Periods * Money.BasisPoints / terms.ShareBasisPoints;
        var paid = granted.AmountFen - terms.CapFen;
        for (var period = 1; period <= terms.Periods; period++)
        {
            var end = accepted.AddDays(period * RevenueShareTerms.PeriodDays);
            var revenue = (long)Math.Min(Money.MostFen, usual * random.NextLogNormal(-Spread * Spread / 2, Spread));
            var within = random.NextInt32(terms.ReportDays * (int)SimulatedTime.SecondsPerDay);
            var outcome = random.NextBoolean(market.Scenario.Pricing.RevenueLate.Value)
                ? await ChargeAsync(granted, end.AddDays(terms.ReportDays)).ConfigureAwait(true)
                : await ReportAsync(granted, period, revenue, end.AddSeconds(within)).ConfigureAwait(true);
            switch (outcome.Accepted ? outcome.Events[0] : null)
            {
                case RevenueReported e:
                    paid += e.AmountFen;
                    await buyer.SpendAsync(-e.ReturnedFen).ConfigureAwait(true);
                    if (e.IsLast)
                    {
                        return paid;
                    }

                    break;
                case RevenueOverdue e:
                    paid += e.AmountFen;
                    if (e.IsLast)
                    {
                        return paid;
                    }

                    break;
                default:
                    return paid;
            }
        }

        return paid;
    }

    private async ValueTask<Outcome> ReportAsync(LicenceGranted granted, int period, long revenueFen, SimulatedTime at)
    {
        await market.Kernel.Until(at);
        return await market.Kernel.SubmitAsync(new ReportRevenue(granted.Deal, period, revenueFen) { At = market.Kernel.Now, By = granted.Buyer }).ConfigureAwait(true);
    }

    private async ValueTask<Outcome> ChargeAsync(LicenceGranted granted, SimulatedTime due)
    {
        await market.Kernel.Until(due);
        return await market.Kernel.SubmitAsync(new ChargeOverdueRevenue(granted.Deal) { At = market.Kernel.Now, By = Parties.Authority }).ConfigureAwait(true);
    }
}
