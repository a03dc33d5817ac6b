using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Truth;

namespace DataExchange.Simulation.Agents;

/// <summary>A contract that a buyer wants.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Product">What is wanted.</param>
/// <param name="Venue">Where it is to be registered.</param>
/// <param name="Channel">Registered or filed.</param>
/// <param name="AmountFen">What the provider will offer in the end, fen.</param>
/// <param name="ValueFen">What it is worth to the buyer, fen.</param>
public sealed record ContractWish(DealId Deal, ShelfProduct Product, VenueAgent Venue, TradeChannel Channel, long AmountFen, long ValueFen);

/// <summary>A bilateral contract: negotiated, then registered at the venue or only filed there. Nearly all of the registered amount.</summary>
/// <param name="market">The surroundings.</param>
/// <param name="venues">The venues, by id.</param>
/// <param name="course">Leads the deal after registration.</param>
public sealed class ContractCourse(Market market, IReadOnlyDictionary<VenueId, VenueAgent> venues, DealCourse course)
{
    // A66, as are the offers and delays below. Nobody takes longer than three working days to answer, and no holiday is longer than eleven days.
    private const int OfferDays = 30;

    /// <summary>Draws the amount of a contract in fen: log-normal body, Pareto tail, in whole hundreds of yuan.</summary>
    public long DrawAmount(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var contracts = market.Scenario.Demand.Contracts;
        var yuan = random.NextBoolean(contracts.TailShare.Value)
            ? random.NextPareto(contracts.TailFromYuan.Value, contracts.TailIndex.Value)
            : random.NextLogNormal(DeterministicMath.Log(contracts.MedianYuan.Value), contracts.Sigma.Value);
        yuan = Math.Clamp(yuan, 2_000, contracts.LargestYuan.Value) * contracts.AmountScale.Value;
        return Math.Max(1, (long)Math.Round(yuan / 100)) * 10_000;
    }

    /// <summary>Negotiates one contract so that, when all goes well, it is registered on a given day.</summary>
    public async ValueTask NegotiateAsync(DealId deal, BuyerAgent buyer, DateOnly registrationDay, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(buyer);
        ArgumentNullException.ThrowIfNull(random);
        var amount = DrawAmount(random);
        var isFiled = random.NextBoolean(market.Scenario.Demand.Contracts.FiledShare.Value);
        var (rate, quantile) = (market.Scenario.Demand.Contracts.Failed.Value, random.NextDouble());
        var value = PrivateValue.AroundOffer(amount, market.Scenario.Demand.Contracts.ValueSigma.Value, quantile, rate);
        if (market.Shelf.ForContract(random) is not { } product)
        {
            return;
        }

        var venue = venues[product.Venues[random.NextInt32(product.Venues.Count)]];
        var channel = isFiled ? TradeChannel.FiledContract : TradeChannel.RegisteredContract;
        await NegotiateAsync(new ContractWish(deal, product, venue, channel, amount, value), buyer, registrationDay, random, null).ConfigureAwait(true);
    }

    /// <summary>Negotiates a given contract so that, when all goes well, it is registered on a given day. It fails when it is worth less than its amount.</summary>
    /// <param name="wish">The contract.</param>
    /// <param name="buyer">Who wants it.</param>
    /// <param name="registrationDay">The day.</param>
    /// <param name="random">The contract's own stream.</param>
    /// <param name="granted">Called when the licence is granted; null for nothing.</param>
    public async ValueTask NegotiateAsync(
        ContractWish wish, BuyerAgent buyer, DateOnly registrationDay, RandomStream random, Func<LicenceGranted, ValueTask>? granted)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(buyer);
        ArgumentNullException.ThrowIfNull(random);
        var kernel = market.Kernel;
        var (deal, product, venue, channel, amount, value) = wish;
        var isFiled = channel == TradeChannel.FiledContract;
        await buyer.JoinAsync().ConfigureAwait(true);
        var wanted = new Opportunity(channel, product.Plan.Product, product.Plan.Category, product.Terms.Licence, product.Copies, deal, value, amount);
        if (!await AgreeOnAmountAsync(deal, product, venue, buyer, channel, amount, value < amount, random).ConfigureAwait(true))
        {
            market.Truth.Note(wanted);
            return;
        }

        if (!isFiled)
        {
            await buyer.TopUpAsync(amount, market.Scenario.Demand.Shelf.Underfunded.Value, random).ConfigureAwait(true);
        }

