using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Simulation.Population;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents;

/// <summary>A data provider (数商): brings products from registration to the shelf and looks after them there.</summary>
/// <param name="market">The surroundings.</param>
/// <param name="party">Who it is.</param>
/// <param name="assessors">Who assesses its applications.</param>
/// <param name="series">What its batch-uploaded series are about, by category and form.</param>
public sealed class ProviderAgent(Market market, PartyId party, IReadOnlyList<AssessorAgent> assessors, SeriesShelf series) : Agent(market, party)
{
    private static readonly string[] Revisions = ["字段增补", "数据更新至最新一期", "统计口径修订", "样本范围扩大"];

    private readonly TitleRegister _titles = series.Titles;
    private readonly ValuerAgent _valuer = new(market);

    /// <summary>Brings one product to the market.</summary>
    /// <param name="plan">The product.</param>
    /// <param name="random">The product's own stream.</param>
    public async ValueTask BringAsync(ProductPlan plan, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(random);
        if (!await RegisterAsync(plan, random).ConfigureAwait(true)
            || !await ConfirmRightsAsync(plan, random).ConfigureAwait(true))
        {
            return;
        }

        var terms = await PriceAsync(plan, random).ConfigureAwait(true);
        await ListAsync(plan, terms, random).ConfigureAwait(true);
    }

    private async ValueTask<bool> RegisterAsync(ProductPlan plan, RandomStream random)
    {
        var words = Market.Source.Words;
        var category = words.Category(plan.Category);
        var title = _titles.Register(plan.Title ?? (plan.IsBatch
            ? series.NextTitle(plan, random, Now.Date)
            : words.MakeTitle(random, plan.SubTrack, plan.Category, plan.Form, -1, Now.Date)));
        Market.Register.Title(plan.Product, title);
        var purpose = plan.NamesUseScenario ? random.Pick(category.UsePurposes).Zh : "";
        var outcome = await Kernel.SubmitAsync(new RegisterProduct(
            plan.Product, Party, plan.Venues[0].Venue, title.Zh, title.En, plan.Form, plan.Category,
            Market.Source.Graph.SubTracks[plan.SubTrack].Id, plan.SecurityClass, plan.ContainsPersonalInformation,
            plan.IsPublicData, purpose, plan.Fingerprint, false) { At = Now, By = Party }).ConfigureAwait(true);
        return outcome.Accepted;
    }

    private async ValueTask<bool> ConfirmRightsAsync(ProductPlan plan, RandomStream random)
    {
        var review = Market.Scenario.Review;
        var venue = plan.Venues[0];
        var assessor = random.Pick(assessors);
        if (random.NextBoolean(0.004))
        {
            // An eager provider asks for the shelf before its certificate: the venue refuses.
            await Kernel.SubmitAsync(new ListProduct(plan.Product, venue.Venue, plan.Contributors) { At = Now, By = Party }).ConfigureAwait(true);
        }

        // One that a commissioner sees to brings what it would have been asked for.
        var evidence = Market.Shocks.SeesToEvidence(plan, Now.Date) ? CompleteEvidence(plan) : plan.FirstEvidence;
        while (true)
        {
            await Kernel.Until(Market.Office(random, 1 + random.NextInt32(3)));
            await Kernel.SubmitAsync(new SubmitEvidence(plan.Product, evidence) { At = Now, By = Party }).ConfigureAwait(true);
            await venue.AcceptApplicationAsync(plan, random).ConfigureAwait(true);
            if (random.NextBoolean(review.Withdrawn.Value))
            {
                await Kernel.Until(Market.Office(random, 1));
                await Kernel.SubmitAsync(new WithdrawApplication(plan.Product) { At = Now, By = Party }).ConfigureAwait(true);
                return false;
            }

            var verdict = await assessor.AssessAsync(plan, random).ConfigureAwait(true);
            if (verdict is CompliancePassed)
            {
                break;
            }

            if (verdict is not ComplianceReturned)
            {
                return false;
            }

            evidence = random.NextBoolean(review.Corrected.Value) ? CompleteEvidence(plan) : EvidenceKinds.None;
        }

        Market.Register.Grade(plan.Product, await assessor.EvaluateAsync(plan, random).ConfigureAwait(true));
        return await venue.ConfirmAsync(plan, random).ConfigureAwait(true);
    }

