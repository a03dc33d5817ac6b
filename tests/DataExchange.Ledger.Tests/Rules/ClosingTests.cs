using static DataExchange.Ledger.Tests.Books;

namespace DataExchange.Ledger.Tests.Rules;

public sealed class ClosingTests
{
    private static readonly Closing YearEnd = new(1_000, 100, Retained, 99, 7);

    private static DoubleEntryLedger Traded()
    {
        var ledger = Funded();
        ledger.Batch(Transfer.Direct(2, Buyer, Fees, 400, 1, 20), Transfer.Direct(3, Costs, Bank, 150, 1, 30));
        return ledger;
    }

    [Fact]
    public void Income_and_expense_go_to_equity_and_begin_at_nothing()
    {
        var ledger = Traded();
        Assert.Equal(new ClosingOutcome(ClosingResult.Ok, 2), ledger.ClosePeriod(YearEnd));
        Assert.Equal(0, ledger.Balance(Fees).NetDebit);
        Assert.Equal(0, ledger.Balance(Costs).NetDebit);
        Assert.Equal(new Balances(150, 0, 400, 0), ledger.Balance(Retained));
        Assert.Equal(-400, ledger.BalanceAt(Fees, 99).NetDebit);
        ledger.TryGetTransfer(1_001, out var second);
        Assert.Equal(Transfer.Direct(1_001, Retained, Costs, 150, 99, 100, new Reference(0, 7)), second.Content);
        Assert.Null(ledger.FindViolation());
    }

    [Fact]
    public void Nothing_is_posted_before_the_closing_afterwards()
    {
        var ledger = Traded();
        ledger.ClosePeriod(YearEnd);
        ledger.AdvanceTo(120);
        Assert.Equal(TransferResult.PeriodClosed, ledger.Apply(Transfer.Direct(9, Buyer, Fees, 1, 1, 99)));
        Assert.Equal(TransferResult.TimeRunsBackwards, ledger.Apply(Transfer.Direct(9, Buyer, Fees, 1, 1, 119)));
        Assert.Equal(ClosingResult.PeriodClosed, ledger.ClosePeriod(YearEnd with { FirstId = 5_000, Time = 99 }).Result);
        Assert.Equal(ClosingResult.TimeRunsBackwards, ledger.ClosePeriod(YearEnd with { FirstId = 5_000, Time = 119 }).Result);
    }

    [Fact]
    public void At_the_very_time_the_new_period_has_begun()
    {
        var ledger = Traded();
        ledger.ClosePeriod(YearEnd);
        Assert.Equal(TransferResult.Ok, ledger.Apply(Transfer.Direct(9, Buyer, Fees, 25, 1, 100)));
        Assert.Equal(-25, ledger.BalanceAt(Fees, 100).NetDebit);
        Assert.Equal(new ClosingOutcome(ClosingResult.Ok, 1), ledger.ClosePeriod(new Closing(2_000, 200, Retained, 99)));
        Assert.Equal(425, ledger.Balance(Retained).CreditsPosted);
    }

    [Fact]
    public void A_closing_counts_once()
    {
        var ledger = Traded();
        ledger.ClosePeriod(YearEnd);
        ledger.AdvanceTo(500);
        Assert.Equal(new ClosingOutcome(ClosingResult.Exists, 2), ledger.ClosePeriod(YearEnd));
        Assert.Equal(ClosingResult.ExistsWithDifferentContent, ledger.ClosePeriod(YearEnd with { Time = 101 }).Result);
        Assert.Equal([YearEnd], ledger.Closings);
    }

    [Fact]
    public void What_makes_no_closing_is_named()
    {
        var ledger = Traded();
        Assert.Equal(ClosingResult.IdMustNotBeZero, ledger.ClosePeriod(YearEnd with { FirstId = 0 }).Result);
        Assert.Equal(ClosingResult.CodeMustNotBeZero, ledger.ClosePeriod(YearEnd with { Code = 0 }).Result);
        Assert.Equal(ClosingResult.EquityAccountNotFound, ledger.ClosePeriod(YearEnd with { EquityAccount = 999 }).Result);
        Assert.Equal(ClosingResult.AccountIsNotEquity, ledger.ClosePeriod(YearEnd with { EquityAccount = Fees }).Result);
        Assert.Equal(30, ledger.Now);
        Assert.Equal(new ClosingOutcome(ClosingResult.IdInUse, RejectedId: 3), ledger.ClosePeriod(YearEnd with { FirstId = 2 + 1 }));
        Assert.Equal(ClosingResult.IdInUse, ledger.ClosePeriod(YearEnd with { FirstId = UInt128.MaxValue }).Result);
        Assert.Equal((100, 0), (ledger.Now, ledger.ClosedBefore));
    }

    [Fact]
    public void A_closing_that_a_limit_forbids_moves_nothing()
    {
        var ledger = Traded();
        ledger.Open(new Account(30, "commissions", AccountClass.Income, Commodity.CnyFen, AccountLimit.NeverOverdrawn));
        // A refund that is held on an income account keeps its cover there.
        ledger.Batch(Transfer.Direct(4, Buyer, 30, 80, 1, 40), Transfer.Pending(5, 30, Buyer, 10, 1, 40));
        var transfers = ledger.TransferCount;
        Assert.Equal(
            new ClosingOutcome(ClosingResult.TransferRejected, Reason: TransferResult.ExceedsCredits, RejectedId: 1_001),
            ledger.ClosePeriod(YearEnd));
        Assert.Equal((transfers, 0L), (ledger.TransferCount, ledger.ClosedBefore));
        Assert.Equal(-400, ledger.Balance(Fees).NetDebit);
        ledger.Batch(Transfer.Void(6, 5, 100));
        Assert.Equal(new ClosingOutcome(ClosingResult.Ok, 3), ledger.ClosePeriod(YearEnd));
    }

    [Fact]
    public void Only_accounts_of_the_same_commodity_are_closed()
    {
        var ledger = Traded();
        Assert.Equal(new ClosingOutcome(ClosingResult.Ok, 0), ledger.ClosePeriod(YearEnd with { EquityAccount = IssuanceRight }));
        Assert.Equal(-400, ledger.Balance(Fees).NetDebit);
        Assert.Equal(100, ledger.ClosedBefore);
    }
}
