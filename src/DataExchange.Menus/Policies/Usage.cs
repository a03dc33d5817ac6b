namespace DataExchange.Menus.Policies;

/// <summary>What a buyer used, or would use.</summary>
public sealed record Usage
{
    /// <summary>The most calls or copies.</summary>
    public const long MostCalls = 1_000_000_000_000;

    /// <summary>The most periods.</summary>
    public const int MostPeriods = 10_000;

    /// <summary>Calls, copies or other units, 0 to <see cref="MostCalls"/>.</summary>
    public long Calls { get; init; }

    /// <summary>Periods that a subscription or a minimum counts for, 1 to <see cref="MostPeriods"/>.</summary>
    public int Periods { get; init; } = 1;

    /// <summary>The level of quality that was asked for; absent for the best.</summary>
    public int? Quality { get; init; }

    /// <summary>When it was bought, in the unit of a promotion's dates.</summary>
    public long At { get; init; }

    /// <summary>What the buyer earned with it, fen, 0 to <see cref="PricePolicy.MostFen"/>.</summary>
    public long RevenueFen { get; init; }

    /// <summary>What was used of each product of a bundle. What is not named was not used.</summary>
    public IReadOnlyDictionary<string, Usage> Parts { get; init; } = new Dictionary<string, Usage>();
}

/// <summary>Why a policy has no price for a usage.</summary>
public enum PriceProblem
{
    /// <summary>The policy is not sound: <see cref="PricePolicy.Problem"/> says why.</summary>
    PolicyNotSound,
    /// <summary>Calls, periods or revenue are out of range.</summary>
    UsageNotAllowed,
    /// <summary>More calls than the quota allows.</summary>
    QuotaExceeded,
    /// <summary>A level of quality that is not offered.</summary>
    QualityNotOffered,
    /// <summary>A product that is not in the bundle.</summary>
    NotInBundle,
    /// <summary>The price would be above <see cref="PricePolicy.MostFen"/>.</summary>
    PriceTooLarge,
}

/// <summary>A price, or why there is none: one of the two.</summary>
/// <param name="Fen">The price, fen, 0 or more.</param>
/// <param name="Problem">Why there is none.</param>
public readonly record struct PriceAnswer(long? Fen, PriceProblem? Problem);

/// <summary>What can be wrong with a policy.</summary>
public enum PolicyFault
{
    /// <summary>A price or a rate is negative or above <see cref="PricePolicy.MostFen"/>.</summary>
    PriceNotAllowed,
    /// <summary>A discount or a share is not within 0 to 10,000.</summary>
    BasisPointsNotAllowed,
    /// <summary>A rate is for less than one call or for more than 1,000,000.</summary>
    RateUnitNotAllowed,
    /// <summary>A quota is below 1 or above <see cref="Usage.MostCalls"/>.</summary>
    QuotaNotAllowed,
    /// <summary>There are no tiers or too many, or the first does not begin at 0.</summary>
    TiersNotWhole,
    /// <summary>A tier or a step does not begin above the one before it.</summary>
    TiersNotRising,
    /// <summary>A larger quantity gets a smaller discount.</summary>
    DiscountsNotRising,
    /// <summary>Levels of quality, or their prices, do not rise, or the best is not at the whole price.</summary>
    VersionsNotRising,
    /// <summary>A bundle has fewer than two parts or too many, or a part without a name.</summary>
    PartsNotAllowed,
    /// <summary>A product is in a bundle twice.</summary>
    PartTwice,
    /// <summary>A promotion ends before it begins.</summary>
    DatesNotAllowed,
    /// <summary>Policies are nested too deep.</summary>
    NestedTooDeep,
}

/// <summary>What is wrong with a policy.</summary>
/// <param name="Fault">Which rule it breaks.</param>
/// <param name="Field">Where: the name of a property, with an index in a list.</param>
/// <param name="Value">What is there.</param>
/// <param name="Allowed">What is allowed.</param>
public sealed record PolicyProblem(PolicyFault Fault, string Field, string Value, string Allowed)
{
    /// <inheritdoc />
    public override string ToString() => $"{Field} '{Value}' is not allowed: {Allowed}";
}