    /// <summary>All the evidence that a product needs.</summary>
    internal static EvidenceKinds CompleteEvidence(ProductPlan plan) =>
        EvidenceKinds.LawfulSource
        | (plan.ContainsPersonalInformation ? EvidenceKinds.PersonalConsent : EvidenceKinds.None)
        | (plan.SecurityClass == SecurityClass.Important ? EvidenceKinds.SecurityAssessment : EvidenceKinds.None)
        | (plan.IsPublicData ? EvidenceKinds.OperationAuthorisation : EvidenceKinds.None);

    private async ValueTask<LicenceTerms> PriceAsync(ProductPlan plan, RandomStream random)
    {
        var pricing = Market.Scenario.Pricing;
        var terms = plan.Terms;
        var valuation = Market.StreamOf($"value/{plan.Product}");
        await Kernel.Until(Market.Office(random, 1 + random.NextInt32(2)));
        if (plan.IsPublicData)
        {
            var cap = terms.MostUnitPriceFen + (terms.MostUnitPriceFen / 10) + 1;
            await Kernel.SubmitAsync(new SetAuthorityCap(plan.Product, cap) { At = Now, By = Parties.Authority }).ConfigureAwait(true);
            if (random.NextBoolean(pricing.AboveAuthorityCap.Value))
            {
                await _valuer.ValueAsync(plan, terms, valuation).ConfigureAwait(true);
                await SetAsync(plan, PriceMenu.At(terms, (terms.MostUnitPriceFen * 13 / 10) + 2), "成本上升").ConfigureAwait(true);
                await Kernel.Until(Market.Office(random, 1));
            }
        }

        await _valuer.ValueAsync(plan, terms, valuation).ConfigureAwait(true);
        if (!plan.IsPublicData && random.NextBoolean(pricing.OutsideBand.Value))
        {
            var dear = PriceMenu.At(terms, (terms.MostUnitPriceFen * 19 / 10) + 1);
            var reason = random.NextBoolean(pricing.OverrideReasoned.Value) ? "独家来源，无可比产品" : null;
            if ((await SetAsync(plan, dear, reason).ConfigureAwait(true)).Accepted)
            {
                return dear;
            }

            await Kernel.Until(Market.Office(random, 1));
        }

        // An honest price may still fall outside the band of a noisy valuation: then the provider gives its reason.
        if (!(await SetAsync(plan, terms, null).ConfigureAwait(true)).Accepted)
        {
            await SetAsync(plan, terms, "参照同类挂牌价").ConfigureAwait(true);
        }

        return terms;
    }

    private ValueTask<Outcome> SetAsync(ProductPlan plan, LicenceTerms terms, string? reason) =>
        Kernel.SubmitAsync(new SetPrice(plan.Product, terms, reason) { At = Now, By = Party });

    private async ValueTask ListAsync(ProductPlan plan, LicenceTerms terms, RandomStream random)
    {
        foreach (var venue in plan.Venues)
        {
            await Kernel.Until(Market.Office(random, 1));
            if (!await venue.ListAsync(plan, terms, Party).ConfigureAwait(true))
            {
                return;
            }
        }

        var tag = new PriceTag { Terms = terms };
        Kernel.Start(Now, () => LookAfterPriceAsync(plan, tag, random.Derive("price")));
        Kernel.Start(Now, () => PromoteAsync(plan, tag, Market.StreamOf($"promotion/{plan.Product}")));
        Kernel.Start(Now, () => LookAfterShelfAsync(plan, random.Derive("shelf")));
        Kernel.Start(Now, () => LookAfterContentAsync(plan, Market.StreamOf($"revision/{plan.Product}")));
    }

    private async ValueTask LookAfterPriceAsync(ProductPlan plan, PriceTag tag, RandomStream random)
    {
        while (true)
        {
            var years = random.NextExponential() / Market.Scenario.Pricing.RepricedPerYear.Value;
            await Kernel.Until(Market.OfficeAt(random, Now.Date.AddDays(30 + (int)Math.Min(years * 365, 10_000)), 0));
            var change = 90 + random.NextInt32(16);
            var next = PriceMenu.At(tag.Terms, Math.Max(1, tag.Terms.MostUnitPriceFen * change / 100));
            if (next.MostUnitPriceFen != tag.Terms.MostUnitPriceFen && !await RepriceAsync(plan, tag, next, null).ConfigureAwait(true))
            {
                return;
            }
        }
    }

