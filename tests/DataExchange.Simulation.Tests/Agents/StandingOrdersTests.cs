using CsCheck;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Agents.Books;

namespace DataExchange.Simulation.Tests.Agents;

/// <summary>The orders of a book against a list that is searched from end to end.</summary>
public sealed class StandingOrdersTests
{
    private static readonly PartyId[] Parties = [new("a"), new("b"), new("c")];
    private static readonly BookOrderKind[] Kinds = [BookOrderKind.Limit, BookOrderKind.Posted, BookOrderKind.Stop, BookOrderKind.Budget];

    private static readonly Gen<StandingOrder> AnyOrder =
        Gen.Select(Gen.Int[0, 2], Gen.Int[1, 6], Gen.Bool, Gen.Int[0, 3], Gen.Int[1, 4], Gen.Int[1, 9], Gen.Int[0, 3], Gen.Bool)
            .Select((party, number, buys, kind, price, leaves, end, issues) => new StandingOrder(
                Parties[party], number,
                BookOrderTerms.Limit(buys ? BookSide.Buy : BookSide.Sell, 9, price * 100) with
                {
                    Kind = Kinds[kind], Until = end == 0 ? null : new SimulatedTime(1_000 + end), Supply = issues ? PackSupply.Issue : PackSupply.Held,
                },
                leaves, 0));

    // In one of four, the order with that party and number is taken out instead.
    private static readonly Gen<(StandingOrder Order, bool Goes)> AnyStep = Gen.Select(AnyOrder, Gen.Int[0, 3]).Select((order, draw) => (order, draw == 0));

    [Fact]
    public void They_tell_what_a_naive_list_tells() =>
        AnyStep.Array[1, 60].Sample(steps =>
        {
            var (orders, naive) = (new StandingOrders(), new List<StandingOrder>());
            foreach (var (order, goes) in steps)
            {
                var before = naive.SingleOrDefault(one => IsSame(one, order));
                naive.RemoveAll(one => IsSame(one, order));
                if (goes)
                {
                    Assert.Same(before, orders.Remove(order.Party, order.Number));
                }
                else
                {
                    naive.Add(order);
                    orders.Put(order);
                }

                Compare(naive, orders);
            }

            orders.Clear();
            Compare([], orders);
        }, iter: 2_000);

    private static bool IsSame(StandingOrder one, StandingOrder other) => one.Party == other.Party && one.Number == other.Number;

    private static void Compare(List<StandingOrder> naive, StandingOrders orders)
    {
        Assert.Equal(naive.ToHashSet(), orders.All.ToHashSet());
        for (var end = 999; end < 1_005; end++)
        {
            Assert.Equal(naive.Exists(one => one.Terms.Until is { } until && until.UnixSeconds <= end), orders.HasEnded(new SimulatedTime(end)));
        }

        foreach (var party in Parties)
        {
            Assert.Equal(naive.Where(one => one.Party == party).OrderBy(one => one.Number), orders.Of(party));
            Assert.Equal(
                naive.Where(one => one.Party == party && one.Terms is { Side: BookSide.Sell, Supply: PackSupply.Held }).Sum(one => one.Leaves), orders.OfferedBy(party));
            Assert.All(Enumerable.Range(1, 6), number => Assert.Same(naive.Find(one => one.Party == party && one.Number == number), orders.Find(party, number)));
            var others = naive.Where(one => one.Party != party && one.IsSeen).ToLookup(one => one.Terms.Side, one => one.Terms.PriceFen);
            Assert.Equal(others[BookSide.Buy].DefaultIfEmpty(0).Max(), orders.Best(BookSide.Buy, party));
            Assert.Equal(others[BookSide.Sell].DefaultIfEmpty(0).Min(), orders.Best(BookSide.Sell, party));
        }
    }
}
