using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents;

/// <summary>How a deal goes on after the licence is granted: registered by the venue, delivered by the provider, accepted or disputed by the buyer, used.</summary>
/// <param name="market">The surroundings.</param>
/// <param name="venues">The venues, by id.</param>
public sealed class DealCourse(Market market, IReadOnlyDictionary<VenueId, VenueAgent> venues)
{
    private static readonly string[] Grounds = ["数据质量与说明不符", "更新不及时", "字段缺失", "接口不可用"];
    private readonly ClaimCourse _claims = new(market, venues);
    private readonly RevenueCourse _revenue = new(market);

    /// <summary>Leads a purchase from the shelf to its end.</summary>
    /// <param name="buyer">Who bought.</param>
    /// <param name="plan">What.</param>
    /// <param name="granted">The licence.</param>
    /// <param name="fate">The deal's own stream.</param>
    /// <param name="isCompared">Whether valuers compare other products with this sale.</param>
    public async ValueTask LeadShelfDealAsync(BuyerAgent buyer, ProductPlan plan, LicenceGranted granted, RandomStream fate, bool isCompared = true)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(granted);
        ArgumentNullException.ThrowIfNull(fate);
        var kernel = market.Kernel;
        var purpose = fate.Pick(market.Source.Words.Category(plan.Category).UsePurposes).Zh;
        var due = SimulatedTime.On(market.Source.Calendar.AddWorkingDays(kernel.Now.Date, 3), (int)SimulatedTime.SecondsPerDay - 1);
        await AgreeAsync(granted, purpose, granted.Licence == LicenceKind.Subscription ? granted.Quantity * 30 : 365, due, granted.Buyer)
            .ConfigureAwait(true);
        await kernel.Until(kernel.Now.AddSeconds(60 + fate.NextInt32(3_600)));
        if (await venues[granted.Venue].RegisterAsync(granted.Deal).ConfigureAwait(true) && granted.InSandbox is null && granted.Degraded is null && granted.Revenue is null && isCompared)
        {
            market.Register.Note(plan.Terms.Unit, new RegisteredSale(granted.Deal, plan.Product, market.TraitsOf(plan, granted.Licence), granted.UnitPriceFen, kernel.Now));
        }

