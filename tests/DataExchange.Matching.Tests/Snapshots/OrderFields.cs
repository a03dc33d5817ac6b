namespace DataExchange.Matching.Tests.Snapshots;

/// <summary>An order in a snapshot: knows which of its numbers to change so that it cannot be.</summary>
internal readonly record struct OrderFields(SnapshotMap Map, int InstrumentAt, int BookSide, int At)
{
    private const int Asks = 1;
    private const int SellStops = 3;

    private bool Waits => BookSide > Asks;

    private bool Sells => BookSide is Asks or SellStops;

    private bool Issues => Of("an order's supply") == 1;

    private OrderKind Kind => (OrderKind)Of("an order's kind");

    private TimeInForce Life => (TimeInForce)Of("an order's life");

    private long Leaves => Of("the units left");

    private long Lot => OfInstrument("a lot");

    private long Time => Map.Numbers[6];

    /// <summary>What to change; null when this order cannot be made wrong that way.</summary>
    public (int At, long Number)[]? Change(string wrong) => wrong switch
    {
        "a market order rests" => To("an order's kind", (long)OrderKind.Market),
        "a budget rests" => To("an order's kind", (long)OrderKind.Budget),
        "an offer transfers" => When(Kind >= OrderKind.Posted, "an order's supply", 0),
        "a buy issues" => When(!Sells, "an order's supply", 1),
        "a stop issues" => When(Waits && Sells, "an order's supply", 1),
        "a limit is unlimited" => When(Kind == OrderKind.Limit, "an unlimited offer", 1),
        "an unlimited offer has copies" => When(Kind == OrderKind.Posted && Leaves > 0, "an unlimited offer", 1),
        "an exclusive offer has two lots" =>
            Kind == OrderKind.Exclusive ? [Field("the units left", 2 * Lot), Field("the units shown", 2 * Lot)] : null,
        "an offer is post-only" => When(Kind >= OrderKind.Posted, "post-only", 1),
        "a price below the lowest" => When(Kind != OrderKind.Stop, "a price", OfInstrument("the lowest price") - 1),
        "a price above the highest" => When(Kind != OrderKind.Stop && OfInstrument("the highest price") < 1 << 30, "a price", OfInstrument("the highest price") + 1),
        "a stop has a price" => When(Kind == OrderKind.Stop, "a price", OfInstrument("the lowest price")),
        "a stop price below the lowest" => When(Waits, "a stop price", OfInstrument("the lowest price") - 1),
        "a stop price above the highest" => When(Waits && OfInstrument("the highest price") < 1 << 30, "a stop price", OfInstrument("the highest price") + 1),
        "an offer has a stop price" => When(Kind >= OrderKind.Posted, "a stop price", OfInstrument("the lowest price")),
        "more than the largest quantity" => Both(Kind == OrderKind.Limit, OfInstrument("the largest quantity") / Lot * Lot + Lot),
        "no multiple of the lot" => Both(Lot > 1 && Kind != OrderKind.Exclusive, Leaves - 1),
        "part of a lot shown" => When(Lot > 1 && Of("a slice") > 0, "the units shown", 1),
        "a slice of no whole lots" => When(Lot > 1 && Of("a slice") > 0, "a slice", Of("a slice") + 1),
        "less shown without a slice" => When(Of("a slice") == 0 && Leaves > Lot, "the units shown", Lot),
        "more shown than a slice" => When(Of("a slice") > 0, "the units shown", Of("a slice") + Lot),
        "an offer with slices" => When(Issues && Leaves > 0 && Kind != OrderKind.Exclusive, "a slice", OfInstrument("the largest quantity") / Lot * Lot),
        "an expiry that is past" => When(Life == TimeInForce.GoodTillDate, "an expiry", Time),
        "an expiry without a date" => When(Life != TimeInForce.GoodTillDate, "an expiry", Time + 1),
        "a date without an expiry" => When(Life != TimeInForce.GoodTillDate, "an order's life", (long)TimeInForce.GoodTillDate),
        "a stop in the book" => When(!Waits, "an order's kind", (long)OrderKind.StopLimit),
        "a limit among the stops" => When(Waits, "an order's kind", (long)OrderKind.Limit),
        "an account that is not open" => ClosedAccount() is { } number ? To("an order's account", number) : null,
        "the number of another order" => Earlier(),
        "a number that was not used yet" => To("a client order id", LastNumberOf(Of("an order's account")) + 1),
        _ => throw new ArgumentOutOfRangeException(nameof(wrong), wrong, "no such change"),
    };

    private long Of(string name) => Map.Numbers[At + SnapshotMap.OfOrder(name)];

    private long OfInstrument(string name) => Map.Numbers[InstrumentAt + SnapshotMap.OfInstrument(name)];

    private (int At, long Number) Field(string name, long number) => (At + SnapshotMap.OfOrder(name), number);

    private (int At, long Number)[] To(string name, long number) => [Field(name, number)];

    private (int At, long Number)[]? When(bool holds, string name, long number) => holds ? To(name, number) : null;

    private (int At, long Number)[]? Both(bool holds, long number) =>
        holds && Of("a slice") == 0 && number > 0 ? [Field("the units left", number), Field("the units shown", number)] : null;

    private long? ClosedAccount()
    {
        var map = Map;
        var open = Enumerable.Range(0, map.Names.Count).Where(at => map.Names[at] == "an account's number").Select(at => map.Numbers[at]).ToHashSet();
        return Enumerable.Range(0, States.Small.Accounts).Select(number => (long?)number).FirstOrDefault(number => !open.Contains(number!.Value));
    }

    private long LastNumberOf(long account)
    {
        var map = Map;
        return map.Numbers[3 + Enumerable.Range(0, map.Names.Count).First(at => map.Names[at] == "an account's number" && map.Numbers[at] == account)];
    }

    private (int At, long Number)[]? Earlier()
    {
        var (map, at, account) = (Map, At, Of("an order's account"));
        var other = map.Orders.FirstOrDefault(order => order.At < at && map.Numbers[order.At] == account).At;
        return other == 0 ? null : To("a client order id", map.Numbers[other + SnapshotMap.OfOrder("a client order id")]);
    }
}
