namespace DataExchange.Matching.Tests.Snapshots;

/// <summary>Snapshots whose numbers are each in range but that no engine can have written.</summary>
public sealed class SnapshotStateTests
{
    /// <summary>Each an order in a state, and what of it is changed; the orders that it can be done with must be refused.</summary>
    public static TheoryData<string> WrongOrders =>
    [
        "a market order rests", "a budget rests", "an offer transfers", "a buy issues", "a stop issues", "a limit is unlimited", "an unlimited offer has copies",
        "an exclusive offer has two lots", "an offer is post-only", "a price below the lowest", "a price above the highest", "a stop has a price",
        "a stop price below the lowest", "a stop price above the highest", "an offer has a stop price", "more than the largest quantity", "no multiple of the lot",
        "part of a lot shown", "a slice of no whole lots", "less shown without a slice", "more shown than a slice", "an offer with slices", "an expiry that is past",
        "an expiry without a date", "a date without an expiry", "a stop in the book", "a limit among the stops", "an account that is not open", "the number of another order",
        "a number that was not used yet",
    ];

    [Theory, MemberData(nameof(WrongOrders))]
    public void An_order_that_cannot_be_is_refused(string wrong)
    {
        var tried = 0;
        foreach (var map in States.Maps)
        {
            foreach (var (instrument, side, at) in map.Orders)
            {
                if (new OrderFields(map, instrument, side, at).Change(wrong) is { } changes)
                {
                    tried++;
                    Assert.Matches("^The snapshot has an order -?[0-9]+ of account [0-9]+ that cannot be[.]$", States.Refusal(map.With(changes)));
                }
            }
        }

        Assert.True(tried > 0);
    }

    [Fact]
    public void An_order_is_of_the_pool_of_its_instrument() => EachIsRefused(
        "that cannot be",
        from map in States.Maps
        from order in map.Orders.Take(1)
        let pool = order.Instrument + SnapshotMap.OfInstrument("an instrument's pool")
        select map.With((pool, map.Numbers[pool] + 5)));

    [Theory]
    [InlineData("the lowest price", "the highest price", 1)]
    [InlineData("a lot", "the largest quantity", 1)]
    public void An_instrument_with_limits_the_wrong_way_round_is_refused(string low, string high, int more) => EachIsRefused(
        "'s instrument",
        from map in States.Maps
        from at in Enumerable.Range(0, map.Names.Count)
        where map.Names[at] == "an instrument's number"
        select map.With((at + SnapshotMap.OfInstrument(low), map.Numbers[at + SnapshotMap.OfInstrument(high)] + more)));

    [Theory]
    [InlineData("the value of a tick", 1L << 62)]
    [InlineData("a halt's length", 0)]
    [InlineData("a halt's length", -1)]
    [InlineData("a reference price", 0)]
    [InlineData("a price band", 0)]
    public void An_instrument_that_cannot_be_is_refused(string name, long number) => EachIsRefused(
        "'s instrument",
        from band in At("a price band")
        where band.Map.Numbers[band.At] > 0
        select band.Map.With((band.At - SnapshotMap.OfInstrument("a price band") + SnapshotMap.OfInstrument(name), number)));

    [Fact]
    public void An_instrument_is_of_a_product_that_is_there() => EachIsRefused(
        "'s instrument",
        from product in At("an instrument's product")
        from number in Enumerable.Range(0, States.Small.Products)
        where At("a product's number").Where(place => place.Map == product.Map).All(place => place.Map.Numbers[place.At] != number)
        select product.Map.With((product.At, number)));

    [Theory]
    [InlineData("the end of a halt")]
    [InlineData("the next batch")]
    public void What_was_due_before_is_refused(string name)
    {
        const int time = 6;
        var places = At(name).Where(place => name == "the next batch" || IsHalted(place)).ToList();
        EachIsRefused($"for {name}, which is past", from place in places where place.Map.Numbers[time] > 0 select place.Map.With((place.At, place.Map.Numbers[time])));
        Assert.All(places, place => Assert.Null(States.Refusal(place.Map.With((place.At, place.Map.Numbers[time] + 1)))));
    }

    /// <summary>The end of a halt of an instrument that trades never came to an end itself: time stood still there.</summary>
    [Fact]
    public void Only_a_halt_has_an_end()
    {
        EachIsRefused(
            "for the end of a halt; allowed is 0 to 0",
            from place in At("the end of a halt")
            where !IsHalted(place)
            select place.Map.With((place.At, long.MaxValue)));
        var engine = new MatchingEngine<Collector>(States.Small, new Collector());
        foreach (var command in (Command[])
        [
            Command.DefineProduct(0, 0, 0), Command.DefineInstrument(0, 0, 0, 0, 1, 1, 100, 1, 100, true), Command.SetPriceBand(0, 0, 10, 100, 50),
            Command.OpenAccount(0, 1, 1, 0), Command.OpenAccount(0, 2, 2, 0), Command.Deposit(0, 1, 100), Command.IssueUnits(0, 2, 0, 5),
            Command.Limit(0, 0, 2, 1, Side.Sell, 20, 1), Command.Limit(0, 0, 1, 1, Side.Buy, 20, 1, TimeInForce.ImmediateOrCancel),
        ])
        {
            engine.Apply(command);
        }

        var map = new SnapshotMap(engine.Save());
        var end = map.Names.ToList().IndexOf("the end of a halt");
        Assert.Equal((50, Phase.Halted), (map.Numbers[end], engine.PhaseOf(0)));
        EachIsRefused(
            "for the end of a halt; allowed is 0 to 0",
            from phase in (Phase[])[Phase.Closed, Phase.PreOpen, Phase.Auction, Phase.Continuous] select map.With((PhaseOf(end), (long)phase)));
        Assert.Null(States.Refusal(map.With()));
    }

