namespace DataExchange.Simulation.Scenarios;

/// <summary>What providers bring.</summary>
public sealed record SupplySettings
{
    /// <summary>Applications over the whole history, before scaling.</summary>
    public required Figure Applications { get; init; }

    /// <summary>Listings by month of the year, January first, relative to each other.</summary>
    public required IReadOnlyList<Figure> ListingSeason { get; init; }

    /// <summary>Forms, relative to each other, by name.</summary>
    public required IReadOnlyDictionary<string, Figure> Forms { get; init; }

    /// <summary>Categories, relative to each other, by id.</summary>
    public required IReadOnlyDictionary<string, Figure> Categories { get; init; }

    /// <summary>Share of industry products that come as batch-uploaded series.</summary>
    public required Figure BatchSeriesShare { get; init; }

    /// <summary>Share of products listed at both venues.</summary>
    public required Figure ListedAtBothVenues { get; init; }

    /// <summary>Share with personal information.</summary>
    public required Figure PersonalInformation { get; init; }

    /// <summary>Share of important data.</summary>
    public required Figure ImportantData { get; init; }

    /// <summary>Share with upstream contributors.</summary>
    public required Figure WithContributors { get; init; }

    /// <summary>Of these: shares computed (Shapley value) instead of agreed.</summary>
    public required Figure SharesComputed { get; init; }

    /// <summary>Views a year of a listed product: mean of the logarithm.</summary>
    public required Figure ViewsMu { get; init; }

    /// <summary>Views a year: standard deviation of the logarithm.</summary>
    public required Figure ViewsSigma { get; init; }

    /// <summary>Views: Pareto index of the top decile.</summary>
    public required Figure ViewsTailIndex { get; init; }
}

/// <summary>How applications fare. Shares of applications unless said otherwise.</summary>
public sealed record ReviewSettings
{
    /// <summary>National core data.</summary>
    public required Figure CoreData { get; init; }

    /// <summary>No use scenario named.</summary>
    public required Figure NoUseScenario { get; init; }

    /// <summary>Content that was registered before.</summary>
    public required Figure Duplicates { get; init; }

    /// <summary>Proof of lawful source missing at first.</summary>
    public required Figure EvidenceMissing { get; init; }

    /// <summary>Of those with personal information: consent missing at first.</summary>
    public required Figure ConsentMissing { get; init; }

    /// <summary>Of important data: assessment missing at first.</summary>
    public required Figure AssessmentMissing { get; init; }

    /// <summary>Of what is returned: corrected the next time.</summary>
    public required Figure Corrected { get; init; }

    /// <summary>Source found unlawful.</summary>
    public required Figure UnlawfulSource { get; init; }

    /// <summary>Ownership found disputed.</summary>
    public required Figure OwnershipDisputed { get; init; }

    /// <summary>Found to harm the public interest.</summary>
    public required Figure PublicHarm { get; init; }

    /// <summary>Withdrawn by the provider.</summary>
    public required Figure Withdrawn { get; init; }

    /// <summary>Objected to in the publicity period.</summary>
    public required Figure Objections { get; init; }

    /// <summary>Of the objections: upheld.</summary>
    public required Figure ObjectionsUpheld { get; init; }

    /// <summary>Certified without the operation right.</summary>
    public required Figure WithoutOperationRight { get; init; }

    /// <summary>Working days for acceptance.</summary>
    public required Figure AcceptanceWorkingDays { get; init; }

    /// <summary>Working days of the publicity period.</summary>
    public required Figure PublicityWorkingDays { get; init; }

    /// <summary>Years of a certificate's validity.</summary>
    public required Figure CertificateYears { get; init; }

    /// <summary>Of expiring certificates: renewed.</summary>
    public required Figure Renewed { get; init; }

    /// <summary>Of certified products: certificate revoked, a year.</summary>
    public required Figure RevokedPerYear { get; init; }

