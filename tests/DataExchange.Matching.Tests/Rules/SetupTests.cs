namespace DataExchange.Matching.Tests.Rules;

/// <summary>The commands that are no orders: each with every reason to refuse it, and the first of two reasons.</summary>
public sealed class SetupTests
{
    private const int Most = 1 << 30;
    private const long MostFen = 1L << 62;
    private static readonly EngineLimits Limits = new() { Orders = 64, Instruments = 4, Products = 4, Accounts = 16, Positions = 64, PriceBlocks = 64 };

    private static readonly (string Gives, Command Command)[] Table =
    [
        ("rejected CapacityReached", Command.DefineProduct(0, 4, 0, -1)),
        ("rejected CapacityReached", Command.DefineProduct(0, -1, 0)),
        ("rejected AlreadyDefined", Command.DefineProduct(0, 0, 0, -1)),
        ("rejected InvalidAmount", Command.DefineProduct(0, 3, 0, -1)),
        ("done", Command.DefineProduct(0, 3, 0)),
        ("done", Command.DefineProduct(0, 3, 0, 1)),
        ("rejected CapacityReached", Command.DefineInstrument(0, 4, 9, 0, 1, 1, 10, 1, 10, true)),
        ("rejected CapacityReached", Command.DefineInstrument(0, -1, 0, 0, 1, 1, 10, 1, 10, true)),
        ("rejected UnknownProduct", Command.DefineInstrument(0, 0, 3, 0, 1, 1, 10, 1, 10, true)),
        ("rejected UnknownProduct", Command.DefineInstrument(0, 0, 4, 0, 1, 1, 10, 1, 10, true)),
        ("rejected AlreadyDefined", Command.DefineInstrument(0, 0, 0, 0, 1, 0, 10, 1, 10, true)),
        ("rejected InvalidPrice", Command.DefineInstrument(0, 3, 0, 0, 1, 0, 10, 0, 10, true)),
        ("rejected InvalidPrice", Command.DefineInstrument(0, 3, 0, 0, 1, 11, 10, 1, 10, true)),
        ("rejected InvalidPrice", Command.DefineInstrument(0, 3, 0, 0, 1, 1, Most + 1, 1, 10, true)),
        ("rejected InvalidQuantity", Command.DefineInstrument(0, 3, 0, 0, 0, 1, 10, 0, 10, true)),
        ("rejected InvalidQuantity", Command.DefineInstrument(0, 3, 0, 0, 1, 1, 10, 11, 10, true)),
        ("rejected InvalidQuantity", Command.DefineInstrument(0, 3, 0, 0, 1, 1, 10, 1, Most + 1, true)),
        ("rejected InvalidAmount", Command.DefineInstrument(0, 3, 0, 0, 0, 1, 10, 1, 10, true)),
        ("rejected InvalidAmount", Command.DefineInstrument(0, 3, 0, -1, 1, 1, 10, 1, 10, true)),
        ("rejected InvalidAmount", Command.DefineInstrument(0, 3, 0, 0, 1, 1, 2, 1, 2, true) with { Amount = (MostFen / 4) + 1 }),
        ("done", Command.DefineInstrument(0, 3, 0, 0, 1, 1, 2, 1, 2, true) with { Amount = MostFen / 4 }),
        ("done", Command.DefineInstrument(0, 3, 0, 0, 4, 1, Most, 1, Most, true)),
        ("done", Command.DefineInstrument(0, 3, 0, 0, 1, 7, 7, 7, 7, true)),
        ("rejected UnknownInstrument", Command.SetTickBand(0, 3, 0, 0)),
        ("rejected UnknownInstrument", Command.SetTickBand(0, 4, 1, 1)),
        ("rejected UnknownInstrument", Command.SetTickBand(0, -1, 1, 1)),
        ("rejected InvalidPrice", Command.SetTickBand(0, 0, 5, 0)),
        ("rejected InvalidPrice", Command.SetTickBand(0, 0, 0, 5)),
        ("rejected InvalidPrice", Command.SetTickBand(0, 0, 7, 5)),
        ("done", Command.SetTickBand(0, 0, 1, 1)),
        ("rejected UnknownInstrument", Command.SetPriceBand(0, 3, 0, -1, 0)),
        ("rejected InvalidAmount", Command.SetPriceBand(0, 0, 10, -1, 10)),
        ("rejected InvalidAmount", Command.SetPriceBand(0, 0, 10, 10_000, 10)),
        ("rejected InvalidAmount", Command.SetPriceBand(0, 0, 0, 1, 10)),
        ("rejected InvalidAmount", Command.SetPriceBand(0, 0, 10, 1, 0)),
        ("done", Command.SetPriceBand(0, 0, 0, 0, 0)),
        ("done", Command.SetPriceBand(0, 0, 1, 9_999, 1)),
        ("rejected UnknownInstrument", Command.SetBatchInterval(0, 3, -1)),
        ("rejected InvalidAmount", Command.SetBatchInterval(0, 0, -1)),
        ("done", Command.SetBatchInterval(0, 0, 0)),
        ("rejected CapacityReached", Command.OpenAccount(0, 16, -1, 0)),
        ("rejected CapacityReached", Command.OpenAccount(0, -1, 0, 0)),
        ("rejected AlreadyDefined", Command.OpenAccount(0, 0, -1, 0)),
        ("rejected InvalidAmount", Command.OpenAccount(0, 15, -1, 0)),
        ("rejected InvalidAmount", Command.OpenAccount(0, 15, 0, -1)),
        ("done", Command.OpenAccount(0, 15, 0, 0)),
        ("rejected UnknownAccount", Command.Deposit(0, 15, 0)),
        ("rejected UnknownAccount", Command.Deposit(0, 16, 1)),
        ("rejected UnknownAccount", Command.Deposit(0, -1, 1)),
        ("rejected InvalidAmount", Command.Deposit(0, 0, 0)),
        ("rejected InvalidAmount", Command.Deposit(0, 0, MostFen - Market.Money + 1)),
        ("rejected InvalidAmount", Command.Deposit(0, 2, MostFen - Market.Money + 1)),
        ("done", Command.Deposit(0, 2, MostFen - Market.Money)),
        ("done", Command.Deposit(0, 0, 1)),
        ("rejected UnknownAccount", Command.Withdraw(0, 15, 0)),
        ("rejected InvalidAmount", Command.Withdraw(0, 0, 0)),
        ("rejected InsufficientFunds", Command.Withdraw(0, 0, Market.Money + 1)),
        ("done", Command.Withdraw(0, 0, Market.Money)),
        ("done", Command.Withdraw(0, 0, 1)),
        ("rejected UnknownInstrument", Command.IssueUnits(0, 15, 3, 0)),
        ("rejected UnknownAccount", Command.IssueUnits(0, 15, 0, 0)),
        ("rejected WrongPool", Command.IssueUnits(0, 0, 2, 0)),
        ("rejected InvalidQuantity", Command.IssueUnits(0, 0, 1, 0)),
        ("rejected InvalidQuantity", Command.IssueUnits(0, 0, 1, 3)),
        ("rejected InvalidQuantity", Command.IssueUnits(0, 0, 0, Most - Market.UnitsEach + 1)),
        ("rejected CapReached", Command.IssueUnits(0, 0, 1, 22)),
        ("done", Command.IssueUnits(0, 0, 1, 20)),
        ("done", Command.IssueUnits(0, 0, 0, Most - Market.UnitsEach)),
        ("rejected UnknownInstrument", Command.RevokeUnits(0, 15, 3, 0)),
        ("rejected UnknownAccount", Command.RevokeUnits(0, 15, 0, 0)),
        ("rejected UnknownAccount", Command.RevokeUnits(0, 15, 0, 1)),
        ("rejected InvalidQuantity", Command.RevokeUnits(0, 0, 1, 0)),
        ("rejected InsufficientUnits", Command.RevokeUnits(0, 0, 1, 1)),
        ("rejected InsufficientUnits", Command.RevokeUnits(0, 0, 0, Market.UnitsEach + 1)),
        ("done", Command.RevokeUnits(0, 0, 0, Market.UnitsEach)),
        ("rejected UnknownInstrument", Command.SetPhase(0, 3, Phase.Closed)),
        ("rejected InvalidCommand", Command.SetPhase(0, 3, (Phase)5)),
        ("rejected UnknownAccount", Command.CancelAll(0, 15, 3)),
        ("rejected UnknownInstrument", Command.CancelAll(0, 0, 3)),
        ("rejected UnknownInstrument", Command.CancelAll(0, 0, 4)),
        ("done", Command.CancelAll(0, 0, 0)),
        ("rejected UnknownInstrument", Command.Cancel(0, 3, 15, 1)),
        ("rejected UnknownAccount", Command.Cancel(0, 0, 15, 1)),
        ("rejected UnknownOrder", Command.Cancel(0, 0, 0, 1)),
        ("rejected UnknownOrder", Command.Cancel(0, 1, 2, 1)),
        ("rejected UnknownInstrument", Command.Reduce(0, 3, 15, 1, 1)),
        ("rejected UnknownAccount", Command.Reduce(0, 0, 15, 1, 1)),
        ("rejected UnknownOrder", Command.Reduce(0, 1, 2, 1, 1)),
        ("rejected UnknownInstrument", Command.Replace(0, 3, 15, 1, 1, 1, 1)),
        ("rejected UnknownAccount", Command.Replace(0, 0, 15, 1, 1, 1, 1)),
        ("rejected DuplicateOrder", Command.Replace(0, 0, 2, 9, 1, 1, 1)),
        ("rejected UnknownOrder", Command.Replace(0, 1, 2, 1, 2, 1, 1)),
        ("rejected InvalidQuantity", Command.Replace(0, 0, 2, 1, 2, 0, 0)),
        ("rejected InvalidQuantity", Command.Replace(0, 0, 2, 1, 2, 0, 1_001)),
        ("rejected InvalidPrice", Command.Replace(0, 0, 2, 1, 2, 0, 1)),
        ("rejected InvalidPrice", Command.Replace(0, 0, 2, 1, 2, 1_001, 1)),
        ("rejected InvalidCommand", new() { Kind = 0 }),
        ("rejected InvalidCommand", new() { Kind = CommandKind.AdvanceTime, Flag = 2 }),
        ("rejected InvalidCommand", new() { Kind = CommandKind.AdvanceTime, Side = (Side)2 }),
        ("rejected InvalidCommand", new() { Kind = CommandKind.AdvanceTime, Supply = (Supply)2 }),
        ("rejected InvalidCommand", new() { Kind = CommandKind.AdvanceTime, Order = OrderKind.Exclusive + 1 }),
        ("rejected InvalidCommand", new() { Kind = CommandKind.AdvanceTime, TimeInForce = TimeInForce.FillOrKill + 1 }),
        ("rejected InvalidCommand", new() { Kind = CommandKind.AdvanceTime, SelfTrade = SelfTradePrevention.DecrementAndCancel + 1 }),
        ("rejected InvalidCommand", new() { Kind = CommandKind.CancelAll + 1 }),
    ];

