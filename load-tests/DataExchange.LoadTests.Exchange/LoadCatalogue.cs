using DataExchange.LoadTests.Exchange.Replay;

namespace DataExchange.LoadTests.Exchange;

/// <summary>A scenario by its name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Create">Makes it.</param>
/// <param name="HasServers">Whether it starts PostgreSQL and services, or loads a running exchange.</param>
/// <param name="TakesTarget">Whether it can load a running exchange.</param>
/// <param name="Scales">What more of is fitted to the scalability law: <c>workers</c>, <c>partitions</c>, or nothing.</param>
/// <param name="IsOneRequest">Whether its operations are all the same request (<see cref="IOneRequest"/>).</param>
/// <param name="HasOwnTimes">Whether its operations have times of their own, instead of any rate.</param>
public sealed record CatalogueEntry(
    string Name, Func<ExchangeLoadOptions, LoadScenario> Create, bool HasServers, bool TakesTarget, string Scales, bool HasOwnTimes = false, bool IsOneRequest = false);

/// <summary>What can be loaded.</summary>
public static class LoadCatalogue
{
    /// <summary>All scenarios, in the order in which people should meet them.</summary>
    public static IReadOnlyList<CatalogueEntry> All { get; } =
    [
        new("nothing", _ => new NothingScenario(), false, false, "workers"),
        .. MatchingLoad.All.Select(load => new CatalogueEntry(load.Name, options => new MatchingScenario(load, options), false, false, "workers")),
        new("orders", options => new OrdersScenario(options), true, false, "partitions"),
        new("replay", options => new ReplayScenario(options), true, false, "", HasOwnTimes: true),
        new("http-orders", options => new HttpOrdersScenario(options), true, true, "partitions"),
        new("lifecycle", options => new LifecycleScenario(options), true, true, ""),
        new("http-reads", options => new HttpReadsScenario(options), true, true, "", IsOneRequest: true),
        new("shelf-reads", options => new ShelfReadsScenario(options), true, true, ""),
        new("feed", options => new FeedScenario(options), true, true, ""),
    ];

    /// <summary>One by its name; null when there is none.</summary>
    /// <param name="name">The name.</param>
    public static CatalogueEntry? Find(string name) => All.FirstOrDefault(entry => entry.Name == name);
}
