using CsCheck;
using DataExchange.Menus.Checking;
using DataExchange.Menus.Policies;

namespace DataExchange.Menus.Tests;

public sealed class ArbitrageTests
{
    [Fact]
    public void A_pack_that_costs_more_than_smaller_ones_is_found_with_the_cheapest_assembly()
    {
        var answer = ArbitrageChecker.Check([Pack("1k", 900, 1_000), Pack("5k", 4_000, 5_000), Pack("10k", 9_500, 10_000), Pack("12k", 9_900, 12_000)]);
        Assert.Null(answer.Problem);
        Assert.Equal(
            [("10k", ArbitrageKind.NotSubadditive, 9_500L, 8_000L, "2×5k"), ("12k", ArbitrageKind.NotSubadditive, 9_900, 9_800, "2×1k, 2×5k")],
            answer.Found.Select(Words));
    }

    [Fact]
    public void What_costs_less_and_gives_more_is_found()
    {
        var answer = ArbitrageChecker.Check([Pack("10k", 9_500, 10_000), Pack("12k", 9_000, 12_000)]);
        Assert.Equal([("10k", ArbitrageKind.NotMonotone, 9_500L, 9_000L, "1×12k")], answer.Found.Select(Words));
    }

    [Fact]
    public void A_degraded_version_must_not_cost_more_and_does_not_stand_in_for_a_better_one()
    {
        MenuItem[] menu = [Pack("coarse", 700, 1, quality: 1), Pack("fine", 600, 1, quality: 2), Pack("raw", 2_000, 1, quality: 3)];
        Assert.Equal([("coarse", ArbitrageKind.NotMonotone, 700L, 600L, "1×fine")], ArbitrageChecker.Check(menu).Found.Select(Words));
    }

    [Fact]
    public void A_bundle_dearer_than_its_parts_is_found_and_one_that_is_cheaper_serves_for_a_part()
    {
        MenuItem[] menu =
        [
            Many("weather", 500, ("weather", 1)), Many("traffic", 900, ("traffic", 1)), Many("air", 300, ("air", 1)),
            Many("weather+air", 600, ("weather", 1), ("air", 1)), Many("all", 1_600, ("weather", 1), ("traffic", 1), ("air", 1)),
            Many("dear air", 700, ("air", 1), ("noise", 1)),
        ];
        var found = ArbitrageChecker.Check(menu).Found.Select(Words).ToArray();
        Assert.Equal([("all", ArbitrageKind.NotSubadditive, 1_600L, 1_500L, "1×traffic, 1×weather+air")], found);
        // Nothing else gives noise, so what gives it may cost what it likes.
        menu[0] = menu[0] with { PriceFen = 601 };
        Assert.Contains(("weather", ArbitrageKind.NotMonotone, 601L, 600L, "1×weather+air"), ArbitrageChecker.Check(menu).Found.Select(Words));
    }

    [Fact]
    public void A_menu_at_falling_rates_is_free_of_arbitrage() =>
        Assert.Empty(ArbitrageChecker.Check([Pack("1k", 1_000, 1_000), Pack("5k", 4_500, 5_000), Pack("10k", 8_000, 10_000), Pack("25k", 20_000, 25_000)]).Found);

    // In units of precision 1/v: √ is free of arbitrage, the square is not, as p(2) = 4 is more than twice p(1) (Li and others 2014).
    [Fact]
    public void The_root_of_precision_is_free_of_arbitrage_and_its_square_is_not()
    {
        long?[] Prices(Func<int, double> price) => [.. Enumerable.Range(0, 65).Select(n => (long?)Math.Ceiling(1_000 * price(n)))];
        Assert.Empty(ArbitrageChecker.Check(Prices(n => Math.Sqrt(n))));
        var found = ArbitrageChecker.Check(Prices(n => n * n));
        Assert.Equal(63, found.Count);
        Assert.Equal(("2", ArbitrageKind.NotSubadditive, 4_000L, 2_000L, "2×1"), Words(found[0]));
    }

    [Fact]
    public void Falling_rates_have_no_arbitrage_rising_ones_and_discounts_on_all_do()
    {
        Assert.Empty(ArbitrageChecker.Check(new PerCall([new(0, 50), new(100, 30), new(1_000, 10)]), new Usage(), 1_200));
        Assert.Empty(ArbitrageChecker.Check(new PerCall([new(0, 7)], RateCalls: 10), new Usage(), 500));
        var rising = ArbitrageChecker.Check(new PerCall([new(0, 10), new(100, 20)]), new Usage(), 300);
        Assert.Equal(("101", ArbitrageKind.NotSubadditive, 1_020L, 1_010L, "1×1, 1×100"), Words(rising[0]));
        // 91 calls at 10 are dearer than 100 at 9.
        var discount = ArbitrageChecker.Check(new VolumeDiscount(10, [new(100, 1_000)]), new Usage(), 200);
        Assert.Equal(("91", ArbitrageKind.NotMonotone, 910L, 900L, "1×100"), Words(discount[0]));
        Assert.Equal([91, 92, 93, 94, 95, 96, 97, 98, 99], discount.Select(one => int.Parse(one.Name)));
        // What is above the quota is not sold: nothing to compare with.
        Assert.Empty(ArbitrageChecker.Check(new PerCall([new(0, 10), new(100, 20)], Quota: 100), new Usage(), 300));
    }

