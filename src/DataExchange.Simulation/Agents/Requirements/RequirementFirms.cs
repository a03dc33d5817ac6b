using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Kernel;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;
using DataExchange.Simulation.Truth;

namespace DataExchange.Simulation.Agents.Requirements;

/// <summary>
/// Firms that post requirements. Each requirement has a stream of its own, and the firms buy nothing else, so that requirements change nothing in the rest
/// of the market but what they sell.
/// </summary>
/// <param name="market">The surroundings.</param>
/// <param name="desks">The venues' desks.</param>
/// <param name="firms">The firms, at least one.</param>
/// <param name="course">Leads deals from the shelf.</param>
/// <param name="contracts">Negotiates contracts.</param>
/// <param name="supply">Hears of what nobody meets.</param>
public sealed class RequirementFirms(
    Market market, IReadOnlyList<RequirementDesk> desks, IReadOnlyList<BuyerAgent> firms, DealCourse course, ContractCourse contracts, SignalledSupply supply)
{
    // A need that is not met is asked for twice more at most.
    private const int MostTimes = 3;
    private readonly NeedDraw _draw = new(market);

    private RequirementSettings Settings => market.Scenario.Requirements;

    private EventKernel Kernel => market.Kernel;

    /// <summary>Schedules every requirement.</summary>
    public void Schedule()
    {
        var days = market.Scenario.Until.DayNumber - Settings.Opens.DayNumber + 1;
        double[] shares = [.. desks.Select(desk => desk.Venue.Settings.ContractShare.Value)];
        for (var number = 1; number <= Settings.Posted.Whole; number++)
        {
            var id = new RequirementId(string.Create(CultureInfo.InvariantCulture, $"R{number:000000}"));
            var random = market.StreamOf("requirement/" + id.Value);
            var desk = desks[random.PickWeighted(shares)];
            var firm = random.Pick(firms);
            var day = Settings.Opens.AddDays((int)(days * random.NextDouble()));
            // A venue must have stood for a while: there is nothing to find on an empty shelf.
            var moment = market.OfficeAt(random, day, 0);
            var opening = SimulatedTime.On(desk.Venue.Settings.Opens, 10 * 3_600).AddDays(45);
            Kernel.Start(moment > opening ? moment : opening, () => PostAsync(id, desk, firm, random));
        }
    }

    private ValueTask PostAsync(RequirementId id, RequirementDesk desk, BuyerAgent firm, RandomStream random) =>
        PostAsync(id, 1, _draw.Draw(firm, Kernel.Now.Date, random), desk, firm, random);

    private async ValueTask PostAsync(RequirementId first, int time, LatentNeed need, RequirementDesk desk, BuyerAgent firm, RandomStream random)
    {
        var id = time == 1 ? first : new RequirementId(string.Create(CultureInfo.InvariantCulture, $"{first.Value}-{time}"));
        var wording = _draw.Word(id, need, firm, desk.Venue.Venue, Kernel.Now, random);
        var isWithdrawn = random.NextBoolean(Settings.Withdrawn.Value);
        var days = 1 + random.NextInt32(Math.Max(1, (2 * Settings.AnswerWorkingDays.Whole) - 1));
        var outcome = await Kernel.SubmitAsync(wording).ConfigureAwait(true);
        var posted = (RequirementPosted)outcome.Events[0];
        await Kernel.Until(market.Office(random, isWithdrawn ? 0 : days));
        if (isWithdrawn)
        {
            await Kernel.SubmitAsync(new WithdrawRequirement(id) { At = Kernel.Now, By = firm.Party }).ConfigureAwait(true);
            return;
        }

        if (await desk.AnswerAsync(posted).ConfigureAwait(true) is { } answer)
        {
            Remember(id, need, desk);
            await Kernel.Until(market.Office(random, 1 + random.NextInt32(4)));
            if (await TakeAsync(answer, need, desk, firm, random).ConfigureAwait(true))
            {
                return;
            }
        }

        await Kernel.Until(posted.NeededUntil.AddSeconds(9 * 3_600));
        // A contract may have met it after all.
        if ((await Kernel.SubmitAsync(new LapseRequirement(id) { At = Kernel.Now, By = desk.Venue.Party }).ConfigureAwait(true)).Accepted)
        {
            supply.Hear(posted, need, desk.Venue);
            await AgainAsync(first, time, need, desk, firm, random).ConfigureAwait(true);
        }
    }

    private async ValueTask AgainAsync(RequirementId first, int time, LatentNeed need, RequirementDesk desk, BuyerAgent firm, RandomStream random)
    {
        var days = Settings.PostedAgainDays.Value * (0.5 + random.NextDouble());
        if (time < MostTimes && random.NextBoolean(Settings.PostedAgain.Value))
        {
            await Kernel.Until(market.OfficeAt(random, Kernel.Now.Date.AddDays(Math.Max(1, (int)days)), 0));
            await PostAsync(first, time + 1, need, desk, firm, random).ConfigureAwait(true);
        }
    }

    private void Remember(RequirementId id, LatentNeed need, RequirementDesk desk) => market.Truth.Note(new RequirementTruth(
        id, market.Source.Graph.SubTracks[need.SubTrack].Id, need.Category,
        [.. desk.ShelfOf(need.SubTrack).Where(product => need.IsServedBy(product, market.Register.QualityOf(product.Plan.Product), Kernel.Now)).Select(product => product.Plan.Product)]));

    // The first product that truly serves the need, as the firm sees when it looks at it closely.
    private async ValueTask<bool> TakeAsync(RequirementAnswered answer, LatentNeed need, RequirementDesk desk, BuyerAgent firm, RandomStream random)
    {
        var attempt = 0;
        foreach (var ranked in answer.Ranking)
        {
            if (desk.Find(ranked.Product) is not { } product
                || !need.IsServedBy(product, market.Register.QualityOf(ranked.Product), Kernel.Now))
            {
                continue;
            }

            var deal = new DealId(string.Create(CultureInfo.InvariantCulture, $"Q{answer.Requirement.Value[1..]}-{++attempt}"));
            var fate = random.Derive(deal.Value);
            await firm.JoinAsync().ConfigureAwait(true);
            if (product.Terms.Unit == PriceUnit.Negotiated || fate.NextBoolean(Settings.ContractShare.Value))
            {
                // Whether it comes about shows later; the firm looks no further meanwhile.
                Kernel.Start(Kernel.Now, () => ContractAsync(answer.Requirement, need, deal, product, desk, firm, fate));
                return false;
            }

            if (await OrderAsync(answer.Requirement, need, deal, product, desk, firm, fate).ConfigureAwait(true))
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<bool> OrderAsync(
        RequirementId requirement, LatentNeed need, DealId deal, ShelfProduct product, RequirementDesk desk, BuyerAgent firm, RandomStream fate)
    {
        await firm.TopUpAsync(product.Terms.AmountFor(1, Kernel.Now).Fen, market.Scenario.Demand.Shelf.Underfunded.Value, fate).ConfigureAwait(true);
        var outcome = await Kernel.SubmitAsync(new PlaceOrder(
            product.Plan.Product, deal, desk.Venue.Venue, firm.Party, null, TradeChannel.Shelf, 1, null) { At = Kernel.Now, By = firm.Party }).ConfigureAwait(true);
        // The budget is what it is worth to the firm.
        market.Truth.Note(new Opportunity(
            TradeChannel.Shelf, product.Plan.Product, product.Plan.Category, product.Terms.Licence, null, deal, need.BudgetFen, product.Terms.AmountFor(1, Kernel.Now).Fen,
            outcome.Rejection));
        if (!outcome.Accepted)
        {
            return false;
        }

        var granted = (LicenceGranted)outcome.Events[0];
        await firm.SpendAsync(granted.AmountFen).ConfigureAwait(true);
        await MeetAsync(requirement, granted, firm).ConfigureAwait(true);
        Kernel.Start(Kernel.Now, () => course.LeadShelfDealAsync(firm, product.Plan, granted, fate, isCompared: false));
        return true;
    }

    private ValueTask ContractAsync(
        RequirementId requirement, LatentNeed need, DealId deal, ShelfProduct product, RequirementDesk desk, BuyerAgent firm, RandomStream fate)
    {
        var amount = Math.Max(1, product.Terms.AmountFor(1, Kernel.Now).Fen / 10_000) * 10_000;
        var day = market.Source.Calendar.AddWorkingDays(Kernel.Now.Date, 12 + fate.NextInt32(10));
        return contracts.NegotiateAsync(
            new ContractWish(deal, product, desk.Venue, TradeChannel.RegisteredContract, amount, need.BudgetFen), firm, day, fate, granted => MeetAsync(requirement, granted, firm));
    }

    private async ValueTask MeetAsync(RequirementId requirement, LicenceGranted granted, BuyerAgent firm) =>
        await Kernel.SubmitAsync(new MeetRequirement(requirement, granted.Product, granted.Deal) { At = Kernel.Now, By = firm.Party }).ConfigureAwait(true);
}
