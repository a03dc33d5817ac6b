using static DataExchange.Ledger.Tests.Books;

namespace DataExchange.Ledger.Tests.Rules;

public sealed class HoldTests
{
    private static readonly Transfer Hold = Transfer.Pending(2, Buyer, Escrow, 300, 7, 20, expiresAt: 50);

    private static DoubleEntryLedger Held()
    {
        var ledger = Funded();
        Assert.Equal(TransferResult.Ok, ledger.Apply(Hold));
        return ledger;
    }

    [Fact]
    public void A_hold_takes_the_cover_and_moves_nothing()
    {
        var ledger = Held();
        Assert.Equal(new Balances(0, 300, 1_000, 0), ledger.Balance(Buyer));
        Assert.Equal(new Balances(0, 0, 0, 300), ledger.Balance(Escrow));
        Assert.Equal(TransferResult.ExceedsCredits, ledger.Apply(Transfer.Direct(3, Buyer, Provider, 701, 1, 20)));
        Assert.Equal(TransferResult.Ok, ledger.Apply(Transfer.Direct(3, Buyer, Provider, 700, 1, 20)));
    }

    [Theory]
    [InlineData(0, 300)]
    [InlineData(300, 300)]
    [InlineData(120, 120)]
    public void A_post_moves_all_or_a_part_and_frees_the_rest(long amount, long moved)
    {
        var ledger = Held();
        Assert.Equal([TransferResult.Ok], ledger.Batch(Transfer.Post(3, 2, 30, amount)));
        Assert.Equal(new Balances(moved, 0, 1_000, 0), ledger.Balance(Buyer));
        Assert.Equal(new Balances(0, 0, moved, 0), ledger.Balance(Escrow));
        ledger.TryGetTransfer(2, out var hold);
        Assert.Equal((HoldState.Posted, (UInt128)3), (hold.Hold, hold.EndedBy));
        ledger.TryGetTransfer(3, out var post);
        Assert.Equal((moved, Buyer, Escrow, (ushort)7), (post.Content.Amount, post.Content.DebitAccount, post.Content.CreditAccount, post.Content.Code));
    }

    [Fact]
    public void A_void_frees_it_all()
    {
        var ledger = Held();
        Assert.Equal([TransferResult.Ok], ledger.Batch(Transfer.Void(3, 2, 30)));
        Assert.Equal(new Balances(0, 0, 1_000, 0), ledger.Balance(Buyer));
        Assert.Equal(default, ledger.Balance(Escrow));
        ledger.TryGetTransfer(2, out var hold);
        Assert.Equal(HoldState.Voided, hold.Hold);
    }

    [Fact]
    public void A_hold_expires_at_its_own_time_however_far_time_passes()
    {
        var ledger = Held();
        ledger.AdvanceTo(49);
        Assert.Equal(300, ledger.Balance(Buyer).DebitsPending);
        ledger.AdvanceTo(1_000);
        Assert.Equal(0, ledger.Balance(Buyer).DebitsPending);
        Assert.Equal(300, ledger.BalanceAt(Escrow, 49).CreditsPending);
        Assert.Equal(0, ledger.BalanceAt(Escrow, 50).CreditsPending);
        Assert.Equal(TransferResult.PendingAlreadyExpired, ledger.Apply(Transfer.Post(3, 2, 1_000)));
        Assert.Null(ledger.FindViolation());
    }

    [Fact]
    public void At_the_moment_it_expires_a_hold_can_no_longer_be_posted_and_its_cover_is_free()
    {
        Assert.Equal(TransferResult.Ok, Held().Apply(Transfer.Post(3, 2, 49)));
        Assert.Equal(TransferResult.PendingAlreadyExpired, Held().Apply(Transfer.Post(3, 2, 50)));
        Assert.Equal(TransferResult.Ok, Held().Apply(Transfer.Direct(3, Buyer, Provider, 1_000, 1, 50)));
    }

    [Fact]
    public void Even_a_refused_transfer_lets_time_pass()
    {
        var ledger = Held();
        Assert.Equal(TransferResult.CodeMustNotBeZero, ledger.Apply(Transfer.Direct(3, Buyer, Provider, 1, 0, 60)));
        Assert.Equal((60, 0), (ledger.Now, ledger.Balance(Buyer).DebitsPending));
        Assert.Equal(TransferResult.TimeRunsBackwards, ledger.AdvanceTo(59));
    }

