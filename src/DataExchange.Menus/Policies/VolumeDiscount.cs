namespace DataExchange.Menus.Policies;

/// <summary>A discount for a quantity.</summary>
/// <param name="FromCalls">For so many and more, above 0.</param>
/// <param name="DiscountBasisPoints">Off the price of all of them, 1/10,000.</param>
public readonly record struct DiscountStep(long FromCalls, int DiscountBasisPoints);

/// <summary>
/// 量大从优: calls × unit price × (1 − discount of the quantity), the discount on all of them. Just below a step more can cost less than fewer: the arbitrage
/// checker tells where.
/// </summary>
/// <param name="UnitFen">Fen a call, 0 to <see cref="PricePolicy.MostFen"/>.</param>
/// <param name="Steps">At most <see cref="PerCall.MostTiers"/>, rising in quantity and in discount.</param>
public sealed record VolumeDiscount(long UnitFen, IReadOnlyList<DiscountStep> Steps) : PricePolicy
{
    internal override (Exact Price, PriceProblem? Problem) PriceSound(Usage usage)
    {
        var discount = 0;
        for (var i = 0; i < Steps.Count && Steps[i].FromCalls <= usage.Calls; i++)
        {
            discount = Steps[i].DiscountBasisPoints;
        }

        return (Exact.Of((Int128)UnitFen * usage.Calls).Less(discount), null);
    }

    internal override PolicyProblem? FindOwn(int depth)
    {
        if (PriceFault(nameof(UnitFen), UnitFen) is { } price)
        {
            return price;
        }

        if (Steps.Count > PerCall.MostTiers)
        {
            return new(PolicyFault.TiersNotWhole, nameof(Steps), Text(Steps.Count), $"at most {PerCall.MostTiers}");
        }

        var last = default(DiscountStep);
        for (var i = 0; i < Steps.Count; i++)
        {
            var (from, discount) = Steps[i];
            if (from <= last.FromCalls)
            {
                return new(PolicyFault.TiersNotRising, $"{nameof(Steps)}[{i}].{nameof(DiscountStep.FromCalls)}", Text(from), $"more than {last.FromCalls}");
            }

            var field = $"{nameof(Steps)}[{i}].{nameof(DiscountStep.DiscountBasisPoints)}";
            if (PointsFault(field, discount) is { } points)
            {
                return points;
            }

            if (discount < last.DiscountBasisPoints)
            {
                return new(PolicyFault.DiscountsNotRising, field, Text(discount), $"at least {last.DiscountBasisPoints}, that of the smaller quantity");
            }

            last = Steps[i];
        }

        return null;
    }
}
