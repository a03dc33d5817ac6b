using DataExchange.Ledger;

namespace DataExchange.LedgerBenchmarks;

/// <summary>The transfers that are timed, made beforehand; all of them are accepted.</summary>
internal static class LedgerFlows
{
    private const int TransfersPerTime = 16;
    private const int ChainLength = 4;

    /// <summary>Direct transfers. With <paramref name="scattered"/> ids without any order, as those made by hashing; else counted up.</summary>
    public static Transfer[] Plain(int count, int accounts, bool scattered)
    {
        var draw = new ZipfAccounts(accounts);
        var transfers = new Transfer[count];
        for (var at = 0; at < count; at++)
        {
            var (debit, credit) = Pair(draw);
            var id = scattered ? Scatter(at) : (UInt128)(at + 1);
            transfers[at] = Transfer.Direct(id, debit, credit, 1 + draw.Below(100_000), 1, at / TransfersPerTime, new Reference(at / 4, at));
        }

        return transfers;
    }

    /// <summary>
    /// Holds with an expiry and their ends, each half of the count: seven of ten posted in full, two in part, one voided, 64 transfers later.
    /// </summary>
    public static Transfer[] TwoPhase(int count, int accounts)
    {
        const int Delay = 64;
        var draw = new ZipfAccounts(accounts);
        var transfers = new Transfer[count];
        for (var from = 0; from < count; from += 2 * Delay)
        {
            var holds = Math.Min(Delay, (count - from) / 2);
            for (var n = 0; n < holds; n++)
            {
                var (at, end) = (from + n, from + holds + n);
                var (debit, credit) = Pair(draw);
                var amount = 10 + draw.Below(100_000);
                var id = (UInt128)(at + 1);
                var (time, endTime) = (at / TransfersPerTime, end / TransfersPerTime);
                transfers[at] = Transfer.Pending(id, debit, credit, amount, 1, time, time + 1_000 + draw.Below(100_000), new Reference(at / 2, at));
                transfers[end] = draw.Below(10) switch
                {
                    0 => Transfer.Void((UInt128)(end + 1), id, endTime, 2),
                    < 3 => Transfer.Post((UInt128)(end + 1), id, endTime, amount / 2, 2),
                    _ => Transfer.Post((UInt128)(end + 1), id, endTime, 0, 2),
                };
            }
        }

        return transfers;
    }

    /// <summary>Direct transfers in chains of four, as a release to provider, contributor, venue and tax.</summary>
    public static Transfer[] Linked(int count, int accounts)
    {
        var transfers = Plain(count, accounts, scattered: false);
        for (var at = 0; at < count; at++)
        {
            transfers[at] = transfers[at] with { IsLinked = at % ChainLength != ChainLength - 1 && at != count - 1 };
        }

        return transfers;
    }

    public static DoubleEntryLedger Open(int accounts, int transfers)
    {
        var ledger = new DoubleEntryLedger();
        ledger.Reserve(accounts, transfers);
        for (var number = 1; number <= accounts; number++)
        {
            ledger.Open(new Account(number, FormattableString.Invariant($"account {number}"), AccountClass.Liability, Commodity.CnyFen));
        }

        ledger.Prefault();
        return ledger;
    }

    private static (long Debit, long Credit) Pair(ZipfAccounts draw)
    {
        var debit = draw.Next();
        long credit;
        do
        {
            credit = draw.Next();
        }
        while (credit == debit);
        return (debit, credit);
    }

    private static UInt128 Scatter(int number)
    {
        unchecked
        {
            var high = ((ulong)number + 1) * 0x9E37_79B9_7F4A_7C15UL;
            high = (high ^ (high >> 32)) * 0xBF58_476D_1CE4_E5B9UL;
            var low = (high ^ (high >> 29)) * 0x94D0_49BB_1331_11EBUL;
            return new UInt128(high, low ^ (low >> 32));
        }
    }
}
