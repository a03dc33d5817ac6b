using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;

namespace DataExchange.Handles;

/// <summary>Resolves a product.</summary>
internal static class ProductHandle
{
    // A product may have thousands of deals: the latest are named, all are counted.
    private const int DealsNamed = 10;

    internal static HandleRecord Resolve(HandleName name, IReadOnlyList<HandleFact> facts, HandleContext context)
    {
        var rights = ProductFacts.Of(facts.Where(fact => fact.Stream == StreamId.Product(new(name.Id))));
        var record = new RecordBuilder(name, facts, context);
        record.Describe(rights.DescribedAt, rights.Describe(new JsonObject { ["product"] = name.Id }));
        var standing = Standing(name, facts, rights);
        record.In(standing.State, standing.Fact.Data.At, standing.IsEnded, standing.Shelves);
        record.RestsOn("record", rights.First);
        if (!ReferenceEquals(standing.Fact, rights.First))
        {
            record.RestsOn("state", standing.Fact);
        }

        record.Party("provider", rights.First.Data.At, rights.Provider).Venue("registeredAt", rights.First.Data.At, rights.Venue);
        if (rights.State.Holder.Value is { } holder && holder != rights.Provider.Value)
        {
            record.Party("heldBy", rights.DescribedAt, new PartyId(holder));
        }

        foreach (var version in rights.Versions)
        {
            record.Link("version", version.Fact.Data.At, new HandleName(HandleKind.Version, name.Id, version.Number));
        }

        foreach (var certificate in rights.Certificates)
        {
            record.Link("certifiedBy", certificate.Fact.Data.At, new HandleName(HandleKind.Certificate, name.Id, certificate.Number));
        }

        AddContributors(record, facts);
        AddDeals(record, facts);
        return record.Build();
    }

    private static (string State, HandleFact Fact, bool IsEnded, JsonObject? Shelves) Standing(HandleName name, IReadOnlyList<HandleFact> facts, ProductFacts rights)
    {
        var listing = facts.Where(fact => fact.Stream == StreamId.Listing(new(name.Id))).ToArray();
        var shelves = listing.Aggregate(ListingDecider.Initial, (state, fact) => ListingDecider.Evolve(state, fact.Data)).Shelves;
        var places = shelves.Count == 0 ? null : new JsonObject(shelves.Select(shelf => KeyValuePair.Create(shelf.Key, (JsonNode?)JsonValue.Create(shelf.Value.ToString()))));
        if (RightsDecider.IsTerminal(rights.State) || places is null)
        {
            return (rights.State.Stage.ToString(), rights.StateFact, RightsDecider.IsTerminal(rights.State), places);
        }

        var best = shelves.ContainsValue(ShelfStatus.Listed) ? ShelfStatus.Listed : shelves.ContainsValue(ShelfStatus.Suspended) ? ShelfStatus.Suspended : ShelfStatus.Delisted;
        var since = listing.Last(fact => best switch
        {
            ShelfStatus.Listed => fact.Data is ProductListed or ListingResumed,
            ShelfStatus.Suspended => fact.Data is ListingSuspended,
            _ => fact.Data is ProductDelisted,
        });
        return (best.ToString(), since, best == ShelfStatus.Delisted, places);
    }

    private static void AddContributors(RecordBuilder record, IReadOnlyList<HandleFact> facts)
    {
        if (facts.LastOrDefault(fact => fact.Data is ProductListed)?.Data is ProductListed listed)
        {
            foreach (var share in listed.Contributors)
            {
                record.Party("derivedFrom", listed.At, share.Party, new JsonObject { ["shareBasisPoints"] = share.ShareBasisPoints });
            }
        }
    }

    private static void AddDeals(RecordBuilder record, IReadOnlyList<HandleFact> facts)
    {
        var sold = facts.Select(fact => fact.Data switch
        {
            LicenceGranted e => (e.Deal, e.At),
            PacksTraded e => (e.Deal, e.At),
            _ => ((DealId Deal, SimulatedTime At)?)null,
        }).OfType<(DealId Deal, SimulatedTime At)>().ToArray();
        if (sold.Length == 0)
        {
            return;
        }

        record.Count("soldAs", sold[^1].At, sold.Length);
        foreach (var (deal, at) in sold.TakeLast(DealsNamed).Reverse())
        {
            record.Link("soldAs", at, new HandleName(HandleKind.Deal, deal.Value, 0));
        }
    }
}
