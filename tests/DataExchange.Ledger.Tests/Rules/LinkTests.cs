using static DataExchange.Ledger.Tests.Books;

namespace DataExchange.Ledger.Tests.Rules;

public sealed class LinkTests
{
    private static readonly Transfer[] Release =
    [
        Transfer.Direct(11, Escrow, Provider, 270, 1, 30).Linked(),
        Transfer.Direct(12, Escrow, Fees, 30, 2, 30).Linked(),
        Transfer.Direct(13, Provider, Bank, 270, 3, 30),
    ];

    private static DoubleEntryLedger Escrowed()
    {
        var ledger = Funded();
        ledger.Batch(Transfer.Direct(2, Buyer, Escrow, 300, 1, 20));
        return ledger;
    }

    [Fact]
    public void A_chain_happens_together_each_link_seeing_those_before_it()
    {
        var ledger = Escrowed();
        Assert.Equal([TransferResult.Ok, TransferResult.Ok, TransferResult.Ok], ledger.Batch(Release));
        Assert.Equal(new Balances(300, 0, 300, 0), ledger.Balance(Escrow));
        Assert.Equal(new Balances(270, 0, 270, 0), ledger.Balance(Provider));
    }

    [Fact]
    public void A_chain_of_which_one_link_fails_does_not_happen()
    {
        var ledger = Escrowed();
        ledger.AdvanceTo(30);
        var before = ledger.StateHash();
        Assert.Equal(
            [TransferResult.LinkedTransferFailed, TransferResult.ExceedsCredits, TransferResult.LinkedTransferFailed],
            ledger.Batch(Release[0], Release[1] with { Amount = 31 }, Release[2]));
        Assert.Equal(before, ledger.StateHash());
        Assert.False(ledger.TryGetTransfer(11, out _));
        Assert.Equal([TransferResult.Ok, TransferResult.Ok, TransferResult.Ok], ledger.Batch(Release));
    }

    [Fact]
    public void What_is_before_and_after_a_failed_chain_happens()
    {
        var ledger = Escrowed();
        Assert.Equal(
            [TransferResult.Ok, TransferResult.LinkedTransferFailed, TransferResult.AmountMustBePositive, TransferResult.Ok],
            ledger.Batch(
                Transfer.Direct(20, Bank, Buyer, 1, 1, 30), Transfer.Direct(21, Bank, Buyer, 2, 1, 30).Linked(),
                Transfer.Direct(22, Bank, Buyer, 0, 1, 30), Transfer.Direct(23, Bank, Buyer, 4, 1, 30)));
        Assert.Equal(1_005, ledger.Balance(Buyer).CreditsPosted);
    }

    [Fact]
    public void A_repeated_chain_exists_and_one_that_happened_in_part_is_completed()
    {
        var ledger = Escrowed();
        ledger.Batch(Release);
        ledger.AdvanceTo(90);
        Assert.Equal([TransferResult.Exists, TransferResult.Exists, TransferResult.Exists], ledger.Batch(Release));

        var part = Escrowed();
        part.Batch(Release[0] with { IsLinked = false });
        Assert.Equal([TransferResult.Exists, TransferResult.Ok, TransferResult.Ok], part.Batch(Release));
        Assert.Equal(ledger.Balance(Provider), part.Balance(Provider));
    }

    [Fact]
    public void A_chain_without_its_end_does_not_happen_and_no_time_passes()
    {
        var ledger = Escrowed();
        Assert.Equal([TransferResult.LinkedTransferFailed, TransferResult.LinkedChainOpen], ledger.Batch(Release[0], Release[1]));
        Assert.Equal(20, ledger.Now);
    }

    [Fact]
    public void A_chain_has_one_time()
    {
        var ledger = Escrowed();
        Assert.Equal(
            [TransferResult.LinkedTransferFailed, TransferResult.LinkedTimeDiffers, TransferResult.LinkedTransferFailed],
            ledger.Batch(Release[0], Release[1] with { Time = 31 }, Release[2]));
    }

    [Fact]
    public void Holds_made_and_ended_in_a_failed_chain_are_as_before()
    {
        var ledger = Escrowed();
        ledger.Batch(Transfer.Pending(3, Buyer, Escrow, 50, 1, 20, expiresAt: 60));
        Assert.Equal(
            [TransferResult.LinkedTransferFailed, TransferResult.LinkedTransferFailed, TransferResult.LinkedTransferFailed, TransferResult.PendingAlreadyVoided],
            ledger.Batch(
                Transfer.Post(30, 3, 30, 20).Linked(), Transfer.Pending(31, Buyer, Escrow, 5, 1, 30, expiresAt: 40).Linked(),
                Transfer.Void(32, 31, 30).Linked(), Transfer.Post(33, 31, 30)));
        Assert.Equal(new Balances(300, 50, 1_000, 0), ledger.Balance(Buyer));
        Assert.Equal(new Balances(300, 50, 1_000, 0), ledger.BalanceAt(Buyer, 30));
        ledger.AdvanceTo(60);
        Assert.Equal(0, ledger.Balance(Buyer).DebitsPending);
        Assert.Null(ledger.FindViolation());
    }

    [Fact]
    public void A_hold_may_be_made_and_ended_in_one_chain()
    {
        var ledger = Escrowed();
        Assert.Equal(
            [TransferResult.Ok, TransferResult.Ok],
            ledger.Batch(Transfer.Pending(31, Buyer, Escrow, 5, 1, 30, expiresAt: 40).Linked(), Transfer.Post(32, 31, 30, 4)));
        ledger.AdvanceTo(50);
        Assert.Equal(new Balances(304, 0, 1_000, 0), ledger.Balance(Buyer));
        Assert.Null(ledger.FindViolation());
    }

    [Fact]
    public void Results_need_as_much_room_as_transfers() =>
        Assert.Throws<ArgumentException>(() => Escrowed().Apply(Release, new TransferResult[2]));
}
