namespace DataExchange.Domain;

/// <summary>A lower price from a quantity on (量大从优).</summary>
/// <param name="FromQuantity">For so many packs, months or copies and more, 2 or more.</param>
/// <param name="UnitPriceFen">Price of every unit of such an order in fen, above 0 and below that of a smaller quantity.</param>
public readonly record struct QuantityStep(int FromQuantity, long UnitPriceFen);

/// <summary>A discount for some time (限时优惠).</summary>
/// <param name="DiscountBasisPoints">Off every unit price, 1/10,000, 1 to 9,999; what is left is rounded up to whole fen.</param>
/// <param name="From">First moment at which it counts.</param>
/// <param name="Until">First moment at which it does not count any more.</param>
public readonly record struct PromotionTerms(int DiscountBasisPoints, SimulatedTime From, SimulatedTime Until);

/// <summary>What is offered, at what price.</summary>
/// <param name="Licence">The licence kind.</param>
/// <param name="Unit">What the price is for.</param>
/// <param name="UnitPriceFen">Price of one unit in fen, above 0.</param>
/// <param name="Copies">Most copies that may be issued; null when unlimited. Only for a capped licence.</param>
/// <param name="UnitsPerPack">Calls in one pack; 1 for every other licence.</param>
/// <param name="ResaleAllowed">Whether the licence may be sold on.</param>
/// <param name="Steps">Lower prices for larger quantities, at most 16, rising; null for none.</param>
/// <param name="Promotion">A discount for some time; null for none.</param>
/// <param name="Tiers">Lower prices of further calls, only of call packs without steps; null for none.</param>
/// <param name="MinimumFen">The least that an order of call packs or months costs (包底), fen, above 0; a promotion does not lower it. Null for none.</param>
/// <param name="Degraded">Versions of lower quality that cost less, one of each kind, only of open-ended licences and subscriptions; null for none.</param>
/// <param name="Revenue">A share of what the buyer earns with the data, beside the price, only of open-ended licences without steps and versions of lower quality; null for none.</param>
public sealed record LicenceTerms(
    LicenceKind Licence, PriceUnit Unit, long UnitPriceFen, int? Copies, int UnitsPerPack, bool ResaleAllowed,
    IReadOnlyList<QuantityStep>? Steps = null, PromotionTerms? Promotion = null, IReadOnlyList<CallTier>? Tiers = null, long? MinimumFen = null,
    IReadOnlyList<DegradedVersion>? Degraded = null, RevenueShareTerms? Revenue = null)
{
    /// <summary>The most steps of a price.</summary>
    public const int MostSteps = 16;

    /// <summary>Whether every figure is in range and goes with the licence kind.</summary>
    public bool AreValid =>
        Money.IsAmount(UnitPriceFen)
        && UnitsPerPack >= 1
        && (Licence == LicenceKind.Capped ? Copies >= 1 : Copies is null)
        && (Licence == LicenceKind.CallPack ? Unit is PriceUnit.PerCall : UnitsPerPack == 1)
        && StepsAreValid
        && (Promotion is not { } promotion || (promotion.DiscountBasisPoints >= 1 && promotion.DiscountBasisPoints < Money.BasisPoints && promotion.From < promotion.Until && Unit != PriceUnit.Negotiated))
        && TiersAreValid
        && DegradedAreValid
        && RevenueIsValid
        && (MinimumFen is not { } minimum || (Money.IsAmount(minimum) && Licence is LicenceKind.CallPack or LicenceKind.Subscription && Unit != PriceUnit.Negotiated));

    /// <summary>
    /// Whether no order costs more than a larger one, or than the same of a better version, at the regular price and on promotion: else everybody would buy more than he needs.
    /// As unit prices fall with the quantity, no order costs more than several smaller ones either (Koutris and others 2015: monotone and subadditive).
    /// </summary>
    public bool AreMonotone =>
        IsMonotoneFor(fen => fen) && (Degraded is null || Degraded.All(version => version.PriceBasisPoints < Money.BasisPoints && IsMonotoneFor(version.Of)));

    /// <summary>Whether the share of revenue, if any, is in range and goes with the licence.</summary>
    public bool RevenueIsValid =>
        Revenue is not { } revenue || (revenue.IsInRange && Licence == LicenceKind.OpenEnded && Unit != PriceUnit.Negotiated && Steps is null && Degraded is null);

    /// <summary>The most that one unit costs, fen: the price, and the cap of shares of revenue.</summary>
    public long MostUnitPriceFen => checked(UnitPriceFen + CapFen);

    private long CapFen => Revenue?.CapFen ?? 0;

    private bool IsMonotoneFor(Func<long, long> version) =>
        IsMonotone(quantity => version(UnitPriceOf(quantity))) && (Promotion is null || IsMonotone(quantity => version(Reduced(UnitPriceOf(quantity)))));

    /// <summary>
    /// Whether further calls cost less than those before, if anything else: were they dearer, several orders would cost less than one. A sum of such prices is concave, and
    /// with the greater of it and a minimum no order costs more than a larger one or than several smaller ones.
    /// </summary>
    public bool TiersFall => CallTier.Fall(UnitPriceFen, Tiers);

    // On promotion too every call must cost something.
    private bool TiersAreValid =>
        Tiers is null
        || (Licence == LicenceKind.CallPack && Steps is null && CallTier.AreInRange(Tiers)
            && (Promotion is null || Tiers.All(tier => Reduced(tier.ThousandCallsFen) >= CallTier.PricedCalls)));

    private bool DegradedAreValid =>
        Degraded is null
        || (Degraded.Count >= 1 && Degraded.All(version => version.IsInRange) && Degraded.DistinctBy(version => version.Degradation).Count() == Degraded.Count
            && Licence is LicenceKind.OpenEnded or LicenceKind.Subscription && Unit != PriceUnit.Negotiated);

    private bool StepsAreValid
    {
        get
        {
            if (Steps is null)
            {
                return true;
            }

            var quantity = 1;
            var price = UnitPriceFen;
            foreach (var step in Steps)
            {
                if (step.FromQuantity <= quantity || step.UnitPriceFen < 1 || step.UnitPriceFen >= price)
                {
                    return false;
                }

                (quantity, price) = (step.FromQuantity, step.UnitPriceFen);
            }

            return Steps.Count is >= 1 and <= MostSteps && Licence != LicenceKind.Exclusive && Unit != PriceUnit.Negotiated;
        }
    }

    /// <summary>Price of one unit in an order of some size at some time, fen.</summary>
    /// <param name="quantity">Packs, months or copies, 1 or more.</param>
    /// <param name="at">When it is ordered.</param>
    /// <param name="version">A version of lower quality; null for the full product.</param>
    public long UnitPriceFor(int quantity, SimulatedTime at, DegradedVersion? version = null)
    {
        var regular = UnitPriceOf(quantity);
        var full = IsPromotedAt(at) ? Reduced(regular) : regular;
        return version is { } degraded ? degraded.Of(full) : full;
    }

    /// <summary>The version of lower quality of some kind; null where none is offered.</summary>
    /// <param name="degradation">The kind.</param>
    public DegradedVersion? VersionOf(Degradation degradation)
    {
        for (var i = 0; i < Degraded?.Count; i++)
        {
            if (Degraded[i].Degradation == degradation)
            {
                return Degraded[i];
            }
        }

        return null;
    }

    /// <summary>Prices of further calls at some time; null for none.</summary>
    /// <param name="at">When they are ordered.</param>
    public IReadOnlyList<CallTier>? TiersAt(SimulatedTime at) =>
        Tiers is not null && IsPromotedAt(at) ? [.. Tiers.Select(tier => tier with { ThousandCallsFen = Reduced(tier.ThousandCallsFen) })] : Tiers;

    /// <summary>Whether the regular price of so many packs, months or copies, and the units they give, are in range.</summary>
    /// <param name="quantity">1 or more.</param>
    public bool CanSell(int quantity) =>
        (long)UnitsPerPack * quantity <= int.MaxValue
        && ((Int128)UnitPriceFen * UnitsPerPack * quantity) + CapFen <= Money.MostFen
        && TiersFall;

    /// <summary>Price of so many packs, months or copies at some time, with the cap of shares of revenue: what is held for an order.</summary>
    /// <param name="quantity">1 or more.</param>
    /// <param name="at">When they are ordered.</param>
    /// <param name="version">A version of lower quality; null for the full product.</param>
    public Money AmountFor(int quantity, SimulatedTime at, DegradedVersion? version = null)
    {
        var used = UsePriceFor(quantity, at, version);
        return MinimumFen is { } minimum && used.Fen < minimum ? new(minimum) : used + new Money(CapFen);
    }

    /// <summary>The minimum, where it is what so many packs or months cost at some time, as their price alone is less; null elsewhere.</summary>
    /// <param name="quantity">1 or more.</param>
    /// <param name="at">When they are ordered.</param>
    /// <param name="version">A version of lower quality; null for the full product.</param>
    public long? MinimumDueFor(int quantity, SimulatedTime at, DegradedVersion? version = null) =>
        MinimumFen is { } minimum && UsePriceFor(quantity, at, version).Fen < minimum ? minimum : null;

    /// <summary>Regular price of one pack, month or copy, without promotion, with the cap of shares of revenue.</summary>
    public Money RegularAmount() => (new Money(UnitPriceFen) * UnitsPerPack) + new Money(CapFen);

    /// <inheritdoc />
    public bool Equals(LicenceTerms? other) =>
        other is not null
        && (Licence, Unit, UnitPriceFen, Copies, UnitsPerPack, ResaleAllowed, Promotion, MinimumFen, Revenue)
            == (other.Licence, other.Unit, other.UnitPriceFen, other.Copies, other.UnitsPerPack, other.ResaleAllowed, other.Promotion, other.MinimumFen, other.Revenue)
        && CallTier.Same(Tiers, other.Tiers)
        && DegradedVersion.Same(Degraded, other.Degraded)
        && (Steps is null ? other.Steps is null : other.Steps is not null && Steps.SequenceEqual(other.Steps));

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Licence, Unit, UnitPriceFen, Copies, UnitsPerPack, ResaleAllowed, Steps?.Count, Promotion);

    private Money UsePriceFor(int quantity, SimulatedTime at, DegradedVersion? version) => Tiers is null
        ? new Money(UnitPriceFor(quantity, at, version)) * UnitsPerPack * quantity
        : new(CallTier.PriceOf(UnitPriceFor(quantity, at), TiersAt(at), checked(UnitsPerPack * quantity)));

    private bool IsPromotedAt(SimulatedTime at) => Promotion is { } promotion && at >= promotion.From && at < promotion.Until;

    private long UnitPriceOf(int quantity)
    {
        var price = UnitPriceFen;
        for (var i = 0; i < Steps?.Count && Steps[i].FromQuantity <= quantity; i++)
        {
            price = Steps[i].UnitPriceFen;
        }

        return price;
    }

    // Between two steps more always costs more: only the last quantity before each step must be looked at.
    private bool IsMonotone(Func<int, long> unitPrice)
    {
        for (var i = 0; i < Steps?.Count; i++)
        {
            var from = Steps[i].FromQuantity;
            if ((Int128)unitPrice(from - 1) * (from - 1) > (Int128)unitPrice(from) * from)
            {
                return false;
            }
        }

        return true;
    }

    private long Reduced(long fen) =>
        (long)((((Int128)fen * (Money.BasisPoints - Promotion!.Value.DiscountBasisPoints)) + Money.BasisPoints - 1) / Money.BasisPoints);
}
