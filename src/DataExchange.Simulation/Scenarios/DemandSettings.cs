namespace DataExchange.Simulation.Scenarios;

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

    /// <summary>Visits to the shelf over the whole history, before scaling: who finds what he looks at worth its price orders it.</summary>
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

    /// <summary>Standard deviation of the logarithm of what a product is worth to those who look at it; who finds it too dear leaves.</summary>
    public required Figure ValueSigma { get; init; }
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

    /// <summary>Share of negotiations that fail: the last offer is above what it is worth to the buyer.</summary>
    public required Figure Failed { get; init; }

    /// <summary>Standard deviation of the logarithm of what a contract is worth to the buyers.</summary>
    public required Figure ValueSigma { get; init; }
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
