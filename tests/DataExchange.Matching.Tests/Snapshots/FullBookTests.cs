namespace DataExchange.Matching.Tests.Snapshots;

/// <summary>Books of far prices in an engine with the fewest price blocks: whether a saved price finds room again is asked at every depth.</summary>
public sealed class FullBookTests
{
    private const int Most = 1 << 30;
    private const int Books = 4;
    private const int PriceBlocksAt = 5;

    private static readonly EngineLimits Narrow = new() { Orders = 64, Instruments = Books, Products = 1, Accounts = 2, Positions = 16, PriceBlocks = 16 };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 24)];

    [Theory, MemberData(nameof(Seeds))]
    public void A_full_book_is_saved_and_restored_and_refuses_what_it_would_refuse(int seed)
    {
        var random = new Random(seed);
        var engine = Opened();
        for (var id = 1; id < 300; id++)
        {
            engine.Apply(random.Next(4) == 0 ? Command.Cancel(0, random.Next(Books), 1, random.Next(1, id)) : Order(id, Price(random, seed), random));
            if (id % 3 != 0)
            {
                continue;
            }

            var restored = States.Restore(engine.Engine.Save());
            Assert.Equal(engine.Engine.Save(), restored.Save());

            // A restored book has the same room: the next far price is taken by both or by none.
            var next = Command.Limit(0, id % Books, 1, id + 1_000, Side.Sell, Price(random, seed), 1);
            restored.Apply(next);
            var asked = States.Restore(engine.Engine.Save());
            asked.Apply(next);
            Assert.Equal(restored.Handler.Reports, asked.Handler.Reports);
        }

        engine.Engine.CheckInvariants();
    }

    /// <summary>In an engine with fewer blocks than it was saved with, a book fits or is refused in words.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void A_book_that_does_not_fit_the_bounds_is_refused(int seed)
    {
        var random = new Random(seed);
        var engine = Opened(Narrow with { PriceBlocks = 64 });
        for (var id = 1; id < 60; id++)
        {
            engine.Apply(Order(id, Price(random, seed), random));
            var map = new SnapshotMap(engine.Engine.Save());
            var forged = map.With((PriceBlocksAt, 16));
            var blocks = map.Orders.Select(order =>
                (order.Instrument, order.Side, map.Numbers[order.At + SnapshotMap.OfOrder(order.Side < 2 ? "a price" : "a stop price")] >> 6)).Distinct().Count();
            if (States.Refusal(forged) is { } refusal)
            {
                Assert.Matches("^The snapshot has an order [0-9]+ of account [01] that cannot be\\.$", refusal);
            }
            else
            {
                Assert.True(blocks <= 16, $"{blocks} blocks in 16");
                Assert.Equal(forged, States.Restore(forged).Save());
            }
        }
    }

    /// <summary>By hand: 16 blocks side by side are room for all their prices, in whatever order they stand, and for none beside them.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(15, true)]
    [InlineData(16, false)]
    [InlineData(17, false)]
    [InlineData(64, false)]
    [InlineData(1 << 20, false)]
    public void Sixteen_blocks_hold_the_prices_of_sixteen_blocks(int block, bool fits)
    {
        var engine = Opened(Narrow with { PriceBlocks = 64 });
        for (var other = 0; other < 16; other++)
        {
            engine.Apply(Command.Limit(0, 0, 1, other + 1, Side.Sell, (other * 64) + 1, 1));
        }

        engine.Apply(Command.Limit(0, 0, 1, 17, Side.Sell, (block * 64) + 63, 1));
        var forged = new SnapshotMap(engine.Engine.Save()).With((PriceBlocksAt, 16));
        Assert.Equal(fits, States.Refusal(forged) is null);
    }

    /// <summary>
    /// By hand: 16 blocks come with 20 nodes above them. Prices 1 and 2³⁰ in one book take nine of them, 1 and 2²⁹ seven, 1 and 65 one, 1 and
    /// 4,097 three, and one more price as many as there are heights at which it goes its own way.
    /// </summary>
    [Theory]
    [InlineData(true, new[] { 65, 65, 1 << 30 })]
    [InlineData(false, new[] { 65, 4_097, 1 << 30 })]
    [InlineData(true, new[] { 65, 1, 1 << 30, 65 })]
    [InlineData(true, new[] { 65, 1, 1 << 30, 4_097 })]
    [InlineData(false, new[] { 65, 65, 1 << 30, 4_097 })]
    [InlineData(false, new[] { 65, 1, 1 << 30, 1 << 18 })]
    [InlineData(true, new[] { 65, 4_097, 1 << 29, (1 << 29) + 64 })]
    [InlineData(false, new[] { 65, 4_097, 1 << 29, (1 << 29) + 4_096 })]
    public void Nodes_above_the_blocks_hold_just_as_many_prices(bool fits, int[] prices)
    {
        var engine = Opened(Narrow with { PriceBlocks = 64 });
        var id = 0;
        foreach (var (book, price) in ((int, int)[])[(0, prices[0]), (1, prices[1]), (2, 1 << 30), .. from price in prices[2..] select (3, price)])
        {
            engine.Apply(Command.Limit(0, book, 1, ++id, Side.Sell, 1, 1));
            engine.Apply(Command.Limit(0, book, 1, ++id, Side.Sell, price, 1));
        }

        var forged = new SnapshotMap(engine.Engine.Save()).With((PriceBlocksAt, 16));
        Assert.Equal(fits, States.Refusal(forged) is null);
    }

    /// <summary>A price far from the others needs nodes above its block and above theirs; they are free again without it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(Most)]
    public void A_book_gives_back_what_a_far_price_took(int cancelled)
    {
        var engine = Opened();
        for (var id = 1; id <= 4 * Books; id += 2)
        {
            foreach (var (number, price) in ((int, int)[])[(id, cancelled), (id + 1, Most + 1 - cancelled)])
            {
                Assert.Equal(ReportKind.Accepted, engine.Apply(Command.Limit(0, id / 2 % Books, 1, number, Side.Sell, price, 1))[0].Kind);
            }

            engine.Apply(Command.Cancel(0, id / 2 % Books, 1, id));
        }

        engine.Engine.CheckInvariants();
    }

    /// <summary>A new price is taken while the nodes are free that the farthest one could need: ten of the 20.</summary>
    [Fact]
    public void A_new_price_is_taken_while_ten_nodes_are_free()
    {
        var engine = Opened();
        var id = 0;
        foreach (var (book, price) in ((int, int)[])[(0, 1), (0, Most), (1, 1), (1, 65), (2, 1), (2, Most)])
        {
            Assert.Equal(ReportKind.Accepted, engine.Apply(Command.Limit(0, book, 1, ++id, Side.Sell, price, 1))[0].Kind);
        }

        Assert.Equal(Reason.CapacityReached, engine.Apply(Command.Limit(0, 3, 1, ++id, Side.Sell, 1, 1))[0].Reason);
    }

    /// <summary>The fewest places for orders too.</summary>
    [Fact]
    public void More_orders_than_there_may_be_are_refused()
    {
        var engine = Opened();
        for (var id = 1; id <= 20; id++)
        {
            engine.Apply(Command.Limit(0, 0, 1, id, Side.Sell, 5, 1));
        }

        var map = new SnapshotMap(engine.Engine.Save());
        Assert.All(Enumerable.Range(16, 10), orders => Assert.Equal(orders >= 20, States.Refusal(map.With((0, orders))) is null));
    }

    /// <summary>Of all orders that were accepted, by either way through the engine, whether they rest or not.</summary>
    [Fact]
    public void Orders_are_counted_as_they_are_accepted()
    {
        var engine = Opened();
        foreach (var (id, order) in ((int, Command)[])
        [
            (1, Command.Limit(0, 0, 1, 1, Side.Sell, 5, 1)), (2, Command.Limit(0, 0, 1, 2, Side.Sell, 6, 1)),
            (2, Command.Limit(0, 0, 1, 3, Side.Sell, 0, 1)), (3, Command.Limit(0, 0, 1, 4, Side.Sell, 5, 1) with { Flag = 1 }),
            (4, Command.Limit(0, 0, 1, 5, Side.Buy, 1, 1, TimeInForce.ImmediateOrCancel)), (5, Command.Replace(0, 0, 1, 1, 6, 7, 1)),
            (5, Command.Cancel(0, 0, 1, 2)), (6, Command.Limit(0, 0, 1, 7, Side.Sell, 5, 1)),
        ])
        {
            engine.Apply(order);
            var map = new SnapshotMap(engine.Engine.Save());
            Assert.Equal(id, map.Numbers[7]);
            Assert.Equal(map.With(), States.Restore(map.With()).Save());
        }

        var last = new SnapshotMap(engine.Engine.Save());
        Assert.Equal([3, 6, 5], last.Orders.Select(order => last.Numbers[order.At + SnapshotMap.OfOrder("an order's place")]));
    }

    // Asks, and stops of both sides, which nothing triggers.
    private static Command Order(int id, int price, Random random)
    {
        var book = random.Next(Books);
        return random.Next(6) switch
        {
            0 => Command.Limit(0, book, 1, id, Side.Sell, price, 1) with { Order = OrderKind.StopLimit, StopPrice = price },
            1 => Command.Limit(0, book, 1, id, Side.Buy, 1, 1) with { Order = OrderKind.StopLimit, StopPrice = price },
            2 => Command.Limit(0, book, 1, id, Side.Sell, 0, 1) with { Order = OrderKind.Stop, StopPrice = price },
            _ => Command.Limit(0, book, 1, id, Side.Sell, price, 1),
        };
    }

    // Near, of one block, of all heights: by seed.
    private static int Price(Random random, int seed) => (seed % 4) switch
    {
        0 => random.Next(1, Most + 1),
        1 => 1 + (random.Next(1, 64) << random.Next(0, 24)),
        2 => Math.Min(Most, (1 << random.Next(0, 31)) + random.Next(0, 2)),
        _ => Most - (random.Next(0, 64) << random.Next(0, 24)),
    };

    private static FastEngine Opened(EngineLimits? limits = null)
    {
        var engine = new FastEngine(limits ?? Narrow);
        engine.Apply(Command.DefineProduct(0, 0, 0));
        engine.Apply(Command.OpenAccount(0, 1, 1, 0));
        engine.Apply(Command.Deposit(0, 1, 1_000_000));
        for (var book = 0; book < Books; book++)
        {
            engine.Apply(Command.DefineInstrument(0, book, 0, 0, 1, 1, Most, 1, 1, true));
            engine.Apply(Command.IssueUnits(0, 1, book, 1_000));
        }

        return engine;
    }
}
