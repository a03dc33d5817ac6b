using DataExchange.Domain;
using DataExchange.Domain.Settlement;

namespace DataExchange.Simulation.Agents;

/// <summary>The clearing office: pays proceeds out to all who have some, every so many months, on the first working day.</summary>
/// <param name="market">The surroundings.</param>
/// <param name="payees">All who may have proceeds.</param>
public sealed class PayoutAgent(Market market, IReadOnlyList<PartyId> payees)
{
    private const int Hour = 16 * 3_600;

    /// <summary>Pays out over the whole history.</summary>
    public async ValueTask PayAsync()
    {
        var kernel = market.Kernel;
        var month = new DateOnly(kernel.Now.Date.Year, kernel.Now.Date.Month, 1);
        while (true)
        {
            month = month.AddMonths(market.Scenario.Settlement.PayoutMonths.Whole);
            await kernel.Until(SimulatedTime.On(market.Source.Calendar.AddWorkingDays(month, 0), Hour));
            var least = (long)Math.Round(market.Scenario.Settlement.PayoutLeastYuan.Value * 100);
            foreach (var payee in payees)
            {
                await kernel.SubmitAsync(new PayOutProceeds(payee, least) { At = kernel.Now, By = Parties.Clearing }).ConfigureAwait(true);
            }
        }
    }
}
