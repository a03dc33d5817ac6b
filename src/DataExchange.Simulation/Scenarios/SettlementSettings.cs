using DataExchange.Domain;

namespace DataExchange.Simulation.Scenarios;

/// <summary>A venue's fee: rates for parts of a deal's amount, and bounds.</summary>
public sealed record FeeSettings
{
    /// <summary>Rates on parts of the amount, the first from 0, each from where the one before it ends.</summary>
    public required IReadOnlyList<FeeTierSettings> Tiers { get; init; }

    /// <summary>Least fee of a deal, fen; 0 for none.</summary>
    public required Figure LeastFen { get; init; }

    /// <summary>Most fee of a deal, fen; 0 for none.</summary>
    public required Figure MostFen { get; init; }

    /// <summary>Rate from the first fen, 1/10,000.</summary>
    public int BaseBasisPoints() => Tiers[0].BasisPoints.Whole;

    /// <summary>What the fee has besides that rate.</summary>
    public FeeSchedule ToSchedule() => new(
        [.. Tiers.Skip(1).Select(tier => new FeeTier(WholeFen(tier.FromYuan.Value * 100), tier.BasisPoints.Whole))],
        WholeFen(LeastFen.Value),
        MostFen.Value > 0 ? WholeFen(MostFen.Value) : null);

    private static long WholeFen(double fen) => checked((long)Math.Round(fen, MidpointRounding.AwayFromZero));
}

/// <summary>A rate on a part of a deal's amount.</summary>
public sealed record FeeTierSettings
{
    /// <summary>Where the part begins, yuan.</summary>
    public required Figure FromYuan { get; init; }

    /// <summary>Rate on it, 1/10,000.</summary>
    public required Figure BasisPoints { get; init; }
}

/// <summary>Payouts, and late claims with what follows from them.</summary>
public sealed record SettlementSettings
{
    /// <summary>Months from one payout of proceeds to the next.</summary>
    public required Figure PayoutMonths { get; init; }

    /// <summary>Less than this waits for the next payout, yuan.</summary>
    public required Figure PayoutLeastYuan { get; init; }

    /// <summary>Days after completion in which a late claim may be raised; 0 for none.</summary>
    public required Figure ClaimDays { get; init; }

    /// <summary>Of completed deals that were settled through the venue: with a late claim.</summary>
    public required Figure LateClaims { get; init; }

    /// <summary>Of late claims: upheld.</summary>
    public required Figure ClaimsUpheld { get; init; }

    /// <summary>Of upheld ones: in full.</summary>
    public required Figure ClaimsInFull { get; init; }
}
