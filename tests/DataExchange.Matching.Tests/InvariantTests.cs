using System.Reflection;
using System.Runtime.CompilerServices;

namespace DataExchange.Matching.Tests;

/// <summary>
/// The check of the invariants finds what is broken in the engine's memory, which no input and no snapshot can do: each number is changed
/// there by hand.
/// </summary>
public sealed class InvariantTests
{
    private const BindingFlags Any = BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance;

    private readonly MatchingEngine<Collector> _engine = new(
        new() { Orders = 16, Instruments = 2, Products = 2, Accounts = 4, Positions = 16, PriceBlocks = 16 }, new Collector());

    public InvariantTests()
    {
        foreach (var command in (Command[])
        [
            Command.DefineProduct(0, 0, 1, 100), Command.DefineProduct(0, 1, 1), Command.DefineInstrument(0, 0, 0, 0, 1, 1, 100, 1, 10, true),
            Command.DefineInstrument(0, 1, 1, 0, 1, 1, 100, 1, 10, true), Command.OpenAccount(0, 1, 1, 0), Command.OpenAccount(0, 2, 2, 0),
            Command.Deposit(0, 2, 10_000), Command.IssueUnits(0, 2, 0, 50),

            // In slots 1 to 6.
            Command.Limit(0, 0, 2, 1, Side.Buy, 10, 5), Command.Limit(0, 0, 2, 2, Side.Buy, 10, 3), Command.Limit(0, 0, 2, 3, Side.Buy, 9, 2),
            Command.Limit(0, 0, 2, 4, Side.Sell, 20, 5) with { Display = 2 },
            Command.Limit(0, 0, 2, 5, Side.Buy, 31, 1) with { Order = OrderKind.StopLimit, StopPrice = 30 },
            Command.Limit(0, 0, 1, 1, Side.Sell, 25, 5) with { Supply = Supply.Issue },
        ])
        {
            _engine.Apply(command);
            Assert.DoesNotContain(_engine.Handler.Reports, report => report.Kind == ReportKind.Rejected);
        }

        _engine.CheckInvariants();
    }

    [Theory]
    [InlineData(1, "Instrument", 1, "an order stands in its level")]
    [InlineData(1, "Level", 1, "an order stands in its level")]
    [InlineData(1, "Waits", 1, "an order stands in its level")]
    [InlineData(5, "Waits", 0, "an order stands in its level")]
    [InlineData(1, "Price", 11, "an order stands at its price")]
    [InlineData(5, "StopPrice", 29, "an order stands at its price")]
    [InlineData(1, "Previous", 3, "orders linked both ways")]
    [InlineData(2, "Previous", 0, "orders linked both ways")]
    [InlineData(1, "Leaves", 0, "something is left")]
    [InlineData(1, "Leaves", -1, "something is left")]
    [InlineData(4, "Shown", 0, "something is left")]
    [InlineData(4, "Shown", 6, "something is left")]
    [InlineData(4, "Shown", 3, "units shown at a price")]
    [InlineData(4, "Shown", 5, "units shown at a price")]
    [InlineData(1, "ClientOrderId", 9, "an order is found by its number")]
    [InlineData(1, "Account", 1, "an order is found by its number")]
    [InlineData(1, "Next", 0, "units shown at a price")]
    [InlineData(1, "Side", (int)Side.Sell, "held units")]
    [InlineData(5, "Side", (int)Side.Sell, "held units")]
    [InlineData(6, "Supply", (int)Supply.Transfer, "orders without a position")]
    [InlineData(4, "Supply", (int)Supply.Issue, "held units")]
    [InlineData(6, "Kind", (int)OrderKind.Stop, "reserved issuance right")]
    [InlineData(1, "Kind", (int)OrderKind.Stop, "held funds")]
    public void A_broken_order_is_told(int slot, string field, long number, string told) => IsTold(told, () => Change("_orders", slot, field, number));

    [Theory]
    [InlineData("Shown", 9, "units shown at a price")]
    [InlineData("Tail", 1, "last of a level")]
    [InlineData("Head", 0, "units shown at a price")]
    [InlineData("Head", 2, "orders linked both ways")]
    public void A_broken_level_is_told(string field, long number, string told) =>
        IsTold(told, () => Change("_levels", (int)Read("_orders", 1, "Level"), field, number));