    [Fact]
    public void It_finds_what_trying_every_assembly_finds() => Gen.Select(Gen.Int[1, 30], Gen.Int[1, 3], Gen.Int[0, 3], Gen.Int[0, 3]).Where(item => item.Item3 + item.Item4 > 0).Array[1, 6].Sample(drawn =>
    {
        MenuItem[] menu =
        [
            .. drawn.Select((item, i) => new MenuItem(
                $"i{i}", item.Item1, item.Item2,
                new[] { ("a", 10 * item.Item3), ("b", item.Item4) }.Where(units => units.Item2 > 0).ToDictionary(units => units.Item1, units => units.Item2))),
        ];
        var answer = ArbitrageChecker.Check(menu);
        foreach (var target in menu)
        {
            var cheapest = Cheapest(menu, target.Quality, target.Units.GetValueOrDefault("a"), target.Units.GetValueOrDefault("b"));
            var found = answer.Found.SingleOrDefault(one => one.Name == target.Name);
            Assert.Equal(cheapest < target.PriceFen, found is not null);
            if (found is null)
            {
                continue;
            }

            // What it says can be bought costs that and gives enough of what is good enough.
            Assert.Equal(cheapest, found.CheapestFen);
            var bought = found.Assembly.SelectMany(purchase => Enumerable.Repeat(menu.Single(item => item.Name == purchase.Name), purchase.Count)).ToArray();
            Assert.Equal(cheapest, bought.Sum(item => item.PriceFen));
            Assert.Equal(bought.Length == 1, found.Kind == ArbitrageKind.NotMonotone);
            Assert.All(bought, item => Assert.True(item.Quality >= target.Quality));
            Assert.All(target.Units, need => Assert.True(bought.Sum(item => item.Units.GetValueOrDefault(need.Key)) >= need.Value));
        }
    });

    [Fact]
    public void A_menu_that_cannot_be_checked_says_why()
    {
        void Refused(MenuFault fault, string text, params MenuItem[] menu)
        {
            var answer = ArbitrageChecker.Check(menu);
            Assert.Empty(answer.Found);
            Assert.Equal(fault, answer.Problem!.Fault);
            Assert.Contains(text, answer.Problem.Message, StringComparison.Ordinal);
        }

        Refused(MenuFault.SizeNotAllowed, "items 0");
        Refused(MenuFault.NameNotAllowed, "name ''", Pack("", 1, 1));
        Refused(MenuFault.NameNotAllowed, "name 'a'", Pack("a", 1, 1), Pack("a", 2, 2));
        Refused(MenuFault.PriceNotAllowed, "price -1 of 'a'", Pack("a", -1, 1));
        Refused(MenuFault.UnitsNotAllowed, "units of 'a'", Pack("a", 1, 0));
        Refused(MenuFault.UnitsNotAllowed, "units of 'a'", new MenuItem("a", 1, 1, new Dictionary<string, int>()));
        Refused(MenuFault.TooManyStates, "item 'b'", Pack("a", 1, 1), Pack("b", 1, int.MaxValue));
        Assert.Throws<ArgumentException>(() => ArbitrageChecker.Check(new FlatPrice(-1), new Usage(), 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => ArbitrageChecker.Check(new FlatPrice(1), new Usage(), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ArbitrageChecker.Check(new FlatPrice(1), new Usage(), ArbitrageChecker.MostCalls + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ArbitrageChecker.Check([null, -1]));
    }

    [Fact]
    public void The_largest_prices_do_not_overflow()
    {
        Assert.Empty(ArbitrageChecker.Check([Pack("1", PricePolicy.MostFen, 1), Pack("1000", PricePolicy.MostFen, 1_000)]).Found);
        // 4,096 single units are the dearest sum that is looked at.
        Assert.Empty(ArbitrageChecker.Check([null, PricePolicy.MostFen, .. Enumerable.Repeat((long?)null, 4_094), PricePolicy.MostFen]));
    }

    // All ways to buy, one purchase after the other.
    private static long Cheapest(MenuItem[] menu, int quality, int a, int b) => a <= 0 && b <= 0
        ? 0
        : menu.Where(item => item.Quality >= quality && ((a > 0 && item.Units.ContainsKey("a")) || (b > 0 && item.Units.ContainsKey("b"))))
            .Min(item => item.PriceFen + Cheapest(menu, quality, a - item.Units.GetValueOrDefault("a"), b - item.Units.GetValueOrDefault("b")));

    private static MenuItem Pack(string name, long price, int calls, int quality = 1) => new(name, price, quality, new Dictionary<string, int> { ["calls"] = calls });

    private static MenuItem Many(string name, long price, params (string Product, int Units)[] units) =>
        new(name, price, 1, units.ToDictionary(one => one.Product, one => one.Units));

    private static (string, ArbitrageKind, long, long, string) Words(Arbitrage found) => (
        found.Name, found.Kind, found.PriceFen, found.CheapestFen, string.Join(", ", found.Assembly.Select(purchase => $"{purchase.Count}×{purchase.Name}")));
}
