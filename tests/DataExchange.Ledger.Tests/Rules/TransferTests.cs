using static DataExchange.Ledger.Tests.Books;

namespace DataExchange.Ledger.Tests.Rules;

public sealed class TransferTests
{
    private static readonly Transfer Pay = Transfer.Direct(2, Buyer, Provider, 300, 7, 20, new Reference(5, 6));

    [Fact]
    public void A_transfer_debits_one_account_and_credits_the_other()
    {
        var ledger = Funded();
        Assert.Equal(TransferResult.Ok, ledger.Apply(Pay));
        Assert.Equal(new Balances(300, 0, 1_000, 0), ledger.Balance(Buyer));
        Assert.Equal(new Balances(0, 0, 300, 0), ledger.Balance(Provider));
        Assert.Equal(-700, ledger.Balance(Buyer).NetDebit);
        Assert.Equal(20, ledger.Now);
    }

    [Fact]
    public void The_same_id_with_the_same_content_counts_once()
    {
        var ledger = Funded();
        ledger.Apply(Pay);
        ledger.AdvanceTo(99);
        Assert.Equal(TransferResult.Exists, ledger.Apply(Pay));
        Assert.Equal(300, ledger.Balance(Provider).CreditsPosted);
        Assert.Equal(2, ledger.TransferCount);
        Assert.Equal(99, ledger.Now);
    }

    public static TheoryData<TransferResult, Transfer> Changed => new()
    {
        { TransferResult.ExistsWithDifferentKind, Pay with { Kind = TransferKind.Pending, Amount = 1 } },
        { TransferResult.ExistsWithDifferentPendingId, Pay with { PendingId = 1, Amount = 1 } },
        { TransferResult.ExistsWithDifferentDebitAccount, Pay with { DebitAccount = Bank, Amount = 1 } },
        { TransferResult.ExistsWithDifferentCreditAccount, Pay with { CreditAccount = 999, Amount = 1 } },
        { TransferResult.ExistsWithDifferentAmount, Pay with { Amount = 301, Code = 1 } },
        { TransferResult.ExistsWithDifferentCode, Pay with { Code = 8, Time = 1 } },
        { TransferResult.ExistsWithDifferentDeal, Pay with { Reference = new Reference(4, 0), Time = 1 } },
        { TransferResult.ExistsWithDifferentEvent, Pay with { Reference = new Reference(5, 0), Time = 1 } },
        { TransferResult.ExistsWithDifferentTime, Pay with { Time = 21, ExpiresAt = 1 } },
        { TransferResult.ExistsWithDifferentExpiresAt, Pay with { ExpiresAt = 30 } },
    };

    [Theory, MemberData(nameof(Changed))]
    public void The_same_id_with_other_content_is_refused_by_the_field_that_differs(TransferResult expected, Transfer other)
    {
        var ledger = Funded();
        ledger.Apply(Pay);
        var before = ledger.StateHash();
        Assert.Equal(expected, ledger.Apply(other));
        Assert.Equal(before, ledger.StateHash());
    }

    public static TheoryData<TransferResult, Transfer> Malformed => new()
    {
        { TransferResult.IdMustNotBeZero, Pay with { Id = 0 } },
        { TransferResult.TimeRunsBackwards, Pay with { Time = 9 } },
        { TransferResult.UnknownKind, Pay with { Kind = (TransferKind)4 } },
        { TransferResult.PendingIdNotAllowed, Pay with { PendingId = 1 } },
        { TransferResult.ExpiryNotAllowed, Pay with { ExpiresAt = 30 } },
        { TransferResult.ExpiryNotAfterTime, Pay with { Kind = TransferKind.Pending, ExpiresAt = 20 } },
        { TransferResult.AmountMustBePositive, Pay with { Amount = 0 } },
        { TransferResult.AmountMustBePositive, Pay with { Amount = -1 } },
        { TransferResult.CodeMustNotBeZero, Pay with { Code = 0 } },
        { TransferResult.DebitAccountNotFound, Pay with { DebitAccount = 999 } },
        { TransferResult.CreditAccountNotFound, Pay with { CreditAccount = -1 } },
        { TransferResult.AccountsMustDiffer, Pay with { CreditAccount = Buyer } },
        { TransferResult.CommoditiesDiffer, Pay with { CreditAccount = Licences } },
        { TransferResult.ExceedsCredits, Pay with { Amount = 1_001 } },
        { TransferResult.LinkedChainOpen, Pay with { IsLinked = true } },
    };

