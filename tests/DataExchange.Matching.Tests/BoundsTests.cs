namespace DataExchange.Matching.Tests;

/// <summary>Bounds that an engine can have, and questions about what is not there.</summary>
public sealed class BoundsTests
{
    private static readonly EngineLimits Least = new() { Orders = 16, Instruments = 1, Products = 1, Accounts = 1, Positions = 16, PriceBlocks = 16 };

    public static TheoryData<EngineLimits> Impossible =>
    [
        Least with { Orders = 15 }, Least with { Orders = (1 << 26) + 1 }, Least with { Instruments = 0 }, Least with { Instruments = (1 << 20) + 1 },
        Least with { Products = 0 }, Least with { Products = (1 << 20) + 1 }, Least with { Accounts = 0 }, Least with { Accounts = (1 << 22) + 1 },
        Least with { Positions = 15 }, Least with { Positions = (1 << 26) + 1 }, Least with { PriceBlocks = 15 }, Least with { PriceBlocks = (1 << 22) + 1 },
    ];

    [Theory, MemberData(nameof(Impossible))]
    public void A_bound_outside_its_range_is_refused(EngineLimits limits) => Assert.Throws<ArgumentOutOfRangeException>(() => new FastEngine(limits));

    [Fact]
    public void An_engine_needs_bounds_and_can_be_as_small_as_they_allow()
    {
        Assert.Throws<ArgumentNullException>(() => new MatchingEngine<Collector>(null!, new Collector()));
        Assert.Equal(Least, new FastEngine(Least).Engine.Limits);
    }

    [Fact]
    public void Bounds_are_those_of_the_documentation_unless_others_are_given() => Assert.Equal(
        new EngineLimits { Orders = 1_048_576, Instruments = 4_096, Products = 4_096, Accounts = 4_096, Positions = 262_144, PriceBlocks = 32_768 }, new EngineLimits());

    [Fact]
    public void What_is_not_there_has_nothing()
    {
        var engine = new FastEngine(Least).Engine;
        foreach (var number in (int[])[-1, 0, 1, int.MaxValue])
        {
            Assert.Equal(default, engine.FundsOf(number));
            Assert.Equal(default, engine.UnitsOf(number, number));
            Assert.Equal(default, engine.RightsOf(number));
            Assert.Equal(Phase.Closed, engine.PhaseOf(number));
            Assert.Equal(0, engine.LastPriceOf(number));
            Assert.False(engine.TryGetTop(number, Side.Buy, out _, out _));
            Assert.Equal(0, engine.Depth(number, Side.Buy, new DepthLevel[1]));
            Assert.Equal(0, engine.Orders(number, Side.Buy, new BookOrder[1]));
        }
    }

    [Fact]
    public void Market_data_is_written_as_far_as_there_is_room()
    {
        var engine = new FastEngine(null);
        foreach (var command in (Command[])
        [
            Command.DefineProduct(0, 0, 0), Command.DefineInstrument(0, 0, 0, 0, 1, 1, 100, 1, 100, true), Command.OpenAccount(0, 0, 0, 0),
            Command.Deposit(0, 0, 10_000), Command.Limit(0, 0, 0, 1, Side.Buy, 9, 1), Command.Limit(0, 0, 0, 2, Side.Buy, 9, 2),
            Command.Limit(0, 0, 0, 3, Side.Buy, 8, 3),
        ])
        {
            engine.Apply(command);
        }

        Assert.False(engine.Engine.TryGetTop(0, Side.Sell, out _, out _));
        Assert.True(engine.Engine.TryGetTop(0, Side.Buy, out var price, out var quantity));
        Assert.Equal((9, 3L), (price, quantity));
        for (var room = 0; room < 4; room++)
        {
            Assert.Equal(Math.Min(room, 2), engine.Engine.Depth(0, Side.Buy, new DepthLevel[room]));
            Assert.Equal(room, engine.Engine.Orders(0, Side.Buy, new BookOrder[room]));
        }

        Assert.Equal([new(9, 3, 2), new(8, 3, 1)], engine.DepthOf(0, Side.Buy));
    }

    [Fact]
    public void Touching_the_memory_changes_nothing()
    {
        var engine = Snapshots.States.Restore(Snapshots.States.Maps[7].With());
        engine.Prefault();
        engine.CheckInvariants();
        Assert.Equal(Snapshots.States.Maps[7].With(), engine.Save());
    }
}
