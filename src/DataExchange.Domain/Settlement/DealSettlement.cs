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
    /// <summary>The data invoice is issued. Terminal.</summary>
    Invoiced,
    /// <summary>Refunded in full. Terminal.</summary>
    Refunded,
}

/// <summary>How a deal's price is shared out.</summary>
/// <param name="Venue">The venue that takes the fee.</param>
/// <param name="Provider">Who gets the rest.</param>
/// <param name="FeeBasisPoints">Fee, 1/10,000 of the amount.</param>
/// <param name="VatBasisPoints">Tax contained in the amount: rate in 1/10,000 of the net amount.</param>
/// <param name="Contributors">Upstream contributors and their shares of the provider's net proceeds.</param>
public sealed record DistributionTerms(
    VenueId Venue, PartyId Provider, int FeeBasisPoints, int VatBasisPoints, IReadOnlyList<ContributorShare> Contributors)
{
    /// <summary>Whether rates and shares are in range.</summary>
    public bool AreValid =>
        FeeBasisPoints is >= 0 and <= (int)Money.BasisPoints
        && VatBasisPoints is >= 0 and <= (int)Money.BasisPoints
        && Contributors.All(share => share.ShareBasisPoints > 0)
        && Contributors.Sum(share => (long)share.ShareBasisPoints) < Money.BasisPoints;

    /// <summary>
    /// Shares out an amount from escrow: tax first (amount × rate / (1 + rate)), then the fee on the amount, then the
    /// contributors' shares of what is left by largest remainder, the provider's share last. The parts sum to the whole.
    /// </summary>
    /// <param name="amount">Above zero.</param>
    public IReadOnlyList<Posting> Distribute(Money amount)
    {
        var vat = amount.Portion(VatBasisPoints, Money.BasisPoints + VatBasisPoints);
        var fee = amount.Portion(FeeBasisPoints, Money.BasisPoints);
        // On an amount of a few fen both may round up to more than there is: the fee gives way.
        fee = fee > amount - vat ? amount - vat : fee;
        var proceeds = amount - vat - fee;
        var postings = new List<Posting>(3 + Contributors.Count);
        Add(LedgerAccount.Vat, vat);
        Add(LedgerAccount.Fees(Venue), fee);
        if (Contributors.Count == 0)
        {
            Add(LedgerAccount.Payable(Provider), proceeds);
            return postings;
        }

        Span<long> weights = stackalloc long[Contributors.Count + 1];
        weights[^1] = Money.BasisPoints;
        for (var i = 0; i < Contributors.Count; i++)
        {
            weights[i] = Contributors[i].ShareBasisPoints;
            weights[^1] -= weights[i];
        }

        var shares = proceeds.Split(weights);
        for (var i = 0; i < Contributors.Count; i++)
        {
            Add(LedgerAccount.Payable(Contributors[i].Party), shares[i]);
        }

        Add(LedgerAccount.Payable(Provider), shares[^1]);
        return postings;

        void Add(string account, Money part)
        {
            if (part > Money.Zero)
            {
                postings.Add(new Posting(LedgerAccount.Escrow, account, part.Fen));
            }
        }
    }
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
            Stage = state.InEscrow.Fen == e.AmountFen ? SettlementStage.Refunded : SettlementStage.Funded,
        },
        (SettlementStage.Settled, DataInvoiceIssued) => state with { Stage = SettlementStage.Invoiced },
        _ => throw new ImpossibleHistoryException(@event, state.Stage),
    };

    /// <inheritdoc />
    public static bool IsTerminal(DealSettlement state) => state.Stage >= SettlementStage.Invoiced;

    /// <inheritdoc />
    public static DealSettlement Condense(DealSettlement state) => IsTerminal(state) ? Ended[(int)state.Stage] : state;

    /// <summary>The reason for which a state forbids what it does not expect.</summary>
    internal static Rejection Forbidden(SettlementStage stage) => stage switch
    {
        SettlementStage.None => Rejection.EscrowNotFunded,
        SettlementStage.Funded => Rejection.NotSettled,
        SettlementStage.Settled => Rejection.AlreadySettled,
        SettlementStage.Invoiced => Rejection.InvoiceAlreadyIssued,
        SettlementStage.Refunded => Rejection.DealRefunded,
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "unknown stage"),
    };

    private static DealSettlement Release(DealSettlement state, IReadOnlyList<Posting> postings) =>
        state with { InEscrow = new(state.InEscrow.Fen - (long)Sum(postings)) };

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
