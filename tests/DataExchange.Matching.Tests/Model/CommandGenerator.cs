namespace DataExchange.Matching.Tests.Model;

/// <summary>
/// Random commands from a seed. It looks at the naive engine to name orders that live and to bring instruments back to trading; the
/// sequence that comes out can be played again without it.
/// </summary>
internal sealed partial class CommandGenerator
{
    private readonly Random _random;
    private readonly World _world;
    private readonly IEngine _state;
    private readonly Queue<Command> _setup;
    private readonly long[] _largestId = new long[World.Limits.Accounts + 2];
    private readonly List<(int Instrument, int Account, long Id)> _named = [];
    private long _time;

    public CommandGenerator(int seed, IEngine state)
    {
        _random = new(seed);
        _world = new(_random);
        _state = state;
        _setup = new(_world.Setup);
    }

    public Command Next()
    {
        if (_setup.TryDequeue(out var first))
        {
            return first;
        }

        var command = Any();
        command.Time = Time();
        if (command.Until > 0)
        {
            command.Until += _time;
        }

        return Chance(20) ? Spoiled(command) : command;
    }

    /// <summary>True so many times in a thousand.</summary>
    private bool Chance(int perMille) => _random.Next(1_000) < perMille;

    private T OneOf<T>(params ReadOnlySpan<T> things) => things[_random.Next(things.Length)];

    private long Time()
    {
        if (Chance(4))
        {
            return _time - _random.Next(1, 10);
        }

        _time += Chance(700) ? 0 : Chance(960) ? _random.Next(1, 8) : _random.Next(1, 1_500);
        return _time;
    }

    private Command Any()
    {
        var closed = Enumerable.Range(0, World.Instruments).Where(i => _state.PhaseOf(i) != Phase.Continuous).ToArray();
        if (closed.Length > 0 && Chance(_world.GathersOrders ? 6 : 45))
        {
            return Command.SetPhase(0, closed[_random.Next(closed.Length)], Phase.Continuous);
        }

        return _random.Next(1_000) switch
        {
            < 560 => NewOrder(),
            < 640 when _world.IsRich => NewOrder(),
            < 650 => Cancel(),
            < 710 => Reduce(),
            < 810 => Replace(),
            < 818 => Command.CancelAll(0, Account(), Chance(500) ? Command.All : Instrument()),
            < 835 => Command.SetPhase(0, Chance(100) ? Command.All : Instrument(), (Phase)_random.Next(Chance(20) ? 7 : 5)),
            < 865 => Command.AdvanceTime(0),
            < 955 => Movement(),
            _ => Setting(),
        };
    }

    private int Instrument() => Chance(990) ? _random.Next(World.Instruments) : _random.Next(-2, World.Limits.Instruments + 2);

    private int Account() => Chance(990) ? _random.Next(World.Accounts) : _random.Next(-2, World.Limits.Accounts + 2);

    /// <summary>Mostly an account of the instrument's pool.</summary>
    private int Trader(int instrument)
    {
        var account = Account();
        while (instrument is >= 0 and < World.Instruments && account is >= 0 and < World.Accounts
            && _world.AccountPools[account] != _world.InstrumentPools[instrument] && Chance(900))
        {
            account = Account();
        }

        return account;
    }

    private int Price() => Chance(15) ? _random.Next(-3, 50)
        : Math.Max(1, _world.Middle + (_world.Spread * (_random.Next(0, 4) + _random.Next(0, 4) - 3)));

    private int Lots(int instrument, int most) =>
        _random.Next(1, most + 1) * (instrument >= 0 && instrument < World.Instruments ? _world.Lots[instrument] : 1);

    private int Quantity(int instrument) => Chance(15) ? _random.Next(-2, 70) : Lots(instrument, Chance(150) ? 12 : 4);

    private long NewId(int account)
    {
        ref var largest = ref _largestId[Math.Clamp(account, 0, _largestId.Length - 1)];
        return Chance(10) ? largest - _random.Next(0, 5) : largest += Chance(20) ? 7 : 1;
    }

