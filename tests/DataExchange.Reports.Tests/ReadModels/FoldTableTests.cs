using System.Reflection;
using DataExchange.Domain;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Tests.Market;

namespace DataExchange.Reports.Tests.ReadModels;

public sealed class FoldTableTests
{
    private static readonly Type[] EventTypes =
        [.. typeof(Event).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Event)) && !type.IsAbstract)];

    [Fact]
    public void Every_event_is_either_handled_or_ignored_by_every_read_model()
    {
        Check(ShelfFold.Table);
        Check(TimelineFold.Table);
        Check(DealFold.Table);
        Check(VenueDayFold.Table);
        Check(PartyAccountFold.Table);
        Check(BookFold.Table);
        Check(AuctionFold.Table);
    }

    [Fact]
    public void An_event_of_an_unknown_type_is_not_passed_over()
    {
        var fold = new ReadModelFold(_ => { });

        var error = Assert.Throws<UnknownEventException>(
            () => fold.Apply("product/P1", 1, new Novelty { At = new(0), By = new("x") }));

        Assert.Contains(nameof(Novelty), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_test_market_has_every_kind_of_event_in_it()
    {
        var seen = Enumerable.Range(0, 6)
            .SelectMany(seed => SmallMarket.Run(seed, products: 80, buyers: 20, orders: 300))
            .Select(recorded => recorded.Data.GetType())
            .ToHashSet();

        Assert.Empty(EventTypes.Where(type => !seen.Contains(type)).Select(type => type.Name));
    }

    private static void Check<TFold>(FoldTable<TFold> table)
    {
        var named = table.Handled.Concat(table.Ignored).ToList();

        Assert.Empty(EventTypes.Except(named).Select(type => $"{typeof(TFold).Name} lacks {type.Name}"));
        Assert.Equal(named.Count, named.Distinct().Count());
        Assert.All(named, type => Assert.NotNull(type.GetCustomAttribute<EventNameAttribute>()));
    }

    private sealed record Novelty : Event;
}
