using DataExchange.Domain;
using DataExchange.Domain.Settlement;

namespace DataExchange.Exchange.Accounts;

/// <summary>What is payable to parties: paid out, taken back, owed, kept back.</summary>
public sealed partial class MarketLedger
{
    private string? TakePayable(Event e) => e switch
    {
        DealChargedBack x => Begin(x.Deal) ?? Recover(x),
        ProceedsPaidOut x => Begin(default) ?? Move(Payable(x.Party), _bank, x.AmountFen, LedgerCode.Payout),
        ProceedsOffset x => Begin(default)
            ?? Move(Payable(x.Party), Receivable(x.Party), x.AmountFen, LedgerCode.Offset)
            ?? Move(Chart.OfMoney(LedgerAccount.Advances), _bank, x.AmountFen, LedgerCode.Advance),
        ProceedsChargedBack x => Begin(x.Deal) ?? Recover(x),
        _ => TakeUnits(e),
    };

    private string? Recover(DealChargedBack e)
    {
        foreach (var posting in e.Postings)
        {
            var (debit, credit) = (Chart.OfMoney(posting.Debit), Chart.OfMoney(posting.Credit));
            if (debit == 0 || credit == 0)
            {
                return $"{(debit == 0 ? posting.Debit : posting.Credit)} is no account of the chart";
            }

            Move(debit, credit, posting.AmountFen, LedgerCode.Chargeback);
        }

        return null;
    }

    private string? Recover(ProceedsChargedBack e)
    {
        if (e.TakenFen != 0)
        {
            Move(Payable(e.Party), _escrow, e.TakenFen, LedgerCode.Chargeback);
        }

        if (e.OwedFen != 0)
        {
            Move(Receivable(e.Party), _escrow, e.OwedFen, LedgerCode.Chargeback);
            Move(_bank, Chart.OfMoney(LedgerAccount.Advances), e.OwedFen, LedgerCode.Advance);
        }

        return null;
    }

    private long Payable(PartyId party) => Chart.OfMoney(LedgerAccount.Payable(party));

    private long Receivable(PartyId party) => Chart.OfMoney(LedgerAccount.Receivable(party));
}
