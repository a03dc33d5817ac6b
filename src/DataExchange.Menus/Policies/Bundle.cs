namespace DataExchange.Menus.Policies;

/// <summary>A product in a bundle.</summary>
/// <param name="Product">Its name.</param>
/// <param name="Policy">What it costs.</param>
public sealed record BundlePart(string Product, PricePolicy Policy);

/// <summary>打包: products together, for less than one by one. A part that was not used still costs what no use of it costs.</summary>
/// <param name="Parts">2 to <see cref="MostParts"/> products, each once.</param>
/// <param name="DiscountBasisPoints">Off the sum of their prices, 1/10,000.</param>
public sealed record Bundle(IReadOnlyList<BundlePart> Parts, int DiscountBasisPoints) : PricePolicy
{
    /// <summary>Most products.</summary>
    public const int MostParts = 32;

    internal override (Exact Price, PriceProblem? Problem) PriceSound(Usage usage)
    {
        if (usage.Parts.Keys.Any(product => Parts.All(part => part.Product != product)))
        {
            return (default, PriceProblem.NotInBundle);
        }

        var sum = Exact.Of(0);
        foreach (var part in Parts)
        {
            var used = usage.Parts.TryGetValue(part.Product, out var own) ? own : new Usage { Periods = usage.Periods };
            var (price, problem) = part.Policy.Price(used with { At = usage.At });
            if (problem is not null)
            {
                return (default, problem);
            }

            sum = sum.Plus(price);
        }

        return (sum.Less(DiscountBasisPoints), null);
    }

    internal override PolicyProblem? FindOwn(int depth)
    {
        if (Parts.Count is < 2 or > MostParts)
        {
            return new(PolicyFault.PartsNotAllowed, nameof(Parts), Text(Parts.Count), $"2 to {MostParts} products");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Parts.Count; i++)
        {
            var field = $"{nameof(Parts)}[{i}]";
            if (string.IsNullOrEmpty(Parts[i].Product))
            {
                return new(PolicyFault.PartsNotAllowed, $"{field}.{nameof(BundlePart.Product)}", "", "a name");
            }

            if (!seen.Add(Parts[i].Product))
            {
                return new(PolicyFault.PartTwice, $"{field}.{nameof(BundlePart.Product)}", Parts[i].Product, "each product once");
            }

            if (Parts[i].Policy.Find(depth + 1) is { } problem)
            {
                return problem with { Field = $"{field}.{nameof(BundlePart.Policy)}.{problem.Field}" };
            }
        }

        return PointsFault(nameof(DiscountBasisPoints), DiscountBasisPoints);
    }
}
