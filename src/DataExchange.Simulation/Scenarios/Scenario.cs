namespace DataExchange.Simulation.Scenarios;

/// <summary>A market to simulate: who is there, what they do how often, and what the run is calibrated to. See docs/scenario.md.</summary>
public sealed record Scenario
{
    /// <summary>Readable name, such as <c>hangzhou-2025</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the scenario format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Title.</summary>
    public required Bilingual Title { get; init; }

    /// <summary>What it models.</summary>
    public required Bilingual Description { get; init; }

    /// <summary>Last simulated day.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The venues.</summary>
    public required IReadOnlyList<VenueSettings> Venues { get; init; }

    /// <summary>Who takes part.</summary>
    public required PopulationSettings Population { get; init; }

    /// <summary>What providers bring.</summary>
    public required SupplySettings Supply { get; init; }

    /// <summary>How applications fare.</summary>
    public required ReviewSettings Review { get; init; }

    /// <summary>How prices are found.</summary>
    public required PricingSettings Pricing { get; init; }

    /// <summary>How much is bought.</summary>
    public required DemandSettings Demand { get; init; }

    /// <summary>How deals fare.</summary>
    public required DealSettings Deals { get; init; }

    /// <summary>What the run is calibrated to.</summary>
    public required CalibrationSettings Calibration { get; init; }

    /// <summary>Published and measured aggregates that the report shows beside what was reached.</summary>
    public required IReadOnlyList<Benchmark> Benchmarks { get; init; }
}

/// <summary>A data trading venue.</summary>
public sealed record VenueSettings
{
    /// <summary>Readable id.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required Bilingual Name { get; init; }

    /// <summary>First day of business.</summary>
    public required DateOnly Opens { get; init; }

    /// <summary>The venue's fee, 1/10,000 of the amount.</summary>
    public required Figure FeeBasisPoints { get; init; }

    /// <summary>Its share of all product listings.</summary>
    public required Figure ListingShare { get; init; }

    /// <summary>Its share of all contracts.</summary>
    public required Figure ContractShare { get; init; }

    /// <summary>Listings per year, relative to each other; every year from the opening to the end.</summary>
    public required IReadOnlyDictionary<string, Figure> ListingsByYear { get; init; }

    /// <summary>Deals per year, relative to each other.</summary>
    public required IReadOnlyDictionary<string, Figure> DealsByYear { get; init; }
}

/// <summary>Who takes part.</summary>
public sealed record PopulationSettings
{
    /// <summary>Firms of the industry chain graph, the buyers.</summary>
    public required Figure Firms { get; init; }

    /// <summary>Data providers (数商).</summary>
    public required Figure Providers { get; init; }

    /// <summary>Operators of public data among the providers.</summary>
    public required Figure PublicDataOperators { get; init; }

    /// <summary>Exponent of the Zipf–Mandelbrot law by which products fall to providers.</summary>
    public required Figure ProviderExponent { get; init; }

    /// <summary>Offset of that law, in ranks.</summary>
    public required Figure ProviderOffset { get; init; }

    /// <summary>Share of firms that are admitted for important data.</summary>
    public required Figure AdmittedForImportant { get; init; }

    /// <summary>Spread of firms' appetite: standard deviation of its logarithm.</summary>
    public required Figure AppetiteSigma { get; init; }
}

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
}

/// <summary>How much is bought.</summary>
public sealed record DemandSettings
{
    /// <summary>Level of all demand: 1 is the calibrated market. A lever: calibration never works against it.</summary>
    public required Figure Level { get; init; }

    /// <summary>Purchases from the shelf.</summary>
    public required ShelfDemand Shelf { get; init; }

    /// <summary>Negotiated contracts.</summary>
    public required ContractDemand Contracts { get; init; }

    /// <summary>Deals by month of the year, January first, relative to each other.</summary>
    public required IReadOnlyList<Figure> Season { get; init; }

    /// <summary>Activity on a day off, relative to a working day.</summary>
    public required Figure DayOff { get; init; }
}

/// <summary>Purchases from the shelf.</summary>
public sealed record ShelfDemand
{
    /// <summary>Level of this demand: 1 is the calibrated market. A lever.</summary>
    public required Figure Level { get; init; }

    /// <summary>Orders over the whole history, before scaling.</summary>
    public required Figure Orders { get; init; }

    /// <summary>Share of products that anybody ever wants.</summary>
    public required Figure ActiveShare { get; init; }

    /// <summary>Pareto index of the wanted products' popularity.</summary>
    public required Figure PopularityIndex { get; init; }

    /// <summary>Share of orders that follow the buyer's place in the industry chain.</summary>
    public required Figure AlongTheChain { get; init; }

