using CsCheck;
using DataExchange.Ledger.Tests.Naive;

namespace DataExchange.Ledger.Tests.Model;

/// <summary>The ledger and the naive one do the same, operation for operation.</summary>
public sealed class ModelTests
{
    private const int Leeway = 3;

    private static readonly Gen<Draw> AnyDraw =
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20])
            .Select((what, first, second, third, fourth) => new Draw(what, first, second, third, fourth));

    [Fact]
    public void The_ledger_does_what_the_naive_ledger_does()
    {
        var operations = 0L;
        var (seen, closings) = (new long[256], new long[256]);
        Gen.Select(AnyDraw.Array[1, 120], Gen.Int[0, 3]).Sample(
            (draws, huge) =>
            {
                Compare(Script.Make(draws, huge == 0), seen, closings, ref operations);
                return true;
            },
            iter: 6_000,
            print: sample => string.Join('\n', Script.Make(sample.Item1, sample.Item2 == 0).Select(Print)));

        Assert.InRange(operations, 300_000, long.MaxValue);
        // A result that hardly comes up is hardly compared with anything.
        Assert.InRange(seen[(byte)TransferResult.Ok], operations / 4, operations);
        Assert.DoesNotContain(Enum.GetValues<TransferResult>(), result => seen[(byte)result] < 10);
        Assert.DoesNotContain(Enum.GetValues<ClosingResult>(), result => closings[(byte)result] < 10);
    }

    /// <summary>Long enough for blocks of history, for sweeps of ended holds and for arrays that grow several times.</summary>
    [Fact]
    public void The_ledger_does_what_the_naive_ledger_does_in_long_runs()
    {
        var operations = 0L;
        AnyDraw.Array[1_500, 2_500].Sample(
            draws =>
            {
                Compare(Script.Make(draws, isHuge: false), new long[256], new long[256], ref operations, every: 100);
                return true;
            },
            iter: 10,
            print: draws => string.Join('\n', Script.Make(draws, isHuge: false).Select(Print)));

        Assert.InRange(operations, 10_000, long.MaxValue);
    }

    private static void Compare(List<Operation> script, long[] seen, long[] closings, ref long operations, int every = 1)
    {
        var (ledger, naive, again) = (new DoubleEntryLedger(), new NaiveLedger(), new DoubleEntryLedger());
        again.Reserve(20, 500);
        foreach (var account in Script.Chart)
        {
            Equal(naive.Open(account), ledger.Open(account));
            _ = again.Open(account);
        }

        for (var step = 0; step < script.Count; step++)
        {
            var operation = script[step];
            Interlocked.Add(ref operations, operation.Batch?.Count ?? 1);
            Carry(operation, ledger, naive, again, seen, closings);
            Equal(naive.Now, ledger.Now);
            Equal(naive.ClosedBefore, ledger.ClosedBefore);
            Equal(naive.Transfers.Count, ledger.TransferCount);
            if (step % every != 0)
            {
                continue;
            }

            foreach (var account in naive.Accounts)
            {
                Equal(naive.Balance(account.Number), ledger.Balance(account.Number));
            }

            foreach (var commodity in ledger.Commodities)
            {
                Equal(true, ledger.TrialBalanceOf(commodity).IsBalanced);
            }
        }

        CompareHistory(ledger, naive, every);
        CompareTransfers(ledger, naive);
        Equal(null, ledger.FindViolation());
        Equal(naive.Now, again.Now);
        Equal(ledger.StateHash(), again.StateHash());
    }

    /// <summary><paramref name="again"/> gets what was accepted, one by one and unlinked, and so must come to the same state.</summary>
    private static void Carry(Operation operation, DoubleEntryLedger ledger, NaiveLedger naive, DoubleEntryLedger again, long[] seen, long[] closings)
    {
        if (operation.Batch is { } batch)
        {
            var results = new TransferResult[batch.Count];
            var accepted = ledger.Apply(batch.ToArray(), results);
            var expected = naive.Apply(batch);
            for (var at = 0; at < results.Length; at++)
            {
                Equal(expected[at], results[at], batch[at]);
                Interlocked.Increment(ref seen[(byte)results[at]]);
                if (results[at] == TransferResult.Ok)
                {
                    Equal(TransferResult.Ok, again.Apply(batch[at] with { IsLinked = false }), batch[at]);
                }
            }

            Equal(expected.Count(result => result == TransferResult.Ok), accepted);
        }
        else if (operation.Advance is { } time)
        {
            Equal(naive.AdvanceTo(time), ledger.AdvanceTo(time));
        }
        else if (operation.Close is { } closing)
        {
            var outcome = ledger.ClosePeriod(closing);
            Equal(naive.ClosePeriod(closing), outcome);
            Interlocked.Increment(ref closings[(byte)outcome.Result]);
            if (outcome.Result == ClosingResult.Ok)
            {
                Equal(outcome, again.ClosePeriod(closing));
            }
        }
        else
        {
            Equal(naive.Open(operation.Open!), ledger.Open(operation.Open!));
            _ = again.Open(operation.Open!);
        }

        _ = again.AdvanceTo(ledger.Now);
    }

    private static void CompareHistory(DoubleEntryLedger ledger, NaiveLedger naive, int every)
    {
        for (var time = -1L; time <= ledger.Now + Leeway; time += 1 + (every / 16))
        {
            foreach (var account in naive.Accounts)
            {
                // What lies ahead is not anticipated: nothing has ended after now.
                Equal(naive.BalanceAt(account.Number, time), ledger.BalanceAt(account.Number, time), (account.Number, time));
            }

            foreach (var commodity in ledger.Commodities)
            {
                Equal(true, ledger.TrialBalanceAt(commodity, time).IsBalanced);
            }
        }
    }

    private static void CompareTransfers(DoubleEntryLedger ledger, NaiveLedger naive)
    {
        for (var at = 0; at < naive.Transfers.Count; at++)
        {
            var kept = naive.Transfers[at];
            Equal(true, ledger.TryGetTransfer(kept.Transfer.Id, out var found));
            Equal(new AcceptedTransfer(at, kept.Transfer, kept.Hold, kept.EndedBy), found);
        }
    }

    // Not Assert.Equal: its comparer is too slow for millions of calls.
    private static void Equal<T>(T expected, T actual, object? what = null)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            Assert.Fail($"Expected {expected}, but was {actual} {what}");
        }
    }

    private static string Print(Operation operation) => operation switch
    {
        { Batch: { } batch } => string.Join("\n  ", batch),
        { Advance: { } time } => $"advance to {time}",
        { Close: { } closing } => closing.ToString(),
        _ => operation.Open!.ToString(),
    };
}