    /// <summary>Money and units in and out: in more often where there is little.</summary>
    private Command Movement()
    {
        var instrument = Instrument();
        var account = Trader(instrument);
        var funds = _state.FundsOf(account).Available;
        return _random.Next(10) switch
        {
            < 4 => Command.Deposit(0, account, Chance(20) ? OneOf(0, -1, long.MaxValue, 1L << 62)
                : _world.Money(1, funds < 10 * _world.Middle ? 1_000 : 50)),
            < 6 => Command.Withdraw(0, account, Chance(100) ? _random.Next(-1, 10_000)
                : _random.Next(0, (int)Math.Clamp(funds / 2, 1, int.MaxValue))),
            < 7 when _world.IsExclusive && instrument >= 2 =>
                Command.RevokeUnits(0, account, instrument, RevokedUnits(account, instrument)),
            < 8 => Command.IssueUnits(0, account, instrument, Chance(50) ? OneOf(-1, 0, int.MaxValue, (1 << 30) - 20)
                : Lots(instrument, 6)),
            _ => Command.RevokeUnits(0, account, instrument, RevokedUnits(account, instrument)),
        };
    }

    /// <summary>Mostly everything that can be revoked, so that a product comes to have no licence and its exclusive one ends.</summary>
    private int RevokedUnits(int account, int instrument)
    {
        var all = (int)_state.UnitsOf(account, instrument).Available;
        return Chance(100) ? _random.Next(-1, 30) : instrument == 3 || _world.IsExclusive || Chance(100) ? all
            : _random.Next(0, Math.Max(1, Math.Min(all, 5)));
    }

    private Command Setting()
    {
        var instrument = Instrument();
        return _random.Next(20) switch
        {
            < 2 => Command.DefineProduct(0, _random.Next(-1, World.Limits.Products + 1), _random.Next(4), _random.Next(-1, 60),
                (byte)_random.Next(3)),
            < 4 => Command.DefineInstrument(0, _random.Next(-1, World.Limits.Instruments + 1), _random.Next(-1, World.Limits.Products + 1),
                _random.Next(-1, 2), OneOf(0, 1, 2, int.MaxValue), _random.Next(0, 4), OneOf(2, 20, 1 << 30, (1 << 30) + 1),
                _random.Next(0, 4), OneOf(1, 30, 1 << 30, int.MaxValue), Chance(800)),
            < 6 => Command.OpenAccount(0, _random.Next(-1, World.Limits.Accounts + 1), _random.Next(-1, 4), _random.Next(-1, 2),
                (byte)_random.Next(4)),
            < 9 => Command.SetTickBand(0, instrument, _random.Next(-1, 40), _random.Next(0, 4)),
            < 17 => Command.SetPriceBand(0, instrument, Chance(50) ? 0 : Price(), BasisPoints(), Chance(50) ? OneOf(0, long.MaxValue)
                : _random.Next(1, 400)),
            _ => Command.SetBatchInterval(0, instrument, Chance(100) ? OneOf(-1, long.MaxValue) : Chance(300) ? 0 : _random.Next(5, 500)),
        };
    }

    private int BasisPoints() => Chance(100) ? OneOf(-1, 10_000, 9_999, 1) : Chance(300) ? 0 : _random.Next(500, 7_000);

    /// <summary>A word that does not belong, or a field that should be empty.</summary>
    private Command Spoiled(Command command)
    {
        var any = (byte)_random.Next(0, 10);
        switch (_random.Next(20))
        {
            case 0: command.Kind = (CommandKind)_random.Next(0, 20); break;
            case 1: command.Side = (Side)any; break;
            case 2: command.Order = (OrderKind)any; break;
            case 3: command.TimeInForce = (TimeInForce)any; break;
            case 4: command.SelfTrade = (SelfTradePrevention)any; break;
            case 5: command.Supply = (Supply)any; break;
            case 6: command.Flag = any; break;
            case 7: command.Level = any; break;
            case 8: command.Amount = _random.Next(-2, 100); break;
            case 9: command.Price = _random.Next(-2, 20); break;
            case 10: command.StopPrice = _random.Next(-2, 20); break;
            case 11: command.Quantity = _random.Next(-2, 20); break;
            case 12: command.Display = _random.Next(-2, 20); break;
            case 13: command.Until = _random.Next(-2, 2_000); break;
            case 14: command.Price = OneOf(int.MinValue, int.MaxValue); break;
            case 15: command.Quantity = OneOf(int.MinValue, int.MaxValue); break;
            case 16: command.Amount = OneOf(long.MinValue, long.MaxValue); break;
            case 17: (command.Display, command.StopPrice) =
                (OneOf(0, int.MinValue, int.MaxValue), OneOf(0, int.MinValue, int.MaxValue)); break;
            case 18: (command.Instrument, command.Account) =
                (OneOf(command.Instrument, int.MinValue), OneOf(command.Account, int.MaxValue)); break;
            default: command.Until = OneOf(long.MinValue, long.MaxValue); break;
        }

        return command;
    }
}
