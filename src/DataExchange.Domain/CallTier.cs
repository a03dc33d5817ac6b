namespace DataExchange.Domain;

/// <summary>A lower price of further calls (阶梯计价): of those calls alone, where a <see cref="QuantityStep"/> is the price of all of them.</summary>
/// <param name="AfterCalls">For the calls of an order beyond so many, 1 or more.</param>
/// <param name="ThousandCallsFen">Price of a thousand such calls in fen, 1,000 or more, so that every call costs something, and below that of the calls before them.</param>
public readonly record struct CallTier(int AfterCalls, long ThousandCallsFen)
{
    /// <summary>The most tiers of a price.</summary>
    public const int MostTiers = 16;

    /// <summary>The calls that a tier's price is for.</summary>
    public const int PricedCalls = 1_000;

    /// <summary>
    /// Price of so many calls, counted from the first: computed exactly and rounded up once to the whole fen. What calls cost that are reported in parts is the
    /// difference of two such prices, so that the parts add up to the whole.
    /// </summary>
    /// <param name="unitPriceFen">Price of one of the first calls, fen.</param>
    /// <param name="tiers">Prices of those beyond; null for none.</param>
    /// <param name="calls">0 or more.</param>
    public static long PriceOf(long unitPriceFen, IReadOnlyList<CallTier>? tiers, int calls)
    {
        Int128 sum = 0;
        var (from, rate) = (0, (Int128)unitPriceFen * PricedCalls);
        for (var i = 0; i < tiers?.Count && tiers[i].AfterCalls < calls; i++)
        {
            sum += rate * (tiers[i].AfterCalls - from);
            (from, rate) = (tiers[i].AfterCalls, tiers[i].ThousandCallsFen);
        }

        return (long)((sum + (rate * (calls - from)) + PricedCalls - 1) / PricedCalls);
    }

    /// <summary>Whether there are 1 to <see cref="MostTiers"/>, beginning one after the other, each at a price in range.</summary>
    internal static bool AreInRange(IReadOnlyList<CallTier> tiers)
    {
        var from = 0;
        foreach (var tier in tiers)
        {
            if (tier.AfterCalls <= from || tier.ThousandCallsFen < PricedCalls || !Money.IsAmount(tier.ThousandCallsFen))
            {
                return false;
            }

            from = tier.AfterCalls;
        }

        return tiers.Count is >= 1 and <= MostTiers;
    }

    /// <summary>Whether each costs less than the calls before.</summary>
    internal static bool Fall(long unitPriceFen, IReadOnlyList<CallTier>? tiers)
    {
        var rate = (Int128)unitPriceFen * PricedCalls;
        for (var i = 0; i < tiers?.Count; i++)
        {
            if (tiers[i].ThousandCallsFen >= rate)
            {
                return false;
            }

            rate = tiers[i].ThousandCallsFen;
        }

        return true;
    }

    /// <summary>Whether two lists say the same.</summary>
    internal static bool Same(IReadOnlyList<CallTier>? one, IReadOnlyList<CallTier>? other) =>
        one is null ? other is null : other is not null && one.SequenceEqual(other);
}