    /// <summary>Of listed products: suspended for a while, a year.</summary>
    public required Figure SuspendedPerYear { get; init; }

    /// <summary>Of listed products: delisted at the provider's wish, a year.</summary>
    public required Figure DelistedPerYear { get; init; }

    /// <summary>Of listed products: content changed (变更登记), a year.</summary>
    public required Figure RevisedPerYear { get; init; }
}

/// <summary>How prices are found. Yuan unless said otherwise.</summary>
public sealed record PricingSettings
{
    /// <summary>Share of products, not APIs, that are priced by negotiation.</summary>
    public required Figure NegotiatedShare { get; init; }

    /// <summary>Of one-off prices: at 1,000 yuan.</summary>
    public required Figure AtOneThousand { get; init; }

    /// <summary>Of one-off prices: at 5,000 yuan.</summary>
    public required Figure AtFiveThousand { get; init; }

    /// <summary>Other one-off prices: median.</summary>
    public required Figure OtherMedianYuan { get; init; }

    /// <summary>Other one-off prices: standard deviation of the logarithm.</summary>
    public required Figure OtherSigma { get; init; }

    /// <summary>Price of a call: mean of the logarithm of yuan.</summary>
    public required Figure PerCallMu { get; init; }

    /// <summary>Price of a call: standard deviation of the logarithm.</summary>
    public required Figure PerCallSigma { get; init; }

    /// <summary>Price of a call: highest.</summary>
    public required Figure PerCallMaximumYuan { get; init; }

    /// <summary>Share of APIs sold by the call.</summary>
    public required Figure ApisByTheCall { get; init; }

    /// <summary>Value of a call pack that providers aim at: median.</summary>
    public required Figure PackMedianYuan { get; init; }

    /// <summary>Monthly subscription: median.</summary>
    public required Figure MonthlyMedianYuan { get; init; }

    /// <summary>Share of reports and applications sold by the month.</summary>
    public required Figure SubscriptionShare { get; init; }

    /// <summary>Share of one-off products sold in capped numbers.</summary>
    public required Figure CappedShare { get; init; }

    /// <summary>Share of one-off products sold exclusively.</summary>
    public required Figure ExclusiveShare { get; init; }

    /// <summary>Half width of the valuation band, 1/10,000.</summary>
    public required Figure ToleranceBasisPoints { get; init; }

    /// <summary>First price outside the band.</summary>
    public required Figure OutsideBand { get; init; }

    /// <summary>Of those: with a reasoned override at once.</summary>
    public required Figure OverrideReasoned { get; init; }

    /// <summary>Of public data: first price above the authority's cap.</summary>
    public required Figure AboveAuthorityCap { get; init; }

    /// <summary>Priced anew, a year.</summary>
    public required Figure RepricedPerYear { get; init; }

    /// <summary>Share of call packs and subscriptions that cost less for more.</summary>
    public required Figure StepsShare { get; init; }

    /// <summary>Of call packs without steps: those whose further calls cost less.</summary>
    public required Figure TiersShare { get; init; }

    /// <summary>Share of call packs and subscriptions with a minimum for an order.</summary>
    public required Figure MinimumShare { get; init; }

    /// <summary>Share of open-ended licences and subscriptions with a version of lower quality beside them.</summary>
    public required Figure VersionsShare { get; init; }

    /// <summary>Share of open-ended licences with a share of the buyer's revenue in place of a part of the price.</summary>
    public required Figure RevenueShare { get; init; }

    /// <summary>Share of the reports of revenue that are not made in time.</summary>
    public required Figure RevenueLate { get; init; }

    /// <summary>Bundles of a provider's products, before scaling; 0 for none.</summary>
    public required Figure Bundles { get; init; }

    /// <summary>Firms that look at a bundle, on average.</summary>
    public required Figure OrdersPerBundle { get; init; }

    /// <summary>Promotions for some weeks, a year and product.</summary>
    public required Figure PromotionsPerYear { get; init; }
}
