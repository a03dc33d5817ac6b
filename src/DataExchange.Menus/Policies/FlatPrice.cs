namespace DataExchange.Menus.Policies;

/// <summary>一口价: one price, however much is used.</summary>
/// <param name="Fen">The price, fen, 0 to <see cref="PricePolicy.MostFen"/>.</param>
public sealed record FlatPrice(long Fen) : PricePolicy
{
    internal override (Exact Price, PriceProblem? Problem) PriceSound(Usage usage) => (Exact.Of(Fen), null);

    internal override PolicyProblem? FindOwn(int depth) => PriceFault(nameof(Fen), Fen);
}

/// <summary>订阅: a price for each period, with calls included.</summary>
/// <param name="PeriodFen">Fen a period, 0 to <see cref="PricePolicy.MostFen"/>.</param>
/// <param name="CallsPerPeriod">Calls included in a period, taken together over all periods; absent: without limit.</param>
/// <param name="OverageFen">Fen for each call beyond them; absent: there are none beyond.</param>
public sealed record Subscription(long PeriodFen, long? CallsPerPeriod = null, long? OverageFen = null) : PricePolicy
{
    internal override (Exact Price, PriceProblem? Problem) PriceSound(Usage usage)
    {
        var beyond = CallsPerPeriod is { } included ? Int128.Max(0, usage.Calls - ((Int128)included * usage.Periods)) : 0;
        return beyond > 0 && OverageFen is null
            ? (default, PriceProblem.QuotaExceeded)
            : (Exact.Of(((Int128)PeriodFen * usage.Periods) + (beyond * (OverageFen ?? 0))), null);
    }

    internal override PolicyProblem? FindOwn(int depth) =>
        PriceFault(nameof(PeriodFen), PeriodFen) ?? QuotaFault(nameof(CallsPerPeriod), CallsPerPeriod) ?? PriceFault(nameof(OverageFen), OverageFen ?? 0);
}

/// <summary>A share of what the buyer earns, 收入分成.</summary>
/// <param name="BasisPoints">Of the buyer's revenue, 1/10,000, 0 to 10,000.</param>
/// <param name="MinimumFen">At least so much for each period, fen.</param>
public sealed record RevenueShare(int BasisPoints, long MinimumFen = 0) : PricePolicy
{
    internal override (Exact Price, PriceProblem? Problem) PriceSound(Usage usage) =>
        (Exact.Of(usage.RevenueFen).Less(Whole - BasisPoints).AtLeast((Int128)MinimumFen * usage.Periods), null);

    internal override PolicyProblem? FindOwn(int depth) => PointsFault(nameof(BasisPoints), BasisPoints) ?? PriceFault(nameof(MinimumFen), MinimumFen);
}
