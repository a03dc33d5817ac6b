using static DataExchange.Ledger.Tests.Books;

namespace DataExchange.Ledger.Tests;

public sealed class StateTests
{
    [Fact]
    public void Balances_are_known_as_of_any_time_over_long_histories()
    {
        var ledger = Open();
        const int Transfers = 50_000;
        for (var n = 1; n <= Transfers; n++)
        {
            // Three at each time, every second time.
            Assert.Equal(TransferResult.Ok, ledger.Apply(Transfer.Direct((UInt128)n, Bank, Retained, n % 7 + 1, 1, 2 * (n / 3))));
        }

        var (sum, next) = (0L, 1);
        for (var time = -1; time <= ledger.Now + 1; time++)
        {
            for (; next <= Transfers && 2 * (next / 3) <= time; next++)
            {
                sum += next % 7 + 1;
            }

            var balances = ledger.BalanceAt(Bank, time);
            if (balances.DebitsPosted != sum)
            {
                Assert.Fail($"At {time}: {sum} expected, {balances.DebitsPosted} found.");
            }
        }

        Assert.Equal(sum, ledger.Balance(Bank).DebitsPosted);
        Assert.Equal(default, ledger.BalanceAt(Fees, 1));
    }

    [Fact]
    public void Nothing_is_allocated_within_what_is_reserved()
    {
        // The runtime counts some bytes of its own now and then, as when a collection ends a thread's piece of the heap; what the ledger allocates comes every time.
        Assert.Contains(0L, Enumerable.Range(0, 4).Select(_ => AllocatedByTransfers()));
    }

    private static long AllocatedByTransfers()
    {
        const int Transfers = 60_000;
        var ledger = Open();
        ledger.Reserve(20, Transfers);
        var batch = new Transfer[60];
        var results = new TransferResult[60];
        Run(ledger, batch, results, 0, 10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var accepted = Run(ledger, batch, results, 10, Transfers / 60);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(Transfers - 600, accepted);
        Assert.Null(ledger.FindViolation());
        return allocated;
    }

    /// <summary>Rounds of 10 direct transfers in chains of five, 10 direct ones alone, 20 holds with an expiry and their ends.</summary>
    private static int Run(DoubleEntryLedger ledger, Transfer[] batch, TransferResult[] results, int from, int to)
    {
        var accepted = 0;
        for (var round = from; round < to; round++)
        {
            var id = (UInt128)((round * 60) + 1);
            for (var n = 0; n < 20; n++)
            {
                batch[n] = Transfer.Direct(id++, Bank, Buyer, 5, 1, round) with { IsLinked = n < 10 && n % 5 != 4 };
            }

            for (var n = 20; n < 40; n++)
            {
                batch[n] = Transfer.Pending(id, Buyer, Escrow, 2, 1, round, round + 1 + (n % 3));
                batch[n + 20] = n % 4 == 0 ? Transfer.Void(id + 20, id, round) : Transfer.Post(id + 20, id, round, 1);
                id++;
            }

            accepted += ledger.Apply(batch, results);
        }

        return accepted;
    }

    [Fact]
    public void The_state_hash_tells_states_apart_and_nothing_else()
    {
        var (one, other) = (Funded(), Funded());
        other.Reserve(1_000, 100_000);
        other.Apply(Transfer.Direct(9, Buyer, Provider, 100_000, 1, 10));
        Assert.Equal(one.StateHash(), other.StateHash());

        var hashes = new List<ulong> { one.StateHash() };
        void Step(Action<DoubleEntryLedger> change)
        {
            change(one);
            hashes.Add(one.StateHash());
        }

        Step(ledger => ledger.AdvanceTo(11));
        Step(ledger => ledger.Apply(Transfer.Pending(3, Buyer, Escrow, 5, 1, 11, 15)));
        Step(ledger => ledger.AdvanceTo(14));
        Step(ledger => ledger.AdvanceTo(15));
        Step(ledger => ledger.Open(new Account(50, "x", AccountClass.Asset, Commodity.CnyFen)));
        Step(ledger => ledger.ClosePeriod(new Closing(70, 15, Retained, 1)));
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }

    [Fact]
    public void The_state_hash_is_the_same_on_every_machine() =>
        Assert.Equal(ExpectedHash, Funded().StateHash());

    // Recorded once: a change of the hash is a change of what is hashed, and is named in the changelog.
    private const ulong ExpectedHash = 6_445_077_653_811_557_816;

    [Fact]
    public void Ids_of_any_shape_are_found()
    {
        var ledger = Open();
        var ids = new List<UInt128>();
        for (var n = 1; n <= 3_000; n++)
        {
            ids.AddRange([(UInt128)n, (UInt128)n << 64, (UInt128)n << 120 | 1, UInt128.MaxValue - (UInt128)n, ((UInt128)n * 8) << 32]);
        }

        // Some shapes meet in the same id.
        var distinct = ids.Where(id => id != 0).Distinct().ToList();
        foreach (var id in distinct)
        {
            Assert.Equal(TransferResult.Ok, ledger.Apply(Transfer.Direct(id, Bank, Retained, 1, 1, 0)));
        }

        Assert.All(distinct, id => Assert.True(ledger.TryGetTransfer(id, out var found) && found.Content.Id == id));
        Assert.Equal(TransferResult.Exists, ledger.Apply(Transfer.Direct(distinct[77], Bank, Retained, 1, 1, 0)));
        Assert.Equal(distinct.Count, ledger.Balance(Bank).DebitsPosted);
    }
}
