using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Kernel;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents;

/// <summary>The operator of a venue: accepts applications, publishes and certifies rights, keeps its shelf, registers transactions.</summary>
public sealed class VenueAgent : Agent
{
    // In the order of listing, which is the order in which views are drawn.
    private readonly SortedDictionary<int, (ProductPlan Plan, DateOnly Since)> _shelf = [];
    private readonly Dictionary<ProductId, int> _places = [];
    private FeeSettings _feeSettings;
    private FeeSchedule _fee;
    private int _listings;

    /// <summary>Makes the operator of a venue.</summary>
    public VenueAgent(Market market, VenueSettings settings, ActivityCurve listings, ActivityCurve deals)
        : base(market, new PartyId("venue-" + (settings ?? throw new ArgumentNullException(nameof(settings))).Id))
    {
        (Settings, Listings, Deals, _feeSettings, _fee) = (settings, listings, deals, settings.Fee, settings.Fee.ToSchedule());
        Venue = new VenueId(settings.Id);
    }

    /// <summary>The venue's settings.</summary>
    public VenueSettings Settings { get; }

    /// <summary>The venue.</summary>
    public VenueId Venue { get; }

    /// <summary>How its listings spread over the history.</summary>
    public ActivityCurve Listings { get; }

    /// <summary>How its deals spread over the history.</summary>
    public ActivityCurve Deals { get; }

    /// <summary>Accepts an application for review.</summary>
    public async ValueTask AcceptApplicationAsync(ProductPlan plan, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(random);
        await Kernel.Until(Market.Office(random, random.NextInt32(Market.Scenario.Review.AcceptanceWorkingDays.Whole + 1)));
        await Kernel.SubmitAsync(new AcceptApplication(plan.Product) { At = Now, By = Party }).ConfigureAwait(true);
    }

    /// <summary>Publishes the rights, hears objections and certifies; false when an objection was upheld.</summary>
    public async ValueTask<bool> ConfirmAsync(ProductPlan plan, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(random);
        var review = Market.Scenario.Review;
        var calendar = Market.Source.Calendar;
        await Kernel.Until(Market.Office(random, 1));
        var last = calendar.AddWorkingDays(Now.Date, review.PublicityWorkingDays.Whole);
        var until = SimulatedTime.On(last, (int)SimulatedTime.SecondsPerDay - 1);
        await Kernel.SubmitAsync(new PublishRights(plan.Product, until) { At = Now, By = Party }).ConfigureAwait(true);
        if (random.NextBoolean(review.Objections.Value))
        {
            await Kernel.Until(Market.Office(random, 1 + random.NextInt32(Math.Max(1, review.PublicityWorkingDays.Whole - 2))));
            await Kernel.SubmitAsync(new RaiseObjection(plan.Product, Parties.Objector, "主张对来源数据享有在先权益") { At = Now, By = Parties.Objector })
                .ConfigureAwait(true);
            await Kernel.Until(Market.Office(random, 5 + random.NextInt32(10)));
            var isUpheld = random.NextBoolean(review.ObjectionsUpheld.Value);
            await Kernel.SubmitAsync(new DecideObjection(plan.Product, isUpheld) { At = Now, By = Party }).ConfigureAwait(true);
            if (isUpheld)
            {
                return false;
            }
        }

        await Kernel.Until(Market.OfficeAt(random, last > Now.Date ? last : Now.Date, 1));
        var rights = DataRights.ResourceHolding | DataRights.ProcessingAndUse
            | (random.NextBoolean(review.WithoutOperationRight.Value) ? DataRights.None : DataRights.ProductOperation);
        var validUntil = SimulatedTime.On(Now.Date.AddYears(review.CertificateYears.Whole));
        await Kernel.SubmitAsync(new CertifyRights(plan.Product, rights, validUntil, plan.IsPublicData) { At = Now, By = Party }).ConfigureAwait(true);
        Kernel.Start(Now, () => KeepCertificateAsync(plan, validUntil, random.Derive("certificate")));
        return true;
    }

    /// <summary>Lists a product; false when it was refused.</summary>
    public async ValueTask<bool> ListAsync(ProductPlan plan, LicenceTerms terms, PartyId provider)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var outcome = await Kernel.SubmitAsync(plan.ApplicationTo(Venue, Now) with { By = provider }).ConfigureAwait(true);
        if (!outcome.Accepted)
        {
            return false;
        }

        Market.ShelfOf(plan).List(plan, terms, Venue, outcome.Events.OfType<ProductListed>().First().Contributors);
        if (!plan.IsAsked)
        {
            // Views of what was brought for requirements are not counted: a further product would shift the draws of those after it.
            _places.Add(plan.Product, _listings);
            _shelf.Add(_listings++, (plan, Now.Date));
        }

