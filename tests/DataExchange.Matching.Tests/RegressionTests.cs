using DataExchange.Matching.Tests.Model;

namespace DataExchange.Matching.Tests;

/// <summary>Sequences that once told the engine and the naive engine apart, as short as they could be made.</summary>
public sealed class RegressionTests
{
    /// <summary>An auction does not look at a position's bound; the next purchase then had a negative quantity.</summary>
    [Fact]
    public void An_account_beyond_its_bound_after_an_auction_buys_nothing_more() => IsSame(
    [
        new() { Kind = CommandKind.DefineProduct },
        new() { Kind = CommandKind.DefineInstrument, Flag = 1, Amount = 2, Price = 2, StopPrice = 26, Quantity = 12, Display = 1 },
        new() { Kind = CommandKind.OpenAccount, Level = 2, Account = 1 },
        new() { Kind = CommandKind.OpenAccount, Level = 2, Instrument = 1, Account = 2 },
        new() { Kind = CommandKind.Deposit, Account = 2, Amount = 982 },
        new() { Kind = CommandKind.NewOrder, Side = Side.Sell, Supply = Supply.Issue, Account = 1, ClientOrderId = 2, Time = 51,
            Price = 9, Quantity = 7 },
        new() { Kind = CommandKind.IssueUnits, Account = 2, Time = 1266, Quantity = 1 << 30 },
        new() { Kind = CommandKind.SetPhase, Level = 4, Time = 2284 },
        new() { Kind = CommandKind.NewOrder, Account = 2, ClientOrderId = 35, Time = 3185, Price = 11, Quantity = 4, Display = 2 },
        new() { Kind = CommandKind.SetPhase, Level = 3, Time = 3285 },
        new() { Kind = CommandKind.NewOrder, Account = 2, ClientOrderId = 46, Time = 4751, Price = 12, Quantity = 1 },
    ]);

    /// <summary>Units were once kept in 32 bits, which auctions could pass.</summary>
    [Fact]
    public void Auctions_can_take_an_account_past_what_32_bits_hold()
    {
        const int Most = 1 << 30;
        Command[] commands =
        [
            new() { Kind = CommandKind.DefineProduct },
            Command.DefineInstrument(0, 0, 0, 0, 1, 1, 2, 1, Most, resale: true),
            Command.OpenAccount(0, 1, 0, 0),
            Command.OpenAccount(0, 2, 1, 0),
            Command.Deposit(0, 2, 1L << 40),
            Command.IssueUnits(0, 2, 0, Most),
            Command.SetPhase(1, 0, Phase.Auction),
            new() { Kind = CommandKind.NewOrder, Side = Side.Sell, Order = OrderKind.Posted, Supply = Supply.Issue, Account = 1, ClientOrderId = 1, Time = 1, Price = 1 },
            Command.Limit(1, 0, 2, 1, Side.Buy, 2, Most),
            Command.Limit(1, 0, 2, 2, Side.Buy, 2, Most),
            Command.SetPhase(2, 0, Phase.Closed),
        ];
        IsSame(commands);
        var engine = new FastEngine(World.Limits);
        commands.ToList().ForEach(command => engine.Apply(command));
        Assert.Equal(new AccountUnits(3L * Most, 0), engine.UnitsOf(2, 0));
    }

    /// <summary>Above a price of 31 bits the tree of prices once had no end: the engine failed in the middle of an order.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(1_000)]
    [InlineData((1 << 30) - 1)]
    public void The_highest_price_of_all_stands_in_a_book_with_any_other(int other)
    {
        const int Most = 1 << 30;
        foreach (var (first, second) in ((int, int)[])[(Most, other), (other, Most)])
        {
            IsSame(
            [
                new() { Kind = CommandKind.DefineProduct },
                Command.DefineInstrument(0, 0, 0, 0, 1, 1, Most, 1, 5, resale: true),
                Command.OpenAccount(0, 1, 0, 0),
                Command.OpenAccount(0, 2, 1, 0),
                Command.Deposit(0, 1, 1L << 40),
                Command.IssueUnits(0, 2, 0, 10),
                Command.Limit(1, 0, 1, 1, Side.Buy, first, 1),
                Command.Limit(1, 0, 1, 2, Side.Buy, second, 1),
                Command.Limit(1, 0, 1, 3, Side.Buy, other, 1),
                Command.Limit(1, 0, 2, 1, Side.Sell, other, 2, TimeInForce.ImmediateOrCancel),
                Command.Limit(1, 0, 1, 4, Side.Buy, first, 1),
                Command.CancelAll(2, 1, 0),
            ]);
        }
    }

    private static void IsSame(Command[] commands)
    {
        var difference = Sequence.Difference(commands, () => new FastEngine(World.Limits));
        Assert.True(difference is null, difference);
    }
}