    public static TheoryData<string, int> Rows => [.. from engine in (string[])["naive", "fast"] from row in Enumerable.Range(0, Table.Length) select (engine, row)];

    /// <summary>Account 2 has bid for 5 at 100. Instrument 1 has lots of two and product 1, of which 21 may be issued; instrument 2 is of another pool.</summary>
    [Theory, MemberData(nameof(Rows))]
    public void The_first_check_that_fails_is_the_reason(string engine, int row)
    {
        var m = new Market(engine, Limits);
        m.Given(
            Command.DefineProduct(0, 1, 0, 21), Command.DefineInstrument(0, 1, 1, 0, 1, 1, 1_000, 2, 1_000, true), Command.DefineInstrument(0, 2, 0, 1, 1, 1, 1_000, 1, 1_000, true),
            m.Buy(2, 5, 100));
        var before = (m.Funds(0), m.Funds(2), m.Units(0), m.Units(0, 1), m.Rights(0), m.Rights(1));
        var (gives, command) = Table[row];
        m.Gives(command, gives);
        if (gives != "done")
        {
            Assert.Equal(before, (m.Funds(0), m.Funds(2), m.Units(0), m.Units(0, 1), m.Rights(0), m.Rights(1)));
            m.Shows(Side.Buy, "2#1 5 @ 100");
        }
    }
}
