namespace DataExchange.Menus.Policies;

/// <summary>保底: what is metered, but not less than a minimum.</summary>
/// <param name="Metered">The price by use.</param>
/// <param name="MinimumFen">At least so much for each period, fen, 0 to <see cref="PricePolicy.MostFen"/>.</param>
public sealed record UsageWithMinimum(PricePolicy Metered, long MinimumFen) : PricePolicy
{
    internal override (Exact Price, PriceProblem? Problem) PriceSound(Usage usage)
    {
        var (price, problem) = Metered.Price(usage);
        return problem is not null ? (default, problem) : (price.AtLeast((Int128)MinimumFen * usage.Periods), null);
    }

    internal override PolicyProblem? FindOwn(int depth) => PriceFault(nameof(MinimumFen), MinimumFen) ?? Metered.Find(depth + 1);
}

/// <summary>限时优惠: a discount for what is bought within some time.</summary>
/// <param name="Regular">The price else.</param>
/// <param name="DiscountBasisPoints">Off that price, 1/10,000.</param>
/// <param name="From">The first moment, in the unit of <see cref="Usage.At"/>.</param>
/// <param name="Until">The last moment, not before <paramref name="From"/>.</param>
public sealed record Promotion(PricePolicy Regular, int DiscountBasisPoints, long From, long Until) : PricePolicy
{
    internal override (Exact Price, PriceProblem? Problem) PriceSound(Usage usage)
    {
        var (price, problem) = Regular.Price(usage);
        return problem is not null ? (default, problem) : (usage.At >= From && usage.At <= Until ? price.Less(DiscountBasisPoints) : price, null);
    }

    internal override PolicyProblem? FindOwn(int depth) =>
        PointsFault(nameof(DiscountBasisPoints), DiscountBasisPoints)
        ?? (Until < From ? new PolicyProblem(PolicyFault.DatesNotAllowed, nameof(Until), Text(Until), $"{From} or later, when it begins") : null)
        ?? Regular.Find(depth + 1);
}
