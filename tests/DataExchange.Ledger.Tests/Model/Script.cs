namespace DataExchange.Ledger.Tests.Model;

/// <summary>An operation of a ledger: exactly one of the four.</summary>
internal sealed record Operation(
    IReadOnlyList<Transfer>? Batch = null, long? Advance = null, Closing? Close = null, Account? Open = null);

/// <summary>
/// Makes operations of draws: transfers that mostly make sense, repetitions of earlier ones (the same, or with one field changed), holds that
/// are ended in all ways, malformed ones; chains, time, closings, accounts.
/// </summary>
internal sealed class Script(bool isHuge)
{
    private static readonly long[] Money = [1, 2, 3, 4, 5, 6, 9, 10];
    private readonly List<Transfer> _given = [];
    private readonly List<Closing> _closed = [];
    private long _time;
    private int _ids;

    public static IReadOnlyList<Account> Chart { get; } =
    [
        new(1, "cash", AccountClass.Asset, Commodity.CnyFen),
        new(2, "petty cash", AccountClass.Asset, Commodity.CnyFen, AccountLimit.NeverOverdrawn),
        new(3, "buyer's funds", AccountClass.Liability, Commodity.CnyFen, AccountLimit.NeverOverdrawn),
        new(4, "retained", AccountClass.Equity, Commodity.CnyFen),
        new(5, "fees", AccountClass.Income, Commodity.CnyFen),
        new(6, "costs", AccountClass.Expense, Commodity.CnyFen),
        new(7, "licences out", AccountClass.Asset, Commodity.LicenceUnits(7)),
        new(8, "issuance right", AccountClass.Liability, Commodity.LicenceUnits(7), AccountLimit.NeverOverdrawn),
        new(9, "commissions", AccountClass.Income, Commodity.CnyFen, AccountLimit.DebitsMustNotExceedCredits),
        new(10, "capital", AccountClass.Equity, Commodity.CnyFen, AccountLimit.NeverOverdrawn),
    ];

    // Something on the accounts that may not be overdrawn, or most transfers would be refused for that.
    private static Transfer[] Funding { get; } =
    [
        Transfer.Direct(1_001, 1, 3, 60, 1, 0),
        Transfer.Direct(1_002, 2, 9, 90, 1, 0),
        Transfer.Direct(1_003, 6, 10, 40, 1, 0),
        Transfer.Direct(1_004, 7, 8, 80, 1, 0),
    ];

    public static List<Operation> Make(Draw[] draws, bool isHuge)
    {
        var script = new Script(isHuge);
        List<Operation> operations = [new(Batch: Funding)];
        var batch = new List<Transfer>();
        foreach (var draw in draws)
        {
            if (draw.What < 94)
            {
                // Most links have a time in common, or hardly a chain would get past that.
                var follows = batch.Count > 0 && batch[^1].IsLinked;
                var transfer = script.NextTransfer(draw);
                batch.Add(transfer with
                {
                    IsLinked = draw.Fourth % 20 < 5,
                    Time = follows && draw.Third % 16 != 0 && draw.What < 68 ? batch[^1].Time : transfer.Time,
                });
                script._given.Add(batch[^1]);
                if (draw.Fourth % 20 < 12)
                {
                    continue;
                }
            }

            Flush(batch, operations);
            if (draw.What >= 94)
            {
                operations.Add(script.NextOther(draw));
            }
        }

        Flush(batch, operations);
        return operations;
    }

    private static void Flush(List<Transfer> batch, List<Operation> operations)
    {
        if (batch.Count > 0)
        {
            operations.Add(new Operation(Batch: batch.ToArray()));
            batch.Clear();
        }
    }

    private Transfer NextTransfer(Draw draw) => draw.What switch
    {
        < 30 => Transfer.Direct(NextId(), Debit(draw.First), Credit(draw.First), Amount(draw.Second), Code(draw.Third), NextTime(draw.Third), ReferenceOf(draw)),
        < 48 => Transfer.Pending(
            NextId(), Debit(draw.First), Credit(draw.First), Amount(draw.Second), Code(draw.Third), NextTime(draw.Third), Expiry(draw.Fourth / 20), ReferenceOf(draw)),
        < 60 => Transfer.Post(NextId(), Earlier(draw.First).Id, NextTime(draw.Third), PartOf(Earlier(draw.First), draw.Second), (ushort)(draw.Third % 3), ReferenceOf(draw)),
        < 68 => Transfer.Void(NextId(), Earlier(draw.First).Id, NextTime(draw.Third), (ushort)(draw.Third % 3), ReferenceOf(draw)) with
        {
            Amount = draw.Second % 8 == 0 ? Amount(draw.Second) : 0,
        },
        < 77 => Earlier(draw.First),
        < 90 => Changed(draw.What < 87 ? Earlier(draw.First) : NextTransfer(draw with { What = draw.First % 68 }), draw),
        _ => Transfer.Post(NextId(), Earlier(2 * draw.First).Id, NextTime(draw.Third)),
    };

    private Operation NextOther(Draw draw) => draw.What switch
    {
        < 96 => new Operation(Advance: NextTime(draw.Third)),
        < 98 => new Operation(Close: NextClosing(draw)),
        _ => new Operation(Open: NextAccount(draw)),
    };