    // Its stream is its own, so that promotions shift no other draw.
    private async ValueTask PromoteAsync(ProductPlan plan, PriceTag tag, RandomStream random)
    {
        var perYear = Market.Scenario.Pricing.PromotionsPerYear.Value;
        while (perYear > 0 && plan.Terms.Unit != PriceUnit.Negotiated && !plan.IsPublicData)
        {
            var years = random.NextExponential() / perYear;
            await Kernel.Until(Market.OfficeAt(random, Now.Date.AddDays(1 + (int)Math.Min(years * 365, 10_000)), 0));
            var from = SimulatedTime.On(Now.Date.AddDays(1));
            var promotion = new PromotionTerms(1_000 + (500 * random.NextInt32(5)), from, from.AddDays(14 + random.NextInt32(32)));
            var next = tag.Terms with { Promotion = promotion };
            // Prices of a few fen may be rounded so that a smaller order would cost more.
            if (next is { AreValid: true, AreMonotone: true, TiersFall: true } && !await RepriceAsync(plan, tag, next, "限时优惠").ConfigureAwait(true))
            {
                return;
            }
        }
    }

    private async ValueTask<bool> RepriceAsync(ProductPlan plan, PriceTag tag, LicenceTerms terms, string? reason)
    {
        var outcome = await SetAsync(plan, terms, reason).ConfigureAwait(true);
        if (outcome.Accepted)
        {
            tag.Terms = terms;
            Market.ShelfOf(plan).Reprice(plan.Product, terms);
        }

        return outcome.Rejection is not Rejection.PricingClosed;
    }

    private sealed class PriceTag
    {
        public required LicenceTerms Terms { get; set; }
    }

    // Its stream is its own, so that changes of content shift no other draw.
    private async ValueTask LookAfterContentAsync(ProductPlan plan, RandomStream random)
    {
        var review = Market.Scenario.Review;
        for (var version = ProductVersions.First + 1; ; version++)
        {
            var years = random.NextExponential() / Math.Max(review.RevisedPerYear.Value, 1e-9);
            await Kernel.Until(Market.OfficeAt(random, Now.Date.AddDays(30 + (int)Math.Min(years * 365, 100_000)), 0));
            if (random.NextBoolean(review.Duplicates.Value))
            {
                // Content that stands on the shelf already, perhaps its own: refused.
                await ReviseAsync(plan, random.Pick(Market.Shelf.Products).Plan.Fingerprint, random).ConfigureAwait(true);
            }

            if (!(await ReviseAsync(plan, ProductDraw.FingerprintOf(plan.Index, version), random).ConfigureAwait(true)).Accepted)
            {
                return;
            }
        }
    }

    private ValueTask<Outcome> ReviseAsync(ProductPlan plan, string fingerprint, RandomStream random) =>
        Kernel.SubmitAsync(new ReviseProduct(plan.Product, fingerprint, random.Pick(Revisions), null) { At = Now, By = Party });

    private async ValueTask LookAfterShelfAsync(ProductPlan plan, RandomStream random)
    {
        var years = random.NextExponential() / Market.Scenario.Review.DelistedPerYear.Value;
        await Kernel.Until(Market.OfficeAt(random, Now.Date.AddDays(60 + (int)Math.Min(years * 365, 10_000)), 0));
        foreach (var venue in plan.Venues)
        {
            await venue.DelistAsync(plan, DelistingReason.ProviderRequest, Party).ConfigureAwait(true);
        }
    }
}

/// <summary>A provider's batch-uploaded series: what each is about, and how far its numbers have come.</summary>
/// <param name="words">Makes the titles.</param>
/// <param name="titles">Tells repeated titles apart, over all providers.</param>
public sealed class SeriesShelf(Vocabulary words, TitleRegister titles)
{
    private readonly Dictionary<(string Category, ProductForm Form), (TitleSeries Series, int Next)> _open = [];

    /// <summary>The titles given so far.</summary>
    public TitleRegister Titles { get; } = titles;

    /// <summary>The next title of the series that a product belongs to.</summary>
    public ProductTitle NextTitle(ProductPlan plan, RandomStream random, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(random);
        var key = (plan.Category, plan.Form);
        if (!_open.TryGetValue(key, out var open) || random.NextBoolean(0.04))
        {
            open = (words.StartSeries(random, plan.SubTrack, plan.Category, plan.Form), 0);
        }

        _open[key] = (open.Series, open.Next + 1);
        return open.Series.TitleAt(open.Next, asOf);
    }
}