    [Theory, MemberData(nameof(Malformed))]
    public void What_is_refused_leaves_no_trace_and_its_id_may_be_used(TransferResult expected, Transfer transfer)
    {
        var ledger = Funded();
        Assert.Equal(expected, ledger.Apply(transfer));
        Assert.Equal(1, ledger.TransferCount);
        Assert.False(ledger.TryGetTransfer(2, out _));
        Assert.Equal(TransferResult.Ok, ledger.Apply(Pay));
        Assert.Null(ledger.FindViolation());
    }

    [Fact]
    public void Sums_stop_short_of_overflow_on_either_side_holds_included()
    {
        var ledger = Open();
        Assert.Equal(
            [TransferResult.Ok, TransferResult.Ok, TransferResult.OverflowsDebits, TransferResult.OverflowsCredits, TransferResult.Ok],
            ledger.Batch(
                Transfer.Direct(1, Bank, Retained, long.MaxValue - 10, 1, 0),
                Transfer.Pending(2, Bank, Retained, 9, 1, 0),
                Transfer.Direct(3, Bank, Fees, 2, 1, 0),
                Transfer.Direct(4, Costs, Retained, 2, 1, 0),
                Transfer.Direct(5, Bank, Retained, 1, 1, 0)));
        Assert.Equal(long.MaxValue, ledger.Balance(Bank).DebitsPosted + ledger.Balance(Bank).DebitsPending);
        ledger.Batch(Transfer.Post(6, 2, 0));
        Assert.Equal(long.MaxValue, ledger.Balance(Bank).DebitsPosted);
        Assert.Equal(TransferResult.OverflowsDebits, ledger.Apply(Transfer.Direct(7, Bank, Fees, long.MaxValue, 1, 0)));
    }

    [Fact]
    public void A_trial_balance_may_be_wider_than_one_account()
    {
        var ledger = Open();
        ledger.Batch(Transfer.Direct(1, Bank, Retained, long.MaxValue, 1, 0), Transfer.Direct(2, Costs, Fees, long.MaxValue, 1, 0));
        Assert.Equal((Int128)long.MaxValue * 2, ledger.TrialBalanceOf(Commodity.CnyFen).DebitsPosted);
        Assert.True(ledger.TrialBalanceOf(Commodity.CnyFen).IsBalanced);
    }

    [Fact]
    public void What_is_held_on_the_other_side_is_no_cover()
    {
        var ledger = Funded();
        ledger.Batch(Transfer.Pending(2, Bank, Buyer, 500, 1, 10));
        Assert.Equal(TransferResult.ExceedsCredits, ledger.Apply(Transfer.Direct(3, Buyer, Provider, 1_001, 1, 10)));
        ledger.Batch(Transfer.Post(4, 2, 10, 200));
        Assert.Equal(TransferResult.Ok, ledger.Apply(Transfer.Direct(3, Buyer, Provider, 1_001, 1, 10)));
    }

    [Fact]
    public void An_asset_that_must_not_be_overdrawn_pays_no_more_than_it_has()
    {
        var ledger = Funded();
        ledger.Open(new Account(20, "till", AccountClass.Asset, Commodity.CnyFen, AccountLimit.NeverOverdrawn));
        Assert.Equal(
            [TransferResult.Ok, TransferResult.Ok, TransferResult.ExceedsDebits, TransferResult.Ok],
            ledger.Batch(
                Transfer.Direct(2, 20, Bank, 50, 1, 10), Transfer.Pending(3, Bank, 20, 30, 1, 10),
                Transfer.Direct(4, Bank, 20, 21, 1, 10), Transfer.Direct(5, Bank, 20, 20, 1, 10)));
    }

    [Fact]
    public void What_was_accepted_is_found_with_its_content()
    {
        var ledger = Funded();
        var id = (UInt128.One << 100) + 3;
        ledger.Apply(Pay with { Id = id });
        Assert.True(ledger.TryGetTransfer(id, out var found));
        Assert.Equal(new AcceptedTransfer(1, Pay with { Id = id }, HoldState.None, 0), found);
        Assert.Equal(found, ledger.TransferAt(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ledger.TransferAt(2));
    }
}