    private Closing NextClosing(Draw draw)
    {
        if (_closed.Count > 0 && draw.First % 8 < 3)
        {
            var earlier = _closed[draw.Second % _closed.Count];
            return draw.First % 8 == 0 ? earlier with { Event = 3 } : earlier;
        }

        _closed.Add(new Closing(
            (draw.First % 16) switch
            {
                3 => 0,
                4 => UInt128.MaxValue,
                5 => Id(_ids),
                6 => 9_000,
                _ => (UInt128)(10_000 + (draw.First % 4_096 * 16)),
            },
            NextTime(draw.Third),
            draw.Second % 4 < 2 ? 4 : draw.Second % 4 == 2 ? 10 : Party(draw.Second / 4),
            (ushort)(draw.Fourth % 8),
            draw.Fourth % 2));
        return _closed[^1];
    }

    private static Account NextAccount(Draw draw)
    {
        var account = Chart[draw.First % Chart.Count];
        return (draw.Second % 12) switch
        {
            0 => account with { Number = draw.Third % 3 - 1 },
            1 => account with { Name = "" },
            2 => account with { Class = (AccountClass)(draw.Third % 6) },
            3 => account with { Limit = (AccountLimit)(draw.Third % 5) },
            4 => account with { Name = "another" },
            5 => account with { Commodity = Commodity.LicenceUnits(1 + (draw.Third % 8)) },
            6 => account with { Number = 11 + (draw.Third % 3), Limit = (AccountLimit)(draw.Fourth % 4) },
            _ => account,
        };
    }

    private static UInt128 Id(int number) => (UInt128)number + ((UInt128)(number % 3) << 64);

    private UInt128 NextId() => Id(++_ids);

    // Mostly two different accounts of one commodity; now and then any two, or one that may not be there.
    private static long Debit(int draw) => (draw % 32) switch
    {
        0 => Party(draw / 32),
        < 5 => 7 + (draw / 32 % 2),
        _ => Money[draw / 32 % Money.Length],
    };

    private static long Credit(int draw) => (draw % 32) switch
    {
        0 => Party(draw / 1_024),
        < 5 => 8 - (draw / 32 % 2),
        _ => Money[(draw / 32 % Money.Length + 1 + (draw / 1_024 % (Money.Length - 1))) % Money.Length],
    };

    private static long Party(int draw) => draw % 14;

    private static ushort Code(int draw) => (ushort)(1 + (draw % 5));

    private long Amount(int draw) =>
        !isHuge || draw % 8 > 2 ? 1 + (draw % 23)
        : (draw % 8) switch
        {
            0 => long.MaxValue - (draw / 8 % 24),
            1 => (long.MaxValue / 2) + (draw / 8 % 3),
            _ => long.MaxValue / 3,
        };

    private long NextTime(int draw)
    {
        var step = (draw % 32) switch { 0 => -1, 1 => -3, < 8 => 1, < 11 => 2, 11 => 7, _ => 0 };
        var time = _time + step;
        _time = Math.Max(_time, time);
        return time;
    }

    // Some far ahead, so that holds that ended before gather among the expiries.
    private long Expiry(int draw) => draw % 3 == 0 ? 0 : _time + (draw % 11) + (draw % 5 == 0 ? 100 + (draw % 500) : 0);

    private static Reference ReferenceOf(Draw draw) => new(draw.First % 5, draw.Second % 5);

    private Transfer Earlier(int draw)
    {
        // Half of the time the last hold, or hardly one would be ended before it expires.
        var last = draw % 2 == 0 ? _given.FindLast(transfer => transfer.Kind == TransferKind.Pending) : default;
        return last.Id != 0 || _given.Count == 0 ? last : _given[draw / 2 % _given.Count];
    }

    private long PartOf(Transfer hold, int draw) =>
        (draw % 6) switch { 0 or 1 => 0, 2 => hold.Amount, 3 => Amount(draw / 6), _ => Math.Max(1, hold.Amount / (2 + (draw % 5))) };

    private static Transfer Changed(Transfer transfer, Draw draw) => (draw.Third % 12) switch
    {
        0 => transfer with { Kind = (TransferKind)(draw.Second % 5) },
        1 => transfer with { PendingId = Id(draw.Second % 20) },
        2 => transfer with { DebitAccount = draw.Second % 12 },
        3 => transfer with { CreditAccount = draw.Second % 12 },
        4 => transfer with { Amount = (draw.Second % 4) switch { 0 => 0, 1 => -1, 2 => transfer.Amount, _ => 1 + (draw.Second % 9) } },
        5 => transfer with { Code = (ushort)(draw.Second % 4) },
        6 => transfer with { Reference = transfer.Reference with { Deal = draw.Second % 7 } },
        7 => transfer with { Reference = transfer.Reference with { Event = draw.Second % 7 } },
        8 => transfer with { Time = transfer.Time + (draw.Second % 3) - 1 },
        9 => transfer with { ExpiresAt = transfer.Time + (draw.Second % 5) - 1 },
        10 => transfer with { Id = Id(draw.Second % 3) },
        _ => transfer with { DebitAccount = transfer.CreditAccount, CreditAccount = transfer.DebitAccount },
    };
}
