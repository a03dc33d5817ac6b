namespace DataExchange.Menus.Policies;

/// <summary>A version of a product.</summary>
/// <param name="Level">Its level of quality; a higher one is better.</param>
/// <param name="PriceBasisPoints">Its price in 1/10,000 of that of the best.</param>
public readonly record struct QualityVersion(int Level, int PriceBasisPoints);

/// <summary>版本: degraded versions that cost less (fewer columns, older, noisier).</summary>
/// <param name="Best">The price of the best version.</param>
/// <param name="Versions">1 to <see cref="PerCall.MostTiers"/>, rising in level and in price; the last is the best, at 10,000.</param>
public sealed record QualityVersions(PricePolicy Best, IReadOnlyList<QualityVersion> Versions) : PricePolicy
{
    internal override (Exact Price, PriceProblem? Problem) PriceSound(Usage usage)
    {
        var level = usage.Quality ?? Versions[^1].Level;
        for (var i = 0; i < Versions.Count; i++)
        {
            if (Versions[i].Level == level)
            {
                var (price, problem) = Best.Price(usage with { Quality = null });
                return (price.Less(Whole - Versions[i].PriceBasisPoints), problem);
            }
        }

        return (default, PriceProblem.QualityNotOffered);
    }

    internal override PolicyProblem? FindOwn(int depth)
    {
        if (Versions.Count is < 1 or > PerCall.MostTiers)
        {
            return new(PolicyFault.TiersNotWhole, nameof(Versions), Text(Versions.Count), $"1 to {PerCall.MostTiers}");
        }

        for (var i = 0; i < Versions.Count; i++)
        {
            var field = $"{nameof(Versions)}[{i}].{nameof(QualityVersion.PriceBasisPoints)}";
            if (PointsFault(field, Versions[i].PriceBasisPoints) is { } points)
            {
                return points;
            }

            if (i > 0 && Versions[i].Level <= Versions[i - 1].Level)
            {
                return new(
                    PolicyFault.VersionsNotRising, $"{nameof(Versions)}[{i}].{nameof(QualityVersion.Level)}", Text(Versions[i].Level),
                    $"more than {Versions[i - 1].Level}");
            }

            if (i > 0 && Versions[i].PriceBasisPoints <= Versions[i - 1].PriceBasisPoints)
            {
                return new(PolicyFault.VersionsNotRising, field, Text(Versions[i].PriceBasisPoints), $"more than {Versions[i - 1].PriceBasisPoints}");
            }
        }

        return Versions[^1].PriceBasisPoints != Whole
            ? new(
                PolicyFault.VersionsNotRising, $"{nameof(Versions)}[{Versions.Count - 1}].{nameof(QualityVersion.PriceBasisPoints)}",
                Text(Versions[^1].PriceBasisPoints), $"{Whole}, as it is the best")
            : Best.Find(depth + 1);
    }
}
