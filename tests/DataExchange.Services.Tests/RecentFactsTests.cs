using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Exchange;

namespace DataExchange.Services.Tests;

/// <summary>What the feed takes from memory: in order, without gaps, and never more than is held.</summary>
public sealed class RecentFactsTests
{
    [Fact]
    public void Commits_that_are_told_of_in_another_order_are_taken_in_the_order_of_their_places()
    {
        var recent = Wanted();
        recent.Put(5, Facts(4, 5));
        recent.Put(3, Facts(1, 2, 3));

        Assert.Equal([1, 2, 3, 4, 5], Versions(recent.TakeBehind(0, out var next)));
        Assert.Equal(long.MaxValue, next);
        Assert.Empty(recent.TakeBehind(0, out _));
    }

    [Fact]
    public void A_gap_ends_what_is_taken_and_says_where_it_ends()
    {
        var recent = Wanted();
        recent.Put(2, Facts(1, 2));
        recent.Put(9, Facts(8, 9));

        Assert.Equal([1, 2], Versions(recent.TakeBehind(0, out var next)));
        Assert.Equal(8, next);
        Assert.Empty(recent.TakeBehind(2, out next));
        Assert.Equal(8, next);
        Assert.Equal([8, 9], Versions(recent.TakeBehind(7, out _)));
    }

    /// <summary>The store was quicker: part of a commit, or all of it, came from there.</summary>
    [Fact]
    public void What_came_from_the_store_is_not_taken_again()
    {
        var recent = Wanted();
        recent.Put(3, Facts(1, 2, 3));
        recent.Put(6, Facts(4, 5, 6));

        Assert.Equal([5, 6], Versions(recent.TakeBehind(4, out _)));
        recent.Put(6, Facts(4, 5, 6));
        Assert.Empty(recent.TakeBehind(6, out var next));
        Assert.Equal(long.MaxValue, next);
    }

    [Fact]
    public void No_more_is_held_than_is_allowed_and_nothing_where_no_feed_runs()
    {
        var recent = Wanted(most: 3);
        recent.Put(2, Facts(1, 2));
        recent.Put(4, Facts(3, 4));

        Assert.Empty(recent.TakeBehind(0, out var next));
        Assert.Equal(3, next);

        recent.Want(false);
        recent.Put(6, Facts(5, 6));
        recent.Want(true);
        Assert.Empty(recent.TakeBehind(4, out next));
        Assert.Equal(long.MaxValue, next);
    }

    private static RecentFacts Wanted(int most = 100)
    {
        var recent = new RecentFacts(most);
        recent.Want(true);
        return recent;
    }

    private static RecordedEvent[] Facts(params int[] versions) =>
        [.. versions.Select(version => new RecordedEvent("account/A", version, new FundsDeposited(new PartyId("A"), 1) { At = SimulatedTime.On(new(2025, 1, 2)), By = new PartyId("A") }))];

    private static IEnumerable<int> Versions(IEnumerable<RecordedEvent> facts) => facts.Select(fact => fact.Version);
}
