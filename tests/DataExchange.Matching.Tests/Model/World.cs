namespace DataExchange.Matching.Tests.Model;

/// <summary>A small market: few prices so that orders meet, little money and few units so that there are refusals.</summary>
internal sealed class World
{
    public const int Products = 3;
    public const int Instruments = 4;
    public const int Accounts = 6;

    /// <summary>Numbers just above what is defined are tried too; these bounds let some of them be defined later.</summary>
    public static readonly EngineLimits Limits = new()
    {
        Orders = 1 << 11, Instruments = 6, Products = 5, Accounts = 8, Positions = 1 << 8, PriceBlocks = 1 << 10,
    };

    private readonly Random _random;

    public World(Random random)
    {
        _random = random;
        (Middle, Spread) = _random.Next(6) switch { 0 => (400, 37), 1 => (50_000_000, 1_000_003), 2 => (120, 3), _ => (10, 1) };
        IsRich = _random.Next(3) == 0;
        IsExclusive = _random.Next(3) == 0;
        GathersOrders = _random.Next(4) == 0;
        DefineProducts();
        DefineInstruments();
        OpenAccounts();
    }

    public List<Command> Setup { get; } = [];

    public int[] InstrumentPools { get; } = new int[Instruments];

    public int[] AccountPools { get; } = new int[Accounts];

    public int[] Lots { get; } = new int[Limits.Instruments];

    /// <summary>Orders lie around this price, so far from each other: close together, or so that each is alone in its part of the
    /// book.</summary>
    public int Middle { get; }

    public int Spread { get; }

    /// <summary>Books become deep instead of orders being refused.</summary>
    public bool IsRich { get; }

    /// <summary>Two instruments share the product of exclusive licences, and little else is issued of it.</summary>
    public bool IsExclusive { get; }

    /// <summary>Instruments are mostly not in continuous trading.</summary>
    public bool GathersOrders { get; }

    /// <summary>Money that goes with the prices and with how rich the world is.</summary>
    public long Money(int few, int many) => _random.Next(few, many) * (long)(Middle / 10) * (IsRich ? 40 : 1);

    private void DefineProducts()
    {
        // The first is unbounded, two instruments share the cap of the second, the third is sold exclusively now and then.
        Setup.Add(Command.DefineProduct(0, 0, 0));
        Setup.Add(Command.DefineProduct(0, 1, 1, cap: IsRich && _random.Next(2) == 0 ? 5_000 : _random.Next(60, 600)));
        Setup.Add(Command.DefineProduct(0, 2, 2, cap: _random.Next(3) == 0 ? 0 : _random.Next(5, 60),
            securityClass: (byte)_random.Next(3)));
    }

    private void DefineInstruments()
    {
        for (var i = 0; i < Instruments; i++)
        {
            var lot = Lots[i] = _random.Next(4) switch { 0 => 2, 1 => 5, _ => 1 };
            InstrumentPools[i] = i == 2 && !IsExclusive && _random.Next(5) == 0 ? 1 : 0;
            var product = i switch { 0 => 0, 1 => 1, 2 => IsExclusive ? 2 : 1, _ => 2 };
            var highest = Spread == 1 ? _random.Next(16, 40) : Middle * 4;
            Setup.Add(Command.DefineInstrument(0, i, product, InstrumentPools[i], _random.Next(1, 4),
                _random.Next(1, Spread == 1 ? 4 : 2), highest, lot,
                (lot * 12) + _random.Next(lot), resale: _random.Next(6) != 0));
            if (_random.Next(2) == 0)
            {
                Setup.Add(Command.SetTickBand(0, i, Middle + (Middle % 2) + 2, 2));
            }

            if (_random.Next(2) == 0)
            {
                Setup.Add(Command.SetPriceBand(0, i, Middle, _random.Next(1_000, 6_000), _random.Next(1, 300)));
            }

            if (_random.Next(3) == 0)
            {
                Setup.Add(Command.SetBatchInterval(0, i, _random.Next(5, 500)));
            }
        }
    }

    private void OpenAccounts()
    {
        int[] participants = [0, 0, 1, 1, 2, 3];
        for (var account = 0; account < Accounts; account++)
        {
            var pool = AccountPools[account] = account == 5 && _random.Next(3) != 0 ? 1 : account == 4 && _random.Next(4) == 0 ? 1 : 0;
            Setup.Add(Command.OpenAccount(0, account, participants[account], pool, (byte)(_random.Next(3) == 0 ? 0 : 2)));
            Setup.Add(Command.Deposit(0, account, Money(50, 1_500)));
            for (var instrument = 0; instrument < (IsExclusive ? 2 : 3); instrument++)
            {
                // Refused where the pool is another or the cap is reached.
                Setup.Add(Command.IssueUnits(0, account, instrument, Lots[instrument] * _random.Next(1, 12) * (IsRich ? 10 : 1)));
            }
        }
    }
}