    /// <summary>Orders on what is no longer for sale, as the buyer's view of the shelf is old.</summary>
    public required Figure StaleOrders { get; init; }

    /// <summary>Of buyers' top-ups: too small for the order.</summary>
    public required Figure Underfunded { get; init; }
}

/// <summary>Negotiated contracts.</summary>
public sealed record ContractDemand
{
    /// <summary>Level of this demand: 1 is the calibrated market. A lever.</summary>
    public required Figure Level { get; init; }

    /// <summary>Negotiations over the whole history, before scaling.</summary>
    public required Figure Negotiations { get; init; }

    /// <summary>Factor on every contract's amount.</summary>
    public required Figure AmountScale { get; init; }

    /// <summary>Amount before the factor: median of the body, yuan.</summary>
    public required Figure MedianYuan { get; init; }

    /// <summary>Standard deviation of the logarithm of the body.</summary>
    public required Figure Sigma { get; init; }

    /// <summary>Share of contracts in the Pareto tail.</summary>
    public required Figure TailShare { get; init; }

    /// <summary>Where the tail begins, yuan before the factor.</summary>
    public required Figure TailFromYuan { get; init; }

    /// <summary>Pareto index of the tail.</summary>
    public required Figure TailIndex { get; init; }

    /// <summary>Largest contract, yuan before the factor.</summary>
    public required Figure LargestYuan { get; init; }

    /// <summary>Share that is only filed (备案), without funds through the venue.</summary>
    public required Figure FiledShare { get; init; }

    /// <summary>Share of negotiations that fail.</summary>
    public required Figure Failed { get; init; }
}

/// <summary>How deals fare.</summary>
public sealed record DealSettings
{
    /// <summary>Value-added tax rate, 1/10,000.</summary>
    public required Figure VatBasisPoints { get; init; }

    /// <summary>Delivered late.</summary>
    public required Figure Late { get; init; }

    /// <summary>Of late ones: cancelled by the buyer.</summary>
    public required Figure LateCancelled { get; init; }

    /// <summary>Disputed.</summary>
    public required Figure Disputed { get; init; }

    /// <summary>Of disputes: upheld.</summary>
    public required Figure Upheld { get; init; }

    /// <summary>Of upheld ones: refunded in full.</summary>
    public required Figure FullRefund { get; init; }

    /// <summary>Not answered in time, so taken as accepted.</summary>
    public required Figure TimedOut { get; init; }

    /// <summary>Days for acceptance.</summary>
    public required Figure AcceptanceDays { get; init; }

    /// <summary>Of call packs: a use outside the licence is tried and refused.</summary>
    public required Figure UseOutsideLicence { get; init; }

    /// <summary>Mean number of further periods after the first in which a call pack is used.</summary>
    public required Figure FurtherPeriods { get; init; }
}

/// <summary>What the run is calibrated to.</summary>
public sealed record CalibrationSettings
{
    /// <summary>Most trial runs.</summary>
    public required Figure MostTrials { get; init; }

    /// <summary>The targets.</summary>
    public required IReadOnlyList<CalibrationTarget> Targets { get; init; }
}

/// <summary>What is measured in a trial run.</summary>
public enum CalibrationMeasure
{
    /// <summary>Products ever listed.</summary>
    ProductsListed,
    /// <summary>Registered amount, yuan.</summary>
    RegisteredAmountYuan,
    /// <summary>Registered transactions.</summary>
    TransactionsRegistered,
}

/// <summary>A parameter is solved so that a measure reaches a target.</summary>
public sealed record CalibrationTarget
{
    /// <summary>What is measured.</summary>
    public required CalibrationMeasure Measure { get; init; }

    /// <summary>Path of the parameter that is solved.</summary>
    public required string Parameter { get; init; }

    /// <summary>What is to be reached at scale 1.</summary>
    public required Figure Target { get; init; }

    /// <summary>Relative error that is good enough.</summary>
    public required Figure Tolerance { get; init; }
}

/// <summary>A published or measured aggregate that the report shows beside what was reached.</summary>
public sealed record Benchmark
{
    /// <summary>Which figure of the report: a known name.</summary>
    public required string Figure { get; init; }

    /// <summary>What it is.</summary>
    public required Bilingual Label { get; init; }

    /// <summary>Lower end of what is published.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end; the same as the lower end for a single figure.</summary>
    public required double High { get; init; }

    /// <summary>Unit: <c>share</c>, <c>yuan</c>, <c>count</c> or <c>index</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Where it comes from.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>The source.</summary>
    public required string Source { get; init; }

    /// <summary>Whether it grows with the scale of the run.</summary>
    public bool Scales { get; init; }
}
