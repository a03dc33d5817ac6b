namespace DataExchange.Domain.Settlement;

/// <summary>How far the settlement of a deal has come.</summary>
public enum SettlementStage
{
    /// <summary>Nothing is known of the deal.</summary>
    None,
    /// <summary>The money is in escrow.</summary>
    Funded,
    /// <summary>All of it is distributed, or the contract was filed; the invoice is awaited.</summary>
    Settled,
    /// <summary>The data invoice is issued. Shares of what passed through the venue may still be taken back, once.</summary>
    Invoiced,
    /// <summary>Refunded in full. Terminal.</summary>
    Refunded,
    /// <summary>Shares were taken back after a late claim. Terminal.</summary>
    ChargedBack,
}

/// <summary>The settlement of one deal, as its stream tells it.</summary>
public sealed record DealSettlement
{
    /// <summary>How far it has come.</summary>
    public SettlementStage Stage { get; init; }

    /// <summary>The price, fen.</summary>
    public Money Amount { get; init; }

    /// <summary>What is still in escrow.</summary>
    public Money InEscrow { get; init; }

    /// <summary>How it is shared out; null for a filed contract.</summary>
    public DistributionTerms? Terms { get; init; }

    /// <summary>What was shared out so far.</summary>
    public SharedOut Shared { get; init; } = SharedOut.Nothing;
}

/// <summary>A command to Settlement about one deal.</summary>
/// <param name="Deal">The deal.</param>
public abstract record SettlementCommand(DealId Deal) : Command
{
    /// <inheritdoc />
    public sealed override string Stream => StreamId.Settlement(Deal);
}

/// <summary>Settles deals: escrow, distribution, refund, data invoice.</summary>
public sealed class SettlementDecider : IDecider<SettlementCommand, DealSettlement>
{
    // To what has ended only its stage matters: one object a stage serves all such streams.
    private static readonly DealSettlement[] Ended = [.. Enum.GetValues<SettlementStage>().Select(stage => new DealSettlement { Stage = stage })];

    private SettlementDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "settlement";

    /// <inheritdoc />
    public static string Capability => "Settlement";

    /// <inheritdoc />
    public static DealSettlement Initial { get; } = new();

    /// <inheritdoc />
    public static Decision Decide(SettlementCommand command, DealSettlement state) => command switch
    {
        FundEscrow c => c.Decide(state),
        RecordFiledContract c => c.Decide(state),
        SettleDeal c => c.Decide(state),
        SettlePeriod c => c.Decide(state),
        RefundDeal c => c.Decide(state),
        IssueDataInvoice c => c.Decide(state),
        ChargeBackDeal c => c.Decide(state),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no rule for this command"),
    };

    /// <inheritdoc />
    public static DealSettlement Evolve(DealSettlement state, Event @event) => (state.Stage, @event) switch
    {
        (SettlementStage.None, EscrowFunded e) => new()
        {
            Stage = SettlementStage.Funded,
            Amount = new(e.AmountFen),
            InEscrow = new(e.AmountFen),
            Terms = e.Terms,
        },
        (SettlementStage.None, FiledContractRecorded e) => new() { Stage = SettlementStage.Settled, Amount = new(e.AmountFen) },
        (SettlementStage.Funded, DealSettled e) when Sum(e.Postings) == state.InEscrow.Fen => Release(state, e.Postings) with { Stage = SettlementStage.Settled },
        (SettlementStage.Funded, PeriodSettled e) when Sum(e.Postings) <= state.InEscrow.Fen
            && e.IsLast == (Sum(e.Postings) == state.InEscrow.Fen) => Release(state, e.Postings) with
        {
            Stage = e.IsLast ? SettlementStage.Settled : SettlementStage.Funded,
        },
        (SettlementStage.Funded, DealRefunded e) when e.AmountFen > 0 && e.AmountFen <= state.InEscrow.Fen => state with
        {
            InEscrow = state.InEscrow - new Money(e.AmountFen),
            // What is left after shares of revenue goes back; then the deal is settled, not undone.
            Stage = state.InEscrow.Fen != e.AmountFen ? SettlementStage.Funded : state.Shared.Total > Money.Zero ? SettlementStage.Settled : SettlementStage.Refunded,
        },
        (SettlementStage.Settled, DataInvoiceIssued) => state with { Stage = SettlementStage.Invoiced },
        (SettlementStage.Invoiced, DealChargedBack e) when state.Terms is not null && e.AmountFen > 0 && e.AmountFen <= state.Shared.Total.Fen
            && Sum(e.Postings) + e.Shares.Aggregate((Int128)0, (sum, share) => sum + share.AmountFen) == e.AmountFen => state with
        {
            Stage = SettlementStage.ChargedBack,
        },
        _ => throw new ImpossibleHistoryException(@event, state.Stage),
    };

    /// <inheritdoc />
    public static bool IsTerminal(DealSettlement state) =>
        state.Stage is SettlementStage.Refunded or SettlementStage.ChargedBack || (state.Stage == SettlementStage.Invoiced && state.Terms is null);

    /// <inheritdoc />
    public static DealSettlement Condense(DealSettlement state) => IsTerminal(state) ? Ended[(int)state.Stage] : state;

    /// <summary>Every settlement that is invoiced and can no longer be charged back, as nobody may claim any more.</summary>
    public static DealSettlement BeyondClaims => Ended[(int)SettlementStage.Invoiced];

    /// <summary>The reason for which a state forbids what it does not expect.</summary>
    internal static Rejection Forbidden(SettlementStage stage) => stage switch
    {
        SettlementStage.None => Rejection.EscrowNotFunded,
        SettlementStage.Funded => Rejection.NotSettled,
        SettlementStage.Settled => Rejection.AlreadySettled,
        SettlementStage.Invoiced => Rejection.InvoiceAlreadyIssued,
        SettlementStage.Refunded => Rejection.DealRefunded,
        SettlementStage.ChargedBack => Rejection.AlreadyChargedBack,
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "unknown stage"),
    };

    private static DealSettlement Release(DealSettlement state, IReadOnlyList<Posting> postings) =>
        state with { InEscrow = new(state.InEscrow.Fen - (long)Sum(postings)), Shared = state.Shared.With(postings, state.Terms!) };

    private static Int128 Sum(IReadOnlyList<Posting> postings)
    {
        Int128 sum = 0;
        foreach (var posting in postings)
        {
            sum += posting.AmountFen;
        }

        return sum;
    }
}