        await DeliverAndSettleAsync(buyer, plan, granted, purpose, due, plan.Form == ProductForm.Api, fate).ConfigureAwait(true);
    }

    /// <summary>Agrees the contract of a granted licence.</summary>
    internal ValueTask<Outcome> AgreeAsync(LicenceGranted granted, string purpose, int termDays, SimulatedTime due, PartyId by) =>
        market.Kernel.SubmitAsync(new AgreeContract(
            granted.Deal, granted.Licence, granted.Quantity,
            new UsagePolicy("use", purpose, "CN", granted.Licence == LicenceKind.OpenEnded ? 0 : termDays, granted.ResaleAllowed),
            due, granted.Contributors) { At = market.Kernel.Now, By = by });

    /// <summary>Delivery, acceptance or dispute, and metered use.</summary>
    internal async ValueTask DeliverAndSettleAsync(
        BuyerAgent buyer, ProductPlan plan, LicenceGranted granted, string purpose, SimulatedTime due, bool atOnce, RandomStream fate)
    {
        var kernel = market.Kernel;
        var settings = market.Scenario.Deals;
        if (fate.NextBoolean(settings.Late.Value))
        {
            await kernel.Until(due.AddSeconds(3_600));
            await kernel.SubmitAsync(new ReportLateDelivery(granted.Deal) { At = kernel.Now, By = granted.Buyer }).ConfigureAwait(true);
            await kernel.Until(market.Office(fate, 1 + fate.NextInt32(5)));
            if (fate.NextBoolean(settings.LateCancelled.Value)
                && (await kernel.SubmitAsync(new CancelDeal(granted.Deal) { At = kernel.Now, By = granted.Buyer }).ConfigureAwait(true)).Accepted)
            {
                await buyer.SpendAsync(-granted.AmountFen).ConfigureAwait(true);
                return;
            }
        }
        else if (atOnce)
        {
            await kernel.Until(kernel.Now.AddSeconds(30 + fate.NextInt32(900)));
        }
        else
        {
            await kernel.Until(BeforeDue(fate, due));
        }

        var acceptBy = kernel.Now.AddDays(settings.AcceptanceDays.Whole);
        await kernel.SubmitAsync(new CompleteTransfer(granted.Deal, acceptBy) { At = kernel.Now, By = granted.Provider }).ConfigureAwait(true);
        var paid = await AcceptAsync(buyer, granted, acceptBy, fate).ConfigureAwait(true);
        if (paid == 0)
        {
            return;
        }

        if (granted.Units > 0)
        {
            await UseAsync(granted, purpose, fate).ConfigureAwait(true);
        }

        if (granted.Revenue is { } revenue)
        {
            paid = await _revenue.ReportAsync(buyer, granted, revenue, fate).ConfigureAwait(true);
        }

        await _claims.FollowAsync(buyer, granted, paid, fate).ConfigureAwait(true);
    }

    // A71, as are the other delays here.
    private SimulatedTime BeforeDue(RandomStream fate, SimulatedTime due)
    {
        var days = Math.Max(1, due.Date.DayNumber - market.Kernel.Now.Date.DayNumber);
        var moment = market.OfficeAt(fate, market.Kernel.Now.Date.AddDays(fate.NextInt32(days)), 0);
        return moment < due ? moment : due;
    }

    // What is paid for the delivery, fen: the price, less what a dispute gives back; 0 when that is all.
    private async ValueTask<long> AcceptAsync(BuyerAgent buyer, LicenceGranted granted, SimulatedTime acceptBy, RandomStream fate)
    {
        var kernel = market.Kernel;
        var settings = market.Scenario.Deals;
        if (granted.Channel != TradeChannel.FiledContract && fate.NextBoolean(settings.Disputed.Value))
        {
            return await DisputeAsync(buyer, granted, fate).ConfigureAwait(true);
        }

        if (fate.NextBoolean(settings.TimedOut.Value))
        {
            await kernel.Until(acceptBy);
            await kernel.SubmitAsync(new TimeOutAcceptance(granted.Deal) { At = kernel.Now, By = Parties.Authority }).ConfigureAwait(true);
            return granted.AmountFen;
        }

        await kernel.Until(kernel.Now.AddSeconds(600 + fate.NextInt32(3 * (int)SimulatedTime.SecondsPerDay)));
        await kernel.SubmitAsync(new AcceptDelivery(granted.Deal) { At = kernel.Now, By = granted.Buyer }).ConfigureAwait(true);
        return granted.AmountFen;
    }

    private async ValueTask<long> DisputeAsync(BuyerAgent buyer, LicenceGranted granted, RandomStream fate)
    {
        var kernel = market.Kernel;
        var settings = market.Scenario.Deals;
        await kernel.Until(market.Office(fate, 1));
        await kernel.SubmitAsync(new RaiseDispute(granted.Deal, fate.Pick(Grounds)) { At = kernel.Now, By = granted.Buyer }).ConfigureAwait(true);
        await kernel.Until(market.Office(fate, 3 + fate.NextInt32(12)));
        var refund = !fate.NextBoolean(settings.Upheld.Value) ? 0
            : granted.Units > 0 || granted.Revenue is not null || fate.NextBoolean(settings.FullRefund.Value) ? granted.AmountFen
            : Math.Max(1, granted.AmountFen * (10 + fate.NextInt32(41)) / 100);
        await kernel.SubmitAsync(new DecideDispute(granted.Deal, refund) { At = kernel.Now, By = venues[granted.Venue].Party }).ConfigureAwait(true);
        await buyer.SpendAsync(-refund).ConfigureAwait(true);
        return granted.AmountFen - refund;
    }

    private async ValueTask UseAsync(LicenceGranted granted, string purpose, RandomStream fate)
    {
        var kernel = market.Kernel;
        var settings = market.Scenario.Deals;
        if (fate.NextBoolean(settings.UseOutsideLicence.Value))
        {
            await kernel.Until(kernel.Now.AddSeconds(3_600 + fate.NextInt32(100_000)));
            await kernel.SubmitAsync(new ReportUsage(granted.Deal, granted.Units, "转售给第三方") { At = kernel.Now, By = granted.Buyer }).ConfigureAwait(true);
        }

        var periods = Math.Min(granted.Units, 1 + fate.NextPoisson(settings.FurtherPeriods.Value));
        var left = granted.Units;
        for (; periods > 0; periods--)
        {
            await kernel.Until(EndOfMonth(kernel.Now, fate));
            var calls = periods == 1 ? left : 1 + (int)((left - periods) * (0.3 + (0.6 * fate.NextDouble())));
            left -= calls;
            await kernel.SubmitAsync(new ReportUsage(granted.Deal, calls, purpose) { At = kernel.Now, By = granted.Provider }).ConfigureAwait(true);
        }
    }

    // Metering runs in the first hours after the month.
    private static SimulatedTime EndOfMonth(SimulatedTime now, RandomStream fate)
    {
        var next = new DateOnly(now.Date.Year, now.Date.Month, 1).AddMonths(1);
        return SimulatedTime.On(next, fate.NextInt32(4 * 3_600));
    }
}
