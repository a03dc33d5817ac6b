using DataExchange.Matching.Tests.Naive;

namespace DataExchange.Matching.Tests;

/// <summary>
/// An engine for so few orders that its index has two blocks for all accounts: entries meet all the time, and slots are used again while the
/// entries of filled orders still wait to be removed.
/// </summary>
public sealed class CrowdedIndexTests
{
    private const int Accounts = 60;
    private const int MostResting = 28;
    private const int Commands = 30_000;

    private static readonly EngineLimits Small =
        new() { Orders = 32, Instruments = 1, Products = 1, Accounts = Accounts, Positions = 64, PriceBlocks = 16 };

    private readonly FastEngine _fast = new(Small);
    private readonly NaiveEngine _naive = new(Small);
    private readonly long[] _ids = new long[Accounts];
    private readonly List<(int Account, long Id)> _named = [];

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Orders_are_found_and_removed_whatever_else_has_their_slot_or_their_home(int seed)
    {
        var random = new Random(seed);
        Open();
        for (var time = 1; time <= Commands; time++)
        {
            Same(Next(random, time));
            if (time % 1_000 == 0)
            {
                _fast.Engine.CheckInvariants();
            }
        }

        // Nobody who was filled, cancelled or expired is found again.
        foreach (var (account, id) in _named)
        {
            Same(Command.Cancel(Commands, 0, account, id));
        }

        Assert.Equal(0, _fast.Engine.OrdersResting);
        _fast.Engine.CheckInvariants();
    }

    private Command Next(Random random, long time)
    {
        var account = random.Next(Accounts);
        var (other, id) = _named.Count == 0 ? (account, 1) : _named[^random.Next(1, Math.Min(_named.Count, 60) + 1)];
        if (_fast.Engine.OrdersResting >= MostResting || random.Next(100) < 20)
        {
            return Command.Cancel(time, 0, other, id);
        }

        if (random.Next(100) < 25)
        {
            // At its old price with less it keeps its place and changes its entry alone.
            _named.Add((other, ++_ids[other]));
            return Command.Replace(time, 0, other, id, _ids[other], random.Next(98, 103), random.Next(1, 3));
        }

        _named.Add((account, ++_ids[account]));
        var order = Command.Limit(time, 0, account, _ids[account], (Side)random.Next(2), random.Next(98, 103), random.Next(1, 4));
        return random.Next(100) < 20 ? order with { TimeInForce = TimeInForce.GoodTillDate, Until = time + random.Next(1, 20) } : order;
    }

    private void Open()
    {
        Same(Command.DefineProduct(0, 0, 0));
        Same(Command.DefineInstrument(0, 0, 0, 0, 1, 1, 1_000, 1, 1_000, true));
        for (var account = 0; account < Accounts; account++)
        {
            Same(Command.OpenAccount(0, account, account, 0));
            Same(Command.Deposit(0, account, 100_000_000));
            Same(Command.IssueUnits(0, account, 0, 1_000_000));
        }
    }

    private void Same(in Command command) => Assert.Equal(_naive.Apply(command), _fast.Apply(command));
}