    [Fact]
    public void A_level_without_orders_is_told() => IsTold("last of a level", () =>
    {
        var level = (int)Read("_orders", 1, "Level");
        foreach (var field in (string[])["Head", "Tail", "Shown"])
        {
            Change("_levels", level, field, 0);
        }
    });

    [Theory]
    [InlineData("Available", -1, "available funds")]
    [InlineData("Held", 0, "held funds")]
    public void Broken_funds_are_told(string field, long number, string told) => IsTold(told, () => Change("_accounts", 2, field, number));

    [Theory]
    [InlineData("Available", -1, "available units")]
    [InlineData("Held", 0, "held units")]
    [InlineData("Available", 44, "entitlements = issued - revoked")]
    [InlineData("Key", 0, "orders without a position")]
    public void Broken_units_are_told(string field, long number, string told)
    {
        var slab = Slab(Field(_engine, "_positions"), "_entries");
        var place = Enumerable.Range(0, (int)slab.Type.GetProperty("Length")!.GetValue(slab.Slab)!).Single(at => Convert.ToInt64(Record(slab, at, "Available", null), null) == 45);
        IsTold(told, () => Record(slab, place, field, number));
    }

    [Theory]
    [InlineData(0, "Reserved", 4, "reserved issuance right")]
    [InlineData(0, "Cap", 54, "issued within the cap")]
    [InlineData(0, "Issued", 51, "entitlements = issued - revoked")]
    [InlineData(0, "Revoked", 1, "entitlements = issued - revoked")]
    [InlineData(1, "Exclusive", 1, "an exclusive licence is active")]
    public void A_broken_right_is_told(int product, string field, long number, string told) => IsTold(told, () => Change("_products", product, field, number));

    [Theory]
    [InlineData(0, "Cap", 55)]
    [InlineData(0, "Cap", 0)]
    [InlineData(0, "Exclusive", 1)]
    public void What_is_just_allowed_is_not_told(int product, string field, long number)
    {
        Change("_products", product, field, number);
        _engine.CheckInvariants();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_wrong_count_of_orders_is_told(int by) => IsTold("orders in the books", () =>
    {
        var live = _engine.GetType().GetField("_live", Any)!;
        live.SetValue(_engine, (int)live.GetValue(_engine)! + by);
    });

    private void IsTold(string told, Action breaks)
    {
        breaks();
        Assert.StartsWith($"Not so: {told} (at ", Assert.Throws<InvalidOperationException>(_engine.CheckInvariants).Message, StringComparison.Ordinal);
    }

    private void Change(string slab, int place, string field, long number) => Record(Slab(_engine, slab), place, field, number);

    private long Read(string slab, int place, string field) => Convert.ToInt64(Record(Slab(_engine, slab), place, field, null), null);

    private static object Field(object of, string name) => of.GetType().GetField(name, Any)!.GetValue(of)!;

    private static (object Slab, Type Type) Slab(object of, string name) => (Field(of, name), Field(of, name).GetType());

    // The records are internal: by reflection, in place.
    private static unsafe object Record((object Slab, Type Type) of, int place, string field, long? number)
    {
        var first = (nint)Pointer.Unbox(Field(of.Slab, "_first"));
        return typeof(InvariantTests).GetMethod(nameof(RecordOf), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(of.Type.GetGenericArguments()[0]).Invoke(null, [first, place, field, number])!;
    }

    private static unsafe object RecordOf<T>(nint first, int place, string field, long? number)
        where T : unmanaged
    {
        ref var record = ref ((T*)first)[place];
        object boxed = record;
        var of = typeof(T).GetField(field)!;
        if (number is { } wanted)
        {
            of.SetValue(boxed, of.FieldType.IsEnum ? Enum.ToObject(of.FieldType, wanted) : Convert.ChangeType(wanted, of.FieldType, null));
            record = Unsafe.Unbox<T>(boxed);
        }

        return of.GetValue(boxed)!;
    }
}
