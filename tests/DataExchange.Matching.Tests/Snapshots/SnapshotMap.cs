namespace DataExchange.Matching.Tests.Snapshots;

/// <summary>What each number of a snapshot is, by the words that a refusal uses for it.</summary>
internal sealed class SnapshotMap
{
    public const string Bounds = "the bound of orders,the bound of instruments,the bound of products,the bound of accounts,"
        + "the bound of positions,the bound of price blocks";

    private const string Product = "a product's number,a cap,what is issued,what is revoked,what is reserved,an issuer,a security class,"
        + "an exclusive licence";

    private const string Account = "an account's number,available funds,held funds,the last client order id,a participant,a pool,an admitted class";

    private const string Instrument = "an instrument's number,an instrument's product,an instrument's pool,the value of a tick,the lowest price,"
        + "the highest price,a lot,the largest quantity,resale,a phase,the last price,a reference price,a price band,a halt's length,"
        + "a batch interval,a report sequence,the end of a halt,the next batch";

    private const string Order = "an order's account,a client order id,an order's place,a price,a stop price,the units left,the units shown,"
        + "a slice,an order's kind,an order's life,a self-trade policy,an order's supply,post-only,an unlimited offer,an expiry";

    public const int NumbersOfAnOrder = 15;

    private readonly List<string> _names = [];
    private readonly List<(int Instrument, int Side, int At)> _orders = [];

    public SnapshotMap(byte[] snapshot)
    {
        Numbers = SnapshotImage.Numbers(snapshot);
        Add($"{Bounds},the time,the orders accepted");
        Repeat("the number of products", () => Add(Product));
        Repeat("the number of accounts", () => Add(Account));
        var instruments = new List<int>();
        Repeat("the number of instruments", () =>
        {
            instruments.Add(_names.Count);
            Add(Instrument);
            Repeat("the number of tick bands", () => Add("where a tick band begins,a tick"));
        });
        Repeat("the number of positions", () => Add("a position,available units,held units"));
        foreach (var instrument in instruments)
        {
            for (var side = 0; side < 4; side++)
            {
                Repeat("the number of orders", () =>
                {
                    _orders.Add((instrument, side, _names.Count));
                    Add(Order);
                });
            }
        }

        Assert.Equal(Numbers.Length, _names.Count);
    }

    public long[] Numbers { get; }

    public IReadOnlyList<string> Names => _names;

    /// <summary>Where each order begins; its side: 0 bids, 1 asks, 2 buy stops, 3 sell stops.</summary>
    public IReadOnlyList<(int Instrument, int Side, int At)> Orders => _orders;

    public static int OfOrder(string name) => Array.IndexOf(Order.Split(','), name);

    public static int OfInstrument(string name) => Array.IndexOf(Instrument.Split(','), name);

    /// <summary>The snapshot with other numbers.</summary>
    public byte[] With(params ReadOnlySpan<(int At, long Number)> changes)
    {
        var numbers = (long[])Numbers.Clone();
        foreach (var (at, number) in changes)
        {
            numbers[at] = number;
        }

        return SnapshotImage.Of(numbers);
    }

    private void Repeat(string count, Action add)
    {
        Add(count);
        for (var left = Numbers[_names.Count - 1]; left > 0; left--)
        {
            add();
        }
    }

    private void Add(string names) => _names.AddRange(names.Split(','));
}