    private static int PhaseOf(int endOfHalt) => endOfHalt - SnapshotMap.OfInstrument("the end of a halt") + SnapshotMap.OfInstrument("a phase");

    private static bool IsHalted((SnapshotMap Map, int At) place) => place.Map.Numbers[PhaseOf(place.At)] == (long)Phase.Halted;

    [Fact]
    public void A_tick_band_begins_above_the_one_before() => EachIsRefused(
        "for where a tick band begins",
        from map in States.Maps
        from at in Enumerable.Range(0, map.Names.Count - 2)
        where map.Names[at] == "where a tick band begins" && map.Names[at + 2] == "where a tick band begins"
        select map.With((at + 2, map.Numbers[at])));

    [Fact]
    public void Units_are_those_of_an_account_in_an_instrument_that_are_there() => EachIsRefused(
        "which cannot be",
        from place in At("a position")
        where place.Map.Names[place.At - 1] == "the number of positions"
        from key in (long[])[((long)States.Small.Accounts << 32) + 1, States.Small.Instruments + 1]
        select place.Map.With((place.At, key)));

    [Fact]
    public void Positions_stand_in_order_each_once_and_have_units()
    {
        EachIsRefused("for a position", At("a position").Where(place => place.Map.Names[place.At - 3] == "a position")
            .Select(place => place.Map.With((place.At, place.Map.Numbers[place.At - 3]))));
        EachIsRefused("has no units", At("a position").Where(place => place.Map.Numbers[place.At + 2] == 0)
            .Select(place => place.Map.With((place.At + 1, 0))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Orders_stand_in_the_order_of_their_prices(int side) => EachIsRefused(
        "not in the order of their prices",
        from map in States.Many.Select(snapshot => new SnapshotMap(snapshot))
        from order in map.Orders.Zip(map.Orders.Skip(1))
        let price = SnapshotMap.OfOrder(side < 2 ? "a price" : "a stop price")
        where order.First.Side == side && order.Second.Side == side && order.First.Instrument == order.Second.Instrument
            && map.Numbers[order.First.At + price] != map.Numbers[order.Second.At + price]
        select SnapshotImage.Of(
        [
            .. map.Numbers.AsSpan(0, order.First.At), .. map.Numbers.AsSpan(order.Second.At, SnapshotMap.NumbersOfAnOrder),
            .. map.Numbers.AsSpan(order.First.At, SnapshotMap.NumbersOfAnOrder), .. map.Numbers.AsSpan(order.Second.At + SnapshotMap.NumbersOfAnOrder),
        ]));

    /// <summary>An engine without room for any more once wrote snapshots that were refused: making the book again asked for room to spare.</summary>
    [Fact]
    public void Whatever_an_engine_saves_is_restored_however_full_it_is() =>
        Assert.All(States.Many, snapshot => Assert.Equal(snapshot, States.Restore(snapshot).Save()));

    /// <summary>What else must be so is told by the invariant that does not hold.</summary>
    [Theory]
    [InlineData("held funds", "held funds", 1)]
    [InlineData("held units", "held units", 1)]
    [InlineData("reserved issuance right", "what is reserved", 1)]
    [InlineData("entitlements = issued - revoked", "what is revoked", 1)]
    [InlineData("an exclusive licence is active", "an exclusive licence", 1)]
    [InlineData("uncrossed in continuous trading", "a phase", 1)]
    [InlineData("something is left", "an unlimited offer", -1)]
    public void A_state_that_breaks_an_invariant_is_refused_by_its_name(string told, string name, int by) =>
        IsTold(told, At(name).Select(place => place.Map.With((place.At, place.Map.Numbers[place.At] + by))));

    [Fact]
    public void What_is_issued_and_reserved_is_within_the_cap() => IsTold(
        "issued within the cap",
        from cap in At("a cap")
        let issued = cap.Map.Numbers[cap.At + 1]
        let reserved = cap.Map.Numbers[cap.At + 3]
        where reserved > 0 && issued > 0
        select cap.Map.With((cap.At, issued + reserved - 1)));

    [Fact]
    public void An_order_shows_something_and_no_more_than_is_left()
    {
        var slices = At("a slice").Where(place => place.Map.Numbers[place.At] > 0).ToList();
        IsTold("something is left", slices.Select(place => place.Map.With((place.At - 1, 0))));
        IsTold("something is left", from place in slices
            let slice = place.Map.Numbers[place.At]
            where slice > place.Map.Numbers[place.At - 2]
            select place.Map.With((place.At - 1, slice)));
    }

    private static void IsTold(string told, IEnumerable<byte[]> snapshots) => Assert.Contains(
        snapshots.Select(States.Refusal),
        refusal => refusal?.StartsWith($"The snapshot is not a state of the engine. Not so: {told} (at ", StringComparison.Ordinal) == true);

    private static IEnumerable<(SnapshotMap Map, int At)> At(string name) =>
        from map in States.Maps from at in Enumerable.Range(0, map.Names.Count) where map.Names[at] == name select (map, at);

    private static void EachIsRefused(string told, IEnumerable<byte[]> snapshots)
    {
        var tried = 0;
        foreach (var snapshot in snapshots)
        {
            Assert.Contains(told, States.Refusal(snapshot), StringComparison.Ordinal);
            tried++;
        }

        Assert.True(tried > 0);
    }
}
