using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents.Sandbox;

/// <summary>The pilot firms of the sandbox: they buy on trial, by order or by contract, and sometimes what they may not.</summary>
/// <param name="market">The surroundings.</param>
/// <param name="venue">The venue that keeps the sandbox.</param>
/// <param name="firms">The firms; none of them shops elsewhere.</param>
/// <param name="course">Leads their deals.</param>
public sealed class PilotFirms(Market market, VenueAgent venue, IReadOnlyList<BuyerAgent> firms, DealCourse course)
{
    // Some orders come when the trial is over.
    private const double BeyondTheEnd = 1.15;

    /// <summary>Some of the firms, each once, in the order in which they are drawn.</summary>
    /// <param name="count">How many, at most all.</param>
    /// <param name="random">Draws them.</param>
    public IReadOnlyList<PartyId> Some(int count, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var drawn = new List<PartyId>();
        while (drawn.Count < Math.Min(count, firms.Count))
        {
            var firm = random.Pick(firms).Party;
            if (!drawn.Contains(firm))
            {
                drawn.Add(firm);
            }
        }

        return drawn;
    }

    /// <summary>Schedules the orders of a trial.</summary>
    /// <param name="admitted">The admission.</param>
    /// <param name="plan">The product.</param>
    /// <param name="random">The trial's own stream of orders.</param>
    public void Expect(SandboxAdmitted admitted, ProductPlan plan, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(admitted);
        ArgumentNullException.ThrowIfNull(random);
        var settings = market.Scenario.Sandbox;
        var days = admitted.Conditions.Until.Date.DayNumber - admitted.At.Date.DayNumber;
        var named = firms.Where(firm => admitted.Conditions.Admit(firm.Party)).ToArray();
        for (var left = random.NextPoisson(settings.OrdersPerTrial.Value); left > 0; left--)
        {
            var isOutsider = random.NextBoolean(settings.OutsiderShare.Value) && admitted.Conditions.Buyers.Count > 0;
            var firm = random.Pick<BuyerAgent>(isOutsider || named.Length == 0 ? firms : named);
            var isContract = random.NextBoolean(settings.ContractShare.Value) || admitted.Terms.Unit == PriceUnit.Negotiated;
            var deal = new DealId(string.Create(CultureInfo.InvariantCulture, $"{plan.Product}-S{left:00}"));
            var fate = random.Derive(deal.Value);
            var moment = market.OfficeAt(fate, admitted.At.Date.AddDays(1 + (int)(days * BeyondTheEnd * random.NextDouble())), 0);
            market.Kernel.Start(moment, () => isContract
                ? ContractAsync(deal, firm, admitted, plan, fate)
                : OrderAsync(deal, firm, admitted, plan, fate));
        }
    }

    private async ValueTask OrderAsync(DealId deal, BuyerAgent firm, SandboxAdmitted trial, ProductPlan plan, RandomStream fate)
    {
        if (market.Shelf.Knows(plan.Product))
        {
            // It left the sandbox for the shelf: ordinary trade is not the pilot firms'.
            return;
        }

        var quantity = trial.Terms.Licence == LicenceKind.Subscription ? 1 + fate.NextInt32(3) : 1;
        await firm.JoinAsync().ConfigureAwait(true);
        await firm.TopUpAsync(trial.Terms.AmountFor(quantity, market.Kernel.Now).Fen, 0, fate).ConfigureAwait(true);
        var outcome = await market.Kernel.SubmitAsync(new PlaceOrder(
            plan.Product, deal, trial.Venue, firm.Party, null, TradeChannel.Shelf, quantity, null) { At = market.Kernel.Now, By = firm.Party }).ConfigureAwait(true);
        if (outcome.Accepted)
        {
            var granted = (LicenceGranted)outcome.Events[0];
            await firm.SpendAsync(granted.AmountFen).ConfigureAwait(true);
            await course.LeadShelfDealAsync(firm, plan, granted, fate).ConfigureAwait(true);
        }
    }

    private async ValueTask ContractAsync(DealId deal, BuyerAgent firm, SandboxAdmitted trial, ProductPlan plan, RandomStream fate)
    {
        if (market.Shelf.Knows(plan.Product))
        {
            return;
        }

        var kernel = market.Kernel;
        var channel = fate.NextBoolean(0.5) ? TradeChannel.FiledContract : TradeChannel.RegisteredContract;
        var amount = Math.Max(1, (long)Math.Round(market.Scenario.Sandbox.MostAmountYuan.Value / 3_000 * fate.NextLogNormal(0, 0.8))) * 100_000;
        await firm.JoinAsync().ConfigureAwait(true);
        await kernel.SubmitAsync(new RequestContract(deal, plan.Product, trial.Venue, firm.Party, trial.Provider, channel, amount) { At = kernel.Now, By = firm.Party })
            .ConfigureAwait(true);
        await kernel.Until(market.Office(fate, 1 + fate.NextInt32(3)));
        await kernel.SubmitAsync(new OfferContract(deal, amount) { At = kernel.Now, By = trial.Provider }).ConfigureAwait(true);
        await kernel.SubmitAsync(new AcceptContract(deal) { At = kernel.Now, By = firm.Party }).ConfigureAwait(true);
        if (market.Shelf.Knows(plan.Product))
        {
            await kernel.SubmitAsync(new TerminateNegotiation(deal, Rejection.SandboxOver) { At = kernel.Now, By = venue.Party }).ConfigureAwait(true);
            return;
        }

        if (channel == TradeChannel.RegisteredContract)
        {
            await firm.TopUpAsync(amount, 0, fate).ConfigureAwait(true);
        }

        var outcome = await kernel.SubmitAsync(new PlaceOrder(plan.Product, deal, trial.Venue, firm.Party, null, channel, 1, amount) { At = kernel.Now, By = firm.Party })
            .ConfigureAwait(true);
        if (outcome.Rejection is { } rejection)
        {
            await kernel.SubmitAsync(new TerminateNegotiation(deal, rejection) { At = kernel.Now, By = venue.Party }).ConfigureAwait(true);
            return;
        }

        await ConcludeAsync((LicenceGranted)outcome.Events[0], firm, plan, fate).ConfigureAwait(true);
    }

    private async ValueTask ConcludeAsync(LicenceGranted granted, BuyerAgent firm, ProductPlan plan, RandomStream fate)
    {
        var kernel = market.Kernel;
        if (granted.Channel == TradeChannel.RegisteredContract)
        {
            await firm.SpendAsync(granted.AmountFen).ConfigureAwait(true);
        }

        var purpose = fate.Pick(market.Source.Words.Category(plan.Category).ContractPurposes).Zh;
        var due = SimulatedTime.On(market.Source.Calendar.AddWorkingDays(kernel.Now.Date, 10 + fate.NextInt32(20)));
        await course.AgreeAsync(granted, purpose, 365, due, granted.Provider).ConfigureAwait(true);
        await kernel.Until(market.Office(fate, 1));
        await kernel.SubmitAsync(new VerifyContract(granted.Deal) { At = kernel.Now, By = firm.Party }).ConfigureAwait(true);
        await kernel.SubmitAsync(new FinalizeContract(granted.Deal) { At = kernel.Now, By = granted.Provider }).ConfigureAwait(true);
        await kernel.Until(market.Office(fate, 1));
        await venue.RegisterAsync(granted.Deal).ConfigureAwait(true);
        await course.DeliverAndSettleAsync(firm, plan, granted, purpose, due, false, fate).ConfigureAwait(true);
    }
}
