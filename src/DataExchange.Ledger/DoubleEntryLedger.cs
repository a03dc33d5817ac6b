using DataExchange.Ledger.Store;

namespace DataExchange.Ledger;

/// <summary>
/// A deterministic double-entry ledger: accounts, transfers with holds and links, balances as of any time, closings. The rules are in
/// docs/ledger.md. One thread owns it. Within its capacity a transfer allocates nothing; beyond it arrays double.
/// </summary>
public sealed partial class DoubleEntryLedger
{
    // A hold that expires adds four points to the history at most, a Post with its hold six; blocks of a series waste a third at most.
    private const int PointsPerTransfer = 6;
    private const int PointsPerAccount = 4 * 8;
    private const int BlocksPerAccount = 4 * 40;

    private readonly AccountIndex _numbers = new();
    private readonly TransferIndex _ids = new();
    private readonly BalanceHistory _history = new();
    private readonly ExpiryHeap _expiries = new();
    private readonly List<Commodity> _commodities = [];
    private readonly Dictionary<Commodity, int> _commodityRows = [];
    private readonly List<(Closing Closing, int Transfers)> _closings = [];
    private Account[] _chart = new Account[8];
    private AccountRow[] _accounts = new AccountRow[8];
    private TransferRow[] _transfers = new TransferRow[32];
    private int _accountCount;
    private int _transferCount;

    /// <summary>The ledger's simulated time, from 0.</summary>
    public long Now { get; private set; }

    /// <summary>Nothing may be posted before this time; 0 while no period is closed.</summary>
    public long ClosedBefore { get; private set; }

    /// <summary>How many transfers were accepted.</summary>
    public int TransferCount => _transferCount;

    /// <summary>Bytes of the arrays that grow with transfers: what is reserved, used or not.</summary>
    public long ReservedBytes => (_transfers.LongLength * 72) + _ids.Bytes + _history.Bytes + _expiries.Bytes;

    /// <summary>Makes room, so that the next transfers allocate nothing.</summary>
    /// <param name="accounts">Accounts in all, from 0.</param>
    /// <param name="transfers">Transfers in all, from 0; at most some 250 bytes each, resident only where used or <see cref="Prefault">touched</see>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public void Reserve(int accounts, int transfers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(accounts);
        ArgumentOutOfRangeException.ThrowIfNegative(transfers);
        Memory.Grow(ref _chart, accounts);
        Memory.Grow(ref _accounts, accounts);
        _numbers.Reserve(accounts);
        var more = Math.Max(0, transfers - _transferCount);
        Memory.Grow(ref _transfers, transfers);
        _ids.Reserve(_transfers.Length, _transfers, _transferCount);
        _expiries.Reserve(transfers);
        var points = ((long)more * PointsPerTransfer) + ((long)accounts * PointsPerAccount);
        _history.Reserve(points, Math.Min(points / 4, (long)accounts * BlocksPerAccount));
    }

    /// <summary>Touches all memory reserved, so that the operating system has handed it out before speed matters.</summary>
    public void Prefault()
    {
        Memory.Touch(_transfers);
        _ids.Prefault();
        _history.Prefault();
        _expiries.Prefault();
    }

    private void EnsureRoom(int transfers)
    {
        var needed = _transferCount + transfers;
        if (needed > _transfers.Length)
        {
            Memory.Grow(ref _transfers, needed);
            _ids.Reserve(_transfers.Length, _transfers, _transferCount);
        }
    }
}