        var outcome = await kernel.SubmitAsync(new PlaceOrder(
            product.Plan.Product, deal, venue.Venue, buyer.Party, null, channel, 1, amount) { At = kernel.Now, By = buyer.Party }).ConfigureAwait(true);
        market.Truth.Note(wanted with { Refusal = outcome.Rejection });
        if (outcome.Rejection is { } rejection)
        {
            await kernel.SubmitAsync(new TerminateNegotiation(deal, rejection) { At = kernel.Now, By = venue.Party }).ConfigureAwait(true);
            return;
        }

        var licence = (LicenceGranted)outcome.Events[0];
        if (!isFiled)
        {
            await buyer.SpendAsync(amount).ConfigureAwait(true);
        }

        if (granted is not null)
        {
            await granted(licence).ConfigureAwait(true);
        }

        if (licence.Licence is LicenceKind.Exclusive)
        {
            market.Shelf.SoldOut(licence.Product);
        }

        await ConcludeAsync(licence, buyer, product.Plan, venue, registrationDay, random).ConfigureAwait(true);
    }

    private async ValueTask ConcludeAsync(
        LicenceGranted granted, BuyerAgent buyer, ProductPlan plan, VenueAgent venue, DateOnly registrationDay, RandomStream random)
    {
        var kernel = market.Kernel;
        var purpose = random.Pick(market.Source.Words.Category(plan.Category).ContractPurposes).Zh;
        var due = SimulatedTime.On(market.Source.Calendar.AddWorkingDays(registrationDay, 10 + random.NextInt32(30)));
        await course.AgreeAsync(granted, purpose, 365, due, granted.Provider).ConfigureAwait(true);
        await kernel.Until(market.Office(random, 1));
        await kernel.SubmitAsync(new VerifyContract(granted.Deal) { At = kernel.Now, By = buyer.Party }).ConfigureAwait(true);
        await kernel.Until(market.Office(random, 1));
        await kernel.SubmitAsync(new FinalizeContract(granted.Deal) { At = kernel.Now, By = granted.Provider }).ConfigureAwait(true);
        var registration = market.OfficeAt(random, registrationDay, 0);
        await kernel.Until(registration > kernel.Now ? registration : market.Office(random, 1));
        await venue.RegisterAsync(granted.Deal).ConfigureAwait(true);
        await course.DeliverAndSettleAsync(buyer, plan, granted, purpose, due, false, random).ConfigureAwait(true);
    }

    private async ValueTask<bool> AgreeOnAmountAsync(
        DealId deal, ShelfProduct product, VenueAgent venue, BuyerAgent buyer, TradeChannel channel, long amount, bool fails, RandomStream random)
    {
        var kernel = market.Kernel;
        var provider = product.Plan.Provider;
        ValueTask<Outcome> Ask(long fen) => kernel.SubmitAsync(new RequestContract(
            deal, product.Plan.Product, venue.Venue, buyer.Party, provider, channel, Math.Max(1, fen)) { At = kernel.Now, By = buyer.Party });
        ValueTask<Outcome> Offer(long fen) => kernel.SubmitAsync(new OfferContract(deal, fen, kernel.Now.AddDays(OfferDays)) { At = kernel.Now, By = provider });

        await Ask(amount / 100 * (75 + random.NextInt32(20))).ConfigureAwait(true);
        await kernel.Until(market.Office(random, 1 + random.NextInt32(4)));
        var rounds = random.NextInt32(3);
        for (var round = 0; round < rounds; round++)
        {
            await Offer(amount / 100 * (104 + random.NextInt32(12))).ConfigureAwait(true);
            await kernel.Until(market.Office(random, 1 + random.NextInt32(3)));
            await Ask(amount / 100 * (88 + random.NextInt32(10))).ConfigureAwait(true);
            await kernel.Until(market.Office(random, 1 + random.NextInt32(3)));
        }

        await Offer(amount).ConfigureAwait(true);
        await kernel.Until(market.Office(random, 1 + random.NextInt32(3)));
        if (fails)
        {
            await kernel.SubmitAsync(new TerminateNegotiation(deal, null) { At = kernel.Now, By = buyer.Party }).ConfigureAwait(true);
            return false;
        }

        return (await kernel.SubmitAsync(new AcceptContract(deal) { At = kernel.Now, By = buyer.Party }).ConfigureAwait(true)).Accepted;
    }
}