        Kernel.Start(Now, () => SuperviseAsync(plan, Market.StreamOf($"supervision/{Venue}/{plan.Product}")));
        return true;
    }

    /// <summary>Takes a product off the shelf.</summary>
    public async ValueTask DelistAsync(ProductPlan plan, DelistingReason reason, PartyId by)
    {
        ArgumentNullException.ThrowIfNull(plan);
        await Kernel.SubmitAsync(new DelistProduct(plan.Product, Venue, reason) { At = Now, By = by }).ConfigureAwait(true);
        Forget(plan);
    }

    /// <summary>Charges another fee from now on.</summary>
    public void Charge(FeeSettings fee)
    {
        ArgumentNullException.ThrowIfNull(fee);
        (_feeSettings, _fee) = (fee, fee.ToSchedule());
    }

    /// <summary>Revokes a product's certificate, which ends its listings.</summary>
    /// <param name="plan">The product, whose application this venue took.</param>
    /// <param name="reason">Why, in Chinese.</param>
    public async ValueTask RevokeAsync(ProductPlan plan, string reason)
    {
        ArgumentNullException.ThrowIfNull(plan);
        await Kernel.SubmitAsync(new RevokeCertificate(plan.Product, reason) { At = Now, By = Party }).ConfigureAwait(true);
        foreach (var venue in plan.Venues)
        {
            venue.Forget(plan);
        }
    }

    /// <summary>Registers a transaction; false when the state forbids it.</summary>
    public async ValueTask<bool> RegisterAsync(DealId deal) =>
        (await Kernel.SubmitAsync(new RegisterTransaction(
            deal, _feeSettings.BaseBasisPoints(), Market.Scenario.Deals.VatBasisPoints.Whole, _fee,
            Market.Scenario.Settlement.ClaimDays.Whole is > 0 and var days ? days : null) { At = Now, By = Party }).ConfigureAwait(true)).Accepted;

    /// <summary>Counts the views of every product on the shelf at each quarter's end.</summary>
    public async ValueTask CountViewsAsync()
    {
        var quarterEnd = QuarterEnd(Settings.Opens);
        var last = Settings.Opens;
        while (true)
        {
            await Kernel.Until(SimulatedTime.On(quarterEnd, (int)SimulatedTime.SecondsPerDay - 60));
            foreach (var (plan, since) in _shelf.Values.ToArray())
            {
                var days = quarterEnd.DayNumber - (since > last ? since : last).DayNumber;
                var views = (long)Math.Round(plan.ViewsPerYear * days / 365 * (0.8 + (0.4 * Random.NextDouble())));
                if (views > 0)
                {
                    await Kernel.SubmitAsync(new RecordViews(plan.Product, Venue, views) { At = Now, By = Party }).ConfigureAwait(true);
                }
            }

            last = quarterEnd;
            quarterEnd = QuarterEnd(quarterEnd.AddDays(1));
            if (SimulatedTime.On(quarterEnd) >= Kernel.End && SimulatedTime.On(last.AddDays(1)) < Kernel.End)
            {
                // The history ends within a quarter: its views are counted on the last day.
                quarterEnd = Kernel.End.AddSeconds(-1).Date;
            }
        }
    }

    private async ValueTask KeepCertificateAsync(ProductPlan plan, SimulatedTime validUntil, RandomStream random)
    {
        var revokedAfterYears = random.NextExponential() / Math.Max(Market.Scenario.Review.RevokedPerYear.Value, 1e-9);
        var revocation = Market.OfficeAt(random, Now.Date.AddDays((int)Math.Min(revokedAfterYears * 365, 100_000)), 1);
        while (true)
        {
            if (revocation < validUntil.AddDays(-30))
            {
                await Kernel.Until(revocation);
                await RevokeAsync(plan, "抽查发现来源授权失效").ConfigureAwait(true);
                break;
            }

            await Kernel.Until(validUntil.AddDays(-20));
            if (!random.NextBoolean(Market.Scenario.Review.Renewed.Value))
            {
                await Kernel.Until(validUntil);
                await Kernel.SubmitAsync(new ExpireCertificate(plan.Product) { At = Now, By = Party }).ConfigureAwait(true);
                break;
            }

            await Kernel.Until(Market.Office(random, 2));
            validUntil = SimulatedTime.On(validUntil.Date.AddYears(Market.Scenario.Review.CertificateYears.Whole));
            await Kernel.SubmitAsync(new RenewCertificate(plan.Product, validUntil) { At = Now, By = Party }).ConfigureAwait(true);
        }

        foreach (var venue in plan.Venues)
        {
            venue.Forget(plan);
        }

        if (random.NextBoolean(0.3))
        {
            // A provider that overlooked the lapse applies again, and is refused.
            await Kernel.Until(Market.Office(random, 10));
            await Kernel.SubmitAsync(plan.ApplicationTo(Venue, Now)).ConfigureAwait(true);
        }
    }

    private async ValueTask SuperviseAsync(ProductPlan plan, RandomStream random)
    {
        while (true)
        {
            var years = random.NextExponential() / Math.Max(Market.Scenario.Review.SuspendedPerYear.Value, 1e-9);
            await Kernel.Until(Market.OfficeAt(random, Now.Date.AddDays(5 + (int)Math.Min(years * 365, 100_000)), 1));
            if (!(await Kernel.SubmitAsync(new SuspendListing(plan.Product, Venue, "核查用户投诉") { At = Now, By = Party }).ConfigureAwait(true)).Accepted)
            {
                return;
            }

            Market.ShelfOf(plan).Suspend(plan.Product, Venue);
            await Kernel.Until(Market.Office(random, 3 + random.NextInt32(12)));
            if (!(await Kernel.SubmitAsync(new ResumeListing(plan.Product, Venue) { At = Now, By = Party }).ConfigureAwait(true)).Accepted)
            {
                return;
            }

            Market.ShelfOf(plan).Resume(plan.Product, Venue);
        }
    }

    private void Forget(ProductPlan plan)
    {
        Market.ShelfOf(plan).Delist(plan.Product, Venue);
        if (_places.Remove(plan.Product, out var place))
        {
            _shelf.Remove(place);
        }
    }

    private static DateOnly QuarterEnd(DateOnly day) =>
        new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1).AddMonths(3).AddDays(-1);
}
