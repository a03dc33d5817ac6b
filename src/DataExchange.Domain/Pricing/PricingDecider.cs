namespace DataExchange.Domain.Pricing;

/// <summary>Values certified products and guards their prices.</summary>
public sealed class PricingDecider : IDecider<PricingCommand, ProductPricing>
{
    // To what has ended only its stage matters: one object a stage serves all such streams.
    private static readonly ProductPricing[] Ended = [.. Enum.GetValues<PricingStage>().Select(stage => new ProductPricing { Stage = stage })];

    private PricingDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "pricing";

    /// <inheritdoc />
    public static string Capability => "Pricing";

    /// <inheritdoc />
    public static ProductPricing Initial { get; } = new();

    /// <inheritdoc />
    public static Decision Decide(PricingCommand command, ProductPricing state) => command switch
    {
        OpenPricing c => c.Decide(state),
        SetAuthorityCap c => c.Decide(state),
        ValueProduct c => c.Decide(state),
        SetPrice c => c.Decide(state),
        ClosePricing c => c.Decide(state),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no rule for this command"),
    };

    /// <inheritdoc />
    public static ProductPricing Evolve(ProductPricing state, Event @event) => (state.Stage, @event) switch
    {
        (PricingStage.NotOpen, PricingOpened e) => state with { Stage = PricingStage.Open, IsPublicData = e.IsPublicData },
        (PricingStage.Open or PricingStage.Valued or PricingStage.Priced, AuthorityCapSet e) =>
            state with { AuthorityCapFen = e.CapFen },
        (PricingStage.Open, ProductValued e) => WithBand(state, e) with { Stage = PricingStage.Valued },
        (PricingStage.Valued or PricingStage.Priced, ProductValued e) => WithBand(state, e),
        (PricingStage.Valued or PricingStage.Priced, PriceSet e) => state with { Stage = PricingStage.Priced, Versions = e.Version },
        (PricingStage.Valued or PricingStage.Priced, PriceRefused) => state,
        (not (PricingStage.NotOpen or PricingStage.Closed), PricingClosed) => state with { Stage = PricingStage.Closed },
        _ => throw new ImpossibleHistoryException(@event, state.Stage),
    };

    /// <inheritdoc />
    public static bool IsTerminal(ProductPricing state) => state.Stage == PricingStage.Closed;

    /// <inheritdoc />
    public static ProductPricing Condense(ProductPricing state) => IsTerminal(state) ? Ended[(int)state.Stage] : state;

    /// <summary>The reason for which a state forbids what it does not expect.</summary>
    internal static Rejection Forbidden(PricingStage stage) => stage switch
    {
        PricingStage.NotOpen => Rejection.NotCertified,
        PricingStage.Open => Rejection.NotValued,
        PricingStage.Valued or PricingStage.Priced => Rejection.PricingAlreadyOpen,
        PricingStage.Closed => Rejection.PricingClosed,
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "unknown stage"),
    };

    private static ProductPricing WithBand(ProductPricing state, ProductValued e)
    {
        var band = Valuation.Band(e.Estimates, e.ToleranceBasisPoints);
        return state with { BandLow = band.Low, BandHigh = band.High };
    }
}
