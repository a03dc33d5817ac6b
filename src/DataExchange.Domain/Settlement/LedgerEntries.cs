namespace DataExchange.Domain.Settlement;

/// <summary>
/// The double entries that an event makes, without looking at any other event: a hold is an account of its own here. An event that moves no
/// money makes none.
/// </summary>
public static class LedgerEntries
{
    private static readonly IReadOnlyList<Posting> None = [];

    /// <summary>The entries of one event, in order.</summary>
    public static IReadOnlyList<Posting> Of(Event @event) => @event switch
    {
        FundsDeposited e => [new(LedgerAccount.Bank, LedgerAccount.Available(e.Party), e.AmountFen)],
        FundsHeld e => [new(LedgerAccount.Available(e.Party), LedgerAccount.Held(e.Party), e.AmountFen)],
        HoldReleased e => [new(LedgerAccount.Held(e.Party), LedgerAccount.Available(e.Party), e.AmountFen)],
        HoldCaptured e => [new(LedgerAccount.Held(e.Party), LedgerAccount.Escrow, e.AmountFen)],
        OrderFundsHeld e => [new(LedgerAccount.Available(e.Party), LedgerAccount.Held(e.Party), e.AmountFen)],
        OrderFundsReleased e => [new(LedgerAccount.Held(e.Party), LedgerAccount.Available(e.Party), e.AmountFen)],
        BidFundsHeld e => [new(LedgerAccount.Available(e.Party), LedgerAccount.Held(e.Party), e.AmountFen)],
        BidFundsReleased e => [new(LedgerAccount.Held(e.Party), LedgerAccount.Available(e.Party), e.AmountFen)],
        DepositForfeited e => [new(LedgerAccount.Held(e.Party), LedgerAccount.Payable(e.Provider), e.AmountFen)],
        RefundCredited e => [new(LedgerAccount.Escrow, LedgerAccount.Available(e.Party), e.AmountFen)],
        FiledContractRecorded e => e.Postings,
        DealSettled e => e.Postings,
        PeriodSettled e => e.Postings,
        DealChargedBack e => e.Postings,
        ProceedsPaidOut e => [new(LedgerAccount.Payable(e.Party), LedgerAccount.Bank, e.AmountFen)],
        ProceedsOffset e =>
        [
            new(LedgerAccount.Payable(e.Party), LedgerAccount.Receivable(e.Party), e.AmountFen),
            new(LedgerAccount.Advances, LedgerAccount.Bank, e.AmountFen),
        ],
        ProceedsChargedBack e => [.. Recovered(e)],
        _ => None,
    };

    // What the party cannot give back at once the exchange advances: the buyer's money is at the bank in full.
    private static IEnumerable<Posting> Recovered(ProceedsChargedBack e)
    {
        if (e.TakenFen != 0)
        {
            yield return new(LedgerAccount.Payable(e.Party), LedgerAccount.Escrow, e.TakenFen);
        }

        if (e.OwedFen != 0)
        {
            yield return new(LedgerAccount.Receivable(e.Party), LedgerAccount.Escrow, e.OwedFen);
            yield return new(LedgerAccount.Bank, LedgerAccount.Advances, e.OwedFen);
        }
    }
}
