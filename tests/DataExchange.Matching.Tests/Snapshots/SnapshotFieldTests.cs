using System.Globalization;

namespace DataExchange.Matching.Tests.Snapshots;

/// <summary>Each number of a snapshot: what may stand there, and that it counts.</summary>
public sealed class SnapshotFieldTests
{
    /// <summary>Numbers that are not part of the state's hash: they do not come from the inputs alone, or only say what is there.</summary>
    private static readonly string[] NotHashed = ["the time", "the orders accepted", "an order's place"];

    [Fact]
    public void A_number_out_of_its_range_is_refused_by_name()
    {
        foreach (var map in States.Maps)
        {
            for (var at = 0; at < map.Numbers.Length; at++)
            {
                if (map.Names[at] != "a halt's length")
                {
                    Assert.StartsWith(
                        $"The snapshot says {long.MinValue} for {map.Names[at]}; allowed is ", States.Refusal(map.With((at, long.MinValue))), StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void A_snapshot_that_ends_early_says_before_what_and_one_that_does_not_end_is_refused()
    {
        var map = States.Maps[^1];
        for (var at = 0; at < map.Numbers.Length; at++)
        {
            // An order that is not whole is not counted, so what ends within orders has too few of them.
            var isInOrder = map.Orders.Any(order => at >= order.At && at < order.At + SnapshotMap.NumbersOfAnOrder);
            Assert.Matches(
                $"^The snapshot ends before {map.Names[at]}[.]$" + (isInOrder ? "|^The snapshot says [0-9]+ for the number of orders; allowed is 0 to [0-9]+[.]$" : ""),
                States.Refusal(SnapshotImage.Of(map.Numbers.AsSpan(0, at))));
        }

        Assert.Equal("The snapshot goes on after its end.", States.Refusal(SnapshotImage.Of([.. map.Numbers, 0])));
    }

    [Theory]
    [InlineData("a product's number", 5)]
    [InlineData("an account's number", 8)]
    [InlineData("an instrument's number", 6)]
    [InlineData("an instrument's product", 5)]
    [InlineData("an order's account", 8)]
    [InlineData("a phase", 5)]
    [InlineData("an order's kind", 7)]
    [InlineData("an order's life", 3)]
    [InlineData("an order's supply", 2)]
    [InlineData("a self-trade policy", 4)]
    [InlineData("the number of products", 6)]
    [InlineData("the number of accounts", 9)]
    [InlineData("the number of instruments", 7)]
    [InlineData("the number of positions", 65)]
    [InlineData("the number of tick bands", 9)]
    public void A_number_just_above_its_range_is_refused(string name, long number)
    {
        foreach (var map in States.Maps)
        {
            for (var at = 0; at < map.Numbers.Length; at++)
            {
                if (map.Names[at] == name)
                {
                    Assert.Matches($"^The snapshot says {number} for {name}; allowed is [0-9]+ to {number - 1}[.]$", States.Refusal(map.With((at, number))));
                }
            }
        }
    }

    /// <summary>The last order cannot be counted further than there are numbers, or a forged count would take long.</summary>
    [Fact]
    public void There_are_no_more_orders_than_numbers_for_them()
    {
        var map = States.Maps[^1];
        var at = map.Names.ToList().LastIndexOf("the number of orders");
        Assert.Contains("allowed is 0 to 0", States.Refusal(SnapshotImage.Of([.. map.Numbers.AsSpan(0, at), 1])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Bounds_above_those_that_are_allowed_are_refused_before_memory_is_taken(int bound)
    {
        var map = States.Maps[0];
        var forged = map.With((bound, map.Numbers[bound] + 1));
        var wrong = Assert.Throws<SnapshotException>(() => MatchingEngine<Collector>.Restore(forged, new Collector(), States.Small));
        Assert.StartsWith($"The snapshot says {map.Numbers[bound] + 1} for {map.Names[bound]}; allowed is ", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(map.With(), MatchingEngine<Collector>.Restore(map.With(), new Collector(), States.Small).Save());
        Assert.Null(States.Refusal(forged));
    }

    /// <summary>Numbers that can be changed alone; the others follow from them, as what is held does from the orders.</summary>
    [Fact]
    public void Every_number_that_can_be_changed_alone_changes_the_state_hash()
    {
        var changeable = new HashSet<string>();
        foreach (var map in States.Maps)
        {
            var hashes = new HashSet<ulong> { States.Restore(map.With()).StateHash() };
            for (var at = SnapshotMap.Bounds.Split(',').Length; at < map.Numbers.Length; at++)
            {
                var (name, old) = (map.Names[at], map.Numbers[at]);
                foreach (var number in NotHashed.Contains(name) ? [] : (long[])[old ^ 1, old ^ 2, old ^ (1 << 10)])
                {
                    var forged = map.With((at, number));
                    if (States.Refusal(forged) is null)
                    {
                        changeable.Add(name);
                        Assert.True(hashes.Add(States.Restore(forged).StateHash()), $"{number} instead of {old} for {name}");
                    }
                }
            }
        }

        Assert.Superset(new HashSet<string>
        {
            "a cap", "an issuer", "a security class", "available funds", "the last client order id", "a participant", "an admitted class",
            "the value of a tick", "the lowest price", "the highest price", "the largest quantity", "resale", "a phase", "the last price", "a reference price",
            "a price band", "a halt's length", "a batch interval", "a report sequence", "the end of a halt", "the next batch", "where a tick band begins",
            "a tick", "a client order id", "a stop price", "an order's life", "a self-trade policy", "post-only", "an expiry",
        }, changeable);
    }

    /// <summary>The same for some of them, quickly.</summary>
    [Theory]
    [InlineData("resale")]
    [InlineData("an issuer")]
    [InlineData("a batch interval")]
    [InlineData("the largest quantity")]
    [InlineData("post-only")]
    [InlineData("a self-trade policy")]
    public void A_number_changes_the_state_hash(string name)
    {
        var changed = 0;
        foreach (var map in States.Maps.Take(8))
        {
            for (var at = 0; at < map.Numbers.Length; at++)
            {
                var forged = map.With((at, map.Numbers[at] ^ 1));
                if (map.Names[at] == name && States.Refusal(forged) is null)
                {
                    changed++;
                    Assert.NotEqual(States.Restore(map.With()).StateHash(), States.Restore(forged).StateHash());
                }
            }
        }

        Assert.True(changed > 0);
    }

    /// <summary>States of other versions can be compared only as long as the hash is the same one; so a change of it is no accident.</summary>
    [Theory]
    [InlineData(3, "b4a2a2451b6c7c93")]
    [InlineData(16, "e985908ac565240c")]
    [InlineData(29, "c290c1511ede2cc8")]
    public void The_state_hash_is_what_it_was(int state, string hash) =>
        Assert.Equal(hash, States.Restore(States.Maps[state].With()).StateHash().ToString("x16", CultureInfo.InvariantCulture));
}