    public static TheoryData<TransferResult, Transfer> Refused => new()
    {
        { TransferResult.PendingIdMustNotBeZero, Transfer.Post(3, 0, 30) },
        { TransferResult.PendingTransferNotFound, Transfer.Post(3, 9, 30) },
        { TransferResult.TransferNotPending, Transfer.Void(3, 1, 30) },
        { TransferResult.PendingHasDifferentDebitAccount, Transfer.Post(3, 2, 30) with { DebitAccount = Bank } },
        { TransferResult.PendingHasDifferentCreditAccount, Transfer.Post(3, 2, 30) with { CreditAccount = Bank } },
        { TransferResult.ExceedsPendingAmount, Transfer.Post(3, 2, 30, 301) },
        { TransferResult.PendingHasDifferentAmount, Transfer.Void(3, 2, 30) with { Amount = 299 } },
        { TransferResult.AmountMustBePositive, Transfer.Post(3, 2, 30, -1) },
        { TransferResult.ExpiryNotAllowed, Transfer.Post(3, 2, 30) with { ExpiresAt = 40 } },
    };

    [Theory, MemberData(nameof(Refused))]
    public void A_wrong_end_of_a_hold_is_refused_and_the_hold_stands(TransferResult expected, Transfer end)
    {
        var ledger = Held();
        Assert.Equal(expected, ledger.Apply(end));
        Assert.Equal(300, ledger.Balance(Buyer).DebitsPending);
        Assert.Equal(TransferResult.Ok, ledger.Apply(Transfer.Post(3, 2, 30)));
    }

    [Fact]
    public void A_hold_ends_once()
    {
        var posted = Held();
        posted.Apply(Transfer.Post(3, 2, 30, 100));
        Assert.Equal(TransferResult.PendingAlreadyPosted, posted.Apply(Transfer.Post(4, 2, 30, 100)));
        Assert.Equal(TransferResult.PendingAlreadyPosted, posted.Apply(Transfer.Void(4, 2, 30)));
        var voided = Held();
        voided.Apply(Transfer.Void(3, 2, 30));
        Assert.Equal(TransferResult.PendingAlreadyVoided, voided.Apply(Transfer.Post(4, 2, 30)));
    }

    [Fact]
    public void A_repeated_post_exists_whether_its_zeros_are_filled_in_or_not()
    {
        var ledger = Held();
        var post = Transfer.Post(3, 2, 30);
        ledger.Apply(post);
        Assert.Equal(TransferResult.Exists, ledger.Apply(post));
        Assert.Equal(TransferResult.Exists, ledger.Apply(post with { Amount = 300, DebitAccount = Buyer, CreditAccount = Escrow, Code = 7 }));
        Assert.Equal(TransferResult.ExistsWithDifferentAmount, ledger.Apply(post with { Amount = 299 }));
        Assert.Equal(TransferResult.ExistsWithDifferentPendingId, ledger.Apply(post with { PendingId = 1 }));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(30)]
    public void Of_thousands_of_holds_those_that_nobody_ends_expire_in_order(int oneOf)
    {
        var ledger = Funded();
        ledger.Batch(Transfer.Direct(9, Bank, Buyer, 10_000, 1, 10));
        var left = new List<long>();
        for (var n = 0; n < 4_000; n++)
        {
            // Expiries in no order; the holds of the last rounds end while others are made.
            var (id, expiry) = ((UInt128)(100 + n), 50L + (((n * 7_919) + 1_234) % 3_001));
            Assert.Equal(TransferResult.Ok, ledger.Apply(Transfer.Pending(id, Buyer, Escrow, 1, 1, 20, expiry)));
            if (n * 31 % 101 % oneOf == 0)
            {
                left.Add(expiry);
            }
            else
            {
                Assert.Equal(TransferResult.Ok, ledger.Apply(n % 2 == 0 ? Transfer.Void(id + 10_000, id, 20) : Transfer.Post(id + 10_000, id, 20)));
            }
        }

        Assert.Null(ledger.FindViolation());
        for (var time = 50; time <= 3_060; time += 43)
        {
            ledger.AdvanceTo(time);
            Assert.Equal(left.Count(expiry => expiry > time), ledger.Balance(Buyer).DebitsPending);
        }

        for (var time = 49; time <= 3_060; time++)
        {
            Assert.Equal(left.Count(expiry => expiry > time), ledger.BalanceAt(Escrow, time).CreditsPending);
        }

        Assert.Null(ledger.FindViolation());
    }
}
