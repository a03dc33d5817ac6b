namespace DataExchange.Matching.Sharding;

/// <summary>
/// Decides which pool a command belongs to. It knows only what commands say, never what an engine answered, and so decides the same for
/// every number of shards: the first command that names a pool for an instrument, an account or a product settles it.
/// </summary>
internal sealed class ShardRouter
{
    /// <summary>Every shard gets the command.</summary>
    public const int Everywhere = -1;

    /// <summary>Kept until an instrument of the product says where.</summary>
    public const int Later = -2;

    private const int Nowhere = -1;
    private readonly int[] _poolOfInstrument;
    private readonly int[] _poolOfAccount;
    private readonly int[] _poolOfProduct;
    private readonly Dictionary<int, List<Command>> _waiting = [];

    public ShardRouter(EngineLimits limits)
    {
        _poolOfInstrument = Unknown(limits.Instruments);
        _poolOfAccount = Unknown(limits.Accounts);
        _poolOfProduct = Unknown(limits.Products);
    }

    /// <summary>The command's pool, <see cref="Everywhere"/> or <see cref="Later"/>.</summary>
    /// <returns><see cref="Reason.None"/>, or <see cref="Reason.WrongPool"/> for a command that belongs to two pools.</returns>
    public Reason Route(in Command command, out int pool)
    {
        switch (command.Kind)
        {
            case CommandKind.NewOrder:
            case CommandKind.Cancel:
            default:
                return RouteByBoth(in command, out pool);
            case CommandKind.AdvanceTime:
                pool = Everywhere;
                return Reason.None;
            case CommandKind.SetPhase when command.Instrument == Command.All:
                pool = Everywhere;
                return Reason.None;
            case CommandKind.SetPhase:
            case CommandKind.SetTickBand:
            case CommandKind.SetPriceBand:
            case CommandKind.SetBatchInterval:
                pool = Math.Max(0, Pool(_poolOfInstrument, command.Instrument));
                return Reason.None;
            case CommandKind.Deposit:
            case CommandKind.Withdraw:
                pool = Math.Max(0, Pool(_poolOfAccount, command.Account));
                return Reason.None;
            case CommandKind.DefineProduct:
                return RouteProduct(in command, out pool);
            case CommandKind.DefineInstrument:
                return RouteInstrument(in command, out pool);
            case CommandKind.OpenAccount:
                return Settle(_poolOfAccount, command.Account, command.ClientOrderId, out pool);
        }
    }

    /// <summary>The commands that waited for this one, in their order; null for none.</summary>
    public List<Command>? TakeWaiting(in Command command) =>
        command.Kind == CommandKind.DefineInstrument && _waiting.Remove(command.Account, out var waiting) ? waiting : null;

    private Reason RouteByBoth(in Command command, out int pool)
    {
        var ofInstrument = Pool(_poolOfInstrument, command.Instrument);
        var ofAccount = Pool(_poolOfAccount, command.Account);
        pool = ofInstrument >= 0 ? ofInstrument : Math.Max(0, ofAccount);
        return ofInstrument >= 0 && ofAccount >= 0 && ofInstrument != ofAccount ? Reason.WrongPool : Reason.None;
    }

    private Reason RouteProduct(in Command command, out int pool)
    {
        pool = Pool(_poolOfProduct, command.Instrument);
        if (pool >= 0 || (uint)command.Instrument >= (uint)_poolOfProduct.Length)
        {
            pool = Math.Max(0, pool);
            return Reason.None;
        }

        pool = Later;
        if (!_waiting.TryGetValue(command.Instrument, out var waiting))
        {
            _waiting[command.Instrument] = waiting = [];
        }

        waiting.Add(command);
        return Reason.None;
    }

    // The product is asked first: an instrument that is refused for its product's pool must not settle its own.
    private Reason RouteInstrument(in Command command, out int pool)
    {
        var ofProduct = Pool(_poolOfProduct, command.Account);
        if (ofProduct >= 0 && ofProduct != command.ClientOrderId)
        {
            pool = 0;
            return Reason.WrongPool;
        }

        var settled = Settle(_poolOfInstrument, command.Instrument, command.ClientOrderId, out pool);
        return settled == Reason.None ? Settle(_poolOfProduct, command.Account, command.ClientOrderId, out pool) : settled;
    }

    // Numbers and pools that no engine accepts go to pool 0, where they are refused.
    private static Reason Settle(int[] pools, int number, long pool, out int settled)
    {
        settled = 0;
        if (pool is < 0 or > int.MaxValue)
        {
            return Reason.None;
        }

        settled = (int)pool;
        if ((uint)number >= (uint)pools.Length)
        {
            return Reason.None;
        }

        if (pools[number] == Nowhere)
        {
            pools[number] = settled;
        }

        return pools[number] == settled ? Reason.None : Reason.WrongPool;
    }

    private static int Pool(int[] pools, int number) => (uint)number < (uint)pools.Length ? pools[number] : Nowhere;

    private static int[] Unknown(int count)
    {
        var pools = new int[count];
        Array.Fill(pools, Nowhere);
        return pools;
    }
}
