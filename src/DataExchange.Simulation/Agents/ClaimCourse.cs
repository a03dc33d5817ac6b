using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents;

/// <summary>What may come after a deal is completed: the buyer claims money back, and the venue decides.</summary>
/// <param name="market">The surroundings.</param>
/// <param name="venues">The venues, by id.</param>
public sealed class ClaimCourse(Market market, IReadOnlyDictionary<VenueId, VenueAgent> venues)
{
    private static readonly string[] Grounds = ["数据存在隐性缺陷", "来源授权被撤销", "服务提前终止"];

    /// <summary>Lets a completed deal rest, or claims.</summary>
    /// <param name="buyer">The buyer.</param>
    /// <param name="granted">The licence.</param>
    /// <param name="paidFen">What was shared out, fen.</param>
    /// <param name="fate">Of the deal; it is not drawn from itself, so that claims shift nothing else.</param>
    public async ValueTask FollowAsync(BuyerAgent buyer, LicenceGranted granted, long paidFen, RandomStream fate)
    {
        ArgumentNullException.ThrowIfNull(buyer);
        ArgumentNullException.ThrowIfNull(granted);
        ArgumentNullException.ThrowIfNull(fate);
        var settings = market.Scenario.Settlement;
        var days = settings.ClaimDays.Whole;
        if (days == 0 || settings.LateClaims.Value == 0 || granted.Channel == TradeChannel.FiledContract)
        {
            return;
        }

        var random = fate.Derive("claim");
        if (!random.NextBoolean(settings.LateClaims.Value))
        {
            return;
        }

        var kernel = market.Kernel;
        // Some come after the time for it, and are refused.
        await kernel.Until(market.OfficeAt(random, kernel.Now.Date.AddDays(1 + random.NextInt32(days + (days / 10))), 0));
        if (!(await kernel.SubmitAsync(new RaiseClaim(granted.Deal, random.Pick(Grounds)) { At = kernel.Now, By = buyer.Party }).ConfigureAwait(true)).Accepted)
        {
            return;
        }

        await kernel.Until(market.Office(random, 5 + random.NextInt32(16)));
        var back = !random.NextBoolean(settings.ClaimsUpheld.Value) ? 0
            : random.NextBoolean(settings.ClaimsInFull.Value) ? paidFen
            : Math.Max(1, paidFen * (10 + random.NextInt32(41)) / 100);
        await kernel.SubmitAsync(new DecideClaim(granted.Deal, back) { At = kernel.Now, By = venues[granted.Venue].Party }).ConfigureAwait(true);
        await buyer.SpendAsync(-back).ConfigureAwait(true);
    }
}
